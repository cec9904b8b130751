/** Coming in over http: what the door says, and a ticket for a seat. */
import * as z from "zod";
import { isRefused } from "../../domain/meeting/draft.ts";
import { Door, KnockAtDoor, MeetingSchools, Seated, TakeSeat } from "../../protocol/http/seats.ts";
import { type Id, MeetingCode } from "../../protocol/ids.ts";
import type { Refused } from "../../protocol/refusals.ts";
import type { Pool } from "../../storage/pool.ts";
import { findAccount } from "../accounts/accounts.ts";
import { findSchool, findSchools } from "../accounts/schools.ts";
import { type Identified, type Route, route } from "../http/route.ts";
import { waitsForApproval } from "./approvals.ts";
import { findMeetingByCode, type MeetingRow } from "./booking.ts";
import { keepComer } from "./comers.ts";
import { type Arriving, arriving } from "./door.ts";
import type { MeetingHost } from "./host.ts";
import type { Hosts } from "./hosts.ts";
import { giveTicket, hashOf, newSecret } from "./tickets.ts";

export interface SeatsWorld {
  pool: Pool;
  hosts: Hosts;
  newId: () => Id;
  /** Milliseconds since 1970. */
  now?: () => number;
  routerRtpCapabilities: () => Record<string, unknown>;
}

const Code = z.strictObject({ code: MeetingCode });
/** A class of thirty joins from one address at the bell, in several meetings at once. */
const bell = { times: 1500, perMs: 60_000, per: "network" } as const;

export function seatRoutes(world: SeatsWorld): Route[] {
  return [
    route({
      method: "post",
      path: "/api/meetings/:code/door",
      summary: "What a meeting is and as whom one would come in",
      action: "meeting.come",
      limit: bell,
      params: Code,
      body: KnockAtDoor,
      answer: Door,
      handle: (who, { params, body }) => door(world, params.code, who, body.key),
    }),
    route({
      method: "post",
      path: "/api/meetings/:code/seats",
      summary: "Take a seat: a ticket to connect with",
      action: "meeting.come",
      limit: bell,
      params: Code,
      body: TakeSeat,
      answer: Seated,
      handle: (who, { params, body }) => takeSeat(world, params.code, who, body),
    }),
    route({
      method: "get",
      path: "/api/meetings/:code/schools",
      summary: "The schools that people in this meeting come from",
      action: "meeting.come",
      limit: bell,
      params: Code,
      answer: MeetingSchools,
      handle: (_context, { params }) => schoolsOf(world, params.code),
    }),
  ];
}

async function door(
  { pool, routerRtpCapabilities, now = Date.now }: SeatsWorld,
  code: string,
  who: Identified,
  key: string | undefined,
): Promise<Door | Refused> {
  const meeting = await findMeetingByCode(pool, code);
  if (!meeting) return { refused: "meeting.unknown" };
  const you = await arriving(pool, meeting, who, key, now());
  if (isRefused(you)) return you;
  const chair = await findAccount(pool, meeting.chairAccount);
  const yourSchool = you.school ? await findSchool(pool, you.school) : undefined;
  const { title, startsAt, lengthMinutes, timeZone, phase, settings } = meeting;
  return {
    code: meeting.code,
    title,
    startsAt,
    lengthMinutes,
    timeZone,
    phase,
    chair: { name: chair?.name ?? "", school: chair?.school ?? null },
    recorded: settings.recorded,
    lobby: settings.lobby,
    next: settings.next,
    capacity: settings.capacity,
    turnLimitMs: settings.turnLimitMs,
    you: {
      name: you.name ?? who.caller?.name ?? null,
      isNameFixed: you.name !== null,
      role: you.role,
      kind: you.kind,
      school: yourSchool ?? null,
      mayOpen: you.mayOpen,
    },
    routerRtpCapabilities: routerRtpCapabilities(),
  };
}

async function schoolsOf({ pool, hosts }: SeatsWorld, code: string): Promise<MeetingSchools | Refused> {
  const meeting = await findMeetingByCode(pool, code);
  const host = meeting && (await hosts.of(meeting.id));
  if (!host) return { refused: "meeting.unknown" };
  const here = new Set(Object.values(host.meeting.seats).flatMap((seat) => seat.school ?? []));
  return { schools: await findSchools(pool, [...here]) };
}

/** Before its planned start somebody who opens it in place of its chair waits, but for so long. */
const opensEarlierMs = 15 * 60_000;

/**
 * Whoever leads the meeting opens it by coming, once every school that wants to has said yes to it; everybody else waits
 * until then. Another adult who answers for the project may open it in place of the chair, if they say that they want to.
 */
async function takeSeat(world: SeatsWorld, code: string, who: Identified, asked: TakeSeat): Promise<Seated | Refused> {
  const now = (world.now ?? Date.now)();
  const meeting = await findMeetingByCode(world.pool, code);
  if (!meeting) return { refused: "meeting.unknown" };
  const as = await arriving(world.pool, meeting, who, asked.key, now);
  if (isRefused(as)) return as;
  const host = await world.hosts.of(meeting.id);
  if (!host) return { refused: "meeting.unknown" };
  if (host.meeting.phase === "ended") return { refused: "meeting.ended" };
  if (host.meeting.phase === "booked") {
    if (await waitsForApproval(world.pool, meeting.id)) return { refused: "meeting.notApproved" };
    const opensInstead = asked.open === true && as.mayOpen && now > meeting.startsAt - opensEarlierMs;
    if (as.role !== "chair" && !opensInstead) return { refused: "meeting.notOpen" };
    await host.system({ type: "meeting.open" });
    if (opensInstead) return seatAt(world, host, meeting, { ...as, role: "chair" }, asked);
  }
  return seatAt(world, host, meeting, as, asked);
}

async function seatAt(
  world: SeatsWorld,
  host: MeetingHost,
  meeting: MeetingRow,
  as: Arriving,
  asked: TakeSeat,
): Promise<Seated | Refused> {
  const resume = asked.resume ?? newSecret();
  const identity = as.identity ?? `guest:${hashOf(resume).toString("base64url")}`;
  const [seat, name] = [world.newId(), world.newId()];
  const { role, school } = as;
  const person = { seat, identity, kind: as.kind ?? ("pupil" as const), vouched: as.kind !== null, school, role, name };
  const decision = await host.system({ type: "seat.arrive", ...person }, [
    { id: name, kind: "name", words: as.name ?? asked.name },
  ]);
  if (isRefused(decision)) return decision;
  if (as.isMember) await keepComer(world.pool, meeting.id, identity);
  const seated = Object.values(host.meeting.seats).find((candidate) => candidate.identity === identity);
  if (!seated) return { refused: "seat.unknown" };
  const ticket = await giveTicket(world.pool, { meeting: meeting.id, seat: seated.seat });
  return { ticket, seat: seated.seat, resume, routerRtpCapabilities: world.routerRtpCapabilities() };
}
