/** What the words of a letter are made of, in every language. */

/** What a fact is. `text`: a line or lines that somebody wrote; `link`: an absolute address; `number`: counted. */
export type FactShape = "text" | "link" | "number";
export type FactShapes = Readonly<Record<string, FactShape>>;
export type FactsOf<S extends FactShapes> = { readonly [N in keyof S]: S[N] extends "text" | "link" ? string : number };

/** A paragraph of ours, or what somebody else wrote, set apart from it. */
export type Paragraph = string | { readonly quote: string };

export interface LetterWords<F> {
  subject(facts: F): string;
  /** After the greeting; what is empty is left out. */
  paragraphs(facts: F): readonly Paragraph[];
  /** On the button that opens the fact `link`. */
  readonly button?: string;
}

export interface LetterEntry<S extends FactShapes> extends LetterWords<FactsOf<S>> {
  readonly facts: S;
}

/**
 * One kind of letter: the facts it needs, and its words. Where there is a fact `name` the letter greets by it. Nothing
 * in a letter may name a pupil: mail goes through many hands.
 */
export function letter<const S extends FactShapes>(facts: S, words: LetterWords<FactsOf<S>>): LetterEntry<S> {
  return { facts, ...words };
}

/** What every letter of one language has. */
export interface Stationery {
  /** BCP 47; what dates and numbers are formatted by. */
  readonly tag: string;
  readonly dir: "ltr" | "rtl";
  /** `name` may be empty. */
  greeting(name: string): string;
  /** Above the address that the button opens, for whoever sees no button. */
  readonly linkHint: string;
  /** `origin`: the server's own address, may be empty. */
  footer(origin: string): string;
}

/** "Portugal" for "PT" in the language `tag`; the code itself when it is not known. */
export const countryIn = (tag: string) => (code: string) => {
  try {
    return new Intl.DisplayNames(tag, { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
};
