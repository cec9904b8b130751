/** A report card as a whole: its state, its plan, what is offered to be written. */
import * as z from "zod";
import { Day } from "../http/projects.ts";
import { At, CountryCode, Id } from "../ids.ts";
import { Comment } from "./comments.ts";
import { EntryView } from "./entries.ts";

/** domain/reports/card.ts says which it is. */
export const CardState = z.enum([
  "open",
  "interimDue",
  "interimSent",
  "interimRead",
  "finalDue",
  "finalSent",
  "finalRead",
  "closed",
]);
export type CardState = z.infer<typeof CardState>;

export const Card = z.strictObject({
  state: CardState,
  openedAt: At,
  interimDue: Day.nullable(),
  finalDue: Day.nullable(),
  /** Since the last entry was shared, or since it was opened. */
  silentDays: z.int().min(0),
  lastSharedAt: At.nullable(),
  entries: z.int(),
  drafts: z.int(),
  /** The most pupils that one entry says took part. */
  pupils: z.int(),
  /** The question to a service that waits longest. */
  questionSince: At.nullable(),
  /** What its public version is; a part of the page says more. */
  isPublic: z.boolean(),
});
export type Card = z.infer<typeof Card>;

/* The plan */

export const PlanKind = z.enum(["aim", "result"]);
export const PlanCounted = z.enum(["entries", "meetings", "pages", "materials"]);
export type PlanCounted = z.infer<typeof PlanCounted>;
const words = z
  .string()
  .max(200)
  .overwrite((text) =>
    text
      .replace(/[\p{Cc}\p{Cs}]/gu, " ")
      .replace(/\s+/g, " ")
      .trim(),
  )
  .min(1);
export const PlanItem = z.strictObject({
  id: Id,
  kind: PlanKind,
  words: z.string(),
  /** How many are meant; null where it is not a thing to count. */
  target: z.int().nullable(),
  counted: PlanCounted,
  /** How many there are by now: the amounts of shared entries, or meetings held, pages shown, materials there. */
  actual: z.int(),
  /** How many shared entries name it. */
  entries: z.int(),
});
export type PlanItem = z.infer<typeof PlanItem>;
export const mostPlanItems = 40;
/** The whole plan, in its order; those with an id are kept, others are new, those that are missing are taken away. */
export const WritePlan = z.strictObject({
  items: z
    .array(
      z.strictObject({
        id: Id.optional(),
        kind: PlanKind,
        words,
        target: z.int().min(1).max(1_000).nullable(),
        counted: PlanCounted,
      }),
    )
    .max(mostPlanItems),
  /** What its author had before their eyes: the ids in their order. */
  base: z.array(Id).max(mostPlanItems),
});
export type WritePlan = z.infer<typeof WritePlan>;
export const Plan = z.strictObject({
  items: z.array(PlanItem),
  /** Proposed from the registered form's aims and results while there is no plan yet. */
  proposed: z.array(PlanItem.pick({ kind: true, words: true, target: true, counted: true })),
});
export type Plan = z.infer<typeof Plan>;

/* The card as its teachers find it: GET /api/spaces/:project/report */

/** A date of the calendar that has passed and has no entry, or a meeting's entry to which nobody has added what was learned. */
export const Offer = z.discriminatedUnion("of", [
  z.strictObject({ of: z.literal("calendar"), item: Id, title: z.string(), day: z.string() }),
  z.strictObject({ of: z.literal("meeting"), entry: Id, title: z.string(), day: z.string() }),
]);
export type Offer = z.infer<typeof Offer>;

export const CardView = z.strictObject({
  card: Card,
  plan: Plan,
  offers: z.array(Offer),
  /** About the card as a whole, and the newest about entries; newest first, at most 20. */
  comments: z.array(Comment),
  /** Of each service that reads it; `country` null: the central one, for countries without a service of their own. */
  services: z.array(z.strictObject({ country: CountryCode, name: z.string(), own: z.boolean() })),
  /** May write entries and change the plan. */
  mayWrite: z.boolean(),
});
export type CardView = z.infer<typeof CardView>;

/** The same for a support service: GET /api/desk/reports/:project. Only what was shared with it. */
export const OneEntry = z.strictObject({ entry: EntryView });
export type OneEntry = z.infer<typeof OneEntry>;
