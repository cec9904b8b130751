/** Publishing a report card: which entries, in which order; taking them away and bringing them back. Founders and administrators. */
import type * as z from "zod";
import { textsOf } from "../../../domain/reports/published.ts";
import { heldBack } from "../../../domain/twinspace/publishing.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { Refused } from "../../../protocol/refusals.ts";
import {
  mostPublicEntries,
  type PublishReport,
  type WritePublicReport,
  type WrittenReport,
} from "../../../protocol/reports/published.ts";
import { inTransaction, type Queryable } from "../../../storage/pool.ts";
import { isRefused, type RefusedFields } from "../../http/route.ts";
import type { Space } from "../../twinspace/insider.ts";
import { addNews } from "../../twinspace/news.ts";
import { missingOn } from "../../twinspace/publishing/rows.ts";
import type { SpaceParts } from "../../twinspace/routes.ts";
import { pupilNames } from "../naming.ts";
import { entryRows } from "../rows.ts";
import { type Copied, copiesOf } from "./copying.ts";
import { reportRow, writtenOf } from "./rows.ts";

type Parts = Pick<SpaceParts, "pool" | "now" | "tell" | "secrets">;
type Asked = z.output<typeof PublishReport>;

/** Whoever decides about one report does so one after the other. */
const lockReport = (db: Queryable, project: Id) =>
  db.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`public report of ${project}`]);

/**
 * Saved while it is typed, on the version that its author had before their eyes: nobody's words are written over unseen. Public are
 * the words of the last publishing; only whether it may be listed holds at once.
 */
export async function writeWords(
  db: Queryable,
  { project }: Space,
  words: z.output<typeof WritePublicReport>,
): Promise<WrittenReport | RefusedFields> {
  const { rowCount } = await db.query(
    `insert into public_reports as r (project_id, line, intro, parts, listed, version) values ($1, $2, $3, $4, $5, 1)
     on conflict (project_id) do update set line = excluded.line, intro = excluded.intro, parts = excluded.parts,
       listed = excluded.listed, version = r.version + 1
     where r.version = $6`,
    [project.id, words.line, words.intro, [...new Set(words.parts)], words.listed, words.base],
  );
  const current = writtenOf(await reportRow(db, project.id));
  return rowCount === 1 ? current : { refused: "report.changedMeanwhile", current };
}

/** Copies of these entries as they were looked at, and the words above them. What is public already stays beside them. */
export async function publishReport(parts: Parts, space: Space, asked: Asked): Promise<undefined | RefusedFields> {
  const { pool, now, tell } = parts;
  if (space.project.state === "archived") return { refused: "space.readOnly" };
  const refused = await inTransaction(pool, async (db) => {
    await lockReport(db, space.project.id);
    return publishing(db, parts, space, asked, now());
  });
  if (!refused) tell(space.project.id, { type: "news" });
  return refused;
}

async function publishing(
  db: Queryable,
  parts: Parts,
  space: Space,
  asked: Asked,
  now: number,
): Promise<undefined | RefusedFields> {
  const { project, me } = space;
  const report = await reportRow(db, project.id);
  if (report.vetoedAt !== null) return { refused: "report.takenDown" };
  const copied = await lookedAt(db, project.id, asked.entries, now);
  if (isRefused(copied)) return copied;
  const words = { line: report.line, intro: report.intro, parts: report.parts };
  if (!asked.sure) {
    const named = await namingPupils(db, parts, space, copied, words);
    if (named.length > 0) return { refused: "entry.namesPupil", fields: named };
  }
  const others = await countOthers(
    db,
    project.id,
    copied.map(({ row }) => row.id),
  );
  if (others + copied.length > mostPublicEntries) return { refused: "report.tooManyPublic" };
  if (others + copied.length === 0 && words.intro === "") return { refused: "report.nothingToShow" };
  await keepCopies(db, project.id, me.author, copied, now);
  await db.query(
    `insert into public_reports (project_id, state, shown, published_at, changed_at, by)
     values ($1, 'public', $2, to_timestamp($4::float8 / 1000), to_timestamp($4::float8 / 1000), $3)
     on conflict (project_id) do update set state = 'public', shown = excluded.shown, by = excluded.by,
       published_at = coalesce(public_reports.published_at, excluded.published_at), changed_at = excluded.changed_at,
       asked_by = null, asked_at = null`,
    [project.id, JSON.stringify(words), me.author, now],
  );
  const news = { project: project.id, by: me.author, kind: "reportPublished", thing: project.id } as const;
  await addNews(db, { ...news, seenBy: "members" }, now);
  return undefined;
}

type Kept = Copied & { readonly leftOut: readonly Id[] };

/** The entries in the order asked, each as it was looked at, with nobody on it who may not be shown. */
async function lookedAt(
  db: Queryable,
  project: Id,
  asked: Asked["entries"],
  now: number,
): Promise<Kept[] | RefusedFields> {
  const rows = await entryRows(db, project, { ids: asked.map(({ id }) => id), only: "shared" });
  const known = new Map((await copiesOf(db, project, rows)).map((one) => [one.row.id, one]));
  const missing = asked.filter(({ id }) => !known.has(id));
  if (missing.length > 0) return { refused: "report.notShared", fields: missing.map(({ id }) => id) };
  const changed = asked.filter(({ id, version }) => known.get(id)?.row.version !== version);
  if (changed.length > 0) return { refused: "report.changedMeanwhile", fields: changed.map(({ id }) => id) };
  const kept = asked.flatMap(({ id, leaveOut }): Kept[] => {
    const one = known.get(id);
    if (!one) return [];
    return [{ ...one, things: one.things.filter((thing) => !leaveOut.includes(thing.id)), leftOut: leaveOut }];
  });
  const without = await missingOn(
    db,
    kept.flatMap(({ things }) => things),
    now,
  );
  const held = kept.filter(({ things }) => heldBack(things, without).length > 0);
  return held.length === 0 ? kept : { refused: "report.keptBack", fields: held.map(({ row }) => row.id) };
}

/** The ids of entries in which a pupil seems to be named; `line`, `intro`: the words above them. */
async function namingPupils(
  db: Queryable,
  { secrets }: Parts,
  { project, me }: Space,
  copied: readonly Copied[],
  { line, intro }: { line: string; intro: string },
): Promise<string[]> {
  const names = await pupilNames(db, secrets, project, me.school);
  return [
    ...(names(line) ? ["line"] : []),
    ...(names(intro) ? ["intro"] : []),
    ...copied.filter(({ copy }) => textsOf(copy).some(names)).map(({ row }) => row.id),
  ];
}

/** Those that are there keep their place; new ones come behind. */
async function keepCopies(db: Queryable, project: Id, by: string, copied: readonly Kept[], now: number): Promise<void> {
  for (const { row, copy, things, leftOut } of copied) {
    await db.query(
      `insert into public_report_entries (entry_id, project_id, position, copy, materials, left_out, at, by)
       values ($1, $2, (select coalesce(max(position), 0) + 1 from public_report_entries where project_id = $2), $3, $4,
         $5, to_timestamp($7::float8 / 1000), $6)
       on conflict (entry_id) do update set copy = excluded.copy, materials = excluded.materials,
         left_out = excluded.left_out, at = excluded.at, by = excluded.by, withdrawn_at = null`,
      [row.id, project, JSON.stringify(copy), things.map(({ id }) => id), leftOut, by, now],
    );
  }
}

/** How many are public besides these. */
async function countOthers(db: Queryable, project: Id, these: readonly Id[]): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `select count(*)::int as count from public_report_entries x join report_entries e on e.id = x.entry_id
     where x.project_id = $1 and x.withdrawn_at is null and e.removed_at is null and e.state = 'shared'
       and x.entry_id <> all($2)`,
    [project, these],
  );
  return rows[0]?.count ?? 0;
}

/** The whole report, or one entry of it; `again` as it was. Also in a closed project: what is public can always be taken away. */
export async function takeAway(parts: Parts, space: Space, entry: Id | null): Promise<undefined | Refused> {
  return changing(parts, space, async (db, project, now) => {
    const { rowCount } =
      entry === null
        ? await db.query(
            `update public_reports set state = 'hidden', changed_at = to_timestamp($2::float8 / 1000)
             where project_id = $1 and state = 'public'`,
            [project, now],
          )
        : await db.query(
            `update public_report_entries set withdrawn_at = to_timestamp($3::float8 / 1000)
             where project_id = $1 and entry_id = $2 and withdrawn_at is null`,
            [project, entry, now],
          );
    return rowCount === 1 ? undefined : { refused: "report.changedMeanwhile" };
  });
}

export async function bringBack(parts: Parts, space: Space, entry: Id | null): Promise<undefined | Refused> {
  return changing(parts, space, async (db, project, now) => {
    if ((await reportRow(db, project)).vetoedAt !== null) return { refused: "report.takenDown" };
    const { rowCount } =
      entry === null
        ? await db.query(
            `update public_reports set state = 'public', changed_at = to_timestamp($2::float8 / 1000)
             where project_id = $1 and state = 'hidden' and shown is not null`,
            [project, now],
          )
        : await db.query(
            `update public_report_entries set withdrawn_at = null
             where project_id = $1 and entry_id = $2 and withdrawn_at is not null`,
            [project, entry],
          );
    return rowCount === 1 ? undefined : { refused: "report.changedMeanwhile" };
  });
}

/** The order in which they are read. What is not named keeps its place behind. */
export async function orderEntries(parts: Parts, space: Space, entries: readonly Id[]): Promise<undefined | Refused> {
  return changing(parts, space, async (db, project) => {
    await db.query(
      `update public_report_entries set position = coalesce(array_position($2::text[], entry_id), $3 + position)
       where project_id = $1`,
      [project, entries, entries.length],
    );
    return undefined;
  });
}

async function changing(
  { pool, now, tell }: Parts,
  { project }: Space,
  change: (db: Queryable, project: Id, now: number) => Promise<undefined | Refused>,
): Promise<undefined | Refused> {
  const refused = await inTransaction(pool, async (db) => {
    await lockReport(db, project.id);
    return change(db, project.id, now());
  });
  if (!refused) tell(project.id, { type: "news" });
  return refused;
}

/** A teacher asks; the administrators find it among the news and on the page. */
export async function askToPublish(parts: Parts, { project, me }: Space): Promise<undefined | Refused> {
  const refused = await inTransaction(parts.pool, async (db): Promise<undefined | Refused> => {
    if ((await reportRow(db, project.id)).vetoedAt !== null) return { refused: "report.takenDown" };
    await db.query(
      `insert into public_reports (project_id, asked_by, asked_at) values ($1, $2, to_timestamp($3::float8 / 1000))
       on conflict (project_id) do update set asked_by = excluded.asked_by, asked_at = excluded.asked_at`,
      [project.id, me.author, parts.now()],
    );
    const news = { project: project.id, by: me.author, kind: "reportPublicAsked", thing: project.id } as const;
    await addNews(db, { ...news, seenBy: "teachers" }, parts.now());
    return undefined;
  });
  if (!refused) parts.tell(project.id, { type: "news" });
  return refused;
}
