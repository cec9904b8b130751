/**
 * Evidence that somebody works at a school: one file, kept where only this process reads it, shown to that country's
 * support service, and deleted as soon as the place is decided.
 */
import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Logger } from "pino";
import { type Actor, may } from "../../domain/permissions.ts";
import { nextMembership } from "../../domain/registry/membership.ts";
import type { MySchools } from "../../protocol/http/registry.ts";
import type { Id } from "../../protocol/ids.ts";
import { type EvidenceType, mostEvidenceBytes } from "../../protocol/registry.ts";
import { inTransaction, type Pool, type Queryable } from "../../storage/pool.ts";
import { FileAnswer, isRefused, type RefusedFields } from "../http/route.ts";
import { newId } from "../ids.ts";
import { writeLetter } from "../mail/letters.ts";
import { keepRegistryAct } from "./acts.ts";
import { listMySchools, lockPlace } from "./memberships.ts";

export interface EvidenceParts {
  readonly pool: Pool;
  /** DATA_DIR/evidence; made when the first file comes. */
  readonly folder: string;
}

const beginsWith: readonly (readonly [EvidenceType, Buffer])[] = [
  ["application/pdf", Buffer.from("%PDF-", "latin1")],
  ["image/jpeg", Buffer.from([0xff, 0xd8, 0xff])],
  ["image/png", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
];

/** By what stands in it, whatever it was called. */
export const typeOfEvidence = (bytes: Buffer): EvidenceType | undefined =>
  beginsWith.find(([, mark]) => bytes.subarray(0, mark.length).equals(mark))?.[0];

const endingOf: Readonly<Record<EvidenceType, string>> = {
  "application/pdf": "pdf",
  "image/jpeg": "jpg",
  "image/png": "png",
};

/** Hands it in; what was handed in before and not looked at is deleted. */
export async function giveEvidence(
  { pool, folder }: EvidenceParts,
  actor: Actor,
  membership: Id,
  bytes: Buffer,
): Promise<MySchools | RefusedFields> {
  const type = typeOfEvidence(bytes);
  if (!type) return { refused: "evidence.wrongType" };
  if (bytes.length > mostEvidenceBytes) return { refused: "evidence.tooLarge" };
  const id = newId();
  const path = join(folder, id);
  try {
    const given = await inTransaction(pool, async (db): Promise<{ earlier: Id[]; mine: MySchools } | RefusedFields> => {
      const place = await lockPlace(db, membership);
      if (!place || !may("evidence.give", actor, { account: place.account })) return { refused: "request.notFound" };
      const state = nextMembership(place.state, { type: "giveEvidence" });
      if (isRefused(state)) return state;
      const earlier = await markDeleted(db, membership);
      // The file is there before the row says so: a row without one would promise what cannot be shown.
      await keep(folder, path, bytes);
      await db.query("insert into evidence (id, membership_id, type, bytes) values ($1, $2, $3, $4)", [
        ...[id, membership, type, bytes.length],
      ]);
      await db.query("update memberships set state = $2, state_at = now() where id = $1", [membership, state]);
      await keepRegistryAct(db, "evidenceGiven", place.account, "membership", membership);
      return { earlier, mine: await listMySchools(db, place.account) };
    });
    if (isRefused(given)) return given;
    for (const old of given.earlier) await rm(join(folder, old), { force: true });
    return given.mine;
  } catch (fault) {
    await rm(path, { force: true });
    throw fault;
  }
}

/** Whole or not at all, and for this process' user alone. */
async function keep(folder: string, path: string, bytes: Buffer): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(`${path}.part`, bytes, { mode: 0o600 });
  await rename(`${path}.part`, path);
}

async function markDeleted(db: Queryable, membership: Id): Promise<Id[]> {
  const { rows } = await db.query<{ id: Id }>(
    "update evidence set deleted_at = now() where membership_id = $1 and deleted_at is null returning id",
    [membership],
  );
  return rows.map(({ id }) => id);
}

/** The file, for that country's support service; each look is kept. To everybody else there is none. */
export async function readEvidence(
  { pool, folder }: EvidenceParts,
  actor: Actor,
  membership: Id,
): Promise<FileAnswer | RefusedFields> {
  const { rows } = await pool.query<{ id: Id; type: EvidenceType; country: string; hasService: boolean }>(
    `select e.id, e.type, s.country,
       exists (select from support_services v where v.country = s.country) as "hasService"
     from evidence e join memberships m on m.id = e.membership_id join schools s on s.id = m.school_id
     where e.membership_id = $1 and e.deleted_at is null and m.state in ('asked', 'evidenceWanted')`,
    [membership],
  );
  const found = rows[0];
  if (!found || !may("evidence.read", actor, { countries: [found.country] })) return { refused: "request.notFound" };
  // The central service stands in where a country has none, and nowhere else.
  if (found.hasService && !actor.serves.includes(found.country)) return { refused: "request.notFound" };
  await keepRegistryAct(pool, "evidenceRead", actor.account, "membership", membership);
  return new FileAnswer(join(folder, found.id), found.type, `evidence.${endingOf[found.type]}`);
}

/**
 * Deletes what was handed in for a place that has been decided meanwhile, and tells who it was. False when there is
 * nothing to delete. Nobody reads it from the decision on (`readEvidence`), whenever this is called.
 */
export async function deleteEvidence(
  { pool, folder }: EvidenceParts,
  membership: Id,
  origin: string,
): Promise<boolean> {
  const { rows } = await pool.query<{ id: Id }>(
    `select e.id from evidence e join memberships m on m.id = e.membership_id join accounts a on a.id = m.account_id
     where e.membership_id = $1 and e.deleted_at is null
       and (m.state not in ('asked', 'evidenceWanted') or a.ended_at is not null)`,
    [membership],
  );
  // The files first: should this process end here, the rows still say that something is left to do.
  for (const { id } of rows) await rm(join(folder, id), { force: true });
  if (rows.length === 0) return false;
  return inTransaction(pool, async (db) => {
    if ((await markDeleted(db, membership)).length === 0) return false;
    await keepRegistryAct(db, "evidenceDeleted", null, "membership", membership);
    await tellOwner(db, membership, origin);
    return true;
  });
}

/** Who withdrew knows it; who was accepted or refused is told. */
async function tellOwner(db: Queryable, membership: Id, origin: string): Promise<void> {
  const { rows } = await db.query<{ to: string; account: Id; language: string; name: string; school: string }>(
    `select a.email as to, a.id as account, a.language, a.name, s.name as school
     from memberships m join accounts a on a.id = m.account_id join schools s on s.id = m.school_id
     where m.id = $1 and m.state in ('active', 'refused') and a.ended_at is null`,
    [membership],
  );
  const owner = rows[0];
  if (!owner) return;
  const { name, school, ...to } = owner;
  await writeLetter(db, { ...to, kind: "evidenceDeleted", facts: { name, school, link: `${origin}/account` } });
}

/** A file that no row speaks of is the rest of an upload that came to nothing; it is not touched while it may be one. */
const leftOverAfterMs = 3_600_000;

/** Deletes what is decided and what nobody speaks of. Called every now and then, so that nothing is kept by an accident. */
export async function sweepEvidence(parts: EvidenceParts, origin: string, now: number): Promise<void> {
  const { pool, folder } = parts;
  const decided = await pool.query<{ membership: Id }>(
    `select distinct e.membership_id as membership
     from evidence e join memberships m on m.id = e.membership_id join accounts a on a.id = m.account_id
     where e.deleted_at is null and (m.state not in ('asked', 'evidenceWanted') or a.ended_at is not null)`,
  );
  for (const { membership } of decided.rows) await deleteEvidence(parts, membership, origin);
  const names = await readdir(folder).catch(() => []);
  if (names.length === 0) return;
  const { rows } = await pool.query<{ id: Id }>("select id from evidence where deleted_at is null");
  const kept = new Set(rows.map(({ id }) => id));
  for (const name of names.filter((one) => !kept.has(one))) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: now }));
    if (now - mtimeMs > leftOverAfterMs) await rm(path, { force: true });
  }
}

const sweepEveryMs = 60_000;

/** Sweeps every minute until it is stopped. */
export function keepSweepingEvidence(parts: EvidenceParts, origin: string, log: Logger): { stop(): void } {
  const timer = setInterval(() => {
    sweepEvidence(parts, origin, Date.now()).catch((err) => log.error({ err }, "Evidence could not be swept"));
  }, sweepEveryMs);
  return { stop: () => clearInterval(timer) };
}
