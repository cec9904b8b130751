/** What a meeting's own entry says: numbers, and schools by their ids. No name of anybody, and nothing anybody wrote. */
import * as z from "zod";
import { At, Id } from "../ids.ts";

const count = z.int().min(0);
const lengthMs = z.int().min(0);

/** `school` null: nobody knew. A class behind one seat counts as its named pupils, or as one class without a number. */
export const SchoolCounts = z.strictObject({
  school: Id.nullable(),
  adults: count,
  pupils: count,
  /** Seats behind which a whole class sat; how many of them in it is not known unless they were named. */
  classes: count,
  turns: count,
  spokeMs: lengthMs,
});
export type SchoolCounts = z.infer<typeof SchoolCounts>;

export const MeetingCounts = z.strictObject({
  openedAt: At,
  lengthMs,
  adults: count,
  pupils: count,
  classes: count,
  turns: count,
  spokeMs: lengthMs,
  messages: count,
  /** In the order in which they came. */
  schools: z.array(SchoolCounts),
});
export type MeetingCounts = z.infer<typeof MeetingCounts>;
