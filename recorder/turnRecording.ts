/** One seat's turn, or one shared screen, on its way to disk: a `TurnFile`, and a row in the database for each of its parts. */
import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import type { TrackKind } from "../frames/webm/head.ts";
import type { Id } from "../protocol/ids.ts";
import type { Pool } from "../storage/pool.ts";
import type { StopReason } from "./growingFile.ts";
import { newId } from "./ids.ts";
import { addRecording, endRecording, type RecordedSoFar, type RecordingKind } from "./recordings.ts";
import { type RecordedTurn, TurnFile, type TurnFilePart } from "./turnFile.ts";

export interface RecordingWorld {
  pool: Pool;
  mediaFolder: string;
  logger: Logger;
}

export interface TurnRecordingOptions {
  meeting: Id;
  turn: Id;
  seat: Id;
  kind: RecordingKind;
  /** The file's zero, in ms since 1970. */
  startedAt: number;
  expect: readonly TrackKind[];
  wantKeyFrame: () => void;
  /** Called at most once: nothing more can be written of this turn. */
  stopped: (reason: StopReason) => void;
}

/** RTP that a seat sent, with the moment it came. */
export interface Packet {
  kind: TrackKind;
  bytes: Uint8Array;
  atMs: number;
}

/** While the database does not answer, so much is kept in memory: the turn's latest. */
const heldMs = 10_000;
const retryMs = 500;

interface Part {
  id: Id;
  /** In the database. */
  known: boolean;
}

export class TurnRecording {
  readonly options: TurnRecordingOptions;
  /** Settles when its row is there: from then on nothing is held back. */
  readonly opened: Promise<void>;
  readonly #world: RecordingWorld;
  readonly #id = newId();
  readonly #folder: string;
  readonly #file: TurnFile;
  /** By the name of their file. */
  readonly #parts = new Map<string, Part>();
  /** What came before there was a row; undefined from then on. */
  #held: Packet[] | undefined = [];
  #given = false;
  #ended: Promise<void> | undefined;

  constructor(options: TurnRecordingOptions, world: RecordingWorld) {
    this.options = options;
    this.#world = world;
    this.#folder = join(world.mediaFolder, options.meeting);
    this.#file = new TurnFile({
      path: join(this.#folder, `${this.#id}.webm`),
      startedAtMs: options.startedAt,
      expect: options.expect,
      wantKeyFrame: options.wantKeyFrame,
      stopped: (reason, cause) => this.#stopped(reason, cause),
    });
    this.opened = this.#open();
  }

  take(packet: Packet): void {
    if (!this.#held) {
      this.#feed(packet);
      return;
    }
    this.#held.push(packet);
    while ((this.#held[0]?.atMs ?? packet.atMs) < packet.atMs - heldMs) this.#held.shift();
  }

  /** To be called some ten times a second. */
  tick(nowMs: number): void {
    if (this.#held) return;
    this.#file.tick(nowMs);
    // A camera that came late has begun another part, of which nothing is on disk for half a second.
    const { path, fromMs } = this.#file.writing;
    if (!this.#parts.has(basename(path))) void this.#addPart(path, fromMs);
  }

  /** How far the part being written is on disk; undefined while nothing is. */
  get soFar(): RecordedSoFar | undefined {
    const { path, byteLength, durationMs, tracks } = this.#file.writing;
    const part = this.#parts.get(basename(path));
    if (!part?.known || byteLength === 0 || this.#ended) return undefined;
    return { id: part.id, bytes: byteLength, lengthMs: Math.round(durationMs), ...has(tracks) };
  }

  /**
   * The turn is over: the files are finished and their rows say so. Never fails; while the database does not answer it
   * is asked again until `given` up.
   */
  end(endedAt: number): Promise<void> {
    this.#ended ??= this.#end(endedAt);
    return this.#ended;
  }

  /** Waits no longer for a database that does not answer: what is not written down is mended at the next start. */
  giveUp(): void {
    this.#given = true;
  }

  async #open(): Promise<void> {
    await this.#insist("A recording could not be begun", async () => {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await this.#addRow(this.#file.writing.path, 0);
    });
    const held = this.#held ?? [];
    this.#held = undefined;
    if (!this.#given) for (const packet of held) this.#feed(packet);
  }

  #feed({ kind, bytes, atMs }: Packet): void {
    this.#file.rtp(kind, bytes, atMs);
  }

  async #end(endedAt: number): Promise<void> {
    await this.opened;
    const recorded = await this.#file.finish();
    this.#tellLosses(recorded);
    for (const part of recorded.parts) await this.#endPart(part, endedAt);
    if (recorded.parts.length === 0) {
      const nothing = { bytes: 0, lengthMs: 0, hasSound: false, hasPicture: false, state: "empty" } as const;
      await this.#insist("An empty recording could not be noted", () =>
        endRecording(this.#world.pool, { id: this.#id, ...nothing, endedAt }),
      );
    }
  }

  async #endPart(part: TurnFilePart, endedAt: number): Promise<void> {
    const { path, fromMs, durationMs, byteLength, tracks } = part;
    await this.#addPart(path, fromMs);
    const id = this.#parts.get(basename(path))?.id ?? this.#id;
    const partEnd = this.options.startedAt + fromMs + Math.round(durationMs);
    await this.#insist("A recording could not be noted", () =>
      endRecording(this.#world.pool, {
        id,
        bytes: byteLength,
        lengthMs: Math.round(durationMs),
        ...has(tracks),
        endedAt: Math.min(endedAt, partEnd),
        // One that found no room for its index plays all the same, and gets it when the film is made.
        state: "finished",
      }),
    );
  }

  #addPart(path: string, fromMs: number): Promise<void> {
    return this.#insist("A recording's further part could not be begun", () => this.#addRow(path, fromMs));
  }

  async #addRow(path: string, fromMs: number): Promise<void> {
    const name = basename(path);
    const part = this.#parts.get(name) ?? { id: this.#parts.size === 0 ? this.#id : newId(), known: false };
    this.#parts.set(name, part);
    if (part.known) return;
    const { meeting, turn, seat, kind, startedAt } = this.options;
    const row = { id: part.id, meeting, turn, seat, kind, path: join(meeting, name), startedAt: startedAt + fromMs };
    await addRecording(this.#world.pool, row);
    part.known = true;
  }

  async #insist(whenNot: string, work: () => Promise<void>): Promise<void> {
    for (let told = false; !this.#given; ) {
      try {
        return await work();
      } catch (err) {
        if (!told) this.#world.logger.error({ err, meeting: this.options.meeting }, `${whenNot}; it is tried again`);
        told = true;
        await wait(retryMs);
      }
    }
  }

  #stopped(reason: StopReason, cause: unknown): void {
    const { meeting, turn } = this.options;
    this.#world.logger.error({ err: cause, meeting, turn, reason }, "A recording ends here: the disk takes no more");
    this.options.stopped(reason);
  }

  #tellLosses({ lostPackets }: RecordedTurn): void {
    if (lostPackets.audio + lostPackets.video === 0) return;
    const { meeting, turn } = this.options;
    this.#world.logger.info({ meeting, turn, lostPackets }, "Packets of a recorded turn never came");
  }
}

function has(tracks: readonly TrackKind[]): { hasSound: boolean; hasPicture: boolean } {
  return { hasSound: tracks.includes("audio"), hasPicture: tracks.includes("video") };
}
