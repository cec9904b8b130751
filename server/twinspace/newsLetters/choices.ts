/** What somebody wants to be told of by letter, and how. Without a choice it is once a day. Only accounts have any. */
import type { Id } from "../../../protocol/ids.ts";
import {
  type ChooseNews,
  type NewsChoice,
  type NewsChoices,
  type NewsKind,
  NewsSubject,
  type StopNewsLetters,
} from "../../../protocol/twinspace/news.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { newToken } from "../../accounts/tokens.ts";

export const subjects: readonly NewsSubject[] = NewsSubject.options;

/** Mail is no news of a TwinSpace; it has a subject of its own. */
export const subjectOf: Readonly<Record<NewsKind, NewsSubject>> = {
  pageMade: "pages",
  pageChanged: "pages",
  pagePublished: "pages",
  materialAdded: "materials",
  updatePosted: "talk",
  threadStarted: "talk",
  threadAnswered: "talk",
  bulletinPosted: "talk",
  calendarChanged: "dates",
  meetingBooked: "dates",
  meetingMoved: "dates",
  replayReady: "dates",
  memberJoined: "members",
  commentWritten: "report",
  entryShared: "report",
  reportPublished: "report",
  reportPublicAsked: "report",
};

/** Of these a letter of their own is written as they happen (server/reports/letters.ts); the others would repeat it. */
const toldAlready: ReadonlySet<NewsKind> = new Set(["commentWritten"]);

/** The kinds of news that letters about these subjects tell of. */
export const kindsOf = (wanted: readonly NewsSubject[]): NewsKind[] =>
  // Object.entries forgets the keys' type; they are the table's own.
  (Object.entries(subjectOf) as [NewsKind, NewsSubject][])
    .filter(([kind, subject]) => wanted.includes(subject) && !toldAlready.has(kind))
    .map(([kind]) => kind);

export async function choicesOf(db: Queryable, account: Id): Promise<NewsChoices> {
  const { rows } = await db.query<{ kind: NewsSubject; choice: NewsChoice }>(
    "select kind, choice from news_choices where account_id = $1",
    [account],
  );
  const chosen: NewsChoices = {
    ...{ mail: "daily", pages: "daily", materials: "daily", talk: "daily", dates: "daily", members: "daily" },
    report: "daily",
  };
  for (const { kind, choice } of rows) chosen[kind] = choice;
  return chosen;
}

/** What came before is not told now. */
export async function choose(db: Queryable, account: Id, { subject, choice }: ChooseNews, now: number): Promise<void> {
  await keepReader(db, account, now);
  await db.query(
    `insert into news_choices (account_id, kind, choice) values ($1, $2, $3)
     on conflict (account_id, kind) do update set choice = excluded.choice`,
    [account, subject, choice],
  );
}

/** A row for who is told, or who chose something. Nothing that is older than a day is told to somebody new. */
export async function keepReader(db: Queryable, account: Id, now: number): Promise<void> {
  await db.query(
    `insert into news_readers (account_id, stop_token, seen_at, digest_until, at_once_until)
     values ($1, $2, to_timestamp(0), to_timestamp($3::float8 / 1000) - interval '1 day', to_timestamp($3::float8 / 1000))
     on conflict (account_id) do nothing`,
    [account, newToken(), now],
  );
}

/** The address that ends the letters of whose token this is, without signing in: all of them, or those about one subject. */
export const stopAddress = (origin: string, token: string, subject?: NewsSubject): string =>
  `${origin}/news/stop${subject === undefined ? "" : `?of=${subject}`}#k=${token}`;

/** The token of somebody's letters. */
export async function stopTokenOf(db: Queryable, account: Id, now: number): Promise<string> {
  await keepReader(db, account, now);
  const { rows } = await db.query<{ token: string }>(
    "select stop_token as token from news_readers where account_id = $1",
    [account],
  );
  if (!rows[0]) throw new Error("Who is written to about news has no row for it");
  return rows[0].token;
}

export async function markNewsSeen(db: Queryable, account: Id, now: number): Promise<void> {
  await keepReader(db, account, now);
  await db.query("update news_readers set seen_at = to_timestamp($2::float8 / 1000) where account_id = $1", [
    account,
    now,
  ]);
}

/** Ends the letters of whose link this is: about one subject, or all of them. False: there is no such link. */
export async function stopLetters(db: Queryable, { token, subject }: StopNewsLetters): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into news_choices (account_id, kind, choice)
     select r.account_id, kind, 'never' from news_readers r, unnest($2::text[]) as kind where r.stop_token = $1
     on conflict (account_id, kind) do update set choice = 'never'`,
    [token, subject === undefined ? subjects : [subject]],
  );
  return (rowCount ?? 0) > 0;
}
