/**
 * The browser's end of a meeting: commands out, events folded. No React, no DOM; media is client/media.ts.
 *
 * The picture of the meeting is the fold of what this seat was told. A gap in the numbering means that something was
 * lost on the way, and the connection is made anew from the last number that was folded.
 */
import { Manager, type Socket } from "socket.io-client";
import { evolve } from "../domain/meeting/evolve.ts";
import type { Meeting } from "../domain/meeting/state.ts";
import type { Command } from "../protocol/commands.ts";
import type { Id } from "../protocol/ids.ts";
import type { MediaAnswer, MediaNotice, MediaRequest } from "../protocol/media.ts";
import type { RefusalCode } from "../protocol/refusals.ts";
import type { Signal, ToldSignal } from "../protocol/signals.ts";
import type { CommandAnswer, Contents, Standing, ToldEvent, ToldLive, ToldSnapshot } from "../protocol/told.ts";

/** `offline`: the connection is being found again by itself. `over`: it ended for good, see `why`. */
export type Link = "connecting" | "live" | "offline" | "over";

export interface SessionState {
  link: Link;
  why: RefusalCode | null;
  seat: Id | null;
  /** The meeting as this seat may see it; null until the first snapshot. */
  meeting: Meeting | null;
  contents: Contents;
  /** Add this to the browser's clock to get the server's. */
  clockOffsetMs: number;
}

/** A connection that nobody speaks for yet. */
export interface Reached {
  readonly manager: Manager;
  letGo(): void;
}

/**
 * The way to the server, to be looked for while somebody is still at the door: joining then waits for no handshake. Without
 * a ticket nothing is said over it; the server closes it after a while, and it is found again. `url`: this page's own
 * origin by default.
 */
export function reachServer(url = location.origin): Reached {
  const manager = new Manager(url, {
    // Polling first, then an upgrade: it passes where WebSocket is stripped.
    transports: ["polling", "websocket"],
    reconnectionDelay: 250,
    reconnectionDelayMax: 2_000,
    randomizationFactor: 0.5,
  });
  return {
    manager,
    letGo() {
      manager.reconnection(false);
      manager.engine?.close();
    },
  };
}

export interface SessionOptions {
  ticket: string;
  /** Over this way; otherwise one is looked for. */
  reached?: Reached;
  now?: () => number;
}

export interface Session {
  readonly state: SessionState;
  subscribe(changed: () => void): () => void;
  /**
   * Resolves with the server's answer. While the connection is lost the command waits and is sent again after it is
   * found; each is safe to be taken twice (hands, turns by id, messages by id).
   */
  send(command: Command): Promise<CommandAnswer>;
  signal(signal: Signal): void;
  onSignal(told: (signal: ToldSignal) => void): () => void;
  request<T extends MediaRequest["type"]>(request: Extract<MediaRequest, { type: T }>): Promise<MediaAnswer<T>>;
  onMediaNotice(told: (notice: MediaNotice) => void): () => void;
  close(): void;
}

/** How long an answer may take before the command is sent again over a connection that looks alive. */
const answerWithinMs = 8_000;
/** What one decision brought about comes within this. */
const togetherMs = 4;
/** These reasons end a connection only for now: the server asks us to come again. */
const comesAgain: ReadonlySet<RefusalCode> = new Set(["meeting.busy"]);
const comeAgainAfterMs = 400;
/** A connection over which nothing was told for this long was never admitted: another one is tried. */
const admittedWithinMs = 10_000;

interface Waiting {
  command: Command;
  attempts: number;
  resolve: (answer: CommandAnswer) => void;
}

export function openSession({ ticket, reached = reachServer(), now = Date.now }: SessionOptions): Session {
  let state: SessionState = {
    link: "connecting",
    why: null,
    seat: null,
    meeting: null,
    contents: {},
    clockOffsetMs: 0,
  };
  let standing: Standing | undefined;
  const listeners = new Set<() => void>();
  const signalListeners = new Set<(signal: ToldSignal) => void>();
  const noticeListeners = new Set<(notice: MediaNotice) => void>();
  const waiting = new Set<Waiting>();

  const change = (changed: Partial<SessionState>) => {
    state = { ...state, ...changed };
    for (const listener of listeners) listener();
  };
  /*
   * What happens together is told in several messages, some milliseconds apart: they are folded before anybody looks, so
   * that the page is drawn once and the first message does not hold up the last. In a tab that is not looked at, whose
   * timers are slowed down, at once: it may have been given the floor.
   */
  const turn = new MessageChannel();
  let due = false;
  const tell = () => {
    if (!due) return;
    due = false;
    change({});
  };
  turn.port1.onmessage = tell;
  const changeSoon = (changed: Partial<SessionState>) => {
    state = { ...state, ...changed };
    if (due) return;
    due = true;
    if (document.hidden) turn.port2.postMessage(null);
    else setTimeout(tell, togetherMs);
  };

  const socket: Socket = reached.manager.socket("/", {
    auth: (give: (auth: object) => void) => give({ ticket, ...(standing && { from: standing }) }),
  });

  let admission: ReturnType<typeof setTimeout> | undefined;
  socket.on("connect", () => {
    clearTimeout(admission);
    admission = setTimeout(() => socket.disconnect().connect(), admittedWithinMs);
    for (const one of waiting) transmit(one);
  });
  socket.on("disconnect", () => {
    clearTimeout(admission);
    if (state.link !== "over") change({ link: "offline" });
  });
  socket.on("snapshot", (told: ToldSnapshot<Meeting>) => {
    standing = { view: told.view, n: told.n };
    change({
      link: "live",
      seat: told.seat,
      meeting: told.meeting,
      contents: told.contents,
      clockOffsetMs: told.now - now(),
    });
  });
  socket.on("live", ({ now: server }: ToldLive) => {
    clearTimeout(admission);
    change({ link: "live", clockOffsetMs: server - now() });
  });
  socket.on("event", (told: ToldEvent) => {
    if (!state.meeting || !standing || told.view !== standing.view || told.n !== standing.n + 1) {
      if (standing && told.view === standing.view && told.n <= standing.n) return;
      standing = undefined;
      socket.disconnect().connect();
      return;
    }
    standing = { view: told.view, n: told.n };
    changeSoon({
      link: "live",
      meeting: evolve(state.meeting, told),
      contents: told.contents ? { ...state.contents, ...told.contents } : state.contents,
    });
  });
  socket.on("end", ({ refused }: { refused: RefusalCode }) => {
    // Closed from this side as well: the server's own closing, should it come late, would undo our coming again.
    socket.disconnect();
    if (comesAgain.has(refused)) {
      setTimeout(() => state.link !== "over" && socket.connect(), comeAgainAfterMs);
      return;
    }
    change({ link: "over", why: refused });
    for (const { resolve } of waiting) resolve({ refused, message: "" });
    waiting.clear();
  });
  socket.on("signal", (signal: ToldSignal) => {
    for (const listener of signalListeners) listener(signal);
  });
  socket.on("media", (notice: MediaNotice) => {
    for (const listener of noticeListeners) listener(notice);
  });

  function transmit(one: Waiting): void {
    one.attempts += 1;
    const attempt = one.attempts;
    socket.timeout(answerWithinMs).emit("command", one.command, (late: Error | null, answer: CommandAnswer) => {
      if (!waiting.has(one)) return;
      if (late) {
        if (socket.connected && attempt === one.attempts) transmit(one);
        return;
      }
      // It was not taken because the meeting is being found again; it is sent again when it is found.
      if ("refused" in answer && comesAgain.has(answer.refused)) return;
      waiting.delete(one);
      one.resolve(answer);
    });
  }

  return {
    get state() {
      return state;
    },
    subscribe: (changed) => subscribeTo(listeners, changed),
    onSignal: (told) => subscribeTo(signalListeners, told),
    onMediaNotice: (told) => subscribeTo(noticeListeners, told),
    send(command) {
      if (state.link === "over") return Promise.resolve({ refused: state.why ?? "seat.unknown", message: "" });
      return new Promise((resolve) => {
        const one: Waiting = { command, attempts: 0, resolve };
        waiting.add(one);
        if (socket.connected) transmit(one);
      });
    },
    signal: (signal) => void socket.volatile.emit("signal", signal),
    async request(request) {
      return socket.timeout(answerWithinMs).emitWithAck("media", request);
    },
    close() {
      state = { ...state, link: "over" };
      due = false;
      turn.port1.close();
      socket.disconnect();
    },
  };
}

function subscribeTo<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
