import { useId } from "react";
import { type ChartPart, patternOf, sumOf } from "../../views/charts.ts";
import { listOf } from "../../words/formats.ts";
import { languageTag, t } from "../../words/words.ts";
import { Flag } from "../place.tsx";
import { Chart, ChartTable, type ChartTitle } from "./chart.tsx";
import { PatternBox, Patterns } from "./patterns.tsx";

/**
 * One whole and whose it is: who wrote the entries, who spoke how long. A bar that is divided, with each name and number
 * below it.
 */
export function SplitBar({
  parts,
  valueWords = numberWords,
  heads,
  ...title
}: ChartTitle & {
  parts: readonly ChartPart[];
  /** "24 min" for 1440000; the number itself when left out. */
  valueWords?: (value: number) => string;
  /** Of the table: what a part is ("School") and what is counted ("Entries"). */
  heads: readonly [part: string, value: string];
}) {
  const id = useId();
  const whole = sumOf(parts.map(({ value }) => value));
  const said = parts.map(({ name, value }) => t("chart.part", { name, value: valueWords(value) }));
  return (
    <Chart
      {...title}
      drawn={
        <div className="split-bar">
          <Patterns id={id} />
          <div
            className="split-bar__bar"
            role="img"
            aria-label={t("chart.name", {
              title: title.title,
              parts: said.length === 0 ? t("chart.nothing") : listOf(said),
            })}
          >
            {parts.map((part, place) =>
              part.value > 0 ? (
                <span key={part.key} className="split-bar__part" style={{ flexGrow: part.value }}>
                  <PatternBox id={id} pattern={patternOf(part, place)} />
                </span>
              ) : null,
            )}
            {whole > 0 ? null : <span className="split-bar__none" />}
          </div>
          <ul className="chart-key" data-two={parts.length === 2 || undefined} aria-hidden="true">
            {parts.map((part, place) => (
              <li key={part.key}>
                {parts.length === 2 ? null : (
                  <span className="chart-key__box">
                    <PatternBox id={id} pattern={patternOf(part, place)} />
                  </span>
                )}
                {part.country === undefined ? null : <Flag country={part.country} named />}
                <span className="chart-key__name">{part.name}</span> <b>{valueWords(part.value)}</b>
              </li>
            ))}
          </ul>
        </div>
      }
      table={
        <ChartTable
          name={title.title}
          heads={heads}
          rows={parts.map(({ key, name, value }) => ({ key, head: name, cells: [valueWords(value)] }))}
          total={[valueWords(whole)]}
        />
      }
    />
  );
}

export const numberWords = (value: number): string => new Intl.NumberFormat(languageTag()).format(value);
