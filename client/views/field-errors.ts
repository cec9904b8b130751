/** What is wrong with the fields of a form: by field, the key of a sentence. */
import type { WordKey } from "../words/words.ts";

export type FieldErrors<F extends string = string> = { [N in F]?: WordKey };

/** Where a refusal belongs that names no field of its own. */
const fieldOfRefusal: Readonly<Record<string, string>> = {
  "account.weakPassword": "password",
  "account.exists": "email",
  "booking.inPast": "start",
  "school.numberTaken": "number",
  "school.ownPrincipal": "principalEmail",
  "factor.wrong": "code",
  "factor.used": "code",
  "list.codeTaken": "code",
  "service.exists": "country",
  "service.noAccount": "email",
};

/**
 * Puts a refusal at its fields. `fields` are dotted paths of the request ("floor.turnLimitMs"), whose last part is the
 * form's own name for it. Empty when the refusal is about the whole form.
 */
export function errorsOfRefusal(refusal: { refused: string; fields?: readonly string[] | undefined }): FieldErrors {
  const own = fieldOfRefusal[refusal.refused];
  // The key exists: words/en/refusals.ts has every refusal of the protocol, and a test says so.
  const sentence = `refusal.${refusal.refused}` as WordKey;
  if (own !== undefined) return { [own]: sentence };
  const wrong: WordKey = refusal.refused === "account.wrong" ? "account.wrongCurrent" : "form.wrong";
  return Object.fromEntries((refusal.fields ?? []).map((path) => [path.split(".").at(-1), wrong]));
}
