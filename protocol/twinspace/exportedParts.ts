/** Of what an exported project consists: keys, texts without what is no text, numbers and lists with an end. */
import * as z from "zod";
import "../ids.ts";

/** Of the file: what is the same in another one is not the same thing. */
export const Key = z.string().regex(/^[A-Za-z0-9_-]{1,48}$/);
export const line = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u);
export const words = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^(?:[^\p{Cc}\p{Cs}]|[\n\t])*$/u);
export const count = z.int().nonnegative().max(1_000_000);
export const list = <T extends z.ZodType>(item: T, most: number) => z.array(item).max(most);
export const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
