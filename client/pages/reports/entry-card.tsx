import type { ReactNode } from "react";
import type { PlanItem } from "../../../protocol/reports/card.ts";
import type { EntryView } from "../../../protocol/reports/entries.ts";
import { Icon } from "../../parts/icon.tsx";
import { Flag } from "../../parts/place.tsx";
import { Tag } from "../../parts/tag.tsx";
import { personName } from "../../views/people-of-space.ts";
import { daysSince, kindIcons, pupilsIn, type ReportSchool, shortWords, teachersIn } from "../../views/report-entry.ts";
import { leafOfDay } from "../../words/days.ts";
import { countryName, listOf } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { EntryMeeting } from "./entry-meeting.tsx";
import { EntryEvidence, EntryWords } from "./entry-words.tsx";
import "./reports.css";

export interface EntryCardProps {
  entry: EntryView;
  schools: readonly ReportSchool[];
  /** Where it is read by itself: its title then leads there. */
  href?: string | undefined;
  /** All that it says; otherwise its first lines. */
  whole?: boolean | undefined;
  /** To name the lines that it brought forward. */
  plan?: readonly Pick<PlanItem, "id" | "words">[] | undefined;
  /** Of the title: what stands above it is one less. */
  level?: 1 | 2 | 3 | 4 | undefined;
  /** What can be done with it, at the end of its first line. */
  acts?: ReactNode;
  /** What is said about it. */
  below?: ReactNode;
  /** In the place of "Waiting for the support service", for those whom it waits for. */
  waiting?: string | undefined;
}

/**
 * One entry of a report card: the day, a knot in the two rivers, and what happened. It needs nothing around it but a list
 * (`<ol className="entries">`), so that support services read it as its teachers do.
 */
export function EntryCard(props: EntryCardProps) {
  const { entry, schools, whole = false, plan = [], acts, below } = props;
  const { kind, state, waits, meeting, body } = entry;
  const leaf = leafOfDay(entry.day);
  const words = whole ? "" : shortWords(entry);
  return (
    <article className="entry" data-waits={waits !== null || undefined} data-draft={state === "draft" || undefined}>
      <time className="entry__day" dateTime={entry.day}>
        <strong>{leaf.day}</strong> <span>{leaf.month}</span>
      </time>
      <span className="entry__knot" aria-hidden="true" />
      <div className="entry__card">
        <header className="entry__head">
          <span className="entry__tags">
            <Tag icon={kindIcons[kind]}>{t(`reports.kind.${kind}`)}</Tag>
            {state === "draft" ? (
              <Tag tone="attention" icon="pencil-simple">
                {t("reports.draft")}
              </Tag>
            ) : null}
            {state === "shared" && entry.readers === "partners" ? (
              <Tag icon="lock-simple">{t("reports.onlyPartners")}</Tag>
            ) : null}
          </span>
          <span className="entry__who">
            {waits === null ? null : (
              <Tag tone="waiting" icon="hourglass">
                {props.waiting ?? waitsFor(waits)}
              </Tag>
            )}
            <Who entry={entry} />
            <ReadMarks entry={entry} />
            {acts}
          </span>
        </header>
        <Title {...props} />
        {words === "" ? null : (
          <p className="entry__words" dir="auto">
            {words}
          </p>
        )}
        {meeting === null ? null : <EntryMeeting meeting={meeting} schools={schools} whole={whole} />}
        {whole ? <EntryWords entry={entry} schools={schools} plan={plan} /> : <Counts entry={entry} />}
        {body.evidence.length === 0 ? null : <EntryEvidence evidence={entry.evidence} brief={!whole} />}
        {below === undefined || below === null ? null : <div className="entry__below">{below}</div>}
      </div>
    </article>
  );
}

/** What an entry is called; a meeting's own by the meeting. */
export const titleOfEntry = ({ body, meeting }: Pick<EntryView, "body" | "meeting">): string =>
  body.title.trim() || meeting?.title || t("reports.untitled");

function Title({ entry, href, level = 3 }: EntryCardProps) {
  const Heading = `h${level}` as const;
  const title = titleOfEntry(entry);
  return (
    <Heading className="entry__title" dir="auto">
      {href === undefined ? title : <a href={href}>{title}</a>}
    </Heading>
  );
}

function waitsFor({ since, country }: NonNullable<EntryView["waits"]>): string {
  const service = country === null ? t("reports.centralService") : t("reports.theService");
  const days = daysSince(since, Date.now());
  return days === 0 ? t("reports.waitsToday", { service }) : t("reports.waitsDays", { service, days });
}

function Who({ entry: { author } }: { entry: EntryView }) {
  if (author === null) return <span className="soft">{t("reports.byMeeting")}</span>;
  return (
    <span className="entry__author soft" title={author.school?.name}>
      {author.school === null ? null : <Flag country={author.school.country} />}
      <bdi>{personName(author)}</bdi>
    </span>
  );
}

/** Each service that has read it, once. */
function ReadMarks({ entry: { readBy } }: { entry: EntryView }) {
  const read = [...new Set(readBy.map(({ country }) => country))];
  const named = read.filter((country) => country !== null).map(countryName);
  return (
    <>
      {named.length === 0 ? null : (
        <Tag tone="good" icon="eye">
          {t("reports.readBy", { country: listOf(named) })}
        </Tag>
      )}
      {read.includes(null) ? (
        <Tag tone="good" icon="eye">
          {t("reports.readByCentral")}
        </Tag>
      ) : null}
    </>
  );
}

/** How many took part, in one line. */
function Counts({ entry }: { entry: EntryView }) {
  const pupils = pupilsIn(entry);
  const teachers = teachersIn(entry);
  if (pupils + teachers === 0) return null;
  return (
    <p className="entry__counts">
      {pupils === 0 ? null : <Icon name="users-three" />}
      {[
        ...(pupils === 0 ? [] : [`${pupils} ${t("reports.pupils", { count: pupils })}`]),
        ...(teachers === 0 ? [] : [`${teachers} ${t("reports.teachers", { count: teachers })}`]),
      ].join(" · ")}
    </p>
  );
}
