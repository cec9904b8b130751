/** Report cards in figures, by school year and country: counts and nothing else. */
import type { ReportFigures } from "../../protocol/reports/desk.ts";
import type { Queryable } from "../../storage/pool.ts";
import { line } from "../registry/desk/csv.ts";

const yearsShown = 10;

type Row = ReportFigures["rows"][number];
type Figure = Exclude<keyof Row, "year" | "country">;

/** In which school year a moment lies: the year in which it began, on the first of September in UTC. */
const yearOf = (at: string): string => `extract(year from (${at}) at time zone 'utc' - interval '8 months')::int`;

/** A figure of each project and school year. Shared with the services is what is counted of entries. */
const shared = "e.state = 'shared' and e.readers = 'services' and e.removed_at is null";
const sources: Readonly<Record<Figure, string>> = {
  projects: `select p.id as project, ${yearOf("p.activated_at")} as year, 1 as n from projects p
    where p.activated_at is not null`,
  activeCards: `select distinct e.project_id, ${yearOf("e.shared_at")}, 1 from report_entries e where ${shared}`,
  entries: `select e.project_id, ${yearOf("e.shared_at")}, count(*)::int from report_entries e where ${shared} group by 1, 2`,
  meetings: `select m.project_id, ${yearOf("m.starts_at")}, count(*)::int from meetings m
    where m.project_id is not null and m.phase = 'ended' group by 1, 2`,
  pupils: `select e.project_id, ${yearOf("e.shared_at")}, max(greatest(coalesce((e.counts ->> 'pupils')::int, 0),
      coalesce((select sum((p ->> 'count')::int) from jsonb_array_elements(e.body -> 'pupils') p), 0)))::int
    from report_entries e where ${shared} group by 1, 2`,
  finals: `select distinct e.project_id, ${yearOf("e.shared_at")}, 1 from report_entries e where ${shared} and e.kind = 'final'`,
  etwinningLabels: labels("etwinningLabel"),
  qualityLabels: labels("qualityLabel"),
};

/** Labels are their schools': counted in the country of the school that has them. */
function labels(kind: string): string {
  return `select w.project_id, ${yearOf("w.issued_at")}, count(*)::int, s.country from awards w
    join schools s on s.id = w.school_id where w.kind = '${kind}' and w.revoked_at is null group by 1, 2, 4`;
}

const figures = Object.keys(sources) as Figure[]; // Object.keys forgets the table's own keys.

/** `countries` null: everywhere. The newest school year first; a project counts in each of its countries. */
export async function reportFigures(db: Queryable, countries: readonly string[] | null): Promise<ReportFigures> {
  const branches = figures.map((figure) =>
    figure === "etwinningLabels" || figure === "qualityLabels"
      ? `select '${figure}' as figure, x.year, x.country, sum(x.n)::int as n
         from (${sources[figure]}) as x (project, year, n, country) group by 2, 3`
      : `select '${figure}' as figure, x.year, o.country, sum(x.n)::int as n
         from (${sources[figure]}) as x (project, year, n) join of_country o on o.project = x.project group by 2, 3`,
  );
  const { rows } = await db.query<Row>(
    `with of_country as (
       select distinct project_id as project, country from project_schools where founder or service_state = 'approved'
     ), counted as (${branches.join("\nunion all\n")})
     select year, country, ${figures
       .map((figure) => `coalesce(sum(n) filter (where figure = '${figure}'), 0)::int as "${figure}"`)
       .join(", ")}
     from counted where ($1::text[] is null or country = any($1)) and year > extract(year from now()) - ${yearsShown}
     group by year, country
     order by year desc, country`,
    [countries],
  );
  return { rows };
}

const head = [
  ...["school_year", "country", "projects", "active_cards", "entries", "meetings", "pupils", "final_reports"],
  ...["etwinning_labels", "quality_labels"],
];

export function figuresFile({ rows }: ReportFigures): string {
  const cells = (row: Row) => [
    `${row.year}/${row.year + 1}`,
    row.country,
    ...figures.map((figure) => String(row[figure])),
  ];
  // With the mark by which spreadsheets know that it is UTF-8.
  return `\ufeff${line(head)}${rows.map((row) => line(cells(row))).join("")}`;
}
