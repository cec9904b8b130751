import { useId } from "react";
import { languageTag, t } from "../../words/words.ts";

export interface MonthShown {
  /** `2026-11` */
  month: string;
  fresh: number;
  total: number;
}

const width = 480;
const height = 150;
const foot = 22;
const head = 18;

/** A bar for each month with its number above it, and the same as a table. */
export function MonthsChart({ name, months }: { name: string; months: readonly MonthShown[] }) {
  const id = useId();
  const last = months.at(-1);
  const most = Math.max(1, ...months.map(({ total }) => total));
  const step = width / Math.max(1, months.length);
  const number = new Intl.NumberFormat(languageTag(), { notation: "compact" });
  return (
    <figure className="card months-chart" aria-labelledby={id}>
      <figcaption>
        <h2 id={id}>{name}</h2>
        {last === undefined ? null : (
          <p className="soft">{t("desk.figures.total", { count: last.total, fresh: last.fresh })}</p>
        )}
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t("desk.figures.chart", { what: name })}>
        {months.map(({ month, total }, place) => {
          const tall = ((height - foot - head) * total) / most;
          const middle = place * step + step / 2;
          return (
            <g key={month}>
              <rect
                className="months-chart__bar"
                x={place * step + 4}
                width={step - 8}
                y={height - foot - tall}
                height={Math.max(tall, 1)}
                rx={3}
              />
              <text className="months-chart__number" x={middle} y={height - foot - tall - 5} textAnchor="middle">
                {number.format(total)}
              </text>
              <text className="months-chart__month" x={middle} y={height - 6} textAnchor="middle">
                {monthName(month, "short")}
              </text>
            </g>
          );
        })}
      </svg>
      <details>
        <summary>{t("desk.figures.asTable")}</summary>
        <table className="months-chart__table">
          <caption className="unseen">{name}</caption>
          <thead>
            <tr>
              <th scope="col">{t("desk.figures.month")}</th>
              <th scope="col">{t("desk.figures.new")}</th>
              <th scope="col">{t("desk.figures.all")}</th>
            </tr>
          </thead>
          <tbody>
            {months.map(({ month, fresh, total }) => (
              <tr key={month}>
                <th scope="row">{monthName(month, "long")}</th>
                <td>{fresh}</td>
                <td>{total}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

/** "Nov", "November 2026" */
function monthName(month: string, style: "short" | "long"): string {
  const shown = style === "short" ? { month: "short" as const } : { month: "long" as const, year: "numeric" as const };
  return new Intl.DateTimeFormat(languageTag(), { ...shown, timeZone: "UTC" }).format(Date.parse(`${month}-01`));
}
