/** Who is in a TwinSpace, who is invited to it, and its visitors. */
import * as z from "zod";
import { Email, LinkToken } from "../http/accounts.ts";
import { Day, MemberRole, ProjectSlug } from "../http/projects.ts";
import { At, CountryCode, Id, oneLine, writtenText } from "../ids.ts";
import { Person, SpaceRoleName } from "./space.ts";

/** What one may do with a member, beside reading that they are here. */
export const MemberAct = z.enum(["changeRole", "remove", "leave"]);
export type MemberAct = z.infer<typeof MemberAct>;

export const SpaceMember = Person.extend({
  /** Of who has an account: what roles are changed by. */
  account: Id.nullable(),
  role: SpaceRoleName,
  acts: z.array(MemberAct),
});
export type SpaceMember = z.infer<typeof SpaceMember>;

/** Somebody who has not answered yet; told to teachers alone. */
export const SpaceInvitation = z.strictObject({
  account: Id,
  name: z.string(),
  role: MemberRole,
  at: At,
  expired: z.boolean(),
  /** The reader may send it again or take it back. */
  mine: z.boolean(),
});
export type SpaceInvitation = z.infer<typeof SpaceInvitation>;

export const SpaceMembers = z.strictObject({
  members: z.array(SpaceMember),
  invitations: z.array(SpaceInvitation),
  /** Pupils are shown up to this many; their own page has all. */
  pupils: z.int(),
});
export type SpaceMembers = z.infer<typeof SpaceMembers>;

/* Experts and observers */

export const OutsiderRole = z.enum(["expert", "observer"]);
export type OutsiderRole = z.infer<typeof OutsiderRole>;

const InviteWords = { role: OutsiderRole, note: z.union([z.literal(""), writtenText(500)]).default("") };
/** A contact, or somebody who has an account here, by their e-mail. */
export const InviteOutsider = z.union([
  z.strictObject({ account: Id, ...InviteWords }),
  z.strictObject({ email: Email, ...InviteWords }),
]);
export type InviteOutsider = z.input<typeof InviteOutsider>;

export const OneInvited = z.strictObject({ project: ProjectSlug, account: Id });

/** My contacts who are not in it yet. */
export const PossibleOutsiders = z.strictObject({
  people: z.array(z.strictObject({ account: Id, name: z.string(), school: z.string() })),
});
export type PossibleOutsiders = z.infer<typeof PossibleOutsiders>;

/** To what I am invited, and by whom. */
export const MyInvitation = z.strictObject({
  slug: ProjectSlug,
  title: z.string(),
  summary: z.string(),
  schools: z.array(z.strictObject({ name: z.string(), country: CountryCode })),
  role: OutsiderRole,
  by: z.string(),
  note: z.string(),
  expiresAt: At,
});
export type MyInvitation = z.infer<typeof MyInvitation>;
export const AnswerInvitationTo = z.strictObject({ accept: z.boolean() });

/* Visitors */

export const VisitorRelation = z.enum(["parent", "head", "inspector", "other"]);
export type VisitorRelation = z.infer<typeof VisitorRelation>;

export const Visitor = z.strictObject({
  id: Id,
  name: z.string(),
  relation: VisitorRelation,
  /** Where the link went; null where it was handed over. */
  email: z.string().nullable(),
  invitedBy: z.string(),
  expiresAt: At,
  seenAt: At.nullable(),
  state: z.enum(["open", "expired", "revoked"]),
});
export type Visitor = z.infer<typeof Visitor>;
export const Visitors = z.strictObject({ visitors: z.array(Visitor) });
export type Visitors = z.infer<typeof Visitors>;

export const InviteVisitor = z.strictObject({
  name: oneLine(80),
  relation: VisitorRelation,
  email: Email.nullable().default(null),
  /** The last day on which the link opens. */
  until: Day,
});
export type InviteVisitor = z.input<typeof InviteVisitor>;
export const RenewVisitor = z.strictObject({ until: Day });
export const OneVisitor = z.strictObject({ project: ProjectSlug, visitor: Id });

/** The link is told this once; the server keeps only its SHA-256. `code`: rows of a QR code, `1` for dark. */
export const VisitorLink = z.strictObject({ visitor: Visitor, link: z.string(), code: z.array(z.string()) });
export type VisitorLink = z.infer<typeof VisitorLink>;

export const BeginVisit = z.strictObject({ token: LinkToken });
export const VisitBegun = z.strictObject({ project: ProjectSlug });
export type VisitBegun = z.infer<typeof VisitBegun>;
