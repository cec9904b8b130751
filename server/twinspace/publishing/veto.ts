/** Safeguarding leads and what projects of their school show to everybody: they need not be in the project. */
import * as z from "zod";
import type { Id } from "../../../protocol/ids.ts";
import type { Refused } from "../../../protocol/refusals.ts";
import type { SchoolsPublicPage, SchoolsPublicPages } from "../../../protocol/twinspace/publishing.ts";
import type { Pool, Queryable } from "../../../storage/pool.ts";
import { cursorOf, keyOf } from "../../http/cursor.ts";
import type { Caller, RefusedFields } from "../../http/route.ts";

const pageLength = 30;
const Key = z.tuple([z.number(), z.string()]);

export const leadsOf = ({ actor }: Caller): Id[] => actor.schools.filter(({ lead }) => lead).map(({ id }) => id);

/** Whether one of these schools takes part in the project of a row `x` with `project_id`. */
export const ofTheirs = (schools: string) => `exists (select from project_schools ps where ps.project_id = x.project_id
  and ps.school_id = any(${schools}) and (ps.founder or ps.service_state = 'approved'))`;

/** Public, or taken down by a lead; the newest first. */
export async function schoolsPages(
  db: Queryable,
  caller: Caller,
  after: string | undefined,
): Promise<SchoolsPublicPages | RefusedFields> {
  const key = after === undefined ? null : keyOf(after, Key);
  if (key === undefined) return { refused: "request.malformed", fields: ["after"] };
  const { rows } = await db.query<
    Omit<SchoolsPublicPage, "takenDown"> & { vetoedAt: number | null; vetoReason: string | null }
  >(
    `select x.page_id as id, x.title, x.slug, x.published_at as "publishedAt", x.vetoed_at as "vetoedAt",
       x.veto_reason as "vetoReason", jsonb_build_object('slug', p.slug, 'title', p.title) as project
     from published_pages x join projects p on p.id = x.project_id
     where x.doc is not null and (x.state = 'public' or x.vetoed_at is not null) and ${ofTheirs("$1")}
       and p.state in ('active', 'closed', 'archived')
       and ($2::float8 is null or (x.published_at, x.page_id) < (to_timestamp($2 / 1000), $3))
     order by x.published_at desc, x.page_id desc limit ${pageLength + 1}`,
    [leadsOf(caller), key?.[0] ?? null, key?.[1] ?? null],
  );
  const shown = rows.slice(0, pageLength);
  const last = rows.length > pageLength ? shown.at(-1) : undefined;
  return {
    pages: shown.map(({ vetoedAt, vetoReason, ...page }) => ({
      ...page,
      takenDown: vetoedAt === null ? null : { reason: vetoReason ?? "", at: vetoedAt },
    })),
    next: last ? cursorOf([last.publishedAt, last.id]) : null,
  };
}

/** At once, and until a lead of one of its schools lifts it. Of projects of other schools nothing is told. */
export async function takeDown(
  pool: Pool,
  caller: Caller,
  page: Id,
  reason: string,
  now: number,
): Promise<undefined | Refused> {
  const { rowCount } = await pool.query(
    `update published_pages x set vetoed_by = $2, vetoed_at = to_timestamp($4::float8 / 1000), veto_reason = $3
     where x.page_id = $1 and x.doc is not null and ${ofTheirs("$5")}`,
    [page, `account:${caller.id}`, reason, now, leadsOf(caller)],
  );
  return rowCount === 1 ? undefined : { refused: "request.notFound" };
}

/** It is then what the admins have it be. */
export async function liftVeto(pool: Pool, caller: Caller, page: Id): Promise<undefined | Refused> {
  const { rowCount } = await pool.query(
    `update published_pages x set vetoed_by = null, vetoed_at = null, veto_reason = null
     where x.page_id = $1 and x.vetoed_at is not null and ${ofTheirs("$2")}`,
    [page, leadsOf(caller)],
  );
  return rowCount === 1 ? undefined : { refused: "request.notFound" };
}
