/** Safeguarding leads and the public reports of projects that their school takes part in: they need not be in the project. */
import * as z from "zod";
import type { Id } from "../../../protocol/ids.ts";
import type { Refused } from "../../../protocol/refusals.ts";
import type { SchoolsPublicReport, SchoolsPublicReports } from "../../../protocol/reports/published.ts";
import type { Pool, Queryable } from "../../../storage/pool.ts";
import { cursorOf, keyOf } from "../../http/cursor.ts";
import type { Caller, RefusedFields } from "../../http/route.ts";
import { leadsOf, ofTheirs } from "../../twinspace/publishing/veto.ts";

const pageLength = 30;
const Key = z.tuple([z.number(), z.string()]);

/** Public, or taken down by a lead; the newest first. */
export async function schoolsReports(
  db: Queryable,
  caller: Caller,
  after: string | undefined,
): Promise<SchoolsPublicReports | RefusedFields> {
  const key = after === undefined ? null : keyOf(after, Key);
  if (key === undefined) return { refused: "request.malformed", fields: ["after"] };
  const { rows } = await db.query<
    Omit<SchoolsPublicReport, "takenDown"> & { vetoedAt: number | null; vetoReason: string | null }
  >(
    `select x.published_at as "publishedAt", x.vetoed_at as "vetoedAt", x.veto_reason as "vetoReason",
       jsonb_build_object('id', p.id, 'slug', p.slug, 'title', p.title) as project
     from public_reports x join projects p on p.id = x.project_id
     where x.shown is not null and (x.state = 'public' or x.vetoed_at is not null) and ${ofTheirs("$1")}
       and p.state in ('active', 'closed', 'archived')
       and ($2::float8 is null or (x.published_at, x.project_id) < (to_timestamp($2 / 1000), $3))
     order by x.published_at desc, x.project_id desc limit ${pageLength + 1}`,
    [leadsOf(caller), key?.[0] ?? null, key?.[1] ?? null],
  );
  const shown = rows.slice(0, pageLength);
  const last = rows.length > pageLength ? shown.at(-1) : undefined;
  return {
    reports: shown.map(({ vetoedAt, vetoReason, ...report }) => ({
      ...report,
      takenDown: vetoedAt === null ? null : { reason: vetoReason ?? "", at: vetoedAt },
    })),
    next: last ? cursorOf([last.publishedAt, last.project.id]) : null,
  };
}

/** At once, and until a lead of one of its schools lifts it. Of projects of other schools nothing is told. */
export async function takeReportDown(
  pool: Pool,
  caller: Caller,
  project: Id,
  reason: string,
  now: number,
): Promise<undefined | Refused> {
  const { rowCount } = await pool.query(
    `update public_reports x set vetoed_by = $2, vetoed_at = to_timestamp($4::float8 / 1000), veto_reason = $3
     where x.project_id = $1 and x.shown is not null and ${ofTheirs("$5")}`,
    [project, `account:${caller.id}`, reason, now, leadsOf(caller)],
  );
  return rowCount === 1 ? undefined : { refused: "request.notFound" };
}

/** It is then what the admins have it be. */
export async function liftReport(pool: Pool, caller: Caller, project: Id): Promise<undefined | Refused> {
  const { rowCount } = await pool.query(
    `update public_reports x set vetoed_by = null, vetoed_at = null, veto_reason = null
     where x.project_id = $1 and x.vetoed_at is not null and ${ofTheirs("$2")}`,
    [project, leadsOf(caller)],
  );
  return rowCount === 1 ? undefined : { refused: "request.notFound" };
}
