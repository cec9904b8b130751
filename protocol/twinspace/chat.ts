/** The project's chat: one for all its members, kept for 90 days. There is no private one. */
import * as z from "zod";
import { Cursor } from "../http/paging.ts";
import { writtenText } from "../ids.ts";
import { Said } from "./said.ts";

export const mostLettersInChat = 1000;

export const ChatSettings = z.strictObject({
  open: z.boolean(),
  /** Whether pupils write too; they always read. */
  pupils: z.boolean(),
});
export type ChatSettings = z.infer<typeof ChatSettings>;

/** `before`: the page before these. `from`: this one and everything since, as far as that is not too much. */
export const ChatPage = z.strictObject({ before: Cursor.optional(), from: Cursor.optional() });

export const ChatMessages = z.strictObject({
  /** In the order they were written. */
  messages: z.array(Said),
  /** Names the first of them; to be asked for what is before it. Null where nothing is. */
  earlier: Cursor.nullable(),
  /** Names the first of them, to ask for all of these again. */
  from: Cursor.nullable(),
  settings: ChatSettings,
  /** `closed`, `pupilsOff`: not now; `no`: not at all. */
  mayWrite: z.enum(["yes", "closed", "pupilsOff", "no"]),
  maySwitch: z.boolean(),
});
export type ChatMessages = z.infer<typeof ChatMessages>;

export const WriteMessage = z.strictObject({ words: writtenText(mostLettersInChat) });
