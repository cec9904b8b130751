/** Booking over http: book, my meetings, their links, the calendar file. A meeting is its chair's and nobody else's. */
import * as z from "zod";
import type { School } from "../../protocol/http/accounts.ts";
import {
  BookableProjects,
  type BookedMeeting,
  BookMeeting,
  MadeLink,
  MakeLink,
  type MeetingLink,
  MeetingWithLinks,
  MoveToProject,
  MyMeetings,
} from "../../protocol/http/meetings.ts";
import { Id } from "../../protocol/ids.ts";
import type { Refused } from "../../protocol/refusals.ts";
import type { Pool } from "../../storage/pool.ts";
import { findSchool, findSchools } from "../accounts/schools.ts";
import { BodyAnswer, type Caller, isRefused, type Route, route } from "../http/route.ts";
import type { TellSpace } from "../twinspace/live.ts";
import { waitingOf } from "./approvals.ts";
import { belongingOf, projectsNamed, projectsToBookFor } from "./belonging.ts";
import { bookMeeting, cancelBooking, findMeeting, linksExpireAt, type MeetingRow, meetingsOf } from "./booking.ts";
import { calendarFile, calendarName } from "./calendar.ts";
import { addLink, addressOfLink, type LinkRow, listLinks, revokeLink } from "./links.ts";
import { moveBack, moveToProject, openMove, undoMs } from "./moves.ts";

export interface BookingParts {
  readonly pool: Pool;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Tells the browsers that have a TwinSpace open that there is something new. */
  readonly tell: TellSpace;
}

const reading = { times: 240, perMs: 60_000, per: "account" } as const;
const writing = { times: 120, perMs: 3_600_000, per: "account" } as const;
const OneMeeting = z.strictObject({ meeting: Id });
const OneLink = z.strictObject({ meeting: Id, link: Id });
/** Links of one meeting, revoked ones too. */
const mostLinks = 100;

export function bookingRoutes(parts: BookingParts): Route[] {
  return [...meetingRoutes(parts), ...moveRoutes(parts), ...linkRoutes(parts.pool)];
}

function meetingRoutes(parts: BookingParts): Route[] {
  const { pool, now } = parts;
  return [
    route({
      method: "post",
      path: "/api/bookings",
      summary: "Book a meeting, or start one now; answered with its links",
      action: "meeting.book",
      limit: writing,
      body: BookMeeting,
      answer: MeetingWithLinks,
      async handle({ caller, origin }, { body }) {
        const belonging = await belongingOf(pool, caller, body);
        if (isRefused(belonging)) return belonging;
        const meeting = await bookMeeting(pool, { id: caller.id, origin, ...belonging }, body, now());
        if (isRefused(meeting)) return meeting;
        if (meeting.projectId !== null) parts.tell(meeting.projectId, { type: "news" });
        return withLinks(parts, origin, meeting);
      },
    }),
    route({
      method: "get",
      path: "/api/bookings",
      summary: "My next and my past meetings",
      action: "meeting.lead",
      limit: reading,
      answer: MyMeetings,
      async handle({ caller }) {
        const { next, past } = await meetingsOf(pool, caller.id, now());
        return { next: await shown(pool, next), past: await shown(pool, past) };
      },
    }),
    route({
      method: "get",
      path: "/api/bookable-projects",
      summary: "My active projects, which a meeting may be booked for",
      action: "meeting.book",
      limit: reading,
      answer: BookableProjects,
      handle: async ({ caller }) => ({ projects: await projectsToBookFor(pool, caller) }),
    }),
    route({
      method: "get",
      path: "/api/bookings/:meeting",
      summary: "One of my meetings with its links",
      action: "meeting.lead",
      limit: reading,
      params: OneMeeting,
      answer: MeetingWithLinks,
      async handle({ caller, origin }, { params }) {
        const meeting = await mine(pool, caller, params.meeting);
        return isRefused(meeting) ? meeting : withLinks(parts, origin, meeting);
      },
    }),
    route({
      method: "delete",
      path: "/api/bookings/:meeting",
      summary: "Call off a meeting that has not begun",
      action: "meeting.lead",
      limit: writing,
      params: OneMeeting,
      async handle({ caller }, { params }) {
        const meeting = await mine(pool, caller, params.meeting);
        if (isRefused(meeting)) return meeting;
        const result = await cancelBooking(pool, meeting.id);
        return isRefused(result) ? result : undefined;
      },
    }),
  ];
}

function moveRoutes(parts: BookingParts): Route[] {
  const { pool, now } = parts;
  return [
    route({
      method: "post",
      path: "/api/bookings/:meeting/project",
      summary: "Move a meeting of mine that does not run to a project that I found or administer",
      action: "meeting.lead",
      limit: writing,
      params: OneMeeting,
      body: MoveToProject,
      answer: MeetingWithLinks,
      async handle({ caller, origin }, { params, body }) {
        const moved = await moveToProject(pool, caller, params.meeting, body.project, now(), origin);
        return isRefused(moved) ? moved : withLinks(parts, origin, moved);
      },
    }),
    route({
      method: "delete",
      path: "/api/bookings/:meeting/project",
      summary: "Take the move of a meeting to a project back, for ten minutes",
      action: "meeting.lead",
      limit: writing,
      params: OneMeeting,
      answer: MeetingWithLinks,
      async handle({ caller, origin }, { params }) {
        const meeting = await moveBack(pool, caller, params.meeting, now());
        return isRefused(meeting) ? meeting : withLinks(parts, origin, meeting);
      },
    }),
  ];
}

function linkRoutes(pool: Pool): Route[] {
  return [
    route({
      method: "post",
      path: "/api/bookings/:meeting/links",
      summary: "Make another link: for a school, a kind, until a time",
      action: "meeting.lead",
      limit: writing,
      params: OneMeeting,
      body: MakeLink,
      answer: MadeLink,
      async handle({ caller, origin }, { params, body }) {
        const meeting = await mine(pool, caller, params.meeting);
        if (isRefused(meeting)) return meeting;
        const made = await makeLink(pool, meeting, body);
        if (isRefused(made)) return made;
        return { link: shownLink(origin, meeting.code, made.row, made.school) };
      },
    }),
    route({
      method: "delete",
      path: "/api/bookings/:meeting/links/:link",
      summary: "Revoke a link: it lets nobody in from now on",
      action: "meeting.lead",
      limit: writing,
      params: OneLink,
      async handle({ caller }, { params }) {
        const meeting = await mine(pool, caller, params.meeting);
        if (isRefused(meeting)) return meeting;
        const revoked = await revokeLink(pool, meeting.id, params.link);
        return revoked ? undefined : { refused: "request.notFound" };
      },
    }),
    route({
      method: "get",
      path: "/api/bookings/:meeting/links/:link/calendar.ics",
      summary: "The calendar file for whom this link is; no other link stands in it",
      action: "meeting.lead",
      limit: reading,
      params: OneLink,
      async handle({ caller, origin }, { params }) {
        const meeting = await mine(pool, caller, params.meeting);
        if (isRefused(meeting)) return meeting;
        const link = (await listLinks(pool, meeting.id)).find(({ id }) => id === params.link);
        if (!link || link.revokedAt !== null) return { refused: "request.notFound" };
        const address = addressOfLink(origin, meeting.code, link);
        return new BodyAnswer(calendarFile(meeting, address), "text/calendar; charset=utf-8", calendarName(meeting));
      },
    }),
  ];
}

/** Of others' meetings nothing is told, not even that they exist. */
async function mine(pool: Pool, caller: Caller, id: Id): Promise<MeetingRow | Refused> {
  const meeting = await findMeeting(pool, id);
  return meeting?.chairAccount === caller.id ? meeting : { refused: "booking.unknown" };
}

async function makeLink(
  pool: Pool,
  meeting: MeetingRow,
  asked: z.output<typeof MakeLink>,
): Promise<{ row: LinkRow; school: School | null } | (Refused & { fields?: string[] })> {
  if (meeting.phase === "ended") return { refused: "meeting.ended" };
  const school = asked.school === null ? null : await findSchool(pool, asked.school);
  if (school === undefined) return { refused: "request.malformed", fields: ["school"] };
  if ((await listLinks(pool, meeting.id)).length >= mostLinks) return { refused: "request.tooMany" };
  const { role, label } = asked;
  const row = await addLink(pool, meeting.id, {
    ...{ role, label },
    kind: role === "watcher" ? null : asked.kind,
    schoolId: school?.id ?? null,
    expiresAt: asked.expiresAt ?? linksExpireAt(meeting),
  });
  return { row, school };
}

async function withLinks({ pool, now }: BookingParts, origin: string, meeting: MeetingRow): Promise<MeetingWithLinks> {
  const links = await listLinks(pool, meeting.id);
  const schools = await findSchools(
    pool,
    links.flatMap(({ schoolId }) => schoolId ?? []),
  );
  const schoolOf = (id: Id | null) => schools.find((school) => school.id === id) ?? null;
  const [booked] = await shown(pool, [meeting]);
  if (!booked) throw new Error("A meeting that is here was not shown");
  const move = meeting.phase === "open" ? undefined : await openMove(pool, meeting.id, now());
  return {
    moveBackUntil: move?.project === meeting.projectId && move ? move.at + undoMs : null,
    meeting: booked,
    links: links.map((link) => shownLink(origin, meeting.code, link, schoolOf(link.schoolId))),
  };
}

function shownLink(origin: string, code: string, row: LinkRow, school: School | null): MeetingLink {
  const { id, role, kind, label, expiresAt, revokedAt } = row;
  return { id, role, kind, school, label, link: addressOfLink(origin, code, row), expiresAt, revokedAt };
}

async function shown(pool: Pool, rows: readonly MeetingRow[]): Promise<BookedMeeting[]> {
  const schools = await findSchools(pool, [...new Set(rows.flatMap(({ schoolId }) => schoolId ?? []))]);
  const projects = await projectsNamed(
    pool,
    rows.flatMap(({ projectId }) => projectId ?? []),
  );
  const waiting = await waitingOf(
    pool,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => {
    const { id, code, title, language, startsAt, lengthMinutes, timeZone, phase, openedAt, endedAt, settings } = row;
    const { next, capacity, turnLimitMs, recorded, lobby, maxSeats } = settings;
    return {
      ...{ id, code, title, language, startsAt, lengthMinutes, timeZone, maxSeats, recorded, lobby },
      floor: { next, capacity, turnLimitMs },
      school: schools.find((school) => school.id === row.schoolId) ?? null,
      project: projects.find((project) => project.id === row.projectId) ?? null,
      purpose: row.purpose,
      state: phase === "booked" && waiting.has(id) ? "planned" : phase,
      ...{ phase, openedAt, endedAt },
    };
  });
}
