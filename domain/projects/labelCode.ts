/**
 * The code of a label: ten signs that are told from each other in every handwriting, and make no words, as they have no
 * vowels. The last one checks the others: one wrong sign, or two that changed places, are always noticed.
 */

/** As many as a prime number, so that every single mistake shows in the sum. */
export const labelSigns = "23456789CDFHJKMNPQRTWXY";
const length = 10;
const groupLength = 5;

/** How many random numbers a code is made of, each below `labelSigns.length`. */
export const labelChances = length - 1;

/** @param chances `labelChances` numbers, each from 0 to `labelSigns.length - 1` */
export function labelCodeOf(chances: readonly number[]): string {
  const sum = chances.reduce((so, value, index) => so + value * (index + 1), 0);
  // The last sign counts ten times; 7 is what 10 is divided by in this arithmetic (10 * 7 = 70 = 3 * 23 + 1).
  const last = (((-sum * 7) % labelSigns.length) + labelSigns.length) % labelSigns.length;
  return [...chances, last].map((value) => labelSigns[value] ?? "").join("");
}

/** What people read in its place. Nothing else of a code looks like these. */
const misread: Readonly<Record<string, string>> = { S: "5", Z: "2", B: "8", G: "6" };

/** The code somebody typed, without spaces, dashes and capitals of their own; null when it is none. */
export function readLabelCode(typed: string): string | null {
  const signs = [...typed.normalize("NFKC").toUpperCase()]
    .filter((sign) => !/[\s\p{Pd}_.]/u.test(sign))
    .map((sign) => misread[sign] ?? sign);
  const values = signs.map((sign) => labelSigns.indexOf(sign));
  if (values.length !== length || values.includes(-1)) return null;
  const sum = values.reduce((so, value, index) => so + value * (index + 1), 0);
  return sum % labelSigns.length === 0 ? signs.join("") : null;
}

/** In groups, as it is printed and read aloud. */
export const writeLabelCode = (code: string): string => `${code.slice(0, groupLength)}-${code.slice(groupLength)}`;
