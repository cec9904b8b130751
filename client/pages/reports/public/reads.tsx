import type { PublicReportView } from "../../../../protocol/reports/published.ts";
import { MonthColumns } from "../../../parts/charts/month-columns.tsx";
import { dayInWords, leafOfDay } from "../../../words/days.ts";
import { t } from "../../../words/words.ts";

const dayMs = 86_400_000;
const shownDays = 30;

/** Each of the last days, also those on which nobody came. */
function lastDays(now: number): string[] {
  return Array.from({ length: shownDays }, (_, index) =>
    new Date(now - (shownDays - 1 - index) * dayMs).toISOString().slice(0, 10),
  );
}

/** How often it was read: numbers of days, and nothing about who. */
export function Reads({ reads }: { reads: PublicReportView["reads"] }) {
  const byDay = new Map(reads.days.map((day) => [day.day, day]));
  const kinds = ["html", "feed", "pdf"] as const;
  return (
    <section className="card public-report-part" aria-labelledby="reads">
      <h2 id="reads" className="home-head">
        {t("reportPublic.reads")}
      </h2>
      <p>{t("reportPublic.readsAll", reads.all)}</p>
      <MonthColumns
        title={t("reportPublic.readsDays")}
        level={3}
        head={t("reportPublic.readsDay")}
        parts={kinds.map((kind) => ({ key: kind, name: t(`reportPublic.read.${kind}`) }))}
        columns={lastDays(Date.now()).map((day) => ({
          ...{ key: day, name: leafOfDay(day).day, longName: dayInWords(day) },
          values: kinds.map((kind) => byDay.get(day)?.[kind] ?? 0),
        }))}
      />
      <p className="soft small">{t("reportPublic.readsHint")}</p>
    </section>
  );
}
