/**
 * Codes that people read, write and say: of signs that are told from each other in every handwriting, and make no words, as
 * they have no vowels. The last sign checks the others: one wrong sign, or two that changed places, are always noticed.
 */

/** As many as a prime number, so that every single mistake shows in the sum. */
export const codeSigns = "23456789CDFHJKMNPQRTWXY";

const sumOf = (values: readonly number[]): number => values.reduce((sum, value, index) => sum + value * (index + 1), 0);

/** @param chances numbers from 0 to `codeSigns.length - 1`, fewer than that; the code has one sign more */
export function checkedCode(chances: readonly number[]): string {
  const last = codeSigns.split("").findIndex((_, value) => sumOf([...chances, value]) % codeSigns.length === 0);
  return [...chances, last].map((value) => codeSigns[value] ?? "").join("");
}

/** What people read in its place. Nothing else of a code looks like these. */
const misread: Readonly<Record<string, string>> = { S: "5", Z: "2", B: "8", G: "6" };

/** The code somebody typed, without spaces, dashes and capitals of their own; null when it is none of this length. */
export function readCheckedCode(typed: string, length: number): string | null {
  const signs = [...typed.normalize("NFKC").toUpperCase()]
    .filter((sign) => !/[\s\p{Pd}_.]/u.test(sign))
    .map((sign) => misread[sign] ?? sign);
  const values = signs.map((sign) => codeSigns.indexOf(sign));
  if (values.length !== length || values.includes(-1)) return null;
  return sumOf(values) % codeSigns.length === 0 ? signs.join("") : null;
}
