/**
 * How often secrets behind login codes are guessed at, counted in the database: a restart forgives nothing, and two tries at
 * the same time count as two. Every try is counted before its secret is looked at, and given back if it was right.
 */
import {
  freeGuesses,
  guessesFromDevice,
  guessesFromNetwork,
  guessesInAll,
  guessesInRow,
  guessWindowMs,
  networkKnownMs,
  waitAfter,
} from "../../../domain/twinspace/guesses.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { RefusalCode } from "../../../protocol/refusals.ts";
import type { Queryable } from "../../../storage/pool.ts";

/** From where a try comes, as keyed digests. */
export interface Source {
  readonly network: Buffer;
  /** Null for a browser on which no pupil has signed in before. */
  readonly device: Buffer | null;
}

export interface HeldUp {
  readonly refused: Extract<RefusalCode, "pupil.wait" | "pupil.locked" | "pupil.tooManyHere">;
  readonly waitMs: number;
}

/** Milliseconds to wait after so many wrong ones, as SQL: the same steps as `waitAfter`. */
const waitSteps = Array.from({ length: guessesInRow - freeGuesses }, (_, step) => freeGuesses + step);
const waitSql = `case t.wrong ${waitSteps.map((wrong) => `when ${wrong} then ${waitAfter(wrong)}`).join(" ")} else 0 end`;

/**
 * Counts a try at this code, or says why it is not looked at. It is the same for codes that nobody has. `knows`: whether this
 * code has signed in from that network before.
 */
export async function beginTry(
  db: Queryable,
  code: string,
  { network, device }: Source,
  knows: boolean,
  now: number,
): Promise<HeldUp | { counted: readonly Buffer[] }> {
  const sources = await takeSource(db, { network, device }, knows, now);
  if (!sources) return { refused: "pupil.tooManyHere", waitMs: 0 };
  const { rowCount } = await db.query(
    `insert into pupil_tries as t (code, wrong, wrong_in_all, at) values ($1, 1, 1, to_timestamp($2::float8 / 1000))
     on conflict (code) do update set wrong = t.wrong + 1, wrong_in_all = t.wrong_in_all + 1, at = excluded.at
     where t.wrong < ${guessesInRow} and t.wrong_in_all < ${guessesInAll}
       and t.at + (${waitSql}) * interval '1 ms' <= excluded.at`,
    [code, now],
  );
  if (rowCount) return { counted: sources };
  // It was not looked at, so it was no guess.
  await giveBack(db, sources);
  return heldUp(db, code, now);
}

async function heldUp(db: Queryable, code: string, now: number): Promise<HeldUp> {
  const { rows } = await db.query<{ wrong: number; inAll: number; at: number }>(
    `select wrong, wrong_in_all as "inAll", at from pupil_tries where code = $1`,
    [code],
  );
  const row = rows[0];
  if (!row || row.wrong >= guessesInRow || row.inAll >= guessesInAll) return { refused: "pupil.locked", waitMs: 0 };
  return { refused: "pupil.wait", waitMs: Math.max(0, Math.ceil(row.at + waitAfter(row.wrong) - now)) };
}

/** It was right: neither a guess at this code nor one from there. Those in a row begin anew, those in all stand. */
export async function forgiveTry(db: Queryable, code: string, counted: readonly Buffer[]): Promise<void> {
  await db.query("update pupil_tries set wrong = 0, wrong_in_all = greatest(0, wrong_in_all - 1) where code = $1", [
    code,
  ]);
  await giveBack(db, counted);
}

/** It was not looked at after all: the server had too much to do. That is nobody's guess. */
export async function takeBackTry(db: Queryable, code: string, counted: readonly Buffer[]): Promise<void> {
  await db.query(
    `update pupil_tries set wrong = greatest(0, wrong - 1), wrong_in_all = greatest(0, wrong_in_all - 1) where code = $1`,
    [code],
  );
  await giveBack(db, counted);
}

/**
 * A network that has had its wrong ones holds strangers up, so that nobody goes through codes. Who is known there gets in all
 * the same, for a whole school comes from one network: a code that has signed in from it, and a device that some pupil has
 * signed in on, which has a count of its own.
 */
async function takeSource(
  db: Queryable,
  { network, device }: Source,
  knows: boolean,
  now: number,
): Promise<Buffer[] | undefined> {
  if (await takeFrom(db, network, guessesFromNetwork, now)) return [network];
  if (knows) return [];
  if (device && (await takeFrom(db, device, guessesFromDevice, now))) return [device];
  return undefined;
}

async function takeFrom(db: Queryable, source: Buffer, most: number, now: number): Promise<boolean> {
  const left = `greatest(0, s.wrong - greatest(0, extract(epoch from excluded.at - s.at)) * 1000 * ${most / guessWindowMs})`;
  const { rowCount } = await db.query(
    `insert into pupil_try_sources as s (source, wrong, at) values ($1, 1, to_timestamp($2::float8 / 1000))
     on conflict (source) do update set wrong = ${left} + 1, at = greatest(s.at, excluded.at) where ${left} + 1 <= ${most}`,
    [source, now],
  );
  return (rowCount ?? 0) > 0;
}

async function giveBack(db: Queryable, sources: readonly Buffer[]): Promise<void> {
  await db.query("update pupil_try_sources set wrong = greatest(0, wrong - 1) where source = any($1)", [sources]);
}

export async function isKnownHere(db: Queryable, code: string, network: Buffer, now: number): Promise<boolean> {
  const { rows } = await db.query<{ known: boolean }>(
    `select exists (select from pupil_networks n join pupils u on u.id = n.pupil_id
       where u.login_code = $1 and n.network = $2 and n.at > to_timestamp($3::float8 / 1000)) as known`,
    [code, network, now - networkKnownMs],
  );
  return rows[0]?.known ?? false;
}

export async function knowHere(db: Queryable, pupil: Id, network: Buffer, now: number): Promise<void> {
  await db.query(
    `insert into pupil_networks (pupil_id, network, at) values ($1, $2, to_timestamp($3::float8 / 1000))
     on conflict (pupil_id, network) do update set at = excluded.at`,
    [pupil, network, now],
  );
}
