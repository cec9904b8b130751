/** What moves all the time and is shown, never appended. A lost signal is no loss. */
import * as z from "zod";
import type { Id } from "./ids.ts";
import "./ids.ts";

export { leastStillGapMs, maxStillBytes, maxStillPx } from "./still.ts";

export const Signal = z.discriminatedUnion("type", [
  /** How loud the speaker's microphone is, 0 to 10. Only from who has the floor. */
  z.strictObject({ type: z.literal("level"), level: z.int().min(0).max(10) }),
  z.strictObject({ type: z.literal("typing") }),
  /** Bytes go as a binary attachment. `null` takes the still back. */
  z.strictObject({ type: z.literal("still"), image: z.instanceof(Uint8Array).nullable() }),
]);
export type Signal = z.infer<typeof Signal>;

/** As told to the others: with the seat it came from. */
export type ToldSignal = Signal & { seat: Id };
