import { useId } from "react";
import { type ChartColumn, type ChartPart, foldParts, patternOf, sumOf } from "../../views/charts.ts";
import { listOf } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { Flag } from "../place.tsx";
import { Chart, ChartTable, type ChartTitle } from "./chart.tsx";
import { PatternBox, Patterns } from "./patterns.tsx";
import { numberWords } from "./split-bar.tsx";

export type ColumnPart = Omit<ChartPart, "value">;

/** Month after month, a column each with its number above it, divided by who or what. Many months scroll sideways. */
export function MonthColumns({
  parts,
  columns,
  head,
  ...title
}: ChartTitle & {
  parts: readonly ColumnPart[];
  columns: readonly ChartColumn[];
  /** Of the table's first column: "Month". */
  head: string;
}) {
  const id = useId();
  const drawn = foldParts(parts, columns, { key: "others", name: t("chart.others") });
  const most = Math.max(1, ...columns.map(({ values }) => sumOf(values)));
  const said = columns.map(({ longName, values }) => t("chart.part", { name: longName, value: sumOf(values) }));
  return (
    <Chart
      {...title}
      drawn={
        <div className="month-columns">
          <Patterns id={id} />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
          {/* biome-ignore lint/a11y/useSemanticElements: no fieldset, and no landmark of the page */}
          <div className="chart-scroll" tabIndex={0} role="group" aria-label={title.title}>
            <div
              className="month-columns__all"
              role="img"
              aria-label={t("chart.name", {
                title: title.title,
                parts: said.length === 0 ? t("chart.nothing") : listOf(said),
              })}
            >
              {drawn.columns.map((column) => (
                <span key={column.key} className="month-columns__one">
                  <b>{numberWords(sumOf(column.values))}</b>
                  <span
                    className="month-columns__stack"
                    style={{ blockSize: `${(8 * sumOf(column.values)) / most}rem` }}
                  >
                    {drawn.parts.map((part, place) =>
                      (column.values[place] ?? 0) > 0 ? (
                        <span key={part.key} style={{ flexGrow: column.values[place] }}>
                          <PatternBox id={id} pattern={patternOf(part, place)} />
                        </span>
                      ) : null,
                    )}
                  </span>
                  <span className="month-columns__name">{column.name}</span>
                </span>
              ))}
            </div>
          </div>
          {columns.length === 0 ? <p className="soft">{t("chart.nothing")}</p> : null}
          <ul className="chart-key" aria-hidden="true">
            {drawn.parts.map((part, place) => (
              <li key={part.key}>
                <span className="chart-key__box">
                  <PatternBox id={id} pattern={patternOf(part, place)} />
                </span>
                {part.country === undefined ? null : <Flag country={part.country} named />}
                <span className="chart-key__name">{part.name}</span>{" "}
                <b>{numberWords(sumOf(drawn.columns.map(({ values }) => values[place] ?? 0)))}</b>
              </li>
            ))}
          </ul>
        </div>
      }
      table={
        <ChartTable
          name={title.title}
          heads={[head, ...parts.map(({ name }) => name), t("chart.total")]}
          rows={columns.map(({ key, longName, values }) => ({
            key,
            head: longName,
            cells: [...parts.map((_, place) => numberWords(values[place] ?? 0)), numberWords(sumOf(values))],
          }))}
          total={[
            ...parts.map((_, place) => numberWords(sumOf(columns.map(({ values }) => values[place] ?? 0)))),
            numberWords(sumOf(columns.flatMap(({ values }) => values))),
          ]}
        />
      }
    />
  );
}
