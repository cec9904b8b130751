/**
 * The shape of a sentence: plain text with `{name}` for what is filled in, or one text per plural form.
 * `cardinal` counts ("1 person", "2 people"), `ordinal` orders ("1st", "2nd"); the forms are those of Intl.PluralRules.
 */
export type Form = "zero" | "one" | "two" | "few" | "many" | "other";
export type Forms = { readonly [F in Form]?: string } & { readonly other: string };

export interface Counted<By extends string = string, F extends Forms = Forms> {
  readonly by: By;
  readonly rule: "cardinal" | "ordinal";
  readonly forms: F;
}

export type Entry = string | Counted;

/** A sentence that changes with the number in `{by}`. */
export function counted<const By extends string, const F extends Forms>(by: By, forms: F): Counted<By, F> {
  return { by, rule: "cardinal", forms };
}

/** A sentence that changes with the place in `{by}`: 1st, 2nd, 3rd. */
export function ordered<const By extends string, const F extends Forms>(by: By, forms: F): Counted<By, F> {
  return { by, rule: "ordinal", forms };
}

/** The names between braces in a text, as a type. */
export type NamesIn<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/** The names an entry needs filled in. */
export type NamesOf<E> = E extends string
  ? NamesIn<E>
  : E extends Counted<infer By, infer F>
    ? By | NamesIn<Extract<F[keyof F], string>>
    : never;
