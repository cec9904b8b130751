/** The public version of a report card as the database has it, with what decides whether it may be shown now. */
import { heldBack, isShowable } from "../../../domain/twinspace/publishing.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { EntryCopy, ReportPart, WrittenReport } from "../../../protocol/reports/published.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { type ThingRow, thingsSql } from "../../twinspace/publishing/rows.ts";

/** What stands above the entries. */
export interface ReportWords {
  readonly line: string;
  readonly intro: string;
  readonly parts: readonly ReportPart[];
}

export interface PublicReportRow extends ReportWords {
  readonly state: "hidden" | "public";
  /** As it was published. */
  readonly shown: ReportWords | null;
  readonly listed: boolean;
  readonly version: number;
  readonly publishedAt: number | null;
  readonly changedAt: number | null;
  readonly askedBy: string | null;
  readonly vetoedAt: number | null;
  readonly vetoReason: string | null;
}

export const noReport: PublicReportRow = {
  ...{
    state: "hidden",
    line: "",
    intro: "",
    parts: ["facts", "glance", "labels"],
    shown: null,
    listed: false,
    version: 0,
  },
  ...{ publishedAt: null, changedAt: null, askedBy: null, vetoedAt: null, vetoReason: null },
};

/** What its teachers have written by now. */
export const writtenOf = ({ line, intro, parts, listed, version }: PublicReportRow): WrittenReport => ({
  ...{ line, intro, parts: [...parts], listed, version },
});

export async function reportRow(db: Queryable, project: Id): Promise<PublicReportRow> {
  const { rows } = await db.query<PublicReportRow>(
    `select state, line, intro, parts, shown, listed, version, published_at as "publishedAt", changed_at as "changedAt",
       asked_by as "askedBy", vetoed_at as "vetoedAt", veto_reason as "vetoReason"
     from public_reports where project_id = $1`,
    [project],
  );
  return rows[0] ?? noReport;
}

export interface CopyRow {
  readonly id: Id;
  readonly copy: EntryCopy;
  readonly materials: readonly Id[];
  readonly leftOut: readonly Id[];
  readonly at: number;
  readonly withdrawn: boolean;
  /** The entry was removed, or is not shared any more. */
  readonly gone: boolean;
  /** What the copy shows. */
  readonly things: readonly ThingRow[];
}

/** In their order. `served`: only those that may be shown by their own state. */
export async function copyRows(db: Queryable, project: Id, { served = false } = {}): Promise<CopyRow[]> {
  const { rows } = await db.query<CopyRow>(
    `select x.entry_id as id, x.copy, x.materials, x.left_out as "leftOut", x.at, x.withdrawn_at is not null as withdrawn,
       (e.removed_at is not null or e.state <> 'shared') as gone, ${thingsSql("x.materials", "x.project_id")} as things
     from public_report_entries x join report_entries e on e.id = x.entry_id
     where x.project_id = $1
       and (not $2 or (x.withdrawn_at is null and e.removed_at is null and e.state = 'shared'))
     order by x.position, x.entry_id`,
    [project, served],
  );
  return rows;
}

/** Those that may be shown: not hidden or removed, and nobody on them without their consent. */
export function openThings(things: readonly ThingRow[], missing: ReadonlySet<Id>): ThingRow[] {
  const showable = things.filter(isShowable);
  const held = new Set(heldBack(showable, missing).map(({ material }) => material));
  return showable.filter(({ id }) => !held.has(id));
}

/** Whether there is something to be read, of a project that may be shown. An expression. */
export const hasPublicReport = (project: string): string => `exists (select from public_reports r
  where r.project_id = ${project} and r.state = 'public' and r.vetoed_at is null
    and (r.shown ->> 'intro' <> '' or exists (
      select from public_report_entries x join report_entries e on e.id = x.entry_id
      where x.project_id = r.project_id and x.withdrawn_at is null and e.removed_at is null and e.state = 'shared')))`;

/** Whether there is one to be read by everybody: for who only wants to know that. */
export async function isReportPublic(db: Queryable, project: Id): Promise<boolean> {
  const { rows } = await db.query(
    `select from projects p where p.id = $1 and p.state in ('active', 'closed', 'archived') and ${hasPublicReport("p.id")}`,
    [project],
  );
  return rows.length > 0;
}
