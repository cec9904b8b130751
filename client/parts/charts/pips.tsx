import { useId } from "react";
import { type PlannedRow, pipsShape } from "../../views/charts.ts";
import { t } from "../../words/words.ts";
import { Chart, ChartTable, type ChartTitle } from "./chart.tsx";
import { PatternBox, Patterns } from "./patterns.tsx";
import { numberWords } from "./split-bar.tsx";

/** Planned and done: a pip for each, or a bar where there are many, and the numbers at the end of the line. */
export function Pips({ rows, ...title }: ChartTitle & { rows: readonly PlannedRow[] }) {
  const id = useId();
  return (
    <Chart
      {...title}
      drawn={
        <>
          <Patterns id={id} />
          <ul className="pips" aria-label={title.title}>
            {rows.map((row) => (
              <li key={row.key}>
                <span className="pips__name">{row.name}</span>
                <PipsDrawn row={row} id={id} />
                <bdi className="pips__number">{saidOf(row)}</bdi>
              </li>
            ))}
          </ul>
        </>
      }
      table={
        <ChartTable
          name={title.title}
          heads={[t("chart.what"), t("chart.planned"), t("chart.done")]}
          rows={rows.map(({ key, name, planned, done }) => ({
            key,
            head: name,
            cells: [planned === null ? t("chart.notCounted") : numberWords(planned), numberWords(done)],
          }))}
        />
      }
    />
  );
}

const saidOf = ({ done, planned }: PlannedRow): string =>
  planned === null ? numberWords(done) : t("chart.of", { done, planned });

function PipsDrawn({ row, id }: { row: PlannedRow; id: string }) {
  const shape = pipsShape(row);
  if (shape.is === "number") return <span className="pips__drawn" />;
  if (shape.is === "bar") {
    return (
      <span className="pips__drawn" data-bar aria-hidden="true">
        <span className="pips__bar" style={{ inlineSize: `${(100 * shape.share).toFixed(2)}%` }}>
          {shape.share > 0 ? <PatternBox id={id} pattern={1} /> : null}
        </span>
      </span>
    );
  }
  const pips = [...Array<boolean>(shape.full).fill(true), ...Array<boolean>(shape.empty).fill(false)];
  return (
    <span className="pips__drawn" aria-hidden="true">
      {pips.map((full, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pips are alike
        <span key={place} className="pip" data-full={full || undefined} />
      ))}
    </span>
  );
}
