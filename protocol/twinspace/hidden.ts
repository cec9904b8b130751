/** What was hidden: a sentence stands in its place. */
import * as z from "zod";
import { Id, writtenText } from "../ids.ts";

/** Everything in a TwinSpace that can be hidden, or that a concern can be about. */
export const ThingKind = z.enum(["page", "material", "update", "discussion", "thread", "post", "message", "bulletin"]);
export type ThingKind = z.infer<typeof ThingKind>;
export const Thing = z.strictObject({ kind: ThingKind, id: Id });
export type Thing = z.infer<typeof Thing>;

/** Of something hidden: the reason, for who may show it again; null for everybody else. */
export const Hidden = z.strictObject({ reason: z.string().nullable() });
export type Hidden = z.infer<typeof Hidden>;

/** The reason is read by the other teachers. */
export const HideThing = Thing.extend({ reason: writtenText(500) });
export type HideThing = z.infer<typeof HideThing>;
