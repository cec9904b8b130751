/** The teachers' bulletin: notes among the project's teachers. */
import * as z from "zod";
import { Cursor } from "../http/paging.ts";
import "../ids.ts";
import { Said } from "./said.ts";

export const Notes = z.strictObject({ notes: z.array(Said), next: Cursor.nullable() });
export type Notes = z.infer<typeof Notes>;
