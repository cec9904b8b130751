import { useId } from "react";
import { type ChartPart, patternOf, sumOf } from "../../views/charts.ts";
import { t } from "../../words/words.ts";
import { Flag } from "../place.tsx";
import { Chart, ChartTable, type ChartTitle } from "./chart.tsx";
import { PatternBox, Patterns } from "./patterns.tsx";
import { numberWords } from "./split-bar.tsx";

/** How many of each, a bar a line: kinds, ages, criteria. An empty one stays and says its nought. */
export function Bars({
  parts,
  valueWords = numberWords,
  heads,
  total = true,
  ...title
}: ChartTitle & {
  parts: readonly ChartPart[];
  valueWords?: (value: number) => string;
  heads: readonly [part: string, value: string];
  /** False where adding them up means nothing. */
  total?: boolean;
}) {
  const id = useId();
  const most = Math.max(1, ...parts.map(({ value }) => value));
  return (
    <Chart
      {...title}
      drawn={
        <>
          <Patterns id={id} />
          <ul className="bars" aria-label={title.title}>
            {parts.map((part) => (
              <li key={part.key}>
                <span className="bars__name">
                  {part.country === undefined ? null : <Flag country={part.country} named />}
                  <span>{part.name}</span>
                </span>
                <span className="bars__drawn" aria-hidden="true">
                  {part.value > 0 ? (
                    <span className="bars__bar" style={{ inlineSize: `${((100 * part.value) / most).toFixed(2)}%` }}>
                      <PatternBox id={id} pattern={patternOf(part, 0)} />
                    </span>
                  ) : null}
                </span>
                <bdi className="bars__number">{valueWords(part.value)}</bdi>
              </li>
            ))}
          </ul>
          {parts.length === 0 ? <p className="soft">{t("chart.nothing")}</p> : null}
        </>
      }
      table={
        <ChartTable
          name={title.title}
          heads={heads}
          rows={parts.map(({ key, name, value }) => ({ key, head: name, cells: [valueWords(value)] }))}
          total={total ? [valueWords(sumOf(parts.map(({ value }) => value)))] : undefined}
        />
      }
    />
  );
}
