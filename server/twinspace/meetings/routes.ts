/** The meetings of a TwinSpace over http: the list, one of them, who may come, what is kept of it. */

import type { Action } from "../../../domain/permissions.ts";
import { asksNobody } from "../../../domain/twinspace/invited.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { Refused } from "../../../protocol/refusals.ts";
import {
  ChangeInvited,
  Invitable,
  KeepChat,
  OneSpaceMeeting,
  SpaceMeetingPage,
  SpaceMeetings,
  SpaceMeetingsAfter,
} from "../../../protocol/twinspace/meetings.ts";
import { OneSpace } from "../../../protocol/twinspace/space.ts";
import { inTransaction, type Queryable } from "../../../storage/pool.ts";
import { type Identified, isRefused, type RefusedFields, type Route, route } from "../../http/route.ts";
import { approvalsOf, askSchools, schoolsSpokenFor } from "../../meetings/approvals.ts";
import { findMeeting, type MeetingRow } from "../../meetings/booking.ts";
import { type Insider, isAdmin, type Space, spaceFor } from "../insider.ts";
import { attendedBy } from "./attendance.ts";
import { type ChatParts, keepChat } from "./keptChat.ts";
import { invitable, invitedShown, listMeetings, maySee, shownTo } from "./shown.ts";

const reading = { times: 600, perMs: 60_000, per: "account" } as const;
const writing = { times: 120, perMs: 60_000, per: "account" } as const;

export function spaceMeetingRoutes(parts: ChatParts): Route[] {
  return [...readingRoutes(parts), ...arrangingRoutes(parts)];
}

function readingRoutes(parts: ChatParts): Route[] {
  const { pool, now } = parts;
  return [
    route({
      method: "get",
      path: "/api/spaces/:project/meetings",
      summary: "The next and past meetings of a TwinSpace: of teachers all, of others those they may come to",
      action: "meeting.inSpace",
      limit: reading,
      params: OneSpace,
      query: SpaceMeetingsAfter,
      answer: SpaceMeetings,
      async handle(who, { params, query }) {
        const space = await spaceFor(pool, "meeting.inSpace", who, params.project, now());
        return isRefused(space) ? space : listMeetings(pool, space, query.after, now());
      },
    }),
    route({
      method: "get",
      path: "/api/spaces/:project/meetings/:meeting",
      summary: "A meeting of a TwinSpace: whom it is for, what the schools say, how many came; for teachers who",
      action: "meeting.inSpace",
      limit: reading,
      params: OneSpaceMeeting,
      answer: SpaceMeetingPage,
      async handle(who, { params }) {
        const found = await meetingOf(pool, "meeting.inSpace", who, params, now());
        return isRefused(found) ? found : pageOf(parts, who, found);
      },
    }),
  ];
}

function arrangingRoutes(parts: ChatParts): Route[] {
  const { pool, now } = parts;
  return [
    route({
      method: "get",
      path: "/api/spaces/:project/invitable",
      summary: "Everybody in a TwinSpace who can be asked to a meeting by name",
      action: "meeting.arrange",
      limit: reading,
      params: OneSpace,
      answer: Invitable,
      async handle(who, { params }) {
        const space = await spaceFor(pool, "meeting.arrange", who, params.project, now());
        return isRefused(space) ? space : invitable(pool, space);
      },
    }),
    route({
      method: "put",
      path: "/api/spaces/:project/meetings/:meeting/invited",
      summary: "Change who may come to a meeting of a TwinSpace; who is in it stays",
      action: "meeting.arrange",
      limit: writing,
      params: OneSpaceMeeting,
      body: ChangeInvited,
      answer: SpaceMeetingPage,
      async handle(who, { params, body }) {
        const changed = await changeInvited(parts, who, params, body, who.origin);
        return isRefused(changed) ? changed : pageOf(parts, who, changed);
      },
    }),
    route({
      method: "put",
      path: "/api/spaces/:project/meetings/:meeting/chat",
      summary: "Keep what is written in a meeting as a material of the project: when it ends, or now if it has",
      action: "meeting.arrange",
      limit: writing,
      params: OneSpaceMeeting,
      body: KeepChat,
      answer: SpaceMeetingPage,
      async handle(who, { params, body }) {
        const found = await meetingOf(pool, "meeting.arrange", who, params, now(), { writes: true });
        if (isRefused(found)) return found;
        const kept = await sayKeepChat(parts, found, body.keep);
        if (isRefused(kept)) return kept;
        const again = await meetingOf(pool, "meeting.arrange", who, params, now());
        return isRefused(again) ? again : pageOf(parts, who, again);
      },
    }),
  ];
}

interface Found extends Space {
  readonly meeting: MeetingRow;
}

/** A meeting of this very TwinSpace that they may see. Of others nothing is told. */
async function meetingOf(
  db: Queryable,
  action: Action,
  who: Identified,
  { project, meeting: id }: { project: string; meeting: Id },
  now: number,
  options: { writes?: boolean } = {},
): Promise<Found | Refused> {
  const space = await spaceFor(db, action, who, project, now, options);
  if (isRefused(space)) return space;
  const meeting = await findMeeting(db, id);
  if (meeting?.projectId !== space.project.id || !maySee(space.me, meeting)) return { refused: "request.notFound" };
  return { ...space, meeting };
}

async function pageOf(parts: ChatParts, who: Identified, { me, meeting, project }: Found): Promise<SpaceMeetingPage> {
  const { pool, now } = parts;
  const [shown] = await shownTo(pool, me, [meeting]);
  if (!shown) throw new Error("A meeting that is here was not shown");
  const attended = await attendedBy(pool, meeting, me, now());
  const speaksFor = who.caller ? await schoolsSpokenFor(pool, project.id, who.caller) : [];
  return {
    meeting: shown,
    invited: await invitedShown(pool, meeting),
    approvals: await approvalsOf(pool, meeting.id, speaksFor),
    attendance: attended?.attendance ?? null,
    people: attended?.people ?? null,
    chat: {
      kept: meeting.keepsChat,
      material: meeting.chatMaterial,
      mayKeep: mayKeep(me, meeting) && project.state === "active",
    },
  };
}

/** Founders and administrators, of whom one has booked it. */
const mayKeep = (me: Insider, { chatMaterial }: MeetingRow): boolean => isAdmin(me) && chatMaterial === null;

async function changeInvited(
  { pool, now }: ChatParts,
  who: Identified,
  params: { project: string; meeting: Id },
  { invited }: { invited: ChangeInvitedOut },
  origin: string,
): Promise<Found | RefusedFields> {
  if (asksNobody(invited)) return { refused: "booking.nobodyInvited", fields: ["invited"] };
  return inTransaction(pool, async (db) => {
    await db.query("select from meetings where id = $1 for update", [params.meeting]);
    const found = await meetingOf(db, "meeting.arrange", who, params, now(), { writes: true });
    if (isRefused(found)) return found;
    if (found.meeting.phase === "ended") return { refused: "meeting.ended" };
    await db.query("update meetings set invited = $2 where id = $1", [found.meeting.id, JSON.stringify(invited)]);
    const meeting = { ...found.meeting, invited };
    if (meeting.phase === "booked") await askSchools(db, meeting, found.me, origin);
    return { ...found, meeting };
  });
}

type ChangeInvitedOut = NonNullable<MeetingRow["invited"]>;

async function sayKeepChat(parts: ChatParts, { meeting, me }: Found, keep: boolean): Promise<Refused | undefined> {
  if (meeting.chatMaterial !== null) return keep ? undefined : { refused: "booking.chatIsKept" };
  if (meeting.phase === "ended" && keep) {
    const kept = await keepChat(parts, meeting.id, me.author);
    return isRefused(kept) ? kept : undefined;
  }
  await parts.pool.query("update meetings set keeps_chat = $2 where id = $1", [meeting.id, keep]);
  return undefined;
}
