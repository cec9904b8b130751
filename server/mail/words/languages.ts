/** The languages that letters are written in. A language may lack a kind: that letter is then in English. */
import * as en from "./en.ts";
import type { FactsOf, LetterWords, Stationery } from "./entry.ts";
import * as fi from "./fi.ts";
import * as pt from "./pt.ts";

export type Translations = { readonly [K in en.LetterKind]?: LetterWords<FactsOf<(typeof en.letters)[K]["facts"]>> };

export interface Language {
  readonly stationery: Stationery;
  readonly letters: Translations;
}

const english: Language = en;
export const languages: readonly Language[] = [english, fi, pt];

/** The language to write this kind in for who reads `tag`: "pt-BR" is served by "pt". */
export function languageFor(tag: string, kind: en.LetterKind): Language {
  const [base = ""] = tag.toLowerCase().split("-");
  const asked = languages.find(({ stationery }) => stationery.tag === base);
  return asked?.letters[kind] ? asked : english;
}
