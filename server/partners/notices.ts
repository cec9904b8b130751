/** Partner notices: what a school looks for or offers, for some weeks. */
import * as z from "zod";
import type { NewNotice, Notice, NoticePage, Notices, WriteNotice } from "../../protocol/http/partners.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Refused } from "../../protocol/refusals.ts";
import type { Queryable } from "../../storage/pool.ts";
import { cursorOf, keyOf } from "../http/cursor.ts";
import { type Caller, isRefused, mainSchool, type RefusedFields } from "../http/route.ts";
import { newId } from "../ids.ts";
import { wrongCodes } from "./profile.ts";

const pageLength = 20;
const mostOpen = 5;

/** Who looks, as far as it decides what they see. */
interface Reader {
  readonly id: Id;
}

const columns = `n.id, n.kind, n.title, n.body, jsonb_build_object('id', a.id, 'name', a.name) as author,
  jsonb_build_object('id', s.id, 'name', s.name, 'town', s.town, 'country', s.country) as school,
  jsonb_build_object('min', n.age_min, 'max', n.age_max) as ages, n.subjects, n.languages,
  n.countries_wanted as "countriesWanted", to_char(n.start_wanted, 'YYYY-MM-DD') as "startWanted",
  case when n.state = 'open' and n.expires_at <= now() then 'expired' else n.state end as state,
  n.renewed_at as "renewedAt", n.expires_at as "expiresAt", n.author = $1 as mine,
  exists (select from notice_replies r where r.notice_id = n.id and r.from_account = $1) as replied,
  case when n.author = $1
    then (select count(*) from notice_replies r where r.notice_id = n.id and not r.kept_back) else 0 end as replies`;
const from = "notices n join accounts a on a.id = n.author join schools s on s.id = n.school_id";
/** Its author still works there and the school is validated; nobody reads those of whom they have blocked. */
const isThere = `a.ended_at is null and s.state = 'validated'
  and exists (select from memberships m where m.account_id = n.author and m.school_id = n.school_id and m.state = 'active')
  and not exists (select from contacts c where c.from_account = $1 and c.to_account = n.author and c.state = 'blocked')`;
const isOpen = "n.state = 'open' and n.expires_at > now()";

/** Its author sees it always; others while it is open. Undefined: as if there were none. */
export async function findNotice(db: Queryable, reader: Reader, id: Id): Promise<Notice | undefined> {
  const { rows } = await db.query<Notice>(
    `select ${columns} from ${from} where n.id = $2 and (n.author = $1 or (${isOpen} and ${isThere}))`,
    [reader.id, id],
  );
  return rows[0];
}

const Key = z.tuple([z.int(), z.string()]);

/** Open notices, the newest first; or all of one's own. */
export async function listNotices(
  db: Queryable,
  reader: Reader,
  { kind, country, subject, language, age, mine, after }: NoticePage,
): Promise<Notices | RefusedFields> {
  const key = after === undefined ? [null, null] : keyOf(after, Key);
  if (key === undefined) return { refused: "request.malformed", fields: ["after"] };
  const { rows } = await db.query<Notice>(
    `select ${columns} from ${from}
     where ${mine === undefined ? `${isOpen} and ${isThere}` : "n.author = $1"}
       and ($2::bigint is null or (n.renewed_at, n.id) < (to_timestamp($2 / 1000.0), $3))
       and ($4::text is null or n.kind = $4) and ($5::text is null or s.country = $5)
       and ($6::text is null or $6 = any(n.subjects)) and ($7::text is null or $7 = any(n.languages))
       and ($8::int is null or $8 between n.age_min and n.age_max)
     order by n.renewed_at desc, n.id desc limit ${pageLength + 1}`,
    [reader.id, ...key, kind ?? null, country ?? null, subject ?? null, language ?? null, age ?? null],
  );
  const shown = rows.slice(0, pageLength);
  const last = rows.length > pageLength ? shown.at(-1) : undefined;
  return { notices: shown, next: last ? cursorOf([last.renewedAt, last.id]) : null };
}

/** Writes a notice for a school one works at, the first one where none is named. */
export async function writeNotice(db: Queryable, caller: Caller, notice: NewNotice): Promise<Notice | RefusedFields> {
  const school = notice.school ?? mainSchool(caller);
  if (!caller.actor.schools.some(({ id }) => id === school))
    return { refused: "request.malformed", fields: ["school"] };
  const wrong = await wrongIn(db, notice, null);
  if (wrong) return wrong;
  const id = newId();
  const { rowCount } = await db.query(
    `insert into notices (id, author, school_id, kind, title, body, age_min, age_max, subjects, languages, countries_wanted,
       start_wanted, expires_at)
     select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, now() + $13 * interval '1 day'
     where (select count(*) from notices n where n.author = $2 and ${isOpen}) < ${mostOpen}`,
    [id, caller.id, school, ...wordsOf(notice), notice.days],
  );
  return rowCount === 1 ? mustFind(db, caller, id) : { refused: "notice.tooMany" };
}

/** Changes one's own notice and lets it stand from now on. */
export async function editNotice(
  db: Queryable,
  caller: Caller,
  id: Id,
  notice: WriteNotice,
): Promise<Notice | RefusedFields> {
  const before = await findNotice(db, caller, id);
  if (!before?.mine) return { refused: "notice.unknown" };
  const wrong = await wrongIn(db, notice, before);
  if (wrong) return wrong;
  const stands = await openAgain(db, caller, id, notice.days);
  if (isRefused(stands)) return stands;
  await db.query(
    `update notices set kind = $2, title = $3, body = $4, age_min = $5, age_max = $6, subjects = $7, languages = $8,
       countries_wanted = $9, start_wanted = $10 where id = $1`,
    [id, ...wordsOf(notice)],
  );
  return mustFind(db, caller, id);
}

/** Stands again, or for longer, for so many days from now. */
export async function renewNotice(db: Queryable, caller: Caller, id: Id, days: number): Promise<Notice | Refused> {
  const before = await findNotice(db, caller, id);
  if (!before?.mine) return { refused: "notice.unknown" };
  const stands = await openAgain(db, caller, id, days);
  return isRefused(stands) ? stands : mustFind(db, caller, id);
}

async function openAgain(db: Queryable, caller: Caller, id: Id, days: number): Promise<true | Refused> {
  const { rowCount } = await db.query(
    `update notices set state = 'open', renewed_at = date_trunc('milliseconds', now()),
       expires_at = now() + $3 * interval '1 day'
     where id = $1 and (select count(*) from notices n where n.author = $2 and n.id <> $1 and ${isOpen}) < ${mostOpen}`,
    [id, caller.id, days],
  );
  return rowCount === 1 || { refused: "notice.tooMany" };
}

/** Closes it. Who may is asked by the caller of this. */
export async function closeNotice(db: Queryable, id: Id): Promise<void> {
  await db.query("update notices set state = 'closed' where id = $1", [id]);
}

function wordsOf(notice: WriteNotice): unknown[] {
  const { kind, title, body, ages, subjects, languages, countriesWanted, startWanted } = notice;
  return [kind, title, body, ages.min, ages.max, subjects, languages, countriesWanted, startWanted];
}

async function wrongIn(db: Queryable, notice: WriteNotice, before: Notice | null): Promise<RefusedFields | undefined> {
  const chosen = ({ languages, subjects, countriesWanted }: WriteNotice | Notice) => ({
    languages,
    subjects,
    wantedCountries: countriesWanted,
  });
  const wrong = await wrongCodes(db, chosen(notice), before && chosen(before));
  if (wrong.length === 0) return undefined;
  return {
    refused: "request.malformed",
    fields: wrong.map((field) => (field === "wantedCountries" ? "countriesWanted" : field)),
  };
}

async function mustFind(db: Queryable, reader: Reader, id: Id): Promise<Notice> {
  const notice = await findNotice(db, reader, id);
  if (!notice) throw new Error("A notice that was just written is not there");
  return notice;
}
