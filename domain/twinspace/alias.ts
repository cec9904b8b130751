/** What an alias must not tell: everybody in the project reads it, and the name only the pupil's own school. */

const wordsOf = (text: string): string[] =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");

/**
 * `name`: the alias says the first name and a whole other name of theirs, or their only name, which is refused; `part`: it
 * has a word of the name in it, such as "Ana" or "Ana S.", of which a teacher is warned.
 */
export function aliasTells(alias: string, name: string): "name" | "part" | null {
  const own = wordsOf(name);
  const said = new Set(wordsOf(alias));
  const joined = wordsOf(alias).join("");
  const told = own.filter((word) => word.length > 1 && said.has(word));
  if (told.length > 1) return "name";
  // "anasilva" says it as well as "Ana Silva".
  const long = own.filter((word) => word.length > 2 && joined.includes(word));
  if (own.length > 1 && long.length > 1 && joined.length <= own.join("").length + 2) return "name";
  return told.length > 0 || long.some((word) => word.length > 3) ? "part" : null;
}

/** How aliases are compared: no two in a project may be told apart by capitals alone. As Postgres' lower() does it. */
export const aliasKey = (alias: string): string => alias.trim().toLowerCase();
