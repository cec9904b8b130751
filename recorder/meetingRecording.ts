/**
 * One recorded meeting: what is written to disk follows its log. A file for every turn and one for every shared screen,
 * as long as the recording runs and nothing is frozen; everything else that arrives goes nowhere.
 */
import { evolve } from "../domain/meeting/evolve.ts";
import { bookedMeeting, type Meeting } from "../domain/meeting/state.ts";
import type { TrackKind } from "../frames/webm/head.ts";
import type { LoggedEvent } from "../protocol/events.ts";
import type { Id } from "../protocol/ids.ts";
import type { MediumKind, MeetingSettings } from "../protocol/meeting.ts";
import type { StopReason } from "./growingFile.ts";
import type { RecordedSoFar, RecordingKind } from "./recordings.ts";
import { type RecordingWorld, TurnRecording } from "./turnRecording.ts";

/**
 * One medium of one seat as it reaches the recorder; its gate lets packets through while it is open. Sender reports are
 * left aside: through an SFU, after a pause, they put sound up to half a second off (docs/decisions/0009-recording.md).
 */
export interface Source {
  readonly seat: Id;
  readonly medium: MediumKind;
  readonly closed: boolean;
  /** Opens the gate; what came in the last moment is given first. */
  resume(): void;
  pause(): void;
  requestKeyFrame(): void;
  onRtp(take: (bytes: Uint8Array, atMs: number) => void): void;
  onClosed(done: () => void): void;
}

export interface MeetingRecordingOptions {
  meeting: Id;
  settings: MeetingSettings;
  world: RecordingWorld;
  /** Nothing before this moment is recorded here: it is another recorder's, or nobody's. In ms since 1970. */
  notBefore: number;
  /** The disk takes no more. */
  stopped: (reason: StopReason) => void;
}

/** What should be written now. */
interface Wanted {
  key: string;
  turn: Id;
  seat: Id;
  kind: RecordingKind;
  since: number;
}

/** After the end of a turn its last packets may still be on their way, sent again after a loss. */
const stragglersMs = 200;

const kindOf: Record<MediumKind, RecordingKind> = { microphone: "speaker", camera: "speaker", screen: "screen" };
const trackOf: Record<MediumKind, TrackKind> = { microphone: "audio", camera: "video", screen: "video" };
const place = (seat: Id, kind: RecordingKind) => `${seat} ${kind}`;

export class MeetingRecording {
  readonly #options: MeetingRecordingOptions;
  readonly #sources = new Set<Source>();
  /** What is being written, by turn and kind. */
  readonly #running = new Map<string, TurnRecording>();
  /** Where a seat's packets go, by seat and kind; a little longer than it runs. */
  readonly #places = new Map<string, TurnRecording>();
  readonly #ending = new Set<TurnRecording>();
  #meeting: Meeting;
  #seq = 0;
  #shareSince = 0;
  #since: number;
  #halted = false;
  #over = false;

  constructor(options: MeetingRecordingOptions) {
    this.#options = options;
    this.#since = options.notBefore;
    this.#meeting = bookedMeeting(options.settings);
  }

  /** The last event that was read. */
  get seq(): number {
    return this.#seq;
  }

  get hasEnded(): boolean {
    return this.#meeting.phase === "ended";
  }

  /** It has ended and everything of it is on disk. */
  get isOver(): boolean {
    return this.hasEnded && this.#running.size === 0 && this.#ending.size === 0;
  }

  get isWriting(): boolean {
    return this.#running.size > 0;
  }

  /** How far each file is, of those that are being written. */
  get soFar(): RecordedSoFar[] {
    return [...this.#running.values()].flatMap(({ soFar }) => (soFar ? [soFar] : []));
  }

  /** What happened since. Doing it twice changes nothing. */
  follow(log: readonly LoggedEvent[]): void {
    const news = log.filter(({ seq }) => seq > this.#seq);
    // What is past when it is read for the first time was not recorded by this recorder.
    const past = news.filter(({ at }) => at < this.#options.notBefore);
    for (const logged of past) this.#fold(logged);
    if (past.length > 0) this.#settle(this.#options.notBefore);
    for (const logged of news.slice(past.length)) {
      this.#fold(logged);
      this.#settle(logged.at);
    }
  }

  add(source: Source): void {
    this.#sources.add(source);
    const { seat, medium } = source;
    const kind = trackOf[medium];
    const here = place(seat, kindOf[medium]);
    source.onRtp((bytes, atMs) => this.#places.get(here)?.take({ kind, bytes, atMs }));
    source.onClosed(() => this.#sources.delete(source));
    if (this.#places.has(here)) source.resume();
  }

  tick(nowMs: number): void {
    for (const recording of this.#running.values()) recording.tick(nowMs);
  }

  /** The disk takes no more: nothing new is begun until `goOn`. */
  halt(now: number): void {
    this.#halted = true;
    this.#settle(now);
  }

  goOn(now: number): void {
    this.#halted = false;
    this.#since = now;
    this.#settle(now);
  }

  /** Ends everything that is being written and waits until it is on disk, for the database only so long. */
  async close(now: number, patienceMs: number): Promise<void> {
    this.#over = true;
    this.#settle(now);
    const ending = [...this.#ending].map((recording) => recording.end(now));
    const timer = setTimeout(() => {
      for (const recording of this.#ending) recording.giveUp();
    }, patienceMs);
    await Promise.all(ending);
    clearTimeout(timer);
  }

  #fold({ seq, at, event }: LoggedEvent): void {
    const before = this.#meeting;
    this.#seq = seq;
    this.#meeting = evolve(before, { at, event });
    if (event.type === "share.started") this.#shareSince = at;
    if (before.recording !== "running" && this.#meeting.recording === "running")
      this.#since = Math.max(this.#since, at);
  }

  /** What is written becomes what the meeting says, as of `at`. */
  #settle(at: number): void {
    const wanted = new Map(this.#wanted().map((one) => [one.key, one]));
    for (const [key, recording] of this.#running) if (!wanted.has(key)) this.#end(key, recording, at);
    for (const one of wanted.values()) if (!this.#running.has(one.key)) this.#begin(one);
  }

  #wanted(): Wanted[] {
    const { phase, frozen, recording, turns, share } = this.#meeting;
    if (this.#over || this.#halted || phase !== "open" || frozen || recording !== "running") return [];
    const speakers = turns.map(({ turn, seat, startedAt }) => this.#wish("speaker", turn, seat, startedAt));
    return share ? [...speakers, this.#wish("screen", share.turn, share.seat, this.#shareSince)] : speakers;
  }

  #wish(kind: RecordingKind, turn: Id, seat: Id, startedAt: number): Wanted {
    const since = Math.max(startedAt, this.#since);
    // A screen may be shared twice in a turn.
    return { key: `${turn} ${kind}${kind === "screen" ? ` ${startedAt}` : ""}`, turn, seat, kind, since };
  }

  #begin({ key, turn, seat, kind, since }: Wanted): void {
    const recording: TurnRecording = new TurnRecording(
      {
        meeting: this.#options.meeting,
        turn,
        seat,
        kind,
        startedAt: since,
        expect: this.#expected(seat, kind),
        wantKeyFrame: () => {
          for (const source of this.#sourcesOf(seat, kind))
            if (source.medium !== "microphone") source.requestKeyFrame();
        },
        stopped: (reason) => this.#options.stopped(reason),
      },
      this.#options.world,
    );
    this.#running.set(key, recording);
    this.#places.set(place(seat, kind), recording);
    for (const source of this.#sourcesOf(seat, kind)) source.resume();
  }

  /** A camera that is neither on nor here is not waited for; when it comes after all, it begins a part of its own. */
  #expected(seat: Id, kind: RecordingKind): TrackKind[] {
    if (kind === "screen") return ["video"];
    const person = this.#meeting.seats[seat];
    const here = new Set(this.#sourcesOf(seat, kind).map(({ medium }) => medium));
    const camera = person?.camera || here.has("camera");
    const microphone = person?.microphone || here.has("microphone");
    return [...(microphone || !camera ? ["audio" as const] : []), ...(camera ? ["video" as const] : [])];
  }

  #end(key: string, recording: TurnRecording, at: number): void {
    this.#running.delete(key);
    this.#ending.add(recording);
    // Nothing at all is kept of what was said after the panic button.
    const waitMs = this.#meeting.frozen ? 0 : stragglersMs;
    setTimeout(() => {
      this.#letGo(recording);
      void recording.end(at).then(() => this.#ending.delete(recording));
    }, waitMs);
  }

  /** Nothing more goes to it; the seat's gate closes unless its next turn has begun already. */
  #letGo(recording: TurnRecording): void {
    const { seat, kind } = recording.options;
    if (this.#places.get(place(seat, kind)) !== recording) return;
    this.#places.delete(place(seat, kind));
    for (const source of this.#sourcesOf(seat, kind)) source.pause();
  }

  #sourcesOf(seat: Id, kind: RecordingKind): Source[] {
    return [...this.#sources].filter((source) => source.seat === seat && kindOf[source.medium] === kind);
  }
}
