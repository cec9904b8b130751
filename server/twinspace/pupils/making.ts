/** Making pupils' accounts, many at once, each with a card. */
import { randomInt } from "node:crypto";
import { aliasKey, aliasTells } from "../../../domain/twinspace/alias.ts";
import { pictureNames } from "../../../domain/twinspace/pictures.ts";
import type { Id } from "../../../protocol/ids.ts";
import { pupilsOfSchool } from "../../../protocol/twinspace/pupilLimits.ts";
import type {
  LoginCard,
  LoginCards,
  MakePupils,
  NewPupil,
  ProposeAliases,
  ProposedAliases,
} from "../../../protocol/twinspace/pupils.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { inTransaction } from "../../../storage/pool.ts";
import { type Identified, isRefused, type RefusedFields } from "../../http/route.ts";
import { newId } from "../../ids.ts";
import { keepPupilActs } from "./acts.ts";
import { cardOf, cardsFrom, type PupilParts } from "./cards.ts";
import { sealRosterName } from "./rosterNames.ts";
import { countPupils, takenAliases } from "./rows.ts";
import { hashSecret, newPupilCode, newSecret } from "./secret.ts";
import { ownSchoolFor } from "./sight.ts";

/** Free aliases of a picture and a number each, and which of the given ones are taken. */
export async function proposeAliases(
  { pool, now }: PupilParts,
  who: Identified,
  key: string,
  { count, aliases }: ProposeAliases,
): Promise<ProposedAliases | RefusedFields> {
  const own = await ownSchoolFor(pool, "pupil.make", who, key, now(), { writes: true });
  if (isRefused(own)) return own;
  const numbers = await freeNumbers(pool, own.project.id, count);
  const proposed = numbers.map((number) => ({
    picture: pictureNames[randomInt(pictureNames.length)] ?? "fish",
    number,
  }));
  return { proposed, taken: [...(await takenAliases(pool, own.project.id, aliases))] };
}

/** No other alias in the project ends in it, in whatever language its words are. As few digits as there is room in. */
async function freeNumbers(db: Queryable, project: Id, count: number): Promise<number[]> {
  const { rows } = await db.query<{ number: string | null }>(
    "select substring(alias from '[0-9]{1,6}$') as number from pupils where project_id = $1 and state <> 'purged'",
    [project],
  );
  const used = new Set(rows.map(({ number }) => Number(number ?? 0)));
  let most = 99;
  while (most < 2 * (used.size + count)) most = most * 10 + 9;
  const numbers: number[] = [];
  while (numbers.length < count) {
    const number = randomInt(2, most + 1);
    if (used.has(number)) continue;
    used.add(number);
    numbers.push(number);
  }
  return numbers;
}

/**
 * All of them or none. Refused are aliases that two have, that somebody in the project has already, or that tell a pupil's
 * name; `fields` says which: `pupils.3.alias`.
 */
export async function makePupils(
  parts: PupilParts,
  who: Identified,
  key: string,
  { pupils, secret: wanted }: MakePupils,
  origin: string,
): Promise<LoginCards | RefusedFields> {
  const { pool, secrets, now } = parts;
  // Hashes take their time: everything that can be refused is so before, and looked at again in the transaction.
  const before = await ownSchoolFor(pool, "pupil.make", who, key, now(), { writes: true });
  if (isRefused(before)) return before;
  const no = (await wrongAliases(pool, before.project.id, pupils)) ?? (await tooMany(pool, before, pupils.length));
  if (no) return no;
  const made: (NewPupil & { id: Id; code: string; secret: LoginCard["secret"]; hash: string })[] = [];
  for (const pupil of pupils) {
    const id = newId();
    const code = newPupilCode();
    const secret = newSecret(secrets, code, wanted);
    made.push({ ...pupil, id, code, secret, hash: await hashSecret(secrets, id, secret) });
  }
  return inTransaction(pool, async (db) => {
    const own = await ownSchoolFor(db, "pupil.make", who, key, now(), { writes: true, lock: true });
    if (isRefused(own)) return own;
    const { project, school, by } = own;
    const noMore = (await wrongAliases(db, project.id, pupils)) ?? (await tooMany(db, own, pupils.length));
    if (noMore) return noMore;
    for (const { id, name, alias, picture, year, code, hash } of made) {
      await db.query(
        `insert into pupils (id, project_id, school_id, roster_name, alias, picture, year_group, login_code, secret_kind,
           secret_hash, created_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, to_timestamp($12::float8 / 1000))`,
        [
          ...[id, project.id, school, sealRosterName(secrets, id, name), alias, picture, year, code, wanted.kind],
          ...[hash, by, now()],
        ],
      );
    }
    await keepPupilActs(db, { project: project.id, pupils: made.map(({ id }) => id), by, act: "made" });
    return cardsFrom(
      made.map(({ secret, hash: _hash, year: _year, ...holder }) => cardOf(holder, secret, origin)),
      project,
      origin,
    );
  });
}

async function tooMany(
  db: Queryable,
  { project, school }: { project: { id: Id }; school: Id },
  more: number,
): Promise<RefusedFields | undefined> {
  const there = await countPupils(db, project.id, school);
  return there + more > pupilsOfSchool ? { refused: "pupil.tooMany" } : undefined;
}

async function wrongAliases(
  db: Queryable,
  project: Id,
  pupils: readonly NewPupil[],
): Promise<RefusedFields | undefined> {
  const at = (fits: (pupil: NewPupil, index: number) => boolean) =>
    pupils.flatMap((pupil, index) => (fits(pupil, index) ? [`pupils.${index}.alias`] : []));
  const telling = at(({ alias, name }) => aliasTells(alias, name) === "name");
  if (telling.length > 0) return { refused: "pupil.aliasIsName", fields: telling };
  const keys = pupils.map(({ alias }) => aliasKey(alias));
  const taken = await takenAliases(
    db,
    project,
    pupils.map(({ alias }) => alias),
  );
  const twice = at(({ alias }, index) => taken.has(alias) || keys.indexOf(aliasKey(alias)) !== index);
  return twice.length > 0 ? { refused: "pupil.aliasTaken", fields: twice } : undefined;
}
