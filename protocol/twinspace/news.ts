/** What is new in a TwinSpace. */
import * as z from "zod";
import "../ids.ts";

export const NewsKind = z.enum([
  "pageMade",
  "pageChanged",
  "materialAdded",
  "updatePosted",
  "threadStarted",
  "threadAnswered",
  "bulletinPosted",
  "calendarChanged",
  "meetingBooked",
  "meetingMoved",
  "replayReady",
  "memberJoined",
  "pagePublished",
]);
export type NewsKind = z.infer<typeof NewsKind>;

/** The widest circle that may know of it: `visitors` is everybody in the TwinSpace, `members` all but visitors. */
export const NewsReader = z.enum(["visitors", "members", "adults", "teachers"]);
export type NewsReader = z.infer<typeof NewsReader>;
