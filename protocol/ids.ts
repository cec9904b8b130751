import * as z from "zod";

/**
 * The environment may forbid `new Function` (strict CSP in browsers), which zod would probe for.
 * Every schema of ours imports this file, so this is set before any of them parses.
 */
z.config({ jitless: true });

/** An id made by the server: url-safe, at least 80 bits of randomness unless it is the demo's own. */
export const Id = z.string().regex(/^[A-Za-z0-9_-]{1,48}$/);
export type Id = z.infer<typeof Id>;

/** A moment: milliseconds since 1970 by the server's clock. */
export const At = z.int().nonnegative();

/** The readable code of a meeting in `/m/<code>`: lower case letters, digits and dashes. */
export const MeetingCode = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]$/);

/** ISO 3166-1 alpha-2, upper case. */
export const CountryCode = z.string().regex(/^[A-Z]{2}$/);

/** BCP 47, as short as it gets. */
export const LanguageTag = z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/);

/** What people type as a name: one line with something to be seen in it, no control characters, trimmed. */
export const oneLine = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(/^[^\p{Cc}\p{Cs}\p{Co}\u2028\u2029\u202a-\u202e\u2066-\u2069]+$/u)
    .regex(/[\p{L}\p{N}\p{P}\p{S}]/u);
export const PersonName = oneLine(60);

/**
 * What people write: lines of text. What a pasted text brings along and nobody can see or keep (control characters, halves
 * of characters; a database takes neither) is left out rather than refused.
 */
export const writtenText = (longest: number) =>
  z
    .string()
    .max(2 * longest)
    .overwrite((text) =>
      text
        .replace(/\r\n?/g, "\n")
        .replace(/[^\P{Cc}\n\t]/gu, "")
        .replace(/\p{Cs}/gu, "\ufffd")
        .trim(),
    )
    .min(1)
    .max(longest);

/** What people write in the chat of a meeting, and in short messages. */
export const MessageText = writtenText(2000);
