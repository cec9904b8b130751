/** Updates: what teachers tell everybody on Home. A pupil's waits until a teacher approves it. */
import * as z from "zod";
import { Cursor } from "../http/paging.ts";
import { Id } from "../ids.ts";
import { Said, SaidWords } from "./said.ts";

export const mostImages = 6;

/** A material as far as it is drawn here. */
const Image = z.strictObject({ id: Id, name: z.string(), alt: z.string(), sizes: z.array(z.int()) });

export const Update = Said.extend({
  state: z.enum(["waiting", "posted"]),
  pinned: z.boolean(),
  /** Those of its images that are still there. */
  images: z.array(Image),
  mayApprove: z.boolean(),
  mayPin: z.boolean(),
});
export type Update = z.infer<typeof Update>;

export const Updates = z.strictObject({
  updates: z.array(Update),
  next: Cursor.nullable(),
  /** `checked`: a teacher approves it first. */
  mayPost: z.enum(["yes", "checked", "no"]),
});
export type Updates = z.infer<typeof Updates>;

export const WriteUpdate = z.strictObject({ words: SaidWords, materials: z.array(Id).max(mostImages).default([]) });
export type WriteUpdate = z.input<typeof WriteUpdate>;
export const PinUpdate = z.strictObject({ pinned: z.boolean() });
export const OneUpdate = z.strictObject({ update: Update });
export type OneUpdate = z.infer<typeof OneUpdate>;
