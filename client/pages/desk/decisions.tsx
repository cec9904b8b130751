import { useState } from "react";
import type { Decision, DeskAct, DeskItem, DeskItemSeen } from "../../../protocol/http/desk.ts";
import { decide } from "../../api/desk.ts";
import type { IconName } from "../../looks/icons.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { TextArea } from "../../parts/field.tsx";
import { decisionInWords, type Explained, isExplained } from "../../views/desk.ts";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useAct } from "../portal/use-act.ts";
import { useForm } from "../portal/use-form.ts";

const icons: Readonly<Partial<Record<DeskAct, IconName>>> = {
  accept: "check",
  restore: "check",
  wantEvidence: "identification-card",
  return: "arrow-counter-clockwise",
};
const grave: readonly DeskAct[] = ["refuse", "suspend", "end"];

/** The buttons for what may be decided now. What is explained to somebody is written in a dialog first. */
export function Decisions({
  seen,
  twoPersons,
  decided,
}: {
  seen: DeskItemSeen;
  twoPersons: boolean;
  decided: (sentence: string) => void;
}) {
  const { item, offers } = seen;
  const [explaining, explain] = useState<Explained>();
  const deciding = useAct(
    (decision: Decision) => send(seen, decision),
    (_, { act }) => decided(doneInWords(item, act)),
  );
  if (offers.length === 0) return <p className="soft">{t("desk.nothingToDecide")}</p>;
  return (
    <div className="desk-decisions">
      <div className="form__acts">
        {offers.map((act) => (
          <Button
            key={act}
            look={act === "accept" || act === "restore" ? "filled" : grave.includes(act) ? "danger" : "outlined"}
            icon={icons[act]}
            aria-disabled={deciding.busy}
            onClick={() => {
              if (isExplained(act)) explain(act);
              else if (act === "accept" || act === "restore") deciding.run({ act });
            }}
          >
            {decisionInWords(item.kind, act)}
          </Button>
        ))}
      </div>
      {twoPersons && item.kind === "project" ? <p className="soft small">{t("desk.twoPersons")}</p> : null}
      <Trouble refusal={deciding.refusal} />
      {explaining === undefined ? null : (
        <ExplainDialog
          seen={seen}
          act={explaining}
          done={() => {
            explain(undefined);
            decided(t("desk.done.other", { title: item.title }));
          }}
          onClose={() => explain(undefined)}
        />
      )}
    </div>
  );
}

/** A project's people get their letter when the last country has approved. */
function doneInWords({ kind, title }: DeskItem, act: DeskAct): string {
  if (act === "restore") return t("desk.done.restore", { title });
  return t(kind === "project" ? "desk.done.approve" : "desk.done.accept", { title });
}

function send({ item: { kind, id, country }, project }: DeskItemSeen, decision: Decision) {
  return decide({
    items: [{ kind, id, country }],
    decision,
    ...(project === null ? {} : { version: project.version }),
  });
}

function ExplainDialog({
  seen,
  act,
  done,
  onClose,
}: {
  seen: DeskItemSeen;
  act: Explained;
  done: () => void;
  onClose: () => void;
}) {
  const form = useForm((fields) => {
    const reason = String(fields.get("reason")).trim();
    if (reason === "") return { errors: { reason: "form.missing" as const } };
    return send(seen, { act, reason });
  }, done);
  const isNote = act === "return" || act === "wantEvidence";
  return (
    <Dialog title={t(`desk.ask.${act}`, { title: seen.item.title })} onClose={onClose}>
      <form {...form.props} className="form">
        <TextArea
          label={t(isNote ? "desk.note" : "desk.reason")}
          hint={t(act === "wantEvidence" ? "desk.evidenceHint" : "desk.reasonHint")}
          name="reason"
          maxLength={1000}
          data-first
          error={form.error("reason")}
        />
        <Trouble refusal={form.refusal} />
        <div className="form__acts">
          <Button type="submit" look={grave.includes(act) ? "danger" : "filled"} aria-disabled={form.busy}>
            {decisionInWords(seen.item.kind, act)}
          </Button>
          <Button onClick={onClose}>{t("act.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}
