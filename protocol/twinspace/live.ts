/** What is told at once to whoever has a TwinSpace open: that something changed, never what; they ask for it over http. */
import * as z from "zod";
import { Id } from "../ids.ts";

export const LiveNews = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("chat") }),
  z.strictObject({ type: z.literal("page"), page: Id }),
  z.strictObject({ type: z.literal("news") }),
]);
export type LiveNews = z.infer<typeof LiveNews>;
