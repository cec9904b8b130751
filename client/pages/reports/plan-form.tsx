import { useEffect, useRef, useState } from "react";
import { mostPlanItems, type Plan, type PlanCounted } from "../../../protocol/reports/card.ts";
import type { SpaceView } from "../../../protocol/twinspace/space.ts";
import { writePlan } from "../../api/reports.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import "../../parts/field.css";
import { Icon } from "../../parts/icon.tsx";
import { Refusal } from "../../parts/said.tsx";
import { Stepper } from "../../parts/stepper.tsx";
import {
  changedLine,
  isWrittenLine,
  linesOfPlan,
  movedLine,
  type PlanLine,
  uponTheirs,
  withLine,
  withoutLine,
  writtenPlan,
} from "../../views/report-plan.ts";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useAct } from "../portal/use-act.ts";
import { usePlanDraft } from "./use-plan-draft.ts";
import "./entry-form.css";

const kinds = ["aim", "result"] as const;
const counted: readonly PlanCounted[] = ["entries", "meetings", "pages", "materials"];
const mostTarget = 1_000;
let made = 0;
/** Only to tell the lines apart while they are written. */
const newKey = (): string => {
  made += 1;
  return `new ${Date.now()} ${made}`;
};

/** The lines of the plan: written, counted, moved, taken away; each step can be undone until the plan is saved. */
export function PlanForm({ space, plan, written }: { space: SpaceView; plan: Plan; written: (plan: Plan) => void }) {
  const draft = usePlanDraft(space, plan);
  const [said, say] = useState("");
  const [isTogether, setTogether] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const [focus, setFocus] = useState<string>();
  // Where a line was added, moved or taken away, the keyboard goes on from there.
  useEffect(() => {
    if (focus !== undefined) list.current?.querySelector<HTMLElement>(focus)?.focus();
    setFocus(undefined);
  }, [focus]);
  const save = useAct(
    () => writePlan(space.slug, writtenPlan(draft.lines, draft.base)),
    (next) => {
      draft.begin(next);
      setTogether(false);
      say(t("reports.planSaved"));
      written(next);
    },
  );
  const { refusal } = save;
  const current = refusal?.refused === "plan.changed" ? (refusal.current as Plan | undefined) : undefined; // As the route promises.
  const settle = useRef(draft);
  settle.current = draft;
  useEffect(() => {
    if (current === undefined) return;
    const { lines, base, begin } = settle.current;
    begin(current, uponTheirs(lines, base, linesOfPlan(current)));
    setTogether(true);
  }, [current]);

  const add = (line: Omit<PlanLine, "key">) => {
    const key = newKey();
    draft.become(withLine(draft.lines, { ...line, key }));
    setFocus(`[data-line="${key}"] input`);
  };
  const fresh = plan.proposed.filter(({ words }) => !draft.lines.some((line) => line.words === words));
  return (
    <div className="report-plan" ref={list}>
      {isTogether ? <Refusal>{t("reports.planTogether")}</Refusal> : null}
      {fresh.length === 0 ? null : (
        <Proposed
          lines={fresh}
          take={(lines) =>
            draft.become(lines.reduce((all, line) => withLine(all, { ...line, key: newKey() }), [...draft.lines]))
          }
        />
      )}
      {kinds.map((kind) => (
        <section key={kind} className="card report-side" aria-labelledby={`plan-${kind}`}>
          <h2 id={`plan-${kind}`} className="home-head">
            {t(`reports.planKind.${kind}`)}
          </h2>
          <Lines
            kind={kind}
            lines={draft.lines.filter((line) => line.kind === kind)}
            change={(key, changed) => draft.become(changedLine(draft.lines, key, changed))}
            move={(key, by) => {
              draft.become(movedLine(draft.lines, key, by));
              say(t(by < 0 ? "reports.planMovedUp" : "reports.planMovedDown"));
              setFocus(`[data-line="${key}"] [data-move="${by}"]`);
            }}
            remove={(key) => {
              draft.become(withoutLine(draft.lines, key));
              say(t("reports.planLineAway"));
              setFocus(`[data-add="${kind}"]`);
            }}
          />
          {draft.lines.length >= mostPlanItems ? (
            <p className="soft">{t("reports.planFull", { count: mostPlanItems })}</p>
          ) : (
            <p>
              <Button
                icon="plus"
                data-add={kind}
                onClick={() => add({ kind, words: "", target: null, counted: "entries" })}
              >
                {t(`reports.planAdd.${kind}`)}
              </Button>
            </p>
          )}
        </section>
      ))}
      {refusal === undefined || current !== undefined ? null : <Trouble refusal={refusal} />}
      <div className="report-bar">
        <div className="saving-state">
          <Icon name={draft.isChanged ? "arrows-clockwise" : "check-circle"} />
          <span>{t(draft.isChanged ? "reports.planUnsaved" : "reports.saving.saved")}</span>
        </div>
        <p className="unseen" role="status">
          {said}
        </p>
        <Button icon="arrow-counter-clockwise" aria-disabled={draft.undo === undefined} onClick={() => draft.undo?.()}>
          {t("act.undo")}
        </Button>
        <Button
          look="filled"
          aria-disabled={save.busy || !draft.isChanged || undefined}
          onClick={() => draft.isChanged && save.run()}
        >
          {t("reports.planSave")}
        </Button>
      </div>
    </div>
  );
}

/** From the registered form: each is taken over by one press, or all of them. */
function Proposed({ lines, take }: { lines: Plan["proposed"]; take: (lines: Plan["proposed"]) => void }) {
  return (
    <section className="card report-side report-proposed" aria-labelledby="proposed">
      <header className="report-side__head">
        <h2 id="proposed" className="home-head">
          {t("reports.planProposed")}
        </h2>
        <Button look="filled" onClick={() => take(lines)}>
          {t("reports.planTakeAll")}
        </Button>
      </header>
      <p className="soft">{t("reports.planProposedHint")}</p>
      <ul>
        {lines.map((line) => (
          <li key={`${line.kind} ${line.words}`}>
            <span dir="auto">
              {line.words}
              {line.target === null ? null : (
                <span className="soft small">
                  {" "}
                  {t("reports.planTargetOf", { target: line.target, counted: t(`reports.counted.${line.counted}`) })}
                </span>
              )}
            </span>
            <IconButton
              icon="plus"
              look="outlined"
              name={t("reports.planTake", { words: line.words })}
              onClick={() => take([line])}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Lines({
  kind,
  lines,
  change,
  move,
  remove,
}: {
  kind: "aim" | "result";
  lines: readonly PlanLine[];
  change: (key: string, changed: Partial<PlanLine>) => void;
  move: (key: string, by: -1 | 1) => void;
  remove: (key: string) => void;
}) {
  if (lines.length === 0) return <p className="soft">{t(`reports.planKindNone.${kind}`)}</p>;
  return (
    <ol className="report-plan__lines">
      {lines.map((line, place) => {
        const name = line.words.trim() || t("reports.planLine", { place: place + 1 });
        return (
          <li key={line.key} data-line={line.key}>
            <input
              className="input"
              aria-label={t("reports.planLine", { place: place + 1 })}
              value={line.words}
              maxLength={200}
              dir="auto"
              autoComplete="off"
              onChange={({ target }) => change(line.key, { words: target.value })}
            />
            <div className="report-plan__count">
              <CountedBy line={line} name={name} change={(changed) => change(line.key, changed)} />
              {line.target === null ? null : (
                <Stepper
                  label={t("reports.planTarget", { name })}
                  quiet
                  value={line.target}
                  least={1}
                  most={mostTarget}
                  onChange={(target) => change(line.key, { target })}
                />
              )}
              <span className="report-plan__moves">
                <IconButton
                  icon="arrow-up"
                  data-move="-1"
                  name={t("reports.planUp", { name })}
                  aria-disabled={place === 0 || undefined}
                  onClick={() => place > 0 && move(line.key, -1)}
                />
                <IconButton
                  icon="arrow-down"
                  data-move="1"
                  name={t("reports.planDown", { name })}
                  aria-disabled={place === lines.length - 1 || undefined}
                  onClick={() => place < lines.length - 1 && move(line.key, 1)}
                />
                <IconButton icon="trash" name={t("reports.planRemove", { name })} onClick={() => remove(line.key)} />
              </span>
            </div>
            {isWrittenLine(line) ? null : <p className="field__hint">{t("reports.planEmptyLine")}</p>}
          </li>
        );
      })}
    </ol>
  );
}

/** The system's own list; its label is only read aloud, for it would stand there for every line. */
function CountedBy({
  line,
  name,
  change,
}: {
  line: PlanLine;
  name: string;
  change: (changed: Partial<PlanLine>) => void;
}) {
  return (
    <span className="select">
      <select
        className="input"
        aria-label={t("reports.planCountedBy", { name })}
        value={line.target === null ? "none" : line.counted}
        onChange={({ target }) => {
          const by = counted.find((value) => value === target.value);
          change(by === undefined ? { target: null } : { counted: by, target: line.target ?? 1 });
        }}
      >
        <option value="none">{t("reports.counted.none")}</option>
        {counted.map((value) => (
          <option key={value} value={value}>
            {t("reports.countedBy", { counted: t(`reports.counted.${value}`) })}
          </option>
        ))}
      </select>
      <Icon name="caret-down" className="select__caret" />
    </span>
  );
}
