/**
 * Every word a person reads or hears goes through here. `t("floor.youAre", { place: 2 })` is typed: an unknown key or a
 * missing parameter does not compile. English is the source of the keys; a language is another file with the same keys.
 */
import { en } from "./en/index.ts";
import type { Entry, Form, NamesOf } from "./entry.ts";

export type Words = typeof en;
export type WordKey = keyof Words;
type Filled<K extends WordKey> = { readonly [N in NamesOf<Words[K]>]: string | number };
type Rest<K extends WordKey> = [NamesOf<Words[K]>] extends [never] ? [] : [params: Filled<K>];

/** A language: its words under English's keys, and the tag Intl formats by. */
export interface Language {
  readonly tag: string;
  readonly words: { readonly [K in WordKey]: Entry };
}

/** The reader's own kind of English if they have one (dates differ), else the one most of Europe learns. */
function englishTag(): string {
  const wanted = typeof navigator === "undefined" ? [] : navigator.languages;
  return wanted.find((tag) => tag === "en" || tag.startsWith("en-")) ?? "en-GB";
}

let language: Language = { tag: englishTag(), words: en };

/** Speaks another language from now on. Call before anything is drawn. */
export function speak(next: Language): void {
  language = next;
}

/** The tag dates and numbers are formatted by. */
export const languageTag = (): string => language.tag;

/** The sentence for `key`, filled in. Numbers are written the language's way. */
export function t<K extends WordKey>(key: K, ...[params]: Rest<K>): string {
  return fill(language.words[key], params ?? {}, language.tag);
}

/** As `t`, for keys made at run time: what is missing in `params` stays visible as `{name}`. */
export function say(key: WordKey, params: Readonly<Record<string, string | number>>): string {
  return fill(language.words[key], params, language.tag);
}

/** True when there is such a sentence: for keys made at run time (`refusal.${code}`). */
export const isWordKey = (key: string): key is WordKey => Object.hasOwn(language.words, key);

/** Fills an entry. A name without a value stays visible as `{name}`. */
export function fill(entry: Entry, params: Readonly<Record<string, string | number>>, tag: string): string {
  return formOf(entry, params, tag).replace(/\{(\w+)\}(\.?)/g, (whole, name: string, stop: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    if (typeof value === "number") return new Intl.NumberFormat(tag).format(value) + stop;
    // "Aino K." ends a sentence by itself.
    return value.endsWith(".") ? value : value + stop;
  });
}

function formOf(entry: Entry, params: Readonly<Record<string, string | number>>, tag: string): string {
  if (typeof entry === "string") return entry;
  const form: Form = new Intl.PluralRules(tag, { type: entry.rule }).select(Number(params[entry.by] ?? 0));
  return entry.forms[form] ?? entry.forms.other;
}
