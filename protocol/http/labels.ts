/**
 * Checking a label of any kind, and taking it back. An eTwinning Label is a school's; a Quality Label is a teacher's, who is
 * named where they agreed to that, and nobody else ever is.
 */
import * as z from "zod";
import { At, CountryCode } from "../ids.ts";
import { ProjectSlug } from "./projects.ts";

/** A code as somebody typed it: what is none is answered as unknown, not as malformed. */
export const TypedLabel = z.strictObject({ code: z.string().min(1).max(80) });

/** Why a label holds no longer, as everybody may read it. */
export const RevokedReason = z.enum(["issuedInError", "projectEnded", "rulesBroken", "schoolLeft"]);
export type RevokedReason = z.infer<typeof RevokedReason>;

export const AwardKind = z.enum(["etwinningLabel", "qualityLabel"]);
export type AwardKind = z.infer<typeof AwardKind>;

export const LabelSchool = z.strictObject({ name: z.string(), town: z.string(), country: CountryCode });
export type LabelSchool = z.infer<typeof LabelSchool>;

/** A support service; `country` null: the central one. */
export const LabelService = z.strictObject({ name: z.string(), country: CountryCode.nullable() });

export const Label = z.strictObject({
  kind: AwardKind,
  /** Who holds it; null for one that is the school's. `name` null: they did not agree to be named, or are gone. */
  holder: z.strictObject({ name: z.string().nullable() }).nullable(),
  /** In groups, as it is printed. */
  code: z.string(),
  /** Where it is checked; what its QR code says. */
  address: z.string(),
  /** That as a QR code: its rows from the top, `1` for dark. */
  qr: z.array(z.string().regex(/^[01]+$/)),
  state: z.enum(["valid", "revoked"]),
  issuedAt: At,
  revokedAt: At.nullable(),
  reason: RevokedReason.nullable(),
  school: LabelSchool,
  /** The other schools of the project. */
  partners: z.array(LabelSchool),
  /** `open`: everybody may read the project's page. */
  project: z.strictObject({ title: z.string(), slug: ProjectSlug, open: z.boolean() }),
  issuedBy: z.array(LabelService),
  /** The reader may take it back. */
  revocable: z.boolean(),
});
export type Label = z.infer<typeof Label>;

/** `note` is for the support services alone. */
export const RevokeLabel = z.strictObject({
  reason: RevokedReason,
  note: z
    .string()
    .max(1000)
    .overwrite((text) => text.replace(/[^\P{Cc}\n\t]/gu, "").trim())
    .default(""),
});
export type RevokeLabel = z.input<typeof RevokeLabel>;

export const BadgeAsked = z.strictObject({ alg: z.enum(["RS256", "EdDSA"]).default("RS256") });
