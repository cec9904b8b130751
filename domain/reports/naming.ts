/** Whether a text names somebody of whom there must be no name in it, pure: by whole words, however they are written. */

/** Somebody's name in full; `byParts`: a first or last name alone, written as a name is, names them too. */
export interface SoughtName {
  readonly name: string;
  readonly byParts: boolean;
}

const wordsOf = (text: string): string[] => text.normalize("NFC").match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
const joined = (words: readonly string[]): string => ` ${words.join(" ")} `;

/** A part of so few letters is a word of some language. */
const leastOfPart = 3;

/**
 * @param known names that may stand there, such as those of the teachers and schools: their parts alone name no pupil
 */
export function namesSomebody(text: string, sought: readonly SoughtName[], known: readonly string[]): boolean {
  const words = wordsOf(text);
  if (words.length === 0) return false;
  const plain = joined(words).toLowerCase();
  const written = new Set(words);
  const common = new Set(known.flatMap(wordsOf));
  return sought.some(({ name, byParts }) => {
    const parts = wordsOf(name);
    if (parts.length === 0) return false;
    if (plain.includes(joined(parts).toLowerCase())) return true;
    return byParts && parts.some((part) => isTelling(part) && written.has(part) && !common.has(part));
  });
}

/** Where a language has large letters, a name begins with one. */
const isTelling = (part: string): boolean => [...part].length >= leastOfPart && !/^[\p{Ll}\p{N}]/u.test(part);
