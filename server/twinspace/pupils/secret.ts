/**
 * What a pupil signs in by: three pictures in their order, or an easy word with a number. Only a hash is kept, of the secret
 * under the server's key: who has a copy of the database alone cannot try the few secrets there are.
 */
import { randomInt } from "node:crypto";
import { firstNumber, lastNumber, plainWord, wordsOf } from "../../../domain/twinspace/easyWords.ts";
import { gridOf, gridSize, type PictureName, picturesInSecret } from "../../../domain/twinspace/pictures.ts";
import { pupilCodeChances, pupilCodeOf, pupilCodeSigns } from "../../../domain/twinspace/pupilCode.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { LoginCard, PupilSecond, PupilSignIn, WantedSecret } from "../../../protocol/twinspace/pupils.ts";
import type { Secrets } from "../../../storage/secrets.ts";
import { fitsPassword, hashPassword } from "../../accounts/passwords.ts";

type Secret = LoginCard["secret"];

export const newPupilCode = (): string =>
  pupilCodeOf(Array.from({ length: pupilCodeChances }, () => randomInt(pupilCodeSigns)));

/** The pictures that are shown for this code, whether there is such a pupil or not. */
export function gridFor(secrets: Secrets, code: string): PictureName[] {
  const digest = secrets.digest(code, "pupilGrid");
  return gridOf(Array.from({ length: gridSize }, (_, index) => digest.readUInt16BE(2 * index)));
}

/** What would be asked for if there were such a pupil: most have pictures. */
export function secondOfNobody(secrets: Secrets, code: string): PupilSecond {
  const isPictures = (secrets.digest(code, "pupilKind")[0] ?? 0) < 192;
  return secondOf(secrets, code, isPictures ? "pictures" : "word");
}

export function secondOf(secrets: Secrets, code: string, kind: PupilSecond["kind"]): PupilSecond {
  // Made for both kinds, so that both take the same time.
  const pictures = gridFor(secrets, code);
  return { kind, pictures: kind === "pictures" ? pictures : [] };
}

export function newSecret(secrets: Secrets, code: string, wanted: WantedSecret): Secret {
  if (wanted.kind === "word") {
    const words = wordsOf(wanted.language);
    const word = words[randomInt(words.length)] ?? "sun";
    return { kind: "word", word: `${word} ${randomInt(firstNumber, lastNumber + 1)}` };
  }
  const left = gridFor(secrets, code);
  const pictures = Array.from({ length: picturesInSecret }, () => left.splice(randomInt(left.length), 1)).flat();
  return { kind: "pictures", pictures };
}

/** Pictures are compared by their order; a word without capitals, marks and spaces. */
const plain = (secret: PupilSignIn["secret"]): string =>
  typeof secret === "string" ? `word ${plainWord(secret)}` : `pictures ${secret.join(" ")}`;

const underKey = (secrets: Secrets, pupil: Id, secret: PupilSignIn["secret"]): string =>
  secrets.digest(plain(secret), `pupil:${pupil}`).toString("base64url");

export const hashSecret = (secrets: Secrets, pupil: Id, secret: Secret): Promise<string> =>
  hashPassword(underKey(secrets, pupil, secret.kind === "word" ? secret.word : secret.pictures));

/** For nobody (null) as much time passes as for somebody. */
export const fitsSecret = (
  secrets: Secrets,
  pupil: { id: Id; hash: string | null } | null,
  secret: PupilSignIn["secret"],
): Promise<boolean> => fitsPassword(pupil?.hash ?? null, underKey(secrets, pupil?.id ?? "nobody", secret));
