/**
 * The letters about what is new: at once (within minutes, together), or one digest a day at seven in the morning where the
 * reader lives. Whether they may see each thing is asked again as the letter is written. Pupils and visitors get none: they
 * have no account, and nobody else is looked for here.
 */
import type { Id } from "../../../protocol/ids.ts";
import type { NewsChoice, NewsSubject } from "../../../protocol/twinspace/news.ts";
import { inTransaction, type Pool, type Queryable } from "../../../storage/pool.ts";
import { writeLetter } from "../../mail/letters.ts";
import { instantOf } from "../../meetings/localTime.ts";
import { findNews } from "../newsShown.ts";
import { spacesOfAccount } from "../ownSpaces.ts";
import { choicesOf, keepReader, kindsOf, stopAddress, subjects } from "./choices.ts";
import { lineOf, mailLine } from "./words.ts";

const dayMs = 86_400_000;
/** A server that was away for longer tells no more than this. */
const longestMs = 7 * dayMs;
const accountsAtOnce = 100;
const mostLines = 30;

/** Seven in the morning in `zone`, the last one that is not after `now`. */
export function lastSeven(now: number, zone: string): number {
  const day = new Intl.DateTimeFormat("en-CA", {
    ...{ timeZone: zone, calendar: "gregory", numberingSystem: "latn" },
    ...{ year: "numeric", month: "2-digit", day: "2-digit" },
  } as const);
  const today = instantOf(`${day.format(now)}T07:00`, zone);
  return today <= now ? today : instantOf(`${day.format(now - dayMs)}T07:00`, zone);
}

/** Writes every letter that is due; answers how many. Several processes may do it at once. */
export async function writeNewsLetters(pool: Pool, origin: string, now: number): Promise<number> {
  const atOnce = await writeToEach(pool, origin, now, "atOnce", () => dueAtOnce(pool, now));
  const { zones, sevens } = await sevensNow(pool, now);
  const daily = await writeToEach(pool, origin, now, "daily", () => dueDaily(pool, zones, sevens));
  return atOnce + daily;
}

interface Due {
  readonly account: Id;
  /** Up to when they are told now. */
  readonly until: number;
}

/** Until nobody is due any more: whoever was looked at is not. */
async function writeToEach(
  pool: Pool,
  origin: string,
  now: number,
  choice: Exclude<NewsChoice, "never">,
  find: () => Promise<Due[]>,
): Promise<number> {
  let written = 0;
  const looked = new Set<Id>();
  for (;;) {
    const due = (await find()).filter(({ account }) => !looked.has(account));
    if (due.length === 0) return written;
    for (const one of due) {
      looked.add(one.account);
      if (await inTransaction(pool, (db) => writeToOne(db, origin, one, choice, now))) written += 1;
    }
  }
}

const hasNews = (since: string, until: string) => `(exists (
    select from project_members m join space_news n on n.project_id = m.project_id and n.at > ${since} and n.at <= ${until}
    where m.account_id = a.id and m.state = 'accepted' and n.author <> 'account:' || a.id)
  or exists (select from conversation_copies c where c.account_id = a.id and c.read_at is null
    and c.at > ${since} and c.at <= ${until}))`;

async function dueAtOnce(db: Queryable, now: number): Promise<Due[]> {
  const { rows } = await db.query<{ account: Id }>(
    `select a.id as account from accounts a join news_readers r on r.account_id = a.id
     where a.ended_at is null and exists (select from news_choices h where h.account_id = a.id and h.choice = 'atOnce')
       and r.at_once_until < to_timestamp($1::float8 / 1000)
       and ${hasNews("r.at_once_until", "to_timestamp($1::float8 / 1000)")}
     order by r.at_once_until, a.id limit ${accountsAtOnce}`,
    [now],
  );
  return rows.map(({ account }) => ({ account, until: now }));
}

/** The zones people live in, and when it was seven there last. */
async function sevensNow(db: Queryable, now: number): Promise<{ zones: string[]; sevens: number[] }> {
  const { rows } = await db.query<{ zone: string }>("select distinct time_zone as zone from accounts");
  const zones = rows.map(({ zone }) => zone);
  return { zones, sevens: zones.map((zone) => lastSeven(now, zone)) };
}

async function dueDaily(db: Queryable, zones: readonly string[], sevens: readonly number[]): Promise<Due[]> {
  const { rows } = await db.query<Due>(
    `select a.id as account, z.seven as until
     from accounts a
       join lateral (select seven, to_timestamp(seven / 1000) as at from unnest($1::text[], $2::float8[]) as z (zone, seven)
         where z.zone = a.time_zone limit 1) z on true
       left join news_readers r on r.account_id = a.id
     where a.ended_at is null and (r.digest_until is null or r.digest_until < z.at)
       and ${hasNews("coalesce(r.digest_until, z.at - interval '1 day')", "z.at")}
     order by a.id limit ${accountsAtOnce}`,
    [zones, sevens],
  );
  return rows;
}

interface Reader {
  readonly name: string;
  readonly email: string;
  readonly language: string;
  readonly stopToken: string;
  readonly since: number;
}

/** True when there was something to tell. Nobody else writes to them meanwhile. */
async function writeToOne(
  db: Queryable,
  origin: string,
  { account, until }: Due,
  choice: Exclude<NewsChoice, "never">,
  now: number,
): Promise<boolean> {
  const column = choice === "daily" ? "digest_until" : "at_once_until";
  await keepReader(db, account, until);
  const { rows } = await db.query<Reader>(
    `select a.name, a.email, a.language, r.stop_token as "stopToken", r.${column} as since
     from news_readers r join accounts a on a.id = r.account_id
     where r.account_id = $1 and a.ended_at is null and r.${column} < to_timestamp($2::float8 / 1000)
     for update of r skip locked`,
    [account, until],
  );
  const [reader] = rows;
  if (!reader) return false;
  await db.query(`update news_readers set ${column} = to_timestamp($2::float8 / 1000) where account_id = $1`, [
    account,
    until,
  ]);
  const chosen = await choicesOf(db, account);
  const wanted = subjects.filter((subject) => chosen[subject] === choice);
  const told = await linesFor(db, account, wanted, { since: Math.max(reader.since, until - longestMs), until, now });
  if (told.count === 0) return false;
  const facts = {
    ...{ name: reader.name, count: told.count, items: told.lines.join("\n"), link: `${origin}/news` },
    choiceLink: `${origin}/account#news-letters`,
    stopLink: stopAddress(origin, reader.stopToken),
  };
  const { email, language } = reader;
  await writeLetter(db, { ...{ to: email, account, language }, kind: "spaceNews", facts });
  return true;
}

interface Told {
  readonly count: number;
  readonly lines: readonly string[];
}

async function linesFor(
  db: Queryable,
  account: Id,
  wanted: readonly NewsSubject[],
  { since, until, now }: { since: number; until: number; now: number },
): Promise<Told> {
  const lines: string[] = [];
  let count = 0;
  const add = (head: string, found: readonly string[]) => {
    count += found.length;
    if (found.length === 0 || lines.length >= mostLines) return;
    lines.push(...(head === "" ? [] : [head]), ...found.slice(0, mostLines - lines.length).map((line) => `– ${line}`));
  };
  if (wanted.includes("mail")) add("", await mailLines(db, account, since, until));
  const kinds = kindsOf(wanted);
  const spaces = kinds.length === 0 ? [] : await spacesOfAccount(db, account, now, { since, until });
  for (const space of spaces) {
    const asked = { limit: mostLines, since, until, kinds, ofOthers: true };
    const news = (await findNews(db, space, asked))?.found ?? [];
    add(space.project.title, [...new Set(news.map(({ item }) => lineOf(item)))]);
  }
  return { count, lines: count > lines.length ? [...lines, "…"] : lines };
}

/** Whatever they have read meanwhile is not told. */
async function mailLines(db: Queryable, account: Id, since: number, until: number): Promise<string[]> {
  const { rows } = await db.query<{ subject: string; from: string }>(
    `select distinct v.subject, coalesce(a.name, '') as "from" from conversation_copies c
       join conversation_messages m on m.id = c.message_id join conversations v on v.id = c.conversation_id
       left join accounts a on a.id = m.from_account and a.ended_at is null
     where c.account_id = $1 and c.read_at is null
       and c.at > to_timestamp($2::float8 / 1000) and c.at <= to_timestamp($3::float8 / 1000)
     limit ${mostLines}`,
    [account, since, until],
  );
  return rows.map(({ subject, from }) => mailLine(subject, from));
}
