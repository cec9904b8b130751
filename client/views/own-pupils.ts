/** Seeking among one's own pupils, and what is wrong with the aliases of new ones; in the browser, where the names are. */
import { aliasKey, aliasTells } from "../../domain/twinspace/alias.ts";
import { longestAlias } from "../../protocol/twinspace/pupilLimits.ts";
import type { NewPupil, OwnPupil } from "../../protocol/twinspace/pupils.ts";
import type { WordKey } from "../words/words.ts";

const plain = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Those in whose name, alias, year or code every word is found. */
export function soughtPupils<P extends Pick<OwnPupil, "name" | "alias" | "year"> & { code?: string }>(
  pupils: readonly P[],
  words: string,
): readonly P[] {
  const wanted = plain(words).split(/\s+/u).filter(Boolean);
  if (wanted.length === 0) return pupils;
  return pupils.filter(({ name, alias, year, code = "" }) => {
    const text = plain([name ?? "", alias, year, code].join(" "));
    return wanted.every((word) => text.includes(word));
  });
}

/** How a teacher knows them: by name, and by alias where the name cannot be read. */
export const calledAt = ({ name, alias }: Pick<OwnPupil, "name" | "alias">): string => name ?? alias;

/** By place in the list. `taken`: aliases that the server said are somebody's already. */
export function aliasErrors(pupils: readonly Pick<NewPupil, "name" | "alias">[], taken: ReadonlySet<string>) {
  const seen = new Map<string, number>();
  for (const { alias } of pupils) seen.set(aliasKey(alias), (seen.get(aliasKey(alias)) ?? 0) + 1);
  const errors = new Map<number, WordKey>();
  for (const [index, { name, alias }] of pupils.entries()) {
    const key = aliasKey(alias);
    if (key === "" || key.length > longestAlias) errors.set(index, "pupils.aliasMissing");
    else if (aliasTells(alias, name) === "name") errors.set(index, "pupils.aliasIsName");
    else if ((seen.get(key) ?? 0) > 1) errors.set(index, "pupils.aliasTwice");
    else if (taken.has(key)) errors.set(index, "pupils.aliasTaken");
  }
  return errors;
}
