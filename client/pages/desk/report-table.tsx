import type { ReactNode } from "react";
import type { ReportRow } from "../../../protocol/reports/desk.ts";
import { Button, ButtonLink } from "../../parts/button.tsx";
import { Place } from "../../parts/place.tsx";
import { Tag } from "../../parts/tag.tsx";
import { Worklist, type WorklistColumn } from "../../parts/worklist.tsx";
import { deskReportPath, stateOfRow } from "../../views/report-desk.ts";
import { daysSince } from "../../views/report-entry.ts";
import { t } from "../../words/words.ts";
import { dayIn } from "../../words/zoned.ts";

/** One project a row, with one button: the next step. Under 768 px every row is a card. */
export function ReportTable({
  rows,
  zone,
  hasOwn,
  ticked,
  mayTick,
  tick,
  remind,
  busy,
}: {
  rows: readonly ReportRow[];
  zone: string;
  /** The list is of some countries: their schools stand in a column of their own. */
  hasOwn: boolean;
  ticked: readonly string[];
  mayTick: boolean;
  tick: (ids: readonly string[]) => void;
  remind: (row: ReportRow) => void;
  busy: boolean;
}) {
  const columns: WorklistColumn<ReportRow>[] = [
    {
      head: t("deskReports.tick"),
      quiet: true,
      cell: ({ id, title }) => (
        <label className="desk-row__tick">
          <input
            type="checkbox"
            className="ticked__box ticked__box--checkbox"
            checked={ticked.includes(id)}
            disabled={!mayTick && !ticked.includes(id)}
            aria-label={t("desk.tick", { title })}
            onChange={() => tick(ticked.includes(id) ? ticked.filter((one) => one !== id) : [...ticked, id])}
          />
        </label>
      ),
    },
    {
      head: t("deskReports.project"),
      names: true,
      cell: ({ slug, title }) => (
        <a href={deskReportPath(slug)} dir="auto">
          {title}
        </a>
      ),
    },
    ...(hasOwn
      ? [{ head: t("deskReports.ourSchool"), cell: ({ ownSchools }: ReportRow) => schoolsIn(ownSchools, false) }]
      : []),
    {
      head: t(hasOwn ? "deskReports.partners" : "deskReports.schools"),
      cell: ({ partners }) => schoolsIn(partners, true),
    },
    {
      head: t("deskReports.state"),
      cell: (row) => {
        const { tone, icon, words } = stateOfRow(row);
        return (
          <Tag tone={tone} icon={icon}>
            {words}
          </Tag>
        );
      },
    },
    {
      head: t("deskReports.silentDays"),
      number: true,
      isEmpty: ({ silentDays }) => silentDays === 0,
      cell: ({ silentDays }) => t("deskReports.days", { count: silentDays }),
    },
    {
      head: t("deskReports.waits"),
      number: true,
      isEmpty: ({ questionSince }) => questionSince === null,
      cell: ({ questionSince }) => (
        <strong>{t("deskReports.days", { count: daysSince(questionSince ?? Date.now(), Date.now()) })}</strong>
      ),
    },
    {
      head: t("deskReports.entries"),
      number: true,
      cell: ({ entries, unread }) => (
        <>
          {unread === 0 ? null : <span className="report-desk__new">{t("deskReports.toRead", { count: unread })}</span>}
          {entries}
        </>
      ),
    },
    {
      head: t("deskReports.pupils"),
      number: true,
      isEmpty: ({ pupils }) => pupils === 0,
      cell: ({ pupils }) => pupils,
    },
    {
      head: t("deskReports.qualityLabel"),
      isEmpty: ({ qualityLabel }) => qualityLabel === "none",
      cell: labelInWords,
    },
    {
      head: t("deskReports.next"),
      quiet: true,
      cell: (row) => <NextStep row={row} zone={zone} remind={remind} busy={busy} />,
    },
  ];
  return (
    <Worklist
      name={t("deskReports.list")}
      columns={columns}
      rows={rows}
      keyOf={({ id }) => id}
      waits={({ questionSince }) => questionSince !== null}
    />
  );
}

function schoolsIn(schools: ReportRow["partners"], flags: boolean): ReactNode {
  return (
    <span className="report-desk__schools">
      {schools.map(({ name, country }) => (
        <span key={`${country} ${name}`} dir="auto">
          {flags ? <Place country={country}>{name}</Place> : name}
        </span>
      ))}
    </span>
  );
}

const labelInWords = ({ qualityLabel, grantedYear }: ReportRow): string =>
  qualityLabel === "granted" ? t("deskReports.granted", { year: String(grantedYear ?? "") }) : t("deskReports.applied");

/** The verb stands on the button; for screen readers with the project that it is about. */
function NextStep({
  row,
  zone,
  remind,
  busy,
}: {
  row: ReportRow;
  zone: string;
  remind: (row: ReportRow) => void;
  busy: boolean;
}) {
  const { next, title, slug, silent, remindedAt } = row;
  const words = (
    <>
      {t(`deskReports.step.${next}`)}
      <span className="unseen">{title}</span>
    </>
  );
  if (next === "remind") {
    return (
      <Button size="small" aria-disabled={busy} onClick={() => remind(row)}>
        {words}
      </Button>
    );
  }
  return (
    <>
      <ButtonLink
        size="small"
        look={next === "answer" ? "filled" : "outlined"}
        href={`${deskReportPath(slug)}${next === "answer" ? "#waits" : ""}`}
      >
        {words}
      </ButtonLink>
      {silent && remindedAt !== null ? (
        <span className="soft small">{t("deskReports.reminded", { when: dayIn(remindedAt, zone, Date.now()) })}</span>
      ) : null}
    </>
  );
}
