import { type ReactNode, useId } from "react";
import { t } from "../../words/words.ts";
import { InGroup, useAsTable, useInGroup } from "./as-table.ts";
import "./charts.css";

/** "As a table", and back: for all charts, here and everywhere, until it is chosen otherwise. */
export function TableSwitch() {
  const [tables, choose] = useAsTable();
  return (
    <button type="button" className="chart-switch" onClick={() => choose(!tables)}>
      {t(tables ? "chart.asChart" : "chart.asTable")}
    </button>
  );
}

/** Several charts under one heading with one switch. */
export function ChartGroup({ title, level = 2, children }: { title: string; level?: 2 | 3; children: ReactNode }) {
  const id = useId();
  const Heading = `h${level}` as const;
  return (
    <section className="chart-group" aria-labelledby={id}>
      <header className="chart-head">
        <Heading id={id}>{title}</Heading>
        <TableSwitch />
      </header>
      <InGroup value={true}>{children}</InGroup>
    </section>
  );
}

export interface ChartTitle {
  /** What the chart is about; its numbers are said in words by `sentence` where there is one. */
  title: string;
  /** Of the title; left out, it is no heading. */
  level?: 3 | 4 | undefined;
  /** The title is read aloud and not seen: the words above say it already. */
  quiet?: boolean | undefined;
  sentence?: string | undefined;
  /** False where a switch stands elsewhere on the page. */
  switchable?: boolean | undefined;
}

/** A chart, or its table: whichever the reader chose. */
export function Chart({
  title,
  level,
  quiet = false,
  sentence,
  switchable = true,
  drawn,
  table,
}: ChartTitle & { drawn: ReactNode; table: ReactNode }) {
  const id = useId();
  const [tables] = useAsTable();
  const inGroup = useInGroup();
  const hasSwitch = switchable && !inGroup;
  const Title = level === undefined ? "strong" : (`h${level}` as const);
  return (
    <figure className="chart" aria-labelledby={id}>
      <figcaption className="chart-head" data-quiet={(quiet && !hasSwitch) || undefined}>
        <Title id={id} className={quiet ? "unseen" : "chart__title"}>
          {title}
        </Title>
        {hasSwitch ? <TableSwitch /> : null}
      </figcaption>
      {sentence === undefined ? null : <p className="soft small">{sentence}</p>}
      {tables ? table : drawn}
    </figure>
  );
}

export interface TableRow {
  key: string;
  head: ReactNode;
  cells: readonly ReactNode[];
}

/** The numbers of a chart as a real table. It may be wider than its place: it then scrolls by itself, also by keyboard. */
export function ChartTable({
  name,
  heads,
  rows,
  total,
}: {
  name: string;
  /** The first one is of the rows' own heads. */
  heads: readonly string[];
  rows: readonly TableRow[];
  total?: readonly ReactNode[] | undefined;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    // biome-ignore lint/a11y/useSemanticElements: no fieldset, and no landmark of the page
    <div className="chart-scroll" tabIndex={0} role="group" aria-label={name}>
      <table className="chart-table">
        <caption className="unseen">{name}</caption>
        <thead>
          <tr>
            {heads.map((head, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two schools may have the same name
              <th key={place} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, head, cells }) => (
            <tr key={key}>
              <th scope="row">{head}</th>
              {cells.map((cell, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the columns of one table
                <td key={place}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
        {total === undefined ? null : (
          <tfoot>
            <tr>
              <th scope="row">{t("chart.total")}</th>
              {total.map((cell, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the columns of one table
                <td key={place}>{cell}</td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}
