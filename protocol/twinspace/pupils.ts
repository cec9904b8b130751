/**
 * Pupils' accounts over http: what their own teachers see and do, and how a pupil signs in. Roster names stand in `OwnPupil` and
 * `LoginCard` alone, which only people of the pupil's own school are answered.
 */
import * as z from "zod";
import { At, Id, oneLine } from "../ids.ts";
import { PictureName } from "./pictures.ts";
import { longestAlias, longestRosterName, longestYear, pupilsAtOnce } from "./pupilLimits.ts";
import { OneSpace } from "./space.ts";

export const RosterName = oneLine(longestRosterName);
export const Alias = oneLine(longestAlias);
/** Empty where the school says none. */
export const YearGroup = z.union([z.literal(""), oneLine(longestYear)]);
export const PupilRole = z.enum(["pupil", "pupilAdmin"]);
export type PupilRole = z.infer<typeof PupilRole>;
export const SecretKind = z.enum(["pictures", "word"]);
export type SecretKind = z.infer<typeof SecretKind>;
export const WordLanguageName = z.enum(["de", "en", "es", "fi", "fr", "it", "nl", "pl", "pt", "sv"]);
export type WordLanguageName = z.infer<typeof WordLanguageName>;

/** A pupil as people of their own school see them. */
export const OwnPupil = z.strictObject({
  id: Id,
  /** The roster name; null when it cannot be read, because the server's key is another one. */
  name: z.string().nullable(),
  school: Id,
  alias: z.string(),
  picture: z.string(),
  year: z.string(),
  role: PupilRole,
  /** As it stands on the card; no secret by itself. */
  code: z.string(),
  secret: SecretKind,
  state: z.enum(["active", "ended"]),
  /** Who keeps them out: their teacher, or too many wrong tries. */
  lock: z.enum(["teacher", "tries"]).nullable(),
  /** When they signed in last. */
  seenAt: At.nullable(),
  /** When the name of an ended one is erased. */
  erasedAt: At.nullable(),
});
export type OwnPupil = z.infer<typeof OwnPupil>;

/**
 * All of them at once, at most `pupilsOfSchool` of each school: names are sealed and so sought in the browser, and what is
 * typed to seek a child never stands in an address. `mayChange`: not a lead who only looks, and not in a closed project.
 */
export const OwnPupils = z.strictObject({ pupils: z.array(OwnPupil), mayChange: z.boolean(), left: z.int() });
export type OwnPupils = z.infer<typeof OwnPupils>;

/** Asks for free aliases, and which of these are taken. No names are sent. */
export const ProposeAliases = z.strictObject({
  count: z.int().min(0).max(pupilsAtOnce),
  aliases: z.array(Alias).max(pupilsAtOnce),
});
export type ProposeAliases = z.infer<typeof ProposeAliases>;
/** A picture and a number make an alias in the teacher's language: "Fish 12". */
export const ProposedAliases = z.strictObject({
  proposed: z.array(z.strictObject({ picture: PictureName, number: z.int() })),
  taken: z.array(z.string()),
});
export type ProposedAliases = z.infer<typeof ProposedAliases>;

export const NewPupil = z.strictObject({ name: RosterName, alias: Alias, picture: PictureName, year: YearGroup });
export type NewPupil = z.infer<typeof NewPupil>;
export const WantedSecret = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("pictures") }),
  z.strictObject({ kind: z.literal("word"), language: WordLanguageName }),
]);
export type WantedSecret = z.infer<typeof WantedSecret>;
export const MakePupils = z.strictObject({
  pupils: z.array(NewPupil).min(1).max(pupilsAtOnce),
  secret: WantedSecret,
});
export type MakePupils = z.infer<typeof MakePupils>;

/** What is printed and cut out. The secret is shown this once; afterwards only its hash is kept. */
export const LoginCard = z.strictObject({
  id: Id,
  name: z.string().nullable(),
  alias: z.string(),
  picture: z.string(),
  /** In groups. */
  code: z.string(),
  secret: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("pictures"), pictures: z.array(PictureName) }),
    z.strictObject({ kind: z.literal("word"), word: z.string() }),
  ]),
  /** The page to sign in on, with the code behind the `#`; the QR code says the same. */
  link: z.string(),
  qr: z.array(z.string()),
});
export type LoginCard = z.infer<typeof LoginCard>;
/** `address`: where to sign in without the QR code. */
export const LoginCards = z.strictObject({ cards: z.array(LoginCard), project: z.string(), address: z.string() });
export type LoginCards = z.infer<typeof LoginCards>;

export const RenewCards = z.strictObject({
  pupils: z.array(Id).min(1).max(pupilsAtOnce),
  secret: WantedSecret,
});
export type RenewCards = z.infer<typeof RenewCards>;

export const OnePupil = OneSpace.extend({ pupil: Id });
export const ChangePupil = z.strictObject({
  name: RosterName.optional(),
  alias: Alias.optional(),
  picture: PictureName.optional(),
  year: YearGroup.optional(),
  role: PupilRole.optional(),
});
export type ChangePupil = z.infer<typeof ChangePupil>;

export const PupilAct = z.enum(["lock", "unlock", "end", "restore"]);
export type PupilAct = z.infer<typeof PupilAct>;
export const ActOnPupils = z.strictObject({ act: PupilAct, pupils: z.array(Id).min(1).max(pupilsAtOnce) });
export type ActOnPupils = z.infer<typeof ActOnPupils>;

/* Signing in. */

export const BeginPupilSignIn = z.strictObject({ code: z.string().max(60) });
export type BeginPupilSignIn = z.infer<typeof BeginPupilSignIn>;
/** For a code that does not exist the same is answered. `pictures`: those to choose from, in their order. */
export const PupilSecond = z.strictObject({ kind: SecretKind, pictures: z.array(PictureName) });
export type PupilSecond = z.infer<typeof PupilSecond>;

export const PupilSignIn = z.strictObject({
  code: z.string().max(60),
  secret: z.union([z.array(PictureName).max(12), z.string().max(60)]),
});
export type PupilSignIn = z.infer<typeof PupilSignIn>;
/** With `pupil.wait` it is said for how long. */
export const PupilSignedIn = z.union([
  z.strictObject({ project: z.string() }),
  z.strictObject({ waitMs: z.int().nonnegative() }),
]);
export type PupilSignedIn = z.infer<typeof PupilSignedIn>;
