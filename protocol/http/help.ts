/** Finding help over http, for everybody: a country's support service, ambassadors nearby, a letter to them. */
import * as z from "zod";
import { CountryCode, Id, oneLine, PersonName } from "../ids.ts";
import { Email } from "./accounts.ts";

/** `region`: an entry of the list region; who is at home there comes first. */
export const FindHelp = z.strictObject({
  country: CountryCode,
  region: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,60}$/)
    .optional(),
});

/** `country` null: the central service, which helps where there is no national one. */
export const HelpingService = z.strictObject({
  name: z.string(),
  country: CountryCode.nullable(),
  email: z.string(),
  website: z.string(),
  languages: z.array(z.string()),
});
export type HelpingService = z.infer<typeof HelpingService>;

/** Who is listed. Their address is not told: whoever wants to reach them writes here. */
export const HelpingAmbassador = z.strictObject({
  id: Id,
  name: z.string(),
  /** Entries of the list region; empty for the whole country. */
  regions: z.array(z.string()),
  languages: z.array(z.string()),
});
export type HelpingAmbassador = z.infer<typeof HelpingAmbassador>;

export const FoundHelp = z.strictObject({
  /** Null where nobody serves this country, nor all of them. */
  service: HelpingService.nullable(),
  /** The nearest ones first, at most 60. */
  ambassadors: z.array(HelpingAmbassador),
  /** False while nobody would read a letter from here. */
  reachable: z.boolean(),
});
export type FoundHelp = z.infer<typeof FoundHelp>;

/** Lines of text; what cannot be seen is left out. */
const lines = (longest: number) =>
  z
    .string()
    .max(longest * 2)
    .overwrite((text) =>
      text
        .replace(/\r\n?/g, "\n")
        .replace(/[^\P{Cc}\n\t]/gu, "")
        .replace(/\p{Cs}/gu, "\ufffd")
        .trim(),
    )
    .max(longest);

/** A wish for a twilight session: it goes to the country's support service by letter, and to an ambassador if one is named. */
export const AskForTwilight = z.strictObject({
  country: CountryCode,
  name: PersonName,
  email: Email,
  school: oneLine(160),
  /** About how many would come. */
  teachers: z.int().min(1).max(1000),
  /** When it would suit them and what it should be about, in their own words. */
  wish: lines(1500).min(1),
  ambassador: Id.nullable().default(null),
});
export type AskForTwilight = z.input<typeof AskForTwilight>;
