/** The meetings of a TwinSpace: who may come, which schools say yes, what became of them. */
import * as z from "zod";
import { School } from "../http/accounts.ts";
import { At, Id, MeetingCode } from "../ids.ts";
import { SeatKind } from "../meeting.ts";
import { Author, OneSpace, Person } from "./space.ts";

/** Roles that may be asked as a group. Founders and teacher administrators may always come. */
export const InvitedRole = z.enum(["teacher", "expert", "observer", "pupil"]);
export type InvitedRole = z.infer<typeof InvitedRole>;

/**
 * Who may come by their place in the TwinSpace. `everybody`: its teachers and pupils. Otherwise those of these schools (all
 * schools where none is named) in these roles (teachers and pupils where none is named); neither named is no group at all.
 * `people` come besides, in either case. Experts and observers only by their role or by name; visitors never.
 */
export const Invited = z.strictObject({
  everybody: z.boolean(),
  schools: z.array(Id).max(100).default([]),
  roles: z.array(InvitedRole).max(4).default([]),
  people: z.array(Author).max(300).default([]),
});
export type Invited = z.infer<typeof Invited>;

export const OneSpaceMeeting = OneSpace.extend({ meeting: Id });

export const ApprovalState = z.enum(["waiting", "approved", "refused", "withdrawn"]);
export type ApprovalState = z.infer<typeof ApprovalState>;

/** What a school says to a meeting. `mine`: I may say it for them. */
export const Approval = z.strictObject({
  school: School,
  state: ApprovalState,
  /** Why not; read by the project's teachers. */
  reason: z.string(),
  by: z.string().nullable(),
  at: At,
  mine: z.boolean(),
});
export type Approval = z.infer<typeof Approval>;

/** `planned`: a school has to say yes first. */
export const SpaceMeetingState = z.enum(["planned", "booked", "open", "ended"]);
export type SpaceMeetingState = z.infer<typeof SpaceMeetingState>;

/** A meeting as somebody finds it in the TwinSpace's list. */
export const SpaceMeeting = z.strictObject({
  id: Id,
  title: z.string(),
  purpose: z.string(),
  startsAt: At,
  lengthMinutes: z.int(),
  timeZone: z.string(),
  state: SpaceMeetingState,
  recorded: z.boolean(),
  chair: Person,
  /** I lead it. */
  mine: z.boolean(),
  /** The code to join by, for whoever may come, until it has ended. */
  join: MeetingCode.nullable(),
  /** The code of its replay, for whoever may watch it. */
  replay: MeetingCode.nullable(),
});
export type SpaceMeeting = z.infer<typeof SpaceMeeting>;

/** `next`: running first, then soonest first. `past`: newest first. */
export const SpaceMeetings = z.strictObject({
  /** I may book one. */
  mayBook: z.boolean(),
  next: z.array(SpaceMeeting),
  past: z.array(SpaceMeeting),
  /** For older ones of `past`. */
  after: z.string().nullable(),
});
export type SpaceMeetings = z.infer<typeof SpaceMeetings>;
export const SpaceMeetingsAfter = z.strictObject({ after: z.string().max(200).optional() });

/** How many there were, without a name. A class behind one projector is one. */
export const Attendance = z.strictObject({
  openedAt: At,
  lengthMs: z.int().nonnegative(),
  adults: z.int().nonnegative(),
  pupils: z.int().nonnegative(),
  classes: z.int().nonnegative(),
  /** By school; null where nobody knows. `spokeMs` for teachers, null for others. */
  schools: z.array(
    z.strictObject({
      school: School.nullable(),
      people: z.int().nonnegative(),
      spokeMs: z.int().nonnegative().nullable(),
    }),
  ),
});
export type Attendance = z.infer<typeof Attendance>;

/** Somebody who was there, as they were called then: a pupil by their alias. Empty: erased by now. */
export const WasThere = z.strictObject({
  name: z.string(),
  kind: SeatKind,
  school: School.nullable(),
  spokeMs: z.int().nonnegative(),
});
export type WasThere = z.infer<typeof WasThere>;

/** Whom it is for, in words that everybody may read; single pupils by their alias. */
export const InvitedShown = z.strictObject({
  everybody: z.boolean(),
  schools: z.array(School),
  roles: z.array(InvitedRole),
  people: z.array(Person),
});
export type InvitedShown = z.infer<typeof InvitedShown>;

export const SpaceMeetingPage = z.strictObject({
  meeting: SpaceMeeting,
  invited: InvitedShown,
  approvals: z.array(Approval),
  attendance: Attendance.nullable(),
  /** For the project's teachers; null for everybody else. */
  people: z.array(WasThere).nullable(),
  chat: z.strictObject({
    /** Will be kept, or is. */
    kept: z.boolean(),
    /** Where it is kept. */
    material: Id.nullable(),
    /** I may have it kept. */
    mayKeep: z.boolean(),
  }),
});
export type SpaceMeetingPage = z.infer<typeof SpaceMeetingPage>;

export const ChangeInvited = z.strictObject({ invited: Invited });
export type ChangeInvited = z.input<typeof ChangeInvited>;

export const KeepChat = z.strictObject({ keep: z.boolean() });
export type KeepChat = z.infer<typeof KeepChat>;

/** Whom one may ask by name. */
export const Invitable = z.strictObject({ people: z.array(Person.extend({ role: InvitedRole })) });
export type Invitable = z.infer<typeof Invitable>;

/* A school's yes. */

export const OneApproval = z.strictObject({ meeting: Id, school: Id });

const reason = z.string().trim().max(500);
export const SayToMeeting = z.discriminatedUnion("say", [
  z.strictObject({ say: z.literal("approve") }),
  z.strictObject({ say: z.literal("refuse"), reason: reason.min(3) }),
  z.strictObject({ say: z.literal("withdraw"), reason: reason.min(3) }),
]);
export type SayToMeeting = z.infer<typeof SayToMeeting>;

/** A meeting that waits for a school that I speak for, or that we have said something to. */
export const MeetingToApprove = z.strictObject({
  meeting: Id,
  title: z.string(),
  purpose: z.string(),
  startsAt: At,
  lengthMinutes: z.int(),
  recorded: z.boolean(),
  chair: z.string(),
  project: z.strictObject({ id: Id, slug: z.string(), title: z.string() }),
  approval: Approval,
});
export type MeetingToApprove = z.infer<typeof MeetingToApprove>;
export const MeetingsToApprove = z.strictObject({ meetings: z.array(MeetingToApprove) });
export type MeetingsToApprove = z.infer<typeof MeetingsToApprove>;

/** Whether a school says yes to each meeting beforehand. */
export const MeetingApprovalSetting = z.strictObject({ approvesMeetings: z.boolean() });
export type MeetingApprovalSetting = z.infer<typeof MeetingApprovalSetting>;
