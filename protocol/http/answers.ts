/** What every route answers besides its own value. */
import * as z from "zod";
import { type RefusalCode, refusals } from "../refusals.ts";
import "../ids.ts";

// Object.keys forgets the keys' type; they are the catalogue's own.
const codes = Object.keys(refusals) as [RefusalCode, ...RefusalCode[]];

/**
 * Every expected "no". `fields` names what does not fit in a request, as dotted paths, for forms. `incident`: under
 * what number the server's log has what went wrong, with `command.failed`. `current`: what it is by now, of the shape
 * that the route answers, where somebody else has changed it meanwhile.
 */
export const RefusalAnswer = z.strictObject({
  refused: z.enum(codes),
  message: z.string(),
  fields: z.array(z.string()).optional(),
  incident: z.string().optional(),
  current: z.unknown().optional(),
});
export type RefusalAnswer = z.infer<typeof RefusalAnswer>;
