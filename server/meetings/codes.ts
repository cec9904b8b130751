/** Codes that can be read aloud and not guessed, and the keys of links. */
import { randomBytes, randomInt } from "node:crypto";

/** Told apart by ear and by eye in most languages: no c, q, w, x, y. */
const consonants = "bdfghjklmnprstvz";
const vowels = "aeiou";
const groups = 4;

/** Groups that mean something a teacher would not read to a class. */
const unfit = new Set(
  `nazi puta puto kaka caca pipi popo fika fuka fuku tita teta tate pene peni vagi dodo homo hure huri nega nigo niga
  niga kike kaki bita gilo kuso manko bobo baka kulo kuli kona kono foda rabo mona zizi nude sido peda pedo lula siki`.split(
    /\s+/,
  ),
);

const oneOf = (letters: string) => letters.charAt(randomInt(letters.length));
const syllable = () => oneOf(consonants) + oneOf(vowels);

function group(): string {
  const letters = syllable() + syllable();
  return unfit.has(letters) ? group() : letters;
}

/** Four groups of two syllables, such as `bamo-kuti-refa-nizu`: 50 bits. Whoever tries one a second needs 20 million years. */
export const newCode = (): string => Array.from({ length: groups }, group).join("-");

/** A code as somebody typed it: case, spaces and dashes do not matter where it is one of ours. */
export function tidyCode(typed: string): string {
  const text = typed.trim().toLowerCase();
  const letters = text.replace(/[\s-]+/g, "");
  const isOurs = /^(?:[bdfghjklmnprstvz][aeiou]){8}$/.test(letters);
  return isOurs ? letters.replace(/(.{4})(?=.)/g, "$1-") : text.replace(/\s+/g, "-");
}

/** The key of a link: 128 bits. */
export const newLinkKey = (): string => randomBytes(16).toString("base64url");
