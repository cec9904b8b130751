/** Reference lists over http: what forms offer to choose from. Their entries are data that the central service edits. */
import * as z from "zod";
import { CountryCode, LanguageTag } from "../ids.ts";
import { Cursor, PageOfList } from "./paging.ts";

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

/* The central service edits them */

const Day = z.iso.date();
const Descriptors = z.record(LanguageTag, z.array(z.string().trim().min(1).max(200)).length(6));

/** What else an entry of each list says. */
const factsOfList = {
  country: z.strictObject({ group: z.enum(["member", "plus", "guest"]) }),
  region: z.strictObject({ country: CountryCode }),
  vocationalSubject: z.strictObject({ broad: z.string().regex(/^\d{2}$/) }),
  rubric: z.strictObject({ steps: z.literal(5) }),
  criterion: z.strictObject({
    ...{ rubric: EntryCode, leastPoints: z.int().min(0).max(5), descriptors: Descriptors },
    /** What applicants are asked, by language. */
    asks: z.record(LanguageTag, z.string().trim().min(1).max(300)).optional(),
  }),
} as const;
const noFacts = z.strictObject({});

/** The facts of an entry of this list, or undefined where they do not fit. */
export function readFacts(list: ListName, facts: unknown): Record<string, unknown> | undefined {
  const schemas: Readonly<Partial<Record<ListName, z.ZodType<Record<string, unknown>>>>> = factsOfList;
  return (schemas[list] ?? noFacts).safeParse(facts).data;
}

/** An entry as it is edited: also one that is not valid yet, or has ended. Days are `2026-11-23`. */
export const EditedEntry = z.strictObject({
  ...ListEntry.shape,
  sort: z.int(),
  validFrom: z.string().nullable(),
  /** The first day on which it is not valid any more. */
  validUntil: z.string().nullable(),
});
export type EditedEntry = z.infer<typeof EditedEntry>;

export const EditedEntries = z.strictObject({
  entries: z.array(EditedEntry),
  /** Null when there are no more. */
  next: Cursor.nullable(),
});
export type EditedEntries = z.infer<typeof EditedEntries>;

const ending = ({ validFrom, validUntil }: { validFrom?: string | null; validUntil?: string | null }) =>
  !validFrom || !validUntil || validFrom < validUntil;

export const AddEntry = z.strictObject({
  code: EntryCode,
  labels: Labels,
  sort: z.int().min(0).max(100_000).default(0),
  validFrom: Day.nullable().default(null),
  facts: z.record(z.string(), z.unknown()).default({}),
});
export type AddEntry = z.input<typeof AddEntry>;

/** Its code stays: others refer to it. */
export const ChangeEntry = z
  .strictObject({
    labels: Labels,
    sort: z.int().min(0).max(100_000),
    validFrom: Day.nullable(),
    validUntil: Day.nullable(),
    facts: z.record(z.string(), z.unknown()),
  })
  .refine(ending, { path: ["validUntil"] });
export type ChangeEntry = z.infer<typeof ChangeEntry>;
export const OneEntry = z.strictObject({ list: ListName, code: EntryCode });
/** `words`: in the code or a label. */
export const EntriesPage = PageOfList;
