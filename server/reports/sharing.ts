/** Sharing an entry with the partners, or with the support services too; taking that back, and taking an entry away. */
import { mayUnshare } from "../../domain/reports/entry.ts";
import type { EntryReaders, ShareEntry } from "../../protocol/reports/entries.ts";
import type { Queryable } from "../../storage/pool.ts";
import type { Secrets } from "../../storage/secrets.ts";
import type { RefusedFields } from "../http/route.ts";
import { schoolName } from "../projects/letters.ts";
import type { Space } from "../twinspace/insider.ts";
import { addNews } from "../twinspace/news.ts";
import { tellOfQuestion } from "./letters.ts";
import type { EntryRow } from "./rows.ts";
import { fieldsNaming, incomplete } from "./saving.ts";
import { sameEntry } from "./writing.ts";

/** A second click does nothing more. @param origin of the links in letters; `now` milliseconds since 1970 */
export async function shareEntry(
  db: Queryable,
  secrets: Secrets,
  space: Space,
  row: EntryRow,
  { readers, sure = false }: ShareEntry,
  origin: string,
  now: number,
): Promise<EntryRow | RefusedFields> {
  const isShared = row.state === "shared";
  if (isShared && row.readers === readers) return row;
  if (isShared && readers === "partners") return unshareFromServices(db, row, now);
  const unfit = incomplete(row.kind, row.body);
  if (unfit) return unfit;
  const naming = sure ? [] : await fieldsNaming(db, secrets, space, row.body, now);
  if (naming.length > 0) return { refused: "entry.namesPupil", fields: naming };
  await db.query(
    `update report_entries set state = 'shared', readers = $2, shared_at = to_timestamp($3::float8 / 1000),
       changed_at = to_timestamp($3::float8 / 1000) where id = $1`,
    [row.id, readers, now],
  );
  const shared = await askService(db, space, await sameEntry(db, row), origin, now);
  const { project, me } = space;
  await addNews(
    db,
    { project: project.id, by: me.author, kind: "entryShared", thing: row.id, seenBy: "teachers" },
    now,
  );
  return shared;
}

/**
 * A question that its services can read begins to wait, and their own is told; one that is not there any more, or not for
 * them, waits no longer. In whatever changes a shared entry.
 *
 * @param asked it was shared with a question before: that was asked already, and perhaps answered
 */
export async function askService(
  db: Queryable,
  { project, me }: Space,
  row: EntryRow,
  origin: string,
  now: number,
  { asked = false }: { asked?: boolean } = {},
): Promise<EntryRow> {
  const isAsked = row.state === "shared" && row.readers === "services" && row.body.question.trim() !== "";
  if (isAsked === (row.questionSince !== null) || (isAsked && asked)) return row;
  const school = row.school ?? me.school;
  const country = project.schools.find((each) => each.school === school)?.country ?? null;
  await db.query(
    `update report_entries set question_since = case when $2 then to_timestamp($3::float8 / 1000) end,
       question_country = case when $2 then $4 else question_country end where id = $1`,
    [row.id, isAsked, now, country],
  );
  if (isAsked && country !== null) {
    await tellOfQuestion(db, project, { country, school: schoolName(project, school) }, origin);
  }
  return sameEntry(db, row);
}

/** A draft again, which only the partners see. */
export async function unshareEntry(db: Queryable, row: EntryRow, now: number): Promise<EntryRow | RefusedFields> {
  if (row.state === "draft") return row;
  if (!(await isTakenBack(db, row, now))) return { refused: "entry.readAlready" };
  await db.query(
    `update report_entries set state = 'draft', shared_at = null, question_since = null,
       changed_at = to_timestamp($2::float8 / 1000) where id = $1`,
    [row.id, now],
  );
  return sameEntry(db, row);
}

async function unshareFromServices(db: Queryable, row: EntryRow, now: number): Promise<EntryRow | RefusedFields> {
  if (!(await isTakenBack(db, row, now))) return { refused: "entry.readAlready" };
  const partners: EntryReaders = "partners";
  await db.query(
    `update report_entries set readers = $2, question_since = null, changed_at = to_timestamp($3::float8 / 1000)
     where id = $1`,
    [row.id, partners, now],
  );
  return sameEntry(db, row);
}

async function isTakenBack(db: Queryable, row: EntryRow, now: number): Promise<boolean> {
  const { rows } = await db.query<{ read: boolean }>(
    `select exists (select from report_reviews where entry_id = $1)
       or exists (select from report_comments where entry_id = $1 and side = 'service' and removed_at is null) as read`,
    [row.id],
  );
  return mayUnshare(row, rows[0]?.read ?? false, now);
}

/** It can be brought back as it was. */
export async function removeEntry(db: Queryable, by: string, row: EntryRow, now: number): Promise<void> {
  if (row.removedAt !== null) return;
  await db.query(
    "update report_entries set removed_at = to_timestamp($2::float8 / 1000), removed_by = $3 where id = $1",
    [row.id, now, by],
  );
}

/** Where another entry tells of its date of the calendar by now, it comes back without. */
export async function restoreEntry(db: Queryable, row: EntryRow): Promise<EntryRow> {
  await db.query(
    `update report_entries e set removed_at = null, removed_by = null,
       calendar_item = case when not exists (select from report_entries o where o.calendar_item = e.calendar_item
         and o.id <> e.id and o.removed_at is null) then e.calendar_item end
     where id = $1`,
    [row.id],
  );
  return sameEntry(db, row);
}
