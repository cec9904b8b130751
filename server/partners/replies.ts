/** Replies to a notice: they reach its author alone, on the notice's page and by letter, and ask to be in contact. */
import * as z from "zod";
import { relationOf, type Want } from "../../domain/registry/contacts.ts";
import type { NoticeReplies, NoticeReply } from "../../protocol/http/partners.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Refused } from "../../protocol/refusals.ts";
import { inTransaction, type Pool, type Queryable } from "../../storage/pool.ts";
import { cursorOf, keyOf } from "../http/cursor.ts";
import type { Caller, RefusedFields } from "../http/route.ts";
import { writeLetter } from "../mail/letters.ts";
import { askByReply, readerOf, schoolColumn, schoolNameOf, wantColumn } from "./contacts.ts";
import { keepFirstWords } from "./firstWords.ts";
import { findNotice } from "./notices.ts";

const pageLength = 30;

/** One reply each. That of somebody the author has blocked is kept back, and looks to them like any other. */
export async function replyToNotice(
  pool: Pool,
  caller: Caller,
  id: Id,
  words: string,
  origin: string,
): Promise<RefusedFields | undefined> {
  return inTransaction(pool, async (db) => {
    const notice = await findNotice(db, caller, id);
    if (!notice || notice.mine) return { refused: "notice.unknown" };
    if (notice.replied) return { refused: "notice.replied" };
    const tooMuch = await keepFirstWords(db, caller.id, notice.author.id, words);
    if (tooMuch) return { ...tooMuch, fields: ["words"] };
    const { theirs } = await askByReply(db, caller.id, notice.author.id, words);
    const keptBack = theirs === "blocked";
    const { rowCount } = await db.query(
      `insert into notice_replies (notice_id, from_account, words, kept_back) values ($1, $2, $3, $4)
       on conflict do nothing`,
      [id, caller.id, words, keptBack],
    );
    if (rowCount !== 1) return { refused: "notice.replied" };
    if (!keptBack) await tellAuthor(db, caller, notice, words, origin);
    return undefined;
  });
}

async function tellAuthor(
  db: Queryable,
  caller: Caller,
  { id, title, author }: { id: Id; title: string; author: { id: Id } },
  words: string,
  origin: string,
): Promise<void> {
  const reader = await readerOf(db, author.id);
  if (!reader) return;
  const { account, to, name, language } = reader;
  const school = await schoolNameOf(db, caller);
  const facts = {
    ...{ name, notice: title, person: caller.name, school, message: words },
    link: `${origin}/partners/notices/${id}`,
  };
  await writeLetter(db, { account, to, language, kind: "noticeReply", facts });
}

type ReplyRow = Omit<NoticeReply, "relation"> & { mine: Want; theirs: Want };
const Key = z.tuple([z.int(), z.string()]);

/** For its author alone. */
export async function listReplies(
  db: Queryable,
  me: Id,
  notice: Id,
  after: string | undefined,
): Promise<NoticeReplies | Refused | RefusedFields> {
  const key = after === undefined ? [null, null] : keyOf(after, Key);
  if (key === undefined) return { refused: "request.malformed", fields: ["after"] };
  const own = await findNotice(db, { id: me }, notice);
  if (!own?.mine) return { refused: "notice.unknown" };
  const { rows } = await db.query<ReplyRow>(
    `select r.from_account as "from", a.name, r.words, r.at, ${schoolColumn("t")} as school,
       ${wantColumn("mine")} as mine, ${wantColumn("theirs")} as theirs
     from notice_replies r join accounts a on a.id = r.from_account join standings t on t.account_id = a.id
     left join contacts mine on mine.from_account = $1 and mine.to_account = a.id
     left join contacts theirs on theirs.from_account = a.id and theirs.to_account = $1
     where r.notice_id = $2 and not r.kept_back and mine.state is distinct from 'blocked'
       and ($3::bigint is null or (r.at, r.from_account) < (to_timestamp($3 / 1000.0), $4))
     order by r.at desc, r.from_account desc limit ${pageLength + 1}`,
    [me, notice, ...key],
  );
  const shown = rows.slice(0, pageLength);
  const last = rows.length > pageLength ? shown.at(-1) : undefined;
  return {
    replies: shown.map(({ mine, theirs, ...row }) => ({ ...row, relation: relationOf({ mine, theirs }) })),
    next: last ? cursorOf([last.at, last.from]) : null,
  };
}
