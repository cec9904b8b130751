import type { PublicReportView } from "../../../../protocol/reports/published.ts";
import { MonthColumns } from "../../../parts/charts/month-columns.tsx";
import { sumOf } from "../../../views/charts.ts";
import { daysInWords, leafOfDay } from "../../../words/days.ts";
import { t } from "../../../words/words.ts";

const dayMs = 86_400_000;
const shownDays = 30;
/** So many together, so that all of them are seen at once, also on a telephone. */
const daysTogether = 5;

/** The last days in spans, also those on which nobody came. */
function lastSpans(now: number): string[][] {
  const dayBefore = (days: number) => new Date(now - days * dayMs).toISOString().slice(0, 10);
  return Array.from({ length: shownDays / daysTogether }, (_, span) =>
    Array.from({ length: daysTogether }, (_each, index) => dayBefore(shownDays - 1 - span * daysTogether - index)),
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
        columns={lastSpans(Date.now()).map((days) => {
          const [first = "", last = ""] = [days[0], days.at(-1)];
          const { day, month } = leafOfDay(first);
          return {
            ...{ key: first, name: `${day} ${month}`, longName: daysInWords(first, last) },
            values: kinds.map((kind) => sumOf(days.map((each) => byDay.get(each)?.[kind] ?? 0))),
          };
        })}
      />
      <p className="soft small">{t("reportPublic.readsHint")}</p>
    </section>
  );
}
