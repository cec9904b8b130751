/** Reference lists over http: what forms offer to choose from. Their entries are data that the central service edits. */
import * as z from "zod";
import { CountryCode, LanguageTag } from "../ids.ts";

export const listNames = [
  "country",
  "region",
  "language",
  "subject",
  "vocationalSubject",
  "competence",
  "tool",
  "schoolType",
  "staffRole",
  "rubric",
  "criterion",
] as const;
export const ListName = z.enum(listNames);
export type ListName = z.infer<typeof ListName>;

export const EntryCode = z.string().regex(/^[A-Za-z0-9._-]{1,60}$/);

/** By language; English is always there. */
export const Labels = z.record(LanguageTag, z.string().trim().min(1).max(200)).refine((labels) => "en" in labels);
export type Labels = z.infer<typeof Labels>;

/**
 * `facts` is what only this list's entries have: a country's `group`, a region's `country`, a criterion's `rubric`,
 * `leastPoints` and `descriptors` (by language, one for each of 0 to 5).
 */
export const ListEntry = z.strictObject({
  code: EntryCode,
  labels: z.record(z.string(), z.string()),
  facts: z.record(z.string(), z.unknown()),
});
export type ListEntry = z.infer<typeof ListEntry>;

/** What is valid today, in the list's own order; what has none is ordered by whoever shows it. */
export const ListEntries = z.strictObject({ entries: z.array(ListEntry) });
export type ListEntries = z.infer<typeof ListEntries>;

export const OneList = z.strictObject({ list: ListName });
/** Only what belongs to this country, or to none in particular. */
export const OfCountry = z.strictObject({ country: CountryCode.optional() });
