/**
 * A report card at a glance: figures of its entries and of what there is in the TwinSpace. Numbers and the names of schools;
 * nothing that anybody wrote but the lines of the plan.
 */
import * as z from "zod";
import { EntryCode } from "../http/lists.ts";
import { At, CountryCode, Id } from "../ids.ts";
import { PlanItem } from "./card.ts";
import { EntryKind, PupilCount } from "./entries.ts";

const count = z.int().min(0);
/** Null: of no school that is in the project. */
const school = Id.nullable();

export const GlanceSchool = z.strictObject({ id: Id, name: z.string(), country: CountryCode, founder: z.boolean() });
export type GlanceSchool = z.infer<typeof GlanceSchool>;

const BySchool = z.strictObject({ school, count });
const ByKind = z.strictObject({ kind: EntryKind, count });

/** A month without entries between two that have some is there, too. */
export const GlanceMonth = z.strictObject({
  /** `2026-11` */
  month: z.string(),
  schools: z.array(BySchool),
  /** Written by meetings themselves. */
  meetings: count,
  kinds: z.array(ByKind),
});
export type GlanceMonth = z.infer<typeof GlanceMonth>;

/** What one school gave. What a support service is not shown is null. */
export const GlanceShare = z.strictObject({
  school,
  /** Written by its teachers; what meetings wrote themselves is nobody's. */
  entries: count,
  spokeMs: count,
  pages: count.nullable(),
  materials: count.nullable(),
  updates: count.nullable(),
});
export type GlanceShare = z.infer<typeof GlanceShare>;

export const Criterion = z.strictObject({
  code: EntryCode,
  /** In English; readers with the list at hand have it in their language. */
  name: z.string(),
  /** Entries that are tagged with it. */
  entries: count,
  /** Those entries, and what they show. */
  pieces: count,
});
export type Criterion = z.infer<typeof Criterion>;

export const Glance = z.strictObject({
  /** The founders first. */
  schools: z.array(GlanceSchool),
  /** Shared ones; to a service those that were shared with it. */
  entries: z.strictObject({
    count,
    /** Of these, by teachers. */
    written: count,
    kinds: z.array(ByKind),
    /** The last three years at most, the newest last. */
    months: z.array(GlanceMonth),
    /** Before those. */
    earlier: count,
  }),
  balance: z.array(GlanceShare),
  meetings: z.strictObject({ count, lengthMs: count, spokeMs: count, turns: count, adults: count, pupils: count }),
  plan: z.array(PlanItem),
  /** Of each school and age the most that one entry says took part. */
  pupils: z.array(PupilCount),
  /** The most pupils and teachers that one entry says took part, over all schools. */
  most: z.strictObject({ pupils: count, teachers: count }),
  criteria: z.strictObject({ rubric: z.string().nullable(), items: z.array(Criterion) }),
  silence: z.strictObject({ days: count, longestDays: count, lastSharedAt: At.nullable() }),
  /** What its teachers look after, in the order of what helps most; to a service nothing. */
  missing: z.array(
    z.discriminatedUnion("what", [
      z.strictObject({ what: z.literal("school"), school: Id }),
      z.strictObject({ what: z.literal("plan"), item: Id }),
      z.strictObject({ what: z.literal("criterion"), code: EntryCode }),
      z.strictObject({ what: z.enum(["entries", "plans", "evidence", "pupils"]) }),
    ]),
  ),
});
export type Glance = z.infer<typeof Glance>;
export type Missing = Glance["missing"][number];
