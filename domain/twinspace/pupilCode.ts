/** The code on a pupil's login card: eight signs, the last of which checks the others. By itself it is no secret. */
import { checkedCode, codeSigns, readCheckedCode } from "../checkedCode.ts";

const length = 8;
const groupLength = 4;

/** How many random numbers a code is made of, each below `pupilCodeSigns`. */
export const pupilCodeChances = length - 1;
export const pupilCodeSigns = codeSigns.length;

export const pupilCodeOf = (chances: readonly number[]): string => checkedCode(chances);

/** The code a child typed, however they wrote it; null when a sign of it must be wrong. */
export const readPupilCode = (typed: string): string | null => readCheckedCode(typed, length);

/** In groups, as it stands on the card. */
export const writePupilCode = (code: string): string => `${code.slice(0, groupLength)}-${code.slice(groupLength)}`;
