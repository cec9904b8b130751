/**
 * What a connected seat is told. `n` counts what this seat was told since its last snapshot, without gaps; the
 * log's own `seq` never leaves the server (a gap in it would tell what was hidden).
 *
 * When what the seat may see changes (admitted, handed the chair) a new `view` begins with a fresh snapshot. After a
 * reconnect the browser names its last `{ view, n }` and is told what it missed, or gets a snapshot.
 */
import type { MeetingEvent } from "./events.ts";
import type { Id } from "./ids.ts";
import type { RefusalCode } from "./refusals.ts";

/** The words of content rows an event points at, by id. An erased one is missing. */
export type Contents = Record<Id, string>;

/** socket.io event `event`. */
export interface ToldEvent {
  view: number;
  n: number;
  /** Milliseconds since 1970 by the server's clock. */
  at: number;
  event: MeetingEvent;
  contents?: Contents;
}

/** Where the browser's picture of the meeting stands. */
export interface Standing {
  view: number;
  n: number;
}

/** socket.io event `snapshot`; `M` is the meeting's state as this seat may see it. */
export interface ToldSnapshot<M> extends Standing {
  /** The server's clock when this was sent, for turn clocks. */
  now: number;
  seat: Id;
  meeting: M;
  contents: Contents;
}

/** socket.io event `live`: after (re)connecting, everything missed has been told. */
export interface ToldLive {
  /** The server's clock. */
  now: number;
}

/** How a command is acknowledged. `n` is the seat's newest number when it was decided. */
export type CommandAnswer = { ok: true; n: number } | { refused: RefusalCode; message: string };

/** socket.io `auth`, with a ticket from `POST /api/meetings/<code>/seats`. */
export interface ConnectionAuth {
  ticket: string;
  from?: Standing;
}
