/**
 * How a pupil signs in: by the code on their card, then by pictures or a word. Of a code that nobody has the same is asked
 * and the same is said, after the same time, so that codes cannot be found out.
 */
import { readPupilCode } from "../../../domain/twinspace/pupilCode.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { BeginPupilSignIn, PupilSecond, PupilSignedIn, PupilSignIn } from "../../../protocol/twinspace/pupils.ts";
import { inTransaction, type Queryable } from "../../../storage/pool.ts";
import { beginPlaceSession } from "../../accounts/sessions.ts";
import type { Context, RefusedFields } from "../../http/route.ts";
import type { PupilParts } from "./cards.ts";
import { deviceOf, keepDevice } from "./device.ts";
import { fitsSecret, secondOf, secondOfNobody } from "./secret.ts";
import { beginTry, forgiveTry, isKnownHere, knowHere, takeBackTry } from "./tries.ts";

interface Found {
  readonly id: Id;
  readonly hash: string | null;
  readonly kind: PupilSecond["kind"];
  readonly state: "active" | "locked" | "ended" | "purged";
  readonly projectState: string;
  readonly slug: string;
}

async function findByCode(db: Queryable, code: string): Promise<Found | undefined> {
  const { rows } = await db.query<Found>(
    `select u.id, u.secret_hash as hash, u.secret_kind as kind, u.state, p.state as "projectState", p.slug
     from pupils u join projects p on p.id = u.project_id where u.login_code = $1`,
    [code],
  );
  return rows[0];
}

/** What to show for this code. A code that cannot be one at all is said to be mistyped: its last sign checks the others. */
export async function beginPupilSignIn(
  { pool, secrets }: PupilParts,
  { code: typed }: BeginPupilSignIn,
): Promise<PupilSecond | RefusedFields> {
  const code = readPupilCode(typed);
  if (code === null) return { refused: "pupil.codeMistyped", fields: ["code"] };
  const nobodys = secondOfNobody(secrets, code);
  const kind = (await findByCode(pool, code))?.kind ?? nobodys.kind;
  return secondOf(secrets, code, kind);
}

export async function signPupilIn(
  parts: PupilParts,
  { cookies, network: address }: Pick<Context, "cookies" | "network">,
  { code: typed, secret }: PupilSignIn,
): Promise<PupilSignedIn | RefusedFields> {
  const { pool, secrets } = parts;
  const now = parts.now();
  const code = readPupilCode(typed);
  if (code === null) return { refused: "pupil.codeMistyped", fields: ["code"] };
  const network = secrets.digest(address, "pupilNetwork");
  const device = deviceOf(secrets, cookies, now);
  const found = await findByCode(pool, code);
  const knows = await isKnownHere(pool, code, network, now);
  const begun = await beginTry(pool, code, { network, device }, knows, now);
  if ("refused" in begun) {
    const { refused, waitMs } = begun;
    return refused === "pupil.wait" ? { refused, current: { waitMs } } : { refused };
  }
  const fits = await fitsSecret(secrets, found ?? null, secret).catch(async (fault: unknown) => {
    await takeBackTry(pool, code, begun.counted);
    throw fault;
  });
  if (!found || !fits) return { refused: "pupil.wrong" };
  await forgiveTry(pool, code, begun.counted);
  const no = whyNot(found);
  if (no) return no;
  // Looked at again: a card that was renewed meanwhile, or a pupil who was locked, is not let in by what held before.
  const isIn = await inTransaction(pool, async (db) => {
    const { rowCount } = await db.query(
      `update pupils u set seen_at = to_timestamp($3::float8 / 1000) from projects p
       where u.id = $1 and p.id = u.project_id and u.secret_hash = $2 and u.state = 'active' and p.state = 'active'`,
      [found.id, found.hash, now],
    );
    if (!rowCount) return false;
    await knowHere(db, found.id, network, now);
    await beginPlaceSession(db, { pupil: found.id }, cookies);
    return true;
  });
  if (!isIn) return { refused: "pupil.wrong" };
  keepDevice(secrets, cookies, now);
  return { project: found.slug };
}

/** Said only to who has shown the right secret. */
function whyNot({ state, projectState }: Found): RefusedFields | undefined {
  if (projectState === "suspended") return { refused: "space.suspended" };
  if (state === "ended" || state === "purged" || projectState !== "active") return { refused: "pupil.ended" };
  return state === "locked" ? { refused: "pupil.lockedByTeacher" } : undefined;
}
