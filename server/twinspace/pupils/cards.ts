/** Login cards: what is on them, and new ones for those there are. */
import { encode } from "uqr";
import { writePupilCode } from "../../../domain/twinspace/pupilCode.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { Refused } from "../../../protocol/refusals.ts";
import type { LoginCard, LoginCards, RenewCards } from "../../../protocol/twinspace/pupils.ts";
import { inTransaction, type Pool } from "../../../storage/pool.ts";
import type { Secrets } from "../../../storage/secrets.ts";
import { type Identified, isRefused } from "../../http/route.ts";
import { keepPupilActs } from "./acts.ts";
import { openRosterName } from "./rosterNames.ts";
import { hashSecret, newSecret } from "./secret.ts";
import { ownSchoolFor } from "./sight.ts";

export interface PupilParts {
  readonly pool: Pool;
  readonly secrets: Secrets;
  readonly now: () => number;
}

/** Whom a card is for. */
interface Holder {
  readonly id: Id;
  readonly name: string | null;
  readonly alias: string;
  readonly picture: string;
  readonly code: string;
}

export function cardOf({ code, ...holder }: Holder, secret: LoginCard["secret"], origin: string): LoginCard {
  const link = `${origin}/pupil#${code}`;
  const { data } = encode(link, { ecc: "M", border: 0 });
  const qr = data.map((row) => row.map((dark) => (dark ? "1" : "0")).join(""));
  return { ...holder, code: writePupilCode(code), secret, link, qr };
}

export const cardsFrom = (cards: LoginCard[], project: { title: string }, origin: string): LoginCards => ({
  cards,
  project: project.title,
  address: `${origin.replace(/^https?:\/\//, "")}/pupil`,
});

type Found = Omit<Holder, "name"> & { sealed: Buffer | null };

/**
 * New secrets for these pupils of one's own school, whose old cards hold no longer: who signed in by them is signed out, and
 * what had been guessed at is forgotten. Ended ones keep what they have.
 */
export async function renewCards(
  { pool, secrets, now }: PupilParts,
  who: Identified,
  key: string,
  { pupils, secret: wanted }: RenewCards,
  origin: string,
): Promise<LoginCards | Refused> {
  const own = await ownSchoolFor(pool, "pupil.make", who, key, now(), { writes: true });
  if (isRefused(own)) return own;
  const { project, school, by } = own;
  const { rows } = await pool.query<Found>(
    `select id, roster_name as sealed, alias, picture, login_code as code from pupils
     where project_id = $1 and school_id = $2 and id = any($3) and state in ('active', 'locked')
     order by array_position($3, id)`,
    [project.id, school, pupils],
  );
  if (rows.length < new Set(pupils).size) return { refused: "pupil.unknown" };
  const made: { card: LoginCard; hash: string }[] = [];
  for (const { sealed, ...pupil } of rows) {
    const secret = newSecret(secrets, pupil.code, wanted);
    const holder = { ...pupil, name: openRosterName(secrets, pupil.id, sealed) };
    made.push({ card: cardOf(holder, secret, origin), hash: await hashSecret(secrets, pupil.id, secret) });
  }
  await inTransaction(pool, async (db) => {
    const ids = made.map(({ card }) => card.id);
    await db.query(
      `update pupils u set secret_hash = w.hash, secret_kind = $3
       from unnest($1::text[], $2::text[]) as w (id, hash) where u.id = w.id and u.state in ('active', 'locked')`,
      [ids, made.map(({ hash }) => hash), wanted.kind],
    );
    await db.query("delete from sessions where pupil_id = any($1)", [ids]);
    await db.query("delete from pupil_tries where code = any($1)", [rows.map(({ code }) => code)]);
    await keepPupilActs(db, { project: project.id, pupils: ids, by, act: "newCard" });
  });
  return cardsFrom(
    made.map(({ card }) => card),
    project,
    origin,
  );
}
