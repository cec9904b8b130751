/**
 * One running meeting: takes commands one at a time, appends before it tells, and lets media follow the floor.
 *
 *     decide -> append -> evolve -> media settles -> the seats are told
 *
 * Nothing here is lost with the process: `load` makes the same host again from the log.
 */
import { decide, decideSystem } from "../../domain/meeting/decide.ts";
import { type Decision, type Given, isRefused } from "../../domain/meeting/draft.ts";
import { nextDue } from "../../domain/meeting/due.ts";
import { contentsOf, contentsOfMeeting, perspectiveOf, view } from "../../domain/meeting/show.ts";
import { bookedMeeting, isHere, type Meeting } from "../../domain/meeting/state.ts";
import type { Command, SystemCommand } from "../../protocol/commands.ts";
import type { LoggedEvent } from "../../protocol/events.ts";
import type { Id } from "../../protocol/ids.ts";
import type { MeetingSettings } from "../../protocol/meeting.ts";
import type { RefusalCode, Refused } from "../../protocol/refusals.ts";
import type { Contents, Standing, ToldEvent, ToldLive, ToldSnapshot } from "../../protocol/told.ts";
import { append, type KeptContent, read, readContents } from "../../storage/log.ts";
import type { Pool } from "../../storage/pool.ts";
import { advance, shownSince, toldTo, Views } from "./views.ts";

/** A browser that holds a seat now. */
export interface Connection {
  event(told: ToldEvent): void;
  snapshot(told: ToldSnapshot<Meeting>): void;
  /** Everything missed has been told. */
  live(told: ToldLive): void;
  /** The last word: the connection ends for this reason. */
  end(why: RefusalCode): void;
}

/** Media as the host sees it: it settles on the meeting as it now is, before anybody is told. */
export interface FollowsFloor {
  settle(meeting: Meeting): void;
}

export interface HostWorld {
  pool: Pool;
  now: () => number;
  newId: () => Id;
  /** A fault that ends this host; it is loaded again from the log at the next knock. */
  failed: (meeting: Id, cause: unknown) => void;
}

/** Setting a timer further away than this would fire at once (32 bits of milliseconds). */
const longestTimerMs = 2_000_000_000;

type Answer = { ok: true; n: number } | Refused;

export class MeetingHost {
  readonly id: Id;
  readonly #world: HostWorld;
  readonly #log: LoggedEvent[] = [];
  readonly #views = new Views();
  readonly #contents: Contents;
  readonly #connections = new Map<Id, { connection: Connection; n: number }>();
  readonly #listeners = new Set<(meeting: Meeting, logged: readonly LoggedEvent[]) => void>();
  #meeting: Meeting;
  #media: FollowsFloor | undefined;
  #tail: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  private constructor(id: Id, settings: MeetingSettings, contents: Contents, world: HostWorld) {
    this.id = id;
    this.#world = world;
    this.#meeting = bookedMeeting(settings);
    this.#contents = contents;
  }

  /** The host of a meeting as its log says. Seats that were connected to a former process begin their grace time. */
  static async load(id: Id, settings: MeetingSettings, world: HostWorld): Promise<MeetingHost> {
    const [log, contents] = [await read(world.pool, id), await readContents(world.pool, id)];
    const host = new MeetingHost(id, settings, contents, world);
    for (const logged of log) host.#fold(logged);
    const orphans = Object.values(host.#meeting.seats).filter(
      (seat) => (isHere(seat) || seat.place === "lobby") && seat.lostAt === null,
    );
    for (const seat of orphans) await host.system({ type: "seat.loseConnection", seat: seat.seat });
    host.#setClock();
    return host;
  }

  get meeting(): Meeting {
    return this.#meeting;
  }

  get log(): readonly LoggedEvent[] {
    return this.#log;
  }

  get contents(): Readonly<Contents> {
    return this.#contents;
  }

  get connected(): number {
    return this.#connections.size;
  }

  /** From now on media settles with every event. It settles at once on what is. */
  followBy(media: FollowsFloor | undefined): void {
    this.#media = media;
    media?.settle(this.#meeting);
  }

  /** Calls back after seats were told; answers with how to stop it. */
  onAppended(listener: (meeting: Meeting, logged: readonly LoggedEvent[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A person's command; `seat` is that of their connection. */
  command(seat: Id, command: Command): Promise<Answer> {
    return this.#oneAtATime(async () => {
      const decision = await this.#take((given) => decide(this.#meeting, seat, command, given));
      if (isRefused(decision)) return decision;
      return { ok: true, n: this.#connections.get(seat)?.n ?? 0 };
    });
  }

  /** What the server itself says: clocks, connections, the recorder. */
  system(command: SystemCommand, contents: readonly KeptContent[] = []): Promise<Decision> {
    return this.#oneAtATime(() => this.#take((given) => decideSystem(this.#meeting, command, given), contents));
  }

  /**
   * A browser takes its seat, with where its picture stands if it had one. An older connection of the same seat ends:
   * one live seat per identity, the newest wins. Refused when the seat is no longer one.
   */
  attach(seat: Id, connection: Connection, from?: Standing): Promise<{ ok: true } | Refused> {
    return this.#oneAtATime(async () => {
      const decision = await this.#take((given) => decideSystem(this.#meeting, { type: "seat.connect", seat }, given));
      if (isRefused(decision)) {
        return this.#meeting.seats[seat]?.place === "removed" ? { refused: "seat.removed" } : decision;
      }
      this.#connections.get(seat)?.connection.end("seat.replaced");
      this.#connections.set(seat, { connection, n: 0 });
      this.#bringUpToDate(seat, from);
      connection.live({ now: this.#world.now() });
      return { ok: true };
    });
  }

  /** A browser is gone. Says nothing when a newer connection has taken the seat already. */
  detach(seat: Id, connection: Connection): Promise<void> {
    return this.#oneAtATime(async () => {
      if (this.#connections.get(seat)?.connection !== connection) return;
      this.#connections.delete(seat);
      await this.#take((given) => decideSystem(this.#meeting, { type: "seat.loseConnection", seat }, given));
    });
  }

  /**
   * Puts somebody out whose account or place has ended. Told first why; then they leave at once, so that they hear and see
   * nothing more, whatever their browser does.
   */
  async dismiss(seat: Id, why: RefusalCode): Promise<void> {
    this.#connections.get(seat)?.connection.end(why);
    this.#connections.delete(seat);
    await this.system({ type: "seat.dismiss", seat });
  }

  /** Waits for what was taken before, stops the clock and lets go of media; the log keeps everything. */
  async close(): Promise<void> {
    await this.#tail.catch(() => {});
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(() => {
      if (this.#closed) throw new Error(`The host of meeting ${this.id} is closed`);
      return work();
    });
    this.#tail = result.catch(() => {});
    return result;
  }

  /**
   * The one way anything happens. A fault in appending leaves the meeting as it was and closes this host: whether the
   * events are on disk is then unknown, and only the log can say.
   */
  async #take(rule: (given: Given) => Decision, contents: readonly KeptContent[] = []): Promise<Decision> {
    const now = Math.max(this.#world.now(), this.#log.at(-1)?.at ?? 0);
    const decision = rule({ now, newId: this.#world.newId });
    if (isRefused(decision) || decision.events.length === 0) return decision;
    const kept = [...contents, ...decision.contents];
    const logged = await this.#append(now, decision.events, kept);
    for (const { id, words } of kept) this.#contents[id] = words;
    const pictures = logged.map((line) => {
      const before = this.#meeting;
      this.#fold(line);
      return { line, before, after: this.#meeting };
    });
    this.#media?.settle(this.#meeting);
    for (const { line, before, after } of pictures) this.#tell(line, before, after);
    this.#setClock();
    for (const listener of this.#listeners) listener(this.#meeting, logged);
    return decision;
  }

  async #append(now: number, events: Parameters<typeof append>[4], contents: readonly KeptContent[]) {
    try {
      return await append(this.#world.pool, this.id, this.#log.length + 1, now, events, contents);
    } catch (cause) {
      this.#closed = true;
      clearTimeout(this.#timer);
      for (const { connection } of this.#connections.values()) connection.end("meeting.busy");
      this.#world.failed(this.id, cause);
      throw cause;
    }
  }

  #fold(logged: LoggedEvent): void {
    this.#log.push(logged);
    this.#meeting = advance(this.#meeting, this.#views, logged);
  }

  #tell({ at, event }: LoggedEvent, before: Meeting, after: Meeting): void {
    const words = pick(this.#contents, contentsOf(event));
    for (const [seat, told] of this.#connections) {
      const news = toldTo(seat, event, before, after);
      if (news === "nothing") continue;
      // The snapshot is of the meeting right after this event: later events of the same command follow it.
      if (news === "newView") this.#sendSnapshot(seat, after, 0);
      else {
        told.n += 1;
        const { view: number } = this.#views.of(seat);
        told.connection.event({ view: number, n: told.n, at, event: news.event, ...(words && { contents: words }) });
      }
    }
    this.#endLostSeats(event);
  }

  /** Who left, was removed or turned away, and everybody at the end, is told why and disconnected. */
  #endLostSeats(event: LoggedEvent["event"]): void {
    const end = (seat: Id, why: RefusalCode) => {
      this.#connections.get(seat)?.connection.end(why);
      this.#connections.delete(seat);
    };
    if (event.type === "seat.removed") end(event.seat, "seat.removed");
    if (event.type === "lobby.turnedAway") end(event.seat, "seat.turnedAway");
    if (event.type === "seat.left" || event.type === "lobby.left") end(event.seat, "seat.unknown");
    if (event.type === "meeting.ended") for (const seat of [...this.#connections.keys()]) end(seat, "meeting.ended");
  }

  #bringUpToDate(seat: Id, from: Standing | undefined): void {
    const told = this.#connections.get(seat);
    const perspective = perspectiveOf(this.#meeting, seat);
    if (!told || !perspective) return;
    const { view: number, since } = this.#views.of(seat);
    const shown = shownSince(this.#log, since, perspective);
    if (from?.view !== number || from.n > shown.length) {
      this.#sendSnapshot(seat, this.#meeting, shown.length);
      return;
    }
    told.n = shown.length;
    shown.slice(from.n).forEach(({ at, event }, index) => {
      const words = pick(this.#contents, contentsOf(event));
      told.connection.event({ view: number, n: from.n + index + 1, at, event, ...(words && { contents: words }) });
    });
  }

  #sendSnapshot(seat: Id, meeting: Meeting, n: number): void {
    const told = this.#connections.get(seat);
    const perspective = perspectiveOf(meeting, seat);
    if (!told || !perspective) return;
    const seen = view(perspective, meeting);
    told.n = n;
    told.connection.snapshot({
      view: this.#views.of(seat).view,
      n,
      now: this.#world.now(),
      seat,
      meeting: seen,
      contents: pick(this.#contents, contentsOfMeeting(seen)) ?? {},
    });
  }

  #setClock(): void {
    clearTimeout(this.#timer);
    const due = nextDue(this.#meeting);
    if (!due || this.#closed) return;
    const inMs = Math.min(longestTimerMs, Math.max(0, due.at - this.#world.now()));
    // The append's own fault has been reported by then; a refusal means that something else came first.
    this.#timer = setTimeout(
      () =>
        void this.system(due.command).then(
          () => this.#setClock(),
          () => {},
        ),
      inMs,
    );
  }
}

function pick(contents: Contents, ids: readonly Id[]): Contents | undefined {
  const found = ids.flatMap((id) => (contents[id] === undefined ? [] : [[id, contents[id]] as const]));
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}
