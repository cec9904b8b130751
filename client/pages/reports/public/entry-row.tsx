import type { HeldEvidence, PublishableEntry } from "../../../../protocol/reports/published.ts";
import { bringReportBack, withdrawReport } from "../../../api/report-public.ts";
import { Button, IconButton } from "../../../parts/button.tsx";
import { Checkbox } from "../../../parts/field.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { Place } from "../../../parts/place.tsx";
import { Tag } from "../../../parts/tag.tsx";
import { personName } from "../../../views/people-of-space.ts";
import { entryPath } from "../../../views/report-card.ts";
import { isChoosable, titleOf } from "../../../views/report-public.ts";
import { sectionPath } from "../../../views/space-sections.ts";
import { dayInWords } from "../../../words/days.ts";
import { listOf } from "../../../words/formats.ts";
import { t } from "../../../words/words.ts";
import { Trouble } from "../../portal/trouble.tsx";
import { useAct } from "../../portal/use-act.ts";
import { useSpace } from "../../twinspace/space-page.tsx";
import { noteUndo } from "../undo.tsx";

export interface EntryActs {
  mayDecide: boolean;
  chosen: ReadonlySet<string>;
  choose: (entry: PublishableEntry, chosen: boolean) => void;
  publish: (entries: readonly PublishableEntry[]) => void;
  move: (entry: PublishableEntry, by: -1 | 1) => void;
  changed: () => void;
  /** Nothing is published while a lead has taken it down, or the project is archived. */
  frozen: boolean;
}

/** One entry: its state, what keeps it back, what differs, what to do with it. */
export function EntryRow({
  entry,
  place,
  last,
  acts,
}: {
  entry: PublishableEntry;
  /** Its number among the public ones; null for the others. */
  place: number | null;
  last?: boolean;
  acts: EntryActs;
}) {
  const { slug } = useSpace();
  const { id, kind, day, school, state, changes, materials } = entry;
  const title = titleOf(entry);
  return (
    <li className="card public-report-entry">
      <div className="public-report-entry__head">
        <h3 dir="auto">
          <a href={entryPath(slug, id)}>{title}</a>
        </h3>
        <span className="public-report-entry__tags">
          {state === "public" ? (
            <Tag tone="good" icon="globe-simple">
              {t("reportPublic.state.public")}
            </Tag>
          ) : null}
          {state === "withdrawn" || state === "gone" ? (
            <Tag icon="eye-slash">{t(`reportPublic.state.${state}`)}</Tag>
          ) : null}
          {state === "public" && changes.length > 0 ? (
            <Tag tone="attention" icon="pencil-simple">
              {t("reportPublic.changedSince")}
            </Tag>
          ) : null}
        </span>
      </div>
      <p className="soft small public-report-entry__of">
        <span>{t(`reports.kind.${kind}`)}</span>
        <span>{dayInWords(day)}</span>
        {school === null ? (
          <span>{t("reportPublic.byMeeting")}</span>
        ) : (
          <Place country={school.country}>{school.name}</Place>
        )}
        {materials === 0 ? null : <span>{t("reportPublic.files", { count: materials })}</span>}
      </p>
      <Held held={entry.held} />
      {state === "public" ? <Differences entry={entry} /> : null}
      <Acts entry={entry} title={title} place={place} last={last ?? false} {...acts} />
    </li>
  );
}

function Acts({
  entry,
  title,
  place,
  last,
  mayDecide,
  chosen,
  choose,
  publish,
  move,
  changed,
  frozen,
}: { entry: PublishableEntry; title: string; place: number | null; last: boolean } & EntryActs) {
  const { slug } = useSpace();
  const { id, state, changes, held } = entry;
  const back = () => bringReportBack(slug, id);
  const withdraw = useAct(
    () => withdrawReport(slug, id),
    () => {
      noteUndo({ words: t("reportPublic.entryWithdrawn", { title }), undo: back });
      changed();
    },
  );
  const again = useAct(back, changed);
  const named = (act: string) => ({ "aria-label": t("reportPublic.of", { act, title }) });
  if (state === "gone") return null;
  return (
    <>
      <div className="public-report-entry__acts">
        {isChoosable(entry) && !frozen ? (
          <Checkbox
            label={t(held.length === 0 ? "reportPublic.choose" : "reportPublic.chooseWithout", { title })}
            checked={chosen.has(id)}
            onChange={(event) => choose(entry, event.target.checked)}
          />
        ) : null}
        {mayDecide && state === "withdrawn" && !frozen ? (
          <Button
            size="small"
            aria-disabled={again.busy}
            onClick={() => again.run()}
            {...named(t("reportPublic.act.again"))}
          >
            {t("reportPublic.act.again")}
          </Button>
        ) : null}
        {mayDecide && state === "public" && changes.length > 0 && !frozen ? (
          <Button size="small" onClick={() => publish([entry])} {...named(t("reportPublic.act.newVersion"))}>
            {t("reportPublic.act.newVersion")}
          </Button>
        ) : null}
        {mayDecide && state === "public" ? (
          <>
            <Button
              size="small"
              aria-disabled={withdraw.busy}
              onClick={() => withdraw.run()}
              {...named(t("reportPublic.act.withdraw"))}
            >
              {t("reportPublic.act.withdraw")}
            </Button>
            <span className="public-report-entry__move">
              {place === 1 ? null : (
                <IconButton
                  icon="arrow-up"
                  size="small"
                  name={t("reportPublic.act.up", { title })}
                  onClick={() => move(entry, -1)}
                />
              )}
              {last ? null : (
                <IconButton
                  icon="arrow-down"
                  size="small"
                  name={t("reportPublic.act.down", { title })}
                  onClick={() => move(entry, 1)}
                />
              )}
            </span>
          </>
        ) : null}
      </div>
      <Trouble refusal={withdraw.refusal ?? again.refusal} />
    </>
  );
}

function Held({ held }: { held: readonly HeldEvidence[] }) {
  const { slug } = useSpace();
  if (held.length === 0) return null;
  return (
    <div className="public-report-held">
      <p>
        <Icon name="warning" /> <strong>{t("reportPublic.held")}</strong>
      </p>
      <ul>
        {held.map((thing) => (
          <li key={thing.id}>
            <a href={`${sectionPath(slug, "materials")}/${encodeURIComponent(thing.id)}`}>{wordsOf(thing)}</a>
            {thing.people.length === 0 ? null : (
              <> {t("reportPublic.held.own", { people: listOf(thing.people.map(personName)) })}</>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

const wordsOf = ({ why, name, schools }: HeldEvidence): string =>
  why === "consent"
    ? t("reportPublic.held.consent", { name, schools: listOf(schools) })
    : t(`reportPublic.held.${why}`, { name });

const fields = [
  "title",
  "day",
  "done",
  "learned",
  "results",
  "shown",
  "links",
  "pages",
  "pupils",
  "teachers",
  "meeting",
  "materials",
] as const;
const fieldWords = (field: string): string => {
  const known = fields.find((each) => each === field);
  return known === undefined ? field : t(`reportPublic.field.${known}`);
};

/** Field by field, what everybody reads and what it is by now. */
function Differences({ entry }: { entry: PublishableEntry }) {
  if (entry.changes.length === 0) return null;
  return (
    <details className="public-report-differs">
      <summary aria-label={t("reportPublic.differsOf", { title: titleOf(entry) })}>{t("reportPublic.differs")}</summary>
      {entry.changes.map(({ field, was, is }) => (
        <div key={field}>
          <h4>{fieldWords(field)}</h4>
          <dl>
            <div>
              <dt>{t("reportPublic.was")}</dt>
              <dd dir="auto">{was || t("reportPublic.nothingThere")}</dd>
            </div>
            <div>
              <dt>{t("reportPublic.is")}</dt>
              <dd dir="auto">{is || t("reportPublic.nothingThere")}</dd>
            </div>
          </dl>
        </div>
      ))}
    </details>
  );
}
