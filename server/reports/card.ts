/** A report card as its teachers find it. */
import { cardState, dueDays, silentDays } from "../../domain/reports/card.ts";
import { isWritable } from "../../domain/reports/entry.ts";
import type { Card, CardView } from "../../protocol/reports/card.ts";
import { type EntryKind, EntryKind as Kinds } from "../../protocol/reports/entries.ts";
import type { Queryable } from "../../storage/pool.ts";
import type { ProjectRow } from "../projects/rows.ts";
import type { Space } from "../twinspace/insider.ts";
import { commentsOf } from "./comments.ts";
import { offersOf } from "./offers.ts";
import { planOf } from "./plan.ts";
import { isReportPublic } from "./public/rows.ts";
import { takesPart } from "./sight.ts";
import { cardFacts } from "./stateSql.ts";
import { dayOf } from "./writing.ts";

const newestComments = 20;
const kinds: readonly EntryKind[] = Kinds.options;

/** Undefined where it has none yet. @param now milliseconds since 1970 */
export async function cardView(db: Queryable, { project, me }: Space, now: number): Promise<CardView | undefined> {
  const card = await cardOf(db, project, now);
  if (!card) return undefined;
  const isActive = project.state === "active";
  return {
    card,
    plan: await planOf(db, project, "shared"),
    offers: isActive ? await offersOf(db, project.id, now) : [],
    comments: await commentsOf(db, project.id, { side: "partner", account: me.id }, now, { newest: newestComments }),
    services: await servicesOf(db, project),
    mayWrite: kinds.some((kind) => isWritable(kind, project, now)),
  };
}

type Counted = Omit<Card, "state" | "interimDue" | "finalDue" | "silentDays" | "isPublic">;

/** Counted is what was shared with anybody. */
async function cardOf(db: Queryable, { id }: ProjectRow, now: number): Promise<Card | undefined> {
  const facts = await cardFacts(db, id);
  const { rows } = await db.query<Counted>(
    `select c.opened_at as "openedAt", c.last_shared_at as "lastSharedAt", c.entries, c.pupils,
       c.question_since as "questionSince",
       (select count(*)::int from report_entries e
        where e.project_id = $1 and e.state = 'draft' and e.removed_at is null) as drafts
     from report_cards c where c.project_id = $1`,
    [id],
  );
  const [counted] = rows;
  if (!facts || !counted) return undefined;
  return {
    ...counted,
    ...dueDays(facts),
    state: cardState(facts, dayOf(now)),
    silentDays: silentDays(counted.lastSharedAt, counted.openedAt, now),
    isPublic: await isReportPublic(db, id),
  };
}

/** Of each country that takes part its own, or the central one. */
async function servicesOf(db: Queryable, project: ProjectRow): Promise<CardView["services"]> {
  const countries = [...new Set(project.schools.filter(takesPart).map(({ country }) => country))];
  const { rows } = await db.query<CardView["services"][number]>(
    `select distinct on (c.n) c.country, v.name, v.country is not null as own
     from unnest($1::text[]) with ordinality as c (country, n)
       join support_services v on v.country = c.country or v.country is null
     order by c.n, v.country nulls last`,
    [countries],
  );
  return rows;
}
