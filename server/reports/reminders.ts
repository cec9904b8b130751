/**
 * Letters by which a report card is remembered: to its teachers, when nothing was shared for so long, and when an interim or
 * final entry becomes due. The mark that it was told stands in the transaction of the letters, so that no silence is told
 * twice, however many processes look and however often they are started. Nothing in them is about a pupil.
 */
import { silentAfterDays } from "../../domain/reports/card.ts";
import type { Id } from "../../protocol/ids.ts";
import { type Boss, queueReminders, reminderQueue } from "../../storage/jobs.ts";
import { inTransaction, type Pool, type Queryable } from "../../storage/pool.ts";
import { writeLetter } from "../mail/letters.ts";
import { stopAddress, stopTokenOf } from "../twinspace/newsLetters/choices.ts";
import { cardAddress, teachersToTell } from "./letters.ts";
import { cardStateSql, finalDueSql, interimDueSql, silentDaysSql } from "./stateSql.ts";

const hourMs = 3_600_000;
const atOnce = 200;

export interface Reminding {
  readonly pool: Pool;
  /** The address of this server, for the links in the letters. */
  readonly origin: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What a card is to be remembered of. */
interface Due {
  readonly id: Id;
  readonly slug: string;
  readonly title: string;
  /** The mark of what is due, such as `final 2026-12-24`; null: it was told, or nothing is. */
  readonly due: string | null;
  readonly silentDays: number;
}

const at = "to_timestamp($1::float8 / 1000)";
const today = `(${at} at time zone 'UTC')::date`;
/** One who writes no final entry any more is silent for good. */
const isSilent = `(p.state = 'active' and c.final_at is null and
  greatest(coalesce(c.last_shared_at, c.opened_at), c.reminded_at, p.state_at) <= ${at} - interval '${silentAfterDays} days')`;
/** Of a closed project the final entry; while one is suspended, nobody can write any. */
const isDue = `(case
  when p.state in ('active', 'closed') and ${cardStateSql(today)} = 'finalDue' then 'final ' || ${finalDueSql}
  when p.state = 'active' and ${cardStateSql(today)} = 'interimDue' then 'interim ' || ${interimDueSql} end)`;
const due = `case when ${isDue} is distinct from c.due_told then ${isDue} end`;

const dueCards = `select p.id, p.slug, p.title, ${due} as due, ${silentDaysSql(at)} as "silentDays"
  from report_cards c join projects p on p.id = c.project_id
  where p.state in ('active', 'closed') and (${isSilent} or ${due} is not null)`;

/** Writes what is to be told by now; answers of how many cards. Several processes may do it at once. */
export async function remind({ pool, origin, now }: Reminding): Promise<number> {
  const looked = new Set<Id>();
  let told = 0;
  for (;;) {
    const { rows } = await pool.query<{ id: Id }>(`${dueCards} and p.id <> all($2) order by p.id limit ${atOnce}`, [
      now,
      [...looked],
    ]);
    for (const { id } of rows) {
      looked.add(id);
      if (await inTransaction(pool, (db) => remindOne(db, id, origin, now))) told += 1;
    }
    if (rows.length < atOnce) return told;
  }
}

/** False: somebody else has just told it, or tells it now. */
async function remindOne(db: Queryable, project: Id, origin: string, now: number): Promise<boolean> {
  // As it is once the card is locked: whoever locked it before may have told it, or shared an entry.
  const locked = await db.query("select from report_cards where project_id = $1 for update skip locked", [project]);
  if (!locked.rowCount) return false;
  const { rows } = await db.query<Due>(`${dueCards} and p.id = $2`, [now, project]);
  const [card] = rows;
  if (!card) return false;
  // What is due is told in one letter with the silence: both ask for the same.
  await db.query(
    `update report_cards set reminded_at = ${at}, due_told = coalesce($3, due_told) where project_id = $2`,
    [now, project, card.due],
  );
  const [what = "", day = ""] = card.due?.split(" ") ?? [];
  for (const { name, to, account, language } of await teachersToTell(db, project)) {
    if (account === null) continue;
    const reader = { to, account, language };
    const facts = {
      ...{ name, project: card.title, link: cardAddress(origin, card) },
      stopLink: stopAddress(origin, await stopTokenOf(db, account, now), "report"),
    };
    if (card.due === null) {
      await writeLetter(db, { ...reader, kind: "reportSilent", facts: { ...facts, days: card.silentDays } });
    } else await writeLetter(db, { ...reader, kind: "reportDue", facts: { ...facts, what, day } });
  }
  return true;
}

/** Every hour some process looks. */
export async function startReminders(parts: {
  readonly pool: Pool;
  readonly boss: Boss;
  readonly origin: string;
  readonly now: () => number;
  readonly fault: (cause: unknown) => void;
}): Promise<{ stop(): Promise<void> }> {
  const { pool, boss, origin, now, fault } = parts;
  let looking: Promise<unknown> = Promise.resolve();
  await boss.work(reminderQueue, { pollingIntervalSeconds: 60 }, async () => {
    const work = remind({ pool, origin, now: now() });
    looking = work.catch(() => {});
    await work;
  });
  const ask = () => queueReminders(boss).catch(fault);
  await ask();
  const timer = setInterval(ask, hourMs);
  return {
    async stop() {
      clearInterval(timer);
      await boss.offWork(reminderQueue, { wait: false });
      await looking;
    },
  };
}
