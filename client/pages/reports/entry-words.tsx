import type { ReactNode } from "react";
import type { PlanItem } from "../../../protocol/reports/card.ts";
import type { EntryField, EntryView, Evidence, PupilCount, ShownEvidence } from "../../../protocol/reports/entries.ts";
import type { IconName } from "../../looks/icons.ts";
import { Icon } from "../../parts/icon.tsx";
import { Flag } from "../../parts/place.tsx";
import type { ReportSchool } from "../../views/report-entry.ts";
import { dayInWords, daysInWords } from "../../words/days.ts";
import { listOf } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { useList } from "../portal/use-list.ts";

interface Given {
  entry: Pick<EntryView, "body" | "calendarItem">;
  schools: readonly ReportSchool[];
  plan: readonly Pick<PlanItem, "id" | "words">[];
}

const texts = [
  "done",
  "communication",
  "collaboration",
  "curriculum",
  "learned",
  "difficulties",
  "question",
] as const satisfies readonly EntryField[];

/** All that an entry says, in the order of its form; what stayed empty is not named. */
export function EntryWords({ entry, schools, plan }: Given) {
  const { body } = entry;
  const { fromDay, toDay, nextSteps, nextDay } = body;
  return (
    <dl className="entry-words">
      {fromDay === null && toDay === null ? null : (
        <Said name={t("reports.days")}>{daysInWords(fromDay ?? toDay ?? "", toDay ?? fromDay ?? "")}</Said>
      )}
      {entry.calendarItem === null ? null : (
        <Said name={t("reports.onCalendar")}>
          <bdi>{entry.calendarItem.title}</bdi>
        </Said>
      )}
      {texts.map((field) => (
        <Text key={field} field={field} text={body[field]} />
      ))}
      <TookPart entry={entry} schools={schools} />
      <Codes list="subject" field="subjects" codes={body.subjects} />
      <Codes list="tool" field="tools" codes={body.tools} />
      <Safety entry={entry} />
      <Shown entry={entry} />
      <Text field="nextSteps" text={nextSteps} />
      {nextDay === null ? null : <Said name={t("reports.field.nextDay")}>{dayInWords(nextDay)}</Said>}
      {body.plan.length === 0 ? null : (
        <Said name={t("reports.field.plan")}>
          <ul>
            {body.plan.map(({ item, amount }) => {
              const words = plan.find(({ id }) => id === item)?.words;
              if (words === undefined) return null;
              return <li key={item}>{amount === 0 ? words : t("reports.planAmount", { words, amount })}</li>;
            })}
          </ul>
        </Said>
      )}
      <Codes list="criterion" field="criteria" codes={body.criteria} />
    </dl>
  );
}

function Said({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Text({ field, text }: { field: EntryField; text: string }) {
  if (text.trim() === "") return null;
  return (
    <Said name={t(`reports.field.${field}`)}>
      <p className="entry-words__text" dir="auto">
        {text.trim()}
      </p>
    </Said>
  );
}

function Codes({
  list,
  field,
  codes,
}: {
  list: "subject" | "tool" | "criterion";
  field: EntryField;
  codes: readonly string[];
}) {
  // A list is asked for only where there is something to name.
  return codes.length === 0 ? null : <NamedCodes list={list} field={field} codes={codes} />;
}

function NamedCodes({
  list,
  field,
  codes,
}: {
  list: "subject" | "tool" | "criterion";
  field: EntryField;
  codes: readonly string[];
}) {
  const { labelOf } = useList(list);
  return <Said name={t(`reports.field.${field}`)}>{listOf(codes.map(labelOf))}</Said>;
}

function agesOf({ ageMin, ageMax }: PupilCount): string {
  if (ageMin === null && ageMax === null) return "";
  const from = ageMin ?? ageMax ?? 0;
  const to = ageMax ?? ageMin ?? 0;
  return from === to ? t("reports.age", { age: from }) : t("reports.ages", { from, to });
}

function TookPart({ entry: { body }, schools }: Pick<Given, "entry" | "schools">) {
  const rows = [
    ...body.pupils.map((row) => ({ ...row, words: t("reports.pupils", { count: row.count }), ages: agesOf(row) })),
    ...body.teachers.map((row) => ({ ...row, words: t("reports.teachers", { count: row.count }), ages: "" })),
  ].filter(({ count }) => count > 0);
  if (rows.length === 0) return null;
  return (
    <Said name={t("reports.whoTookPart")}>
      <ul>
        {rows.map(({ school, count, words, ages }) => {
          const known = schools.find(({ id }) => id === school);
          return (
            <li key={`${school} ${words} ${ages}`} className="entry-words__count">
              {known === undefined ? null : <Flag country={known.country} named />}
              <span>
                <bdi>{known?.name ?? t("reports.noSchool")}</bdi>: <strong>{count}</strong> {words}
                {ages === "" ? "" : `, ${ages}`}
              </span>
            </li>
          );
        })}
      </ul>
    </Said>
  );
}

function Safety({ entry: { body } }: Pick<Given, "entry">) {
  const { consentsChecked, incidents, safeguarding } = body;
  const said = [
    ...(consentsChecked === null ? [] : [t(consentsChecked ? "reports.consentsYes" : "reports.consentsNo")]),
    ...(incidents === null
      ? []
      : [incidents === 0 ? t("reports.incidentsNone") : t("reports.incidents", { count: incidents })]),
  ];
  return (
    <>
      {said.length === 0 ? null : <Said name={t("reports.field.consentsChecked")}>{said.join(". ")}.</Said>}
      <Text field="safeguarding" text={safeguarding} />
    </>
  );
}

function Shown({ entry: { body } }: Pick<Given, "entry">) {
  const { shownWhere, shownLink, audience } = body;
  return (
    <>
      <Text field="shownWhere" text={shownWhere} />
      {shownLink === "" ? null : (
        <Said name={t("reports.field.shownLink")}>
          <a href={shownLink} rel="noopener noreferrer nofollow">
            {shownLink}
          </a>
        </Said>
      )}
      <Text field="audience" text={audience} />
    </>
  );
}

export const evidenceIcons: Readonly<Record<ShownEvidence["evidence"]["kind"], IconName>> = {
  material: "file",
  page: "file-text",
  moment: "play-fill",
  link: "link-simple",
};
/** Two that have it show the same thing. */
export const evidenceKey = (evidence: Evidence): string =>
  evidence.kind === "moment"
    ? `moment ${evidence.meeting} ${evidence.atMs}`
    : `${evidence.kind} ${evidence.kind === "link" ? evidence.link : evidence.id}`;

/** In a card there is room for so many. */
const mostInBrief = 4;

/** What there is to be seen of it. `brief`: its pictures first, and no more than fit in a line. */
export function EntryEvidence({ evidence, brief = false }: { evidence: readonly ShownEvidence[]; brief?: boolean }) {
  const shown = brief ? [...evidence].sort((a, b) => rank(a) - rank(b)).slice(0, mostInBrief) : evidence;
  const more = evidence.length - shown.length;
  if (evidence.length === 0) return null;
  return (
    <ul className="entry-evidence" aria-label={t("reports.evidence")}>
      {shown.map((one) => (
        <li key={evidenceKey(one.evidence)}>
          <OneEvidence {...one} />
        </li>
      ))}
      {more > 0 ? <li className="entry-evidence__more">{t("reports.evidenceMore", { count: more })}</li> : null}
    </ul>
  );
}

const rank = ({ image, path }: ShownEvidence): number => (image !== null ? 0 : path !== null ? 1 : 2);

function OneEvidence({ evidence, title, path, image, heldBack }: ShownEvidence) {
  if (heldBack !== null) {
    return (
      <span className="entry-evidence__held">
        <Icon name="eye-slash" />
        <span>
          {heldBack.schools.length === 0
            ? t("reports.heldBackNobody")
            : t("reports.heldBack", { schools: listOf(heldBack.schools) })}
        </span>
      </span>
    );
  }
  if (image !== null) {
    const src = image.sizes.includes(320) ? `${image.src}?size=320` : image.src;
    return (
      <a className="entry-evidence__picture" href={path ?? image.src}>
        <img src={src} alt={image.alt || title} loading="lazy" decoding="async" />
      </a>
    );
  }
  const inside = (
    <>
      <Icon name={evidenceIcons[evidence.kind]} />
      <bdi>{title || t("reports.notThere")}</bdi>
    </>
  );
  if (path === null) return <span className="entry-evidence__thing soft">{inside}</span>;
  return (
    <a
      className="entry-evidence__thing"
      href={path}
      {...(evidence.kind === "link" ? { rel: "noopener noreferrer nofollow" } : {})}
    >
      {inside}
    </a>
  );
}
