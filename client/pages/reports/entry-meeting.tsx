import type { EntryView } from "../../../protocol/reports/entries.ts";
import { Flag } from "../../parts/place.tsx";
import type { ReportSchool } from "../../views/report-entry.ts";
import { aboutLength } from "../../words/formats.ts";
import { t } from "../../words/words.ts";

/** What a meeting says of itself: numbers, and how long each school spoke. No name of anybody. */
export function EntryMeeting({
  meeting: { counts, replay },
  schools,
}: {
  meeting: NonNullable<EntryView["meeting"]>;
  schools: readonly ReportSchool[];
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
      {counts.spokeMs > 0 ? <Spoke counts={counts} schools={schools} /> : null}
      {replay === null ? null : (
        <p>
          <a href={replay}>{t("reports.watchReplay")}</a>
        </p>
      )}
    </>
  );
}

function Spoke({
  counts,
  schools,
}: {
  counts: NonNullable<EntryView["meeting"]>["counts"];
  schools: readonly ReportSchool[];
}) {
  const spoke = counts.schools.filter(({ spokeMs }) => spokeMs > 0);
  return (
    <ul className="entry__spoke">
      {spoke.map(({ school, spokeMs }) => {
        const known = schools.find(({ id }) => id === school);
        return (
          <li key={school}>
            {known === undefined ? null : <Flag country={known.country} named />}
            {t("reports.spoke", { school: known?.name ?? t("reports.noSchool"), length: aboutLength(spokeMs) })}
          </li>
        );
      })}
    </ul>
  );
}
