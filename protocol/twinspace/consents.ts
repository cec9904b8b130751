/** What pupils' parents have agreed to, as teachers of their own school recorded it. */
import * as z from "zod";
import { At, Id } from "../ids.ts";
import { pupilsAtOnce } from "./pupilLimits.ts";

/**
 * `imageInside`: pictures of them in the TwinSpace; `imagePublic`: on public pages; `voiceVideoLive`: to be heard and seen in
 * meetings; `recording`: to be recorded there; `nameInitial`: first name and initial instead of an alias.
 */
export const ConsentKind = z.enum(["imageInside", "imagePublic", "voiceVideoLive", "recording", "nameInitial"]);
export type ConsentKind = z.infer<typeof ConsentKind>;
export const ConsentGiven = z.enum(["yes", "no", "withdrawn"]);
export type ConsentGiven = z.infer<typeof ConsentGiven>;

/** The last day on which it counts. */
export const ConsentDay = z.iso.date();
const evidence = z
  .string()
  .trim()
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u);

export const Consent = z.strictObject({
  kind: ConsentKind,
  given: ConsentGiven,
  /** Where the paper is kept. */
  evidence: z.string(),
  recordedAt: At,
  /** Whose name is empty is not here any more. */
  recordedBy: z.string(),
  validUntil: z.string().nullable(),
  /** Its day has passed: it does not count any more. */
  isOver: z.boolean(),
});
export type Consent = z.infer<typeof Consent>;

export const PupilConsents = z.strictObject({
  id: Id,
  /** The roster name; null when it cannot be read. */
  name: z.string().nullable(),
  alias: z.string(),
  picture: z.string(),
  year: z.string(),
  consents: z.array(Consent),
});
export type PupilConsents = z.infer<typeof PupilConsents>;
export const OwnConsents = z.strictObject({ pupils: z.array(PupilConsents), mayChange: z.boolean() });
export type OwnConsents = z.infer<typeof OwnConsents>;

/** The same answer for several pupils and kinds. `given: null` takes back what was recorded by mistake. */
export const RecordConsents = z.strictObject({
  pupils: z.array(Id).min(1).max(pupilsAtOnce),
  kinds: z.array(ConsentKind).min(1).max(5),
  given: ConsentGiven.nullable(),
  evidence,
  validUntil: ConsentDay.nullable(),
});
export type RecordConsents = z.infer<typeof RecordConsents>;
