/** The meeting's namespace on socket.io: who holds a ticket sits on its seat and speaks for it, and for nobody else. */
import * as z from "zod";
import { isHere } from "../../domain/meeting/state.ts";
import { Command } from "../../protocol/commands.ts";
import type { Id } from "../../protocol/ids.ts";
import { MediaRequest } from "../../protocol/media.ts";
import type { Refused } from "../../protocol/refusals.ts";
import { Signal } from "../../protocol/signals.ts";
import type { Pool } from "../../storage/pool.ts";
import type { Channel, Line, Namespace } from "../socketio/channel.ts";
import type { Connection, MeetingHost } from "./host.ts";
import type { Hosts } from "./hosts.ts";
import type { Lines } from "./lines.ts";
import type { SignalRelay } from "./signals.ts";
import { placeOfTicket } from "./tickets.ts";

/** What answers requests about media of one meeting. */
export interface AnswersMedia {
  request(seat: Id, request: MediaRequest): Promise<object>;
}

export interface GatewayWorld {
  pool: Pool;
  hosts: Hosts;
  mediaOf: (meeting: Id) => AnswersMedia | undefined;
  lines: Lines;
  signals: SignalRelay;
}

interface Session {
  host: MeetingHost;
  seat: Id;
  line: Line;
  connection: Connection;
}

const Auth = z.strictObject({
  ticket: z.string().max(100),
  from: z.strictObject({ view: z.int().nonnegative(), n: z.int().nonnegative() }).optional(),
});

export function meetingNamespace(world: GatewayWorld): Namespace<Session> {
  return {
    path: "/",
    admit: (auth, line) => admit(world, auth, line),
    gone(session) {
      const { host, seat, line } = session;
      if (world.lines.gone(host.id, seat, line)) world.signals.forget(host.id, seat);
      // A host that failed has reported so; the seat begins its grace time when it is loaded again.
      host.detach(seat, session.connection).catch(() => {});
    },
    channels: [commands, media(world), signals(world)],
  };
}

async function admit(world: GatewayWorld, rawAuth: unknown, line: Line): Promise<Session | Refused> {
  const auth = Auth.safeParse(rawAuth);
  if (!auth.success) return { refused: "ticket.invalid" };
  const place = await placeOfTicket(world.pool, auth.data.ticket);
  const host = place && (await world.hosts.of(place.meeting));
  if (!host) return { refused: "ticket.invalid" };
  const connection: Connection = {
    event: (told) => line.tell("event", told),
    snapshot: (told) => line.tell("snapshot", told),
    live: (told) => line.tell("live", told),
    end: (why) => line.end(why),
  };
  const session = { host, seat: place.seat, line, connection };
  const attached = await host.attach(place.seat, connection, auth.data.from);
  if ("refused" in attached) return attached;
  world.lines.came(host.id, place.seat, line);
  const seat = host.meeting.seats[place.seat];
  if (seat && isHere(seat)) world.signals.showStills(host.id, place.seat);
  return session;
}

const commands: Channel<Session, Command> = {
  name: "command",
  schema: Command,
  limit: { burst: 20, perSecond: 5 },
  take: ({ host, seat }, command) => host.command(seat, command),
};

/** Joining a large meeting asks for much at once; who is in the lobby gets none of it. */
function media(world: GatewayWorld): Channel<Session, MediaRequest> {
  return {
    name: "media",
    schema: MediaRequest,
    limit: { burst: 60, perSecond: 10 },
    async take({ host, seat }, request) {
      const here = host.meeting.seats[seat];
      if (!here || !isHere(here)) return { refused: "seat.notInRoom" };
      const answering = world.mediaOf(host.id);
      return answering ? answering.request(seat, request) : { refused: "media.unavailable" };
    },
  };
}

function signals(world: GatewayWorld): Channel<Session, Signal> {
  return {
    name: "signal",
    schema: Signal,
    limit: { burst: 20, perSecond: 12 },
    async take({ host, seat }, signal) {
      return world.signals.take(host.id, seat, signal, host.meeting);
    },
  };
}
