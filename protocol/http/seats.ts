/** Coming to a meeting over http: what its door says, and a ticket for a seat. */
import * as z from "zod";
import { At, Id, MeetingCode, PersonName } from "../ids.ts";
import { NextRule, SeatKind, SeatRole, TurnLimitMs } from "../meeting.ts";
import { School } from "./accounts.ts";
import { LinkKey } from "./meetings.ts";

/** `key`: of the link somebody came by; without one the code's own guests' link counts. */
export const KnockAtDoor = z.strictObject({ key: LinkKey.optional() });
export type KnockAtDoor = z.infer<typeof KnockAtDoor>;

/** What is said before entering: what this is, who leads, whether it is recorded, as whom one would come. */
export const Door = z.strictObject({
  code: MeetingCode,
  title: z.string(),
  startsAt: At,
  lengthMinutes: z.int(),
  timeZone: z.string(),
  phase: z.enum(["booked", "open", "ended"]),
  chair: z.strictObject({ name: z.string(), school: School.nullable() }),
  recorded: z.boolean(),
  lobby: z.boolean(),
  next: NextRule,
  capacity: z.int(),
  turnLimitMs: TurnLimitMs,
  you: z.strictObject({
    /** Filled for who is signed in. */
    name: z.string().nullable(),
    /** The name is theirs for good, and what they send instead is not looked at: a pupil's alias. */
    isNameFixed: z.boolean(),
    role: SeatRole,
    /** Null: nobody vouches for it; counts as a pupil. */
    kind: SeatKind.nullable(),
    school: School.nullable(),
    /** May open the meeting in place of its chair. */
    mayOpen: z.boolean(),
  }),
  /** mediasoup's capabilities of the routers here, so that the browser's device is ready before anybody joins. */
  routerRtpCapabilities: z.record(z.string(), z.unknown()),
});
export type Door = z.infer<typeof Door>;

/** `resume`: what an earlier answer gave this tab, so that a guest who reloads comes back to their own seat. */
export const TakeSeat = z.strictObject({
  name: PersonName,
  key: LinkKey.optional(),
  /** Opens a meeting whose chair is not there; for whoever may. */
  open: z.boolean().optional(),
  resume: z
    .string()
    .regex(/^[A-Za-z0-9_-]{32}$/)
    .optional(),
});
export type TakeSeat = z.infer<typeof TakeSeat>;

export const Seated = z.strictObject({
  /** For socket.io's `auth`; good for this meeting and seat only. */
  ticket: z.string(),
  seat: Id,
  resume: z.string(),
  /** The same as at the door, for who comes without having looked. */
  routerRtpCapabilities: z.record(z.string(), z.unknown()),
});
export type Seated = z.infer<typeof Seated>;

/** Where people in a meeting come from: the names behind the ids of its seats. */
export const MeetingSchools = z.strictObject({ schools: z.array(School) });
export type MeetingSchools = z.infer<typeof MeetingSchools>;
