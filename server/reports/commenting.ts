/** Comments of the support services on a report card, and the partners' answers. Each in a transaction of its caller. */
import type { Id } from "../../protocol/ids.ts";
import type { Comment, CommentKind } from "../../protocol/reports/comments.ts";
import type { Queryable } from "../../storage/pool.ts";
import type { RefusedFields } from "../http/route.ts";
import { newId } from "../ids.ts";
import type { ProjectRow } from "../projects/rows.ts";
import { lockCard, refreshCard } from "./cards.ts";
import { takeBackWithinMs } from "./comments.ts";

/** Who says it. `country`: of a service, for whose; null is the central one. */
export interface Speaker {
  readonly side: Comment["side"];
  readonly account: Id;
  readonly country: string | null;
}

export interface Said {
  /** Null: about the card. */
  readonly entry: Id | null;
  readonly kind: CommentKind;
  readonly words: string;
  readonly readers: Comment["readers"];
  readonly dueDay: string | null;
  readonly answers: Id | null;
}

/** What was written. `isNew`: false for the same said again by a second click. */
export interface Written {
  readonly id: Id;
  readonly isNew: boolean;
  /** What it is about; null: the card. */
  readonly entry: Id | null;
}

interface Before {
  readonly id: Id;
  readonly entry: Id | null;
  readonly side: Comment["side"];
  readonly kind: CommentKind;
  readonly readers: Comment["readers"];
}

/** What a service says about what was shared with it. An answer for the partners ends the waiting of their question. */
export async function writeOfService(
  db: Queryable,
  project: ProjectRow,
  by: Speaker,
  said: Said,
  now: number,
): Promise<Written | RefusedFields> {
  await lockCard(db, project.id);
  const before = said.answers === null ? null : await findComment(db, project.id, said.answers);
  if (before === undefined) return { refused: "request.notFound" };
  const entry = before?.entry ?? said.entry;
  if (entry !== null && !(await isSharedWithServices(db, project.id, entry))) return { refused: "request.notFound" };
  if (said.kind === "answer") {
    // Answered is what partners asked or said; what services say among themselves is advice, praise or a question.
    if (entry === null && before === null) return { refused: "request.malformed", fields: ["answers"] };
    if (said.readers === "services" || before?.side === "service") {
      return { refused: "request.malformed", fields: ["readers"] };
    }
  }
  const written = await insertComment(db, project.id, by, { ...said, entry }, now);
  if (written.isNew && said.kind === "answer" && entry !== null) await endWaiting(db, entry, written.id);
  await refreshCard(db, project.id);
  return written;
}

/** A partner's answer to what a service said to them. */
export async function answerOfPartner(
  db: Queryable,
  project: ProjectRow,
  account: Id,
  comment: Id,
  words: string,
  now: number,
): Promise<Written | RefusedFields> {
  await lockCard(db, project.id);
  const before = await findComment(db, project.id, comment);
  if (before?.readers !== "partners" || before.side !== "service") return { refused: "request.notFound" };
  const by: Speaker = { side: "partner", account, country: null };
  const said: Said = {
    ...{ entry: before.entry, kind: "answer", words, readers: "partners", dueDay: null, answers: before.id },
  };
  const written = await insertComment(db, project.id, by, said, now);
  await db.query(
    `update report_comments set answered_at = to_timestamp($2::float8 / 1000)
     where id = $1 and kind = 'question' and answered_at is null`,
    [before.id, now],
  );
  await refreshCard(db, project.id);
  return written;
}

/** That what a service asked to be done is done, or is not yet. */
export async function settleAction(
  db: Queryable,
  project: Id,
  account: Id,
  comment: Id,
  done: boolean,
  now: number,
): Promise<RefusedFields | undefined> {
  const { rowCount } = await db.query(
    `update report_comments set done_at = case when $4 then coalesce(done_at, to_timestamp($5::float8 / 1000)) end,
       done_by = case when $4 then coalesce(done_by, $3) end
     where project_id = $1 and id = $2 and kind = 'action' and readers = 'partners' and removed_at is null`,
    [project, comment, account, done, now],
  );
  return rowCount === 0 ? { refused: "request.notFound" } : undefined;
}

/** One's own, within ten minutes. The question that it answered waits again, unless somebody else answered it too. */
export async function takeBack(
  db: Queryable,
  project: Id,
  { side, account }: Pick<Speaker, "side" | "account">,
  comment: Id,
  now: number,
): Promise<RefusedFields | undefined> {
  await lockCard(db, project);
  const { rows } = await db.query<{ entry: Id | null; answers: Id | null; at: number; removedAt: number | null }>(
    `select entry_id as entry, answers_id as answers, at, removed_at as "removedAt" from report_comments
     where project_id = $1 and id = $2 and side = $3 and by_account = $4`,
    [project, comment, side, account],
  );
  const [found] = rows;
  if (!found) return { refused: "request.notFound" };
  if (found.removedAt !== null) return undefined;
  if (found.at <= now - takeBackWithinMs) return { refused: "report.tooLate" };
  await db.query("update report_comments set removed_at = to_timestamp($2::float8 / 1000) where id = $1", [
    comment,
    now,
  ]);
  await waitAgain(db, comment);
  await refreshCard(db, project);
  return undefined;
}

async function findComment(db: Queryable, project: Id, id: Id): Promise<Before | undefined> {
  const { rows } = await db.query<Before>(
    `select c.id, c.entry_id as entry, c.side, c.kind, c.readers from report_comments c
       left join report_entries e on e.id = c.entry_id
     where c.project_id = $1 and c.id = $2 and c.removed_at is null and (e.id is null or e.removed_at is null)`,
    [project, id],
  );
  return rows[0];
}

async function isSharedWithServices(db: Queryable, project: Id, entry: Id): Promise<boolean> {
  const { rows } = await db.query(
    `select from report_entries where project_id = $1 and id = $2 and state = 'shared' and readers = 'services'
       and removed_at is null`,
    [project, entry],
  );
  return rows.length > 0;
}

/** The same words by the same person about the same within this is the second click on one button. */
const sameWithinMs = 60_000;

async function insertComment(
  db: Queryable,
  project: Id,
  { side, account, country }: Speaker,
  { entry, kind, words, readers, dueDay, answers }: Said,
  now: number,
): Promise<Written> {
  const { rows } = await db.query<{ id: Id }>(
    `select id from report_comments
     where project_id = $1 and by_account = $2 and side = $3 and kind = $4 and words = $5 and readers = $6
       and entry_id is not distinct from $7 and answers_id is not distinct from $8
       and removed_at is null and at > to_timestamp($9::float8 / 1000)`,
    [project, account, side, kind, words, readers, entry, answers, now - sameWithinMs],
  );
  const [same] = rows;
  if (same) return { id: same.id, isNew: false, entry };
  const id = newId();
  await db.query(
    `insert into report_comments
       (id, project_id, entry_id, answers_id, side, country, by_account, kind, words, readers, due_day, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, to_timestamp($12::float8 / 1000))`,
    [id, project, entry, answers, side, country, account, kind, words, readers, dueDay, now],
  );
  return { id, isNew: true, entry };
}

/** Every answer keeps since when what it answered had waited, also the second one to the same question. */
async function endWaiting(db: Queryable, entry: Id, answer: Id): Promise<void> {
  await db.query(
    `update report_comments set ended_since = coalesce(e.question_since,
       (select max(o.ended_since) from report_comments o where o.entry_id = e.id and o.removed_at is null))
     from report_entries e where report_comments.id = $2 and e.id = $1`,
    [entry, answer],
  );
  await db.query("update report_entries set question_since = null where id = $1 and question_since is not null", [
    entry,
  ]);
}

async function waitAgain(db: Queryable, answer: Id): Promise<void> {
  await db.query(
    `update report_entries e set question_since = c.ended_since from report_comments c
     where c.id = $1 and c.ended_since is not null and e.id = c.entry_id and e.question_since is null
       and not exists (select from report_comments o where o.entry_id = e.id and o.ended_since = c.ended_since
         and o.removed_at is null)`,
    [answer],
  );
  await db.query(
    `update report_comments q set answered_at = null from report_comments c
     where c.id = $1 and c.side = 'partner' and q.id = c.answers_id
       and not exists (select from report_comments o where o.answers_id = q.id and o.side = 'partner'
         and o.removed_at is null)`,
    [answer],
  );
}
