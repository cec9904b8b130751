/** The code of a label: ten signs, the last of which checks the others. */
import { checkedCode, codeSigns, readCheckedCode } from "../checkedCode.ts";

export const labelSigns = codeSigns;
const length = 10;
const groupLength = 5;

/** How many random numbers a code is made of, each below `labelSigns.length`. */
export const labelChances = length - 1;

/** @param chances `labelChances` numbers, each from 0 to `labelSigns.length - 1` */
export const labelCodeOf = (chances: readonly number[]): string => checkedCode(chances);

/** The code somebody typed, without spaces, dashes and capitals of their own; null when it is none. */
export const readLabelCode = (typed: string): string | null => readCheckedCode(typed, length);

/** In groups, as it is printed and read aloud. */
export const writeLabelCode = (code: string): string => `${code.slice(0, groupLength)}-${code.slice(groupLength)}`;
