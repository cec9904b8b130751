/** Everything that is kept about somebody, for themselves. Secrets and what others confided are not among it. */
import type { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";

type Rows = readonly Record<string, unknown>[];
const rowsOf = async (db: Queryable, sql: string, values: unknown[]): Promise<Rows> =>
  (await db.query<Record<string, unknown>>(sql, values)).rows;

/** Of everything that is kept with an author: what is told of it. Removed things are theirs until they are erased. */
const made: Readonly<Record<string, string>> = {
  pages: "select title, made_at as at, removed_at, words from pages",
  materials: "select name, kind, link, alt, credit, description, created_at as at, removed_at from materials",
  updates: "select words, at, removed_at from updates",
  discussions: "select title, words, at, removed_at from discussions",
  threads: "select title, words, at, removed_at from threads",
  answers: "select words, at, removed_at from posts",
  chat: "select words, at, removed_at from chat_messages",
  bulletin: "select words, at, removed_at from bulletin_notes",
  calendar: "select kind, title, description, place, starts_at, ends_at, made_at as at, removed_at from calendar_items",
};

/** What somebody made in TwinSpaces; `project`: in this one. Moments are readable. */
export async function madeBy(db: Queryable, author: string, project: Id | null = null): Promise<Record<string, Rows>> {
  const lists: Record<string, Rows> = {};
  for (const [name, select] of Object.entries(made)) {
    const sql = `${select} where author = $1 and ($2::text is null or project_id = $2) order by 1`;
    lists[name] = (await rowsOf(db, sql, [author, project])).map(readable);
  }
  return lists;
}

/** Milliseconds of columns that are moments, as a date says them. */
const readable = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) =>
      typeof value === "number" && /(?:^at|_at|At)$/.test(name) ? [name, new Date(value).toISOString()] : [name, value],
    ),
  );

export async function myRecord(db: Queryable, account: Id): Promise<Record<string, unknown>> {
  const lists: Readonly<Record<string, string>> = {
    account: `select id, email, name, time_zone, language, created_at, seen_at, email_confirmed_at,
        exists (select from second_factors f where f.account_id = a.id) as has_second_factor
      from accounts a where id = $1`,
    schools: `select s.name, s.town, s.country, m.state, m.lead, m.created_at
      from memberships m join schools s on s.id = m.school_id where m.account_id = $1 order by m.created_at`,
    projects: `select p.title, p.slug, p.state, m.role, m.state as my_state, m.at
      from project_members m join projects p on p.id = m.project_id where m.account_id = $1 order by m.at`,
    meetingsLed: `select title, starts_at, length_minutes, phase from meetings where chair_account = $1 order by starts_at`,
    mailWritten: `select c.subject, m.words, m.at from conversation_messages m join conversations c on c.id = m.conversation_id
      where m.from_account = $1 order by m.at`,
    mailReceived: `select c.subject, m.words, m.at from conversation_copies k
        join conversation_messages m on m.id = k.message_id join conversations c on c.id = m.conversation_id
      where k.account_id = $1 and m.from_account is distinct from $1 order by m.at`,
    letters: "select kind, to_address, subject, created_at from mails where account_id = $1 order by created_at",
    choicesOfLetters: "select kind, choice from news_choices where account_id = $1 order by kind",
    contacts: `select a.name, c.state, c.note, c.at from contacts c join accounts a on a.id = c.to_account
      where c.from_account = $1 order by c.at`,
    notices: "select kind, title, body from notices where author = $1",
    savedSearches: "select name, query, letters from saved_searches where account = $1",
    reportEntries: `select p.title as project, e.kind, e.state, e.readers, e.day::text as day, e.body, e.made_at, e.shared_at, e.removed_at
      from report_entries e join projects p on p.id = e.project_id where e.author = 'account:' || $1 order by e.made_at, e.id`,
    reportComments: `select p.title as project, c.side, c.country, c.kind, c.words, c.readers, c.at, c.removed_at
      from report_comments c join projects p on p.id = c.project_id where c.by_account = $1 order by c.at, c.id`,
    labelApplications: `select p.title, a.state, a.attempt, a.answers, a.submitted_at, a.decided_at,
        case when a.decided_at is not null then a.feedback end as feedback
      from label_applications a join projects p on p.id = a.project_id where a.account_id = $1 order by a.begun_at`,
    qualityLabels: `select p.title, w.code, w.issued_at, w.revoked_at, w.shown, w.named
      from awards w join projects p on p.id = w.project_id where w.account_id = $1 order by w.issued_at`,
    labelPointsGiven:
      "select criterion, points, remark, at from label_scores where reviewer = $1 order by at, criterion",
    acts: "select act, at from account_acts where account_id = $1 order by at",
  };
  const record: Record<string, unknown> = {};
  for (const [name, sql] of Object.entries(lists)) record[name] = (await rowsOf(db, sql, [account])).map(readable);
  return { ...record, madeInTwinSpaces: await madeBy(db, `account:${account}`) };
}
