/** A report card at a glance, for whoever may read it. Postgres counts; domain/reports/glance.ts makes figures of it. */

import { silentDays } from "../../domain/reports/card.ts";
import type { EntryCount, SchoolCount } from "../../domain/reports/glance.ts";
import { balanceOf, entriesOf, longestSilence, missingIn } from "../../domain/reports/glance.ts";
import type { Id } from "../../protocol/ids.ts";
import type { PupilCount } from "../../protocol/reports/entries.ts";
import type { Criterion, Glance, GlanceSchool } from "../../protocol/reports/glance.ts";
import type { Queryable } from "../../storage/pool.ts";
import type { ProjectRow } from "../projects/rows.ts";
import { entriesOf as listed } from "../registry/lists.ts";
import { planOf } from "./plan.ts";
import { takesPart } from "./sight.ts";
import type { EntryViewer } from "./viewer.ts";

/** @param now milliseconds since 1970 */
export async function glanceOf(
  db: Queryable,
  project: ProjectRow,
  { side }: Pick<EntryViewer, "side">,
  now: number,
): Promise<Glance> {
  const counted = await countedOf(db, project.id, side);
  const schools = schoolsIn(project, counted.entries);
  const known = new Set(schools.map(({ id }) => id));
  const made = side === "partner" ? await madeIn(db, project.id) : { pages: null, materials: null, updates: null };
  const plan = (await planOf(db, project, side === "partner" ? "shared" : "services")).items;
  const criteria = await criteriaOf(db, counted.criteria);
  const { entries, spokeMs, meetings, most } = counted;
  const balance = balanceOf({ schools, entries, spokeMs, made });
  const openedAt = counted.openedAt ?? project.activatedAt ?? now;
  const lastSharedAt = counted.sharedAt.reduce<number | null>((last, at) => Math.max(last ?? at, at), null);
  const figures = entriesOf({ schools, entries });
  return {
    ...{ schools, entries: figures, balance, meetings, plan, most, criteria },
    pupils: counted.pupils.filter(({ school, count }) => known.has(school) && count > 0),
    silence: {
      days: silentDays(lastSharedAt, openedAt, now),
      longestDays: longestSilence(openedAt, counted.sharedAt, now),
      lastSharedAt,
    },
    missing:
      side === "partner" ? missingIn({ balance, plan, criteria: criteria.items, entries: figures.count, most }) : [],
  };
}

/** Those that take part, and whoever has written although they do not any more. The founders come first. */
function schoolsIn(project: ProjectRow, entries: readonly EntryCount[]): GlanceSchool[] {
  const wrote = new Set(entries.map(({ school }) => school));
  return project.schools
    .filter((school) => takesPart(school) || wrote.has(school.shown.id))
    .map(({ shown: { id, name, country }, founder }) => ({ id, name, country, founder }));
}

interface Counted {
  readonly openedAt: number | null;
  readonly entries: readonly EntryCount[];
  readonly spokeMs: readonly SchoolCount[];
  readonly meetings: Glance["meetings"];
  readonly pupils: readonly PupilCount[];
  readonly most: Glance["most"];
  readonly criteria: readonly Pick<Criterion, "code" | "entries" | "pieces">[];
  readonly sharedAt: readonly number[];
}

/** Everything that is counted of entries, in one pass over those that the reader may see. */
async function countedOf(db: Queryable, project: Id, side: EntryViewer["side"]): Promise<Counted> {
  const { rows } = await db.query<Counted>(
    `with e as materialized (
       select id, kind, case when kind = 'meeting' then null else school_id end as school, to_char(day, 'YYYY-MM') as month,
         shared_at, counts, coalesce(body -> 'pupils', '[]') as pupils, coalesce(body -> 'teachers', '[]') as teachers,
         coalesce(body -> 'criteria', '[]') as criteria,
         -- An entry is evidence itself, and so is each thing that it shows.
         1 + jsonb_array_length(coalesce(body -> 'evidence', '[]')) as pieces
       from report_entries
       where project_id = $1 and removed_at is null and state = 'shared' and ($2 = 'partner' or readers = 'services')),
     came as (
       select e.id, p ->> 'school' as school, (p ->> 'ageMin')::int as "ageMin", (p ->> 'ageMax')::int as "ageMax",
         sum((p ->> 'count')::int)::int as count
       from e, jsonb_array_elements(e.pupils) p group by 1, 2, 3, 4
       union all
       select e.id, s ->> 'school', null, null, (s ->> 'pupils')::int
       from e, jsonb_array_elements(e.counts -> 'schools') s where s ->> 'school' is not null)
     select (select opened_at from report_cards where project_id = $1) as "openedAt",
       ${rowsOf("select month, kind, school, count(*)::int as count from e group by 1, 2, 3 order by 1, 2, 3")} as entries,
       ${rowsOf(`select s ->> 'school' as school, sum((s ->> 'spokeMs')::bigint) as count
         from e, jsonb_array_elements(e.counts -> 'schools') s group by 1 order by 1`)} as "spokeMs",
       (select jsonb_build_object('count', count(*), ${["lengthMs", "spokeMs", "turns", "adults", "pupils"]
         .map((what) => `'${what}', coalesce(sum((counts ->> '${what}')::bigint), 0)`)
         .join(", ")}) from e where kind = 'meeting') as meetings,
       ${rowsOf(`select school, "ageMin", "ageMax", max(count) as count from came group by 1, 2, 3
         order by 1, 2 nulls first, 3 nulls first`)} as pupils,
       jsonb_build_object('pupils', coalesce((select max(n) from (select sum(count) as n from came group by id) s), 0),
         'teachers', coalesce((select max(n) from (
           select sum((t ->> 'count')::int) as n from e, jsonb_array_elements(e.teachers) t group by e.id
           union all select (counts ->> 'adults')::int from e where counts is not null) s), 0)) as most,
       ${rowsOf(`select c as code, count(*)::int as entries, sum(pieces)::int as pieces
         from e, jsonb_array_elements_text(e.criteria) c group by 1 order by 1`)} as criteria,
       (select coalesce(jsonb_agg(round(extract(epoch from shared_at) * 1000)), '[]') from e) as "sharedAt"`,
    [project, side],
  );
  const [counted] = rows;
  if (!counted) throw new Error("A count without a row");
  return counted;
}

const rowsOf = (select: string): string => `(select coalesce(jsonb_agg(x), '[]') from (${select}) x)`;

type Made = { readonly [What in "pages" | "materials" | "updates"]: readonly SchoolCount[] };

/** Pages that are shown, materials and updates that are there, by whose school their author is. */
async function madeIn(db: Queryable, project: Id): Promise<Made> {
  const { rows } = await db.query<SchoolCount & { what: keyof Made }>(
    `with made as (
       select 'pages' as what, author from pages
         where project_id = $1 and state = 'shown' and removed_at is null and hidden_at is null
       union all
       select 'materials', author from materials where project_id = $1 and removed_at is null and hidden_at is null
       union all
       select 'updates', author from updates
         where project_id = $1 and state = 'posted' and removed_at is null and hidden_at is null),
     by_author as (select what, author, count(*)::int as count from made group by 1, 2)
     select what, coalesce(u.school_id, m.school_id) as school, sum(count)::int as count
     from by_author b
       left join pupils u on b.author = 'pupil:' || u.id
       left join project_members m on m.project_id = $1 and b.author = 'account:' || m.account_id
     group by 1, 2`,
    [project],
  );
  const of = (what: keyof Made) => rows.filter((row) => row.what === what);
  return { pages: of("pages"), materials: of("materials"), updates: of("updates") };
}

/** Those of the rubric that is valid today, in its order, also those that nothing is tagged with. */
async function criteriaOf(db: Queryable, counted: Counted["criteria"]): Promise<Glance["criteria"]> {
  const rubric = (await listed(db, "rubric")).at(-1);
  const criteria = (await listed(db, "criterion")).filter(({ facts }) => facts.rubric === rubric?.code);
  const known = new Map(counted.map((one) => [one.code, one]));
  return {
    rubric: rubric?.labels.en ?? null,
    items: criteria.map(({ code, labels }) => {
      const { entries = 0, pieces = 0 } = known.get(code) ?? {};
      return { code, name: labels.en ?? code, entries, pieces };
    }),
  };
}
