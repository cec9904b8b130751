/** The worklist of report cards as a file for a spreadsheet. */
import { Readable } from "node:stream";
import type { ReportRow } from "../../protocol/reports/desk.ts";
import type { Queryable } from "../../storage/pool.ts";
import { line } from "../registry/desk/csv.ts";
import { type Listing, reportRows } from "./deskList.ts";

const rowsAtOnce = 500;
const dayMs = 86_400_000;
const head = [
  ...["project", "schools", "partners", "countries", "state", "silent_days", "question_since", "question_days"],
  ...["entries", "not_read", "pupils", "etwinning_labels", "quality_label", "granted_year"],
];

/** All of it, row by row as it is read. */
export function reportsFile(db: Queryable, listing: Listing): Readable {
  async function* lines() {
    // With the mark by which spreadsheets know that it is UTF-8.
    yield `\ufeff${line(head)}`;
    let after: string | undefined;
    do {
      const page = await reportRows(db, { ...listing, asked: { ...listing.asked, after } }, rowsAtOnce);
      yield page.rows.map((row) => line(cellsOf(row, listing.now))).join("");
      after = page.next ?? undefined;
    } while (after !== undefined);
  }
  return Readable.from(lines());
}

function cellsOf(row: ReportRow, now: number): string[] {
  const { title, ownSchools, partners, state, silentDays, questionSince, entries, unread, pupils } = row;
  const names = (schools: ReportRow["partners"]) => schools.map(({ name }) => name).join("; ");
  const countries = [...new Set([...ownSchools, ...partners].map(({ country }) => country))].sort();
  return [
    ...[title, names(ownSchools), names(partners), countries.join(" "), state, String(silentDays)],
    questionSince === null ? "" : new Date(questionSince).toISOString(),
    questionSince === null ? "" : String(Math.max(0, Math.floor((now - questionSince) / dayMs))),
    ...[entries, unread, pupils, row.etwinningLabels].map(String),
    ...[row.qualityLabel, row.grantedYear === null ? "" : String(row.grantedYear)],
  ];
}
