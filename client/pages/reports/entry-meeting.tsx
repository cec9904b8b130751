import type { EntryView } from "../../../protocol/reports/entries.ts";
import { SplitBar } from "../../parts/charts/split-bar.tsx";
import type { ReportSchool } from "../../views/report-entry.ts";
import { spokenLength } from "../../words/formats.ts";
import { t } from "../../words/words.ts";

/** What a meeting says of itself: numbers, and how long each school spoke. No name of anybody. */
export function EntryMeeting({
  meeting: { counts, replay },
  schools,
  whole = false,
}: {
  meeting: Pick<NonNullable<EntryView["meeting"]>, "counts" | "replay">;
  schools: readonly ReportSchool[];
  /** It stands by itself, with the switch to its table, which otherwise stands elsewhere on the page. */
  whole?: boolean;
}) {
  const minutes = Math.max(1, Math.round(counts.lengthMs / 60_000));
  const numbers = [
    [minutes, t("reports.minutes", { count: minutes })],
    [counts.adults, t("reports.adults", { count: counts.adults })],
    [counts.pupils, t("reports.pupils", { count: counts.pupils })],
    [counts.classes, t("reports.classes", { count: counts.classes })],
    [counts.turns, t("reports.turns", { count: counts.turns })],
    [counts.messages, t("reports.messages", { count: counts.messages })],
  ] as const;
  return (
    <>
      <p className="entry__numbers">
        {numbers
          .filter(([count]) => count > 0)
          .map(([count, words]) => (
            <span key={words}>
              <strong>{count}</strong> {words}
            </span>
          ))}
      </p>
      {counts.spokeMs > 0 ? <Spoke counts={counts} schools={schools} whole={whole} /> : null}
      {replay === null ? null : (
        <p>
          <a href={replay}>{t("reports.watchReplay")}</a>
        </p>
      )}
    </>
  );
}

/** A school keeps its pattern through all entries. */
function Spoke({
  counts,
  schools,
  whole,
}: {
  counts: NonNullable<EntryView["meeting"]>["counts"];
  schools: readonly ReportSchool[];
  whole: boolean;
}) {
  const parts = counts.schools
    .filter(({ spokeMs }) => spokeMs > 0)
    .map(({ school, spokeMs }) => {
      const place = schools.findIndex(({ id }) => id === school);
      const known = schools[place];
      return {
        key: school ?? "",
        name: known?.name ?? t("reports.noSchool"),
        country: known?.country,
        value: spokeMs,
        pattern: known === undefined ? schools.length + 1 : place + 1,
      };
    })
    .sort((a, b) => a.pattern - b.pattern);
  return (
    <SplitBar
      title={t("reports.spokeTitle")}
      quiet
      switchable={whole}
      parts={parts}
      valueWords={spokenLength}
      heads={[t("reports.school"), t("reports.spokeFor")]}
    />
  );
}
