/** Contacts by mutual consent: asking, answering, ending, blocking. Who is blocked learns nothing of it. */
import * as z from "zod";
import {
  type Between,
  type ContactAct,
  following,
  lastsMs,
  type Relation,
  relationOf,
  type Want,
} from "../../domain/registry/contacts.ts";
import type { AskContact, Contact, ContactList, Contacts } from "../../protocol/http/partners.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Refused } from "../../protocol/refusals.ts";
import { inTransaction, type Pool, type Queryable } from "../../storage/pool.ts";
import { cursorOf, keyOf } from "../http/cursor.ts";
import { type Caller, isRefused, mainSchool, type RefusedFields } from "../http/route.ts";
import { writeLetter } from "../mail/letters.ts";
import { keepFirstWords } from "./firstWords.ts";

const pageLength = 30;

/** What a row of contacts (by this alias, or none) wants by now. */
export const wantColumn = (row: string): string =>
  `case when ${row}.state = 'asked' and ${row}.at < now() - ${lastsMs.asked} * interval '1 ms' then null
        when ${row}.state = 'declined' and ${row}.at < now() - ${lastsMs.declined} * interval '1 ms' then null
        else ${row}.state end`;

/** Whether these two have agreed to be in contact. */
export async function areContacts(db: Queryable, one: Id, other: Id): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from contacts where state = 'mutual'
       and ((from_account = $1 and to_account = $2) or (from_account = $2 and to_account = $1))`,
    [one, other],
  );
  return rowCount !== 0;
}

/** Asks somebody who said that they are available. Somebody who has asked already is accepted by it. */
export async function askContact(
  pool: Pool,
  caller: Caller,
  { to, note }: AskContact,
  origin: string,
): Promise<Relation | RefusedFields> {
  return inTransaction(pool, async (db) => {
    const between = await lockBetween(db, caller.id, to);
    const isMet = relationOf(between) !== "none";
    if (to === caller.id || !(isMet || (await isAvailable(db, to)))) return { refused: "contact.unknown" };
    const then = following("ask", between);
    if (isRefused(then)) return then;
    if (then.mine === "asked") {
      const tooMuch = await keepFirstWords(db, caller.id, to, note);
      if (tooMuch) return { ...tooMuch, fields: ["note"] };
    }
    await keepBetween(db, caller.id, to, between, then, note);
    if (then.tells) await tell(db, caller, to, then.mine === "asked" ? { asks: note } : "accepted", origin);
    return relationOf(then);
  });
}

/** Answers, ends, blocks or takes a block back. */
export async function actOnContact(
  pool: Pool,
  caller: Caller,
  other: Id,
  act: Exclude<ContactAct, "ask">,
  origin: string,
): Promise<Relation | Refused> {
  return inTransaction(pool, async (db) => {
    const between = await lockBetween(db, caller.id, other);
    if (other === caller.id || !(await isKnown(db, other))) return { refused: "contact.unknown" };
    const then = following(act, between);
    if (isRefused(then)) return then;
    await keepBetween(db, caller.id, other, between, then, "");
    if (then.tells) await tell(db, caller, other, "accepted", origin);
    return relationOf(then);
  });
}

/** A question that came as a reply to a notice: as if it had been asked for. */
export async function askByReply(db: Queryable, from: Id, to: Id, words: string): Promise<Between> {
  const between = await lockBetween(db, from, to);
  if (relationOf(between) === "none") await keepBetween(db, from, to, between, { ...between, mine: "asked" }, words);
  return between;
}

/** What both want of each other, until the transaction ends nobody else's. */
async function lockBetween(db: Queryable, me: Id, them: Id): Promise<Between> {
  const pair = [me, them].sort().join(" ");
  await db.query("select pg_advisory_xact_lock(hashtext('contact:' || $1))", [pair]);
  const { rows } = await db.query<{ from: Id; want: Want }>(
    `select from_account as "from", ${wantColumn("contacts")} as want from contacts
     where (from_account = $1 and to_account = $2) or (from_account = $2 and to_account = $1)`,
    [me, them],
  );
  const wantOf = (account: Id) => rows.find(({ from }) => from === account)?.want ?? null;
  return { mine: wantOf(me), theirs: wantOf(them) };
}

async function keepBetween(db: Queryable, me: Id, them: Id, before: Between, then: Between, note: string) {
  if (then.mine !== before.mine) await keepWant(db, me, them, then.mine, note);
  if (then.theirs !== before.theirs) await keepWant(db, them, me, then.theirs, "");
}

/** An answer leaves the note with which it was asked for. */
async function keepWant(db: Queryable, from: Id, to: Id, want: Want, note: string): Promise<void> {
  if (want === null) {
    await db.query("delete from contacts where from_account = $1 and to_account = $2", [from, to]);
    return;
  }
  await db.query(
    `insert into contacts (from_account, to_account, state, note) values ($1, $2, $3, $4)
     on conflict (from_account, to_account) do update
     set state = excluded.state, at = now(),
       note = case when excluded.state = 'asked' then excluded.note else contacts.note end`,
    [from, to, want, note],
  );
}

/** Staff of a validated school who said so. Of others nothing is told, not even that they are there. */
async function isAvailable(db: Queryable, account: Id): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from accounts a join standings t on t.account_id = a.id
     where a.id = $1 and a.available and a.ended_at is null and t.schools <> '[]'`,
    [account],
  );
  return rowCount === 1;
}

async function isKnown(db: Queryable, account: Id): Promise<boolean> {
  const { rowCount } = await db.query("select from accounts where id = $1", [account]);
  return rowCount === 1;
}

export interface Reader {
  account: Id;
  to: string;
  name: string;
  language: string;
}

/** To whom a letter goes; undefined for who has no account any more. */
export async function readerOf(db: Queryable, account: Id): Promise<Reader | undefined> {
  const { rows } = await db.query<Reader>(
    `select id as account, email as "to", name, language from accounts where id = $1 and ended_at is null`,
    [account],
  );
  return rows[0];
}

/** The name of the school somebody stands for, as letters say it. */
export async function schoolNameOf(db: Queryable, caller: Pick<Caller, "actor">): Promise<string> {
  const { rows } = await db.query<{ name: string }>("select name from schools where id = $1", [mainSchool(caller)]);
  return rows[0]?.name ?? "–";
}

async function tell(db: Queryable, caller: Caller, other: Id, what: "accepted" | { asks: string }, origin: string) {
  const reader = await readerOf(db, other);
  if (!reader) return;
  const { account, to, name, language } = reader;
  const school = await schoolNameOf(db, caller);
  const facts = { name, person: caller.name, school, link: `${origin}/contacts` };
  await (what === "accepted"
    ? writeLetter(db, { account, to, language, kind: "contactAccepted", facts })
    : writeLetter(db, { account, to, language, kind: "partnerAsked", facts: { ...facts, message: what.asks } }));
}

type ContactRow = Omit<Contact, "relation" | "email"> & { email: string; mine: Want; theirs: Want };
const Key = z.tuple([z.int(), z.string()]);

/** Where each list's rows are: mine, theirs, or either. `$1` is me. */
const rowsOf: Record<ContactList, string> = {
  asksMe: "c.to_account = $1 and c.state = 'asked'",
  mutual: "(c.from_account = $1 or c.to_account = $1) and c.state = 'mutual'",
  asked: "c.from_account = $1 and c.state in ('asked', 'declined')",
  blocked: "c.from_account = $1 and c.state = 'blocked'",
};

/** One of my lists, the newest first. Whoever has no account any more is in none of them. */
export async function listContacts(
  db: Queryable,
  me: Id,
  list: ContactList,
  after: string | undefined,
): Promise<Contacts | RefusedFields> {
  const key = after === undefined ? [null, null] : keyOf(after, Key);
  if (key === undefined) return { refused: "request.malformed", fields: ["after"] };
  const { rows } = await db.query<ContactRow>(
    `select a.id as account, a.name, a.email, c.note, c.at, ${wantColumn("mine")} as mine,
       ${wantColumn("theirs")} as theirs, ${schoolColumn("t")} as school
     from (select case when from_account = $1 then to_account else from_account end as them, note, state,
             from_account, to_account, date_trunc('milliseconds', at) as at
           from contacts where from_account = $1 or to_account = $1) c
     join accounts a on a.id = c.them and a.ended_at is null
     join standings t on t.account_id = a.id
     left join contacts mine on mine.from_account = $1 and mine.to_account = a.id
     left join contacts theirs on theirs.from_account = a.id and theirs.to_account = $1
     where ${rowsOf[list]} and ${wantColumn("c")} is not null
       and (c.from_account = $1 or mine.state is distinct from 'blocked')
       and ($2::bigint is null or (c.at, a.id) < (to_timestamp($2 / 1000.0), $3))
     order by c.at desc, a.id desc limit ${pageLength + 1}`,
    [me, ...key],
  );
  const shown = rows.slice(0, pageLength);
  const last = rows.length > pageLength ? shown.at(-1) : undefined;
  return {
    contacts: shown.map(({ mine, theirs, email, ...row }) => {
      const relation = relationOf({ mine, theirs });
      return { ...row, relation, email: relation === "mutual" ? email : null };
    }),
    next: last ? cursorOf([last.at, last.account]) : null,
  };
}

/** The first of somebody's validated schools, from their standing; null for who has none. */
export const schoolColumn = (standing: string): string =>
  `(select jsonb_build_object('id', s.id, 'name', s.name, 'town', s.town, 'country', s.country)
    from schools s where s.id = ${standing}.schools -> 0 ->> 'id')`;
