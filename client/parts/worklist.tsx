import type { ReactNode } from "react";
import "./worklist.css";

export interface WorklistColumn<Row> {
  head: string;
  /** The head is read aloud and not seen: for a column of buttons. */
  quiet?: boolean;
  cell: (row: Row) => ReactNode;
  /** Numbers stand at the right. */
  number?: boolean;
  /** The first column of words names the row. */
  names?: boolean;
  /** There is nothing to say of this row: a dash in a table, and in a card not even that. */
  isEmpty?: (row: Row) => boolean;
}

/** A table of what is to do; under 768 px every row is a card. What waits for me has a lamp bar at its edge. */
export function Worklist<Row>({
  name,
  columns,
  rows,
  keyOf,
  waits,
}: {
  name: string;
  columns: readonly WorklistColumn<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  waits?: (row: Row) => boolean;
}) {
  return (
    <table className="worklist">
      <caption className="unseen">{name}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.head} scope="col" data-number={column.number || undefined}>
              {column.quiet ? <span className="unseen">{column.head}</span> : column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)} data-waits={waits?.(row) || undefined}>
            {columns.map((column) =>
              column.names ? (
                <th key={column.head} scope="row">
                  {column.cell(row)}
                </th>
              ) : (
                <td
                  key={column.head}
                  data-head={column.quiet ? undefined : column.head}
                  data-number={column.number || undefined}
                  data-empty={column.isEmpty?.(row) || undefined}
                >
                  {column.isEmpty?.(row) ? "–" : column.cell(row)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
