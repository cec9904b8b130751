import { SeatClock } from "../frames/clock.ts";
import { type AudioFrame, OPUS_CLOCK_RATE, opusFrame } from "../frames/opus.ts";
import { type OrderedPacket, ReorderBuffer } from "../frames/reorder.ts";
import { parseRtp, parseSenderReports } from "../frames/rtp.ts";
import { type VideoFrame, VP8_CLOCK_RATE, Vp8Depacketizer } from "../frames/vp8.ts";
import type { TrackKind } from "../frames/webm/head.ts";
import { WebmWriter } from "../frames/webm/write.ts";
import { GrowingFile, type StopReason } from "./growingFile.ts";
import { repairWebm } from "./repair.ts";

export interface TurnFileOptions {
  /** Where the first part goes, ending in `.webm`; later parts become `<name>.2.webm` and so on. No file may be there yet. */
  readonly path: string;
  /** When the turn began, in ms since 1970 on the clock by which the packets' arrival is told. It is the file's time 0. */
  readonly startedAtMs: number;
  /** What the seat sends: a turn has both or one, a screen has `["video"]` or both. */
  readonly expect: readonly TrackKind[];
  /** Called when a key frame is needed: at the start, after a loss, and now and then so that the film can be sought in. */
  readonly wantKeyFrame: () => void;
  /** Called at most once, when nothing more can be written. What came before is kept; `finish` is still to be called. */
  readonly stopped: (reason: StopReason, cause: unknown) => void;
  /** How far apart key frames may be while video flows; 0: as far as the sender likes. */
  readonly keyFrameEveryMs?: number;
}

export interface TurnFilePart {
  readonly path: string;
  /** Where the part's time 0 lies, in ms from the turn's start. */
  readonly fromMs: number;
  /** The end of its last frame, in ms from its own time 0. */
  readonly durationMs: number;
  readonly byteLength: number;
  readonly tracks: readonly TrackKind[];
  /** It has its index and length. Without them it plays all the same; `repairWebm` may finish it. */
  readonly finished: boolean;
}

export interface RecordedTurn {
  /** In the turn's order, mostly one; none when not a single frame came. */
  readonly parts: readonly TurnFilePart[];
  readonly lostPackets: Readonly<Record<TrackKind, number>>;
  /** Why it is not the whole turn, or `null`. */
  readonly stopReason: StopReason | null;
}

/** How long what is missing is waited for, at the start of a stream too: its first packets hold the key frame. */
const REORDER_MS = 200;
const KEY_FRAME_EVERY_MS = 5000;
/** An SFU asks a sender at most once a second whoever wants one; asking twice as often loses nothing. */
const ASK_AGAIN_MS = 500;
/** A key frame is worth asking for if there was a picture less than this ago, or in the turn's first moments. */
const FLOWS_MS = 1000;
const CAMERA_STARTS_MS = 3000;
/** After so long without a frame what is held in memory is written. Longer than the writer waits for the camera. */
const SILENCE_MS = 1500;

interface Stream {
  readonly reorder: ReorderBuffer;
  ssrc: number | null;
}

interface Part {
  readonly file: GrowingFile;
  readonly writer: WebmWriter;
  readonly fromMs: number;
}

/**
 * Records what one seat sends during one turn: RTP in, a WebM file out that plays at any moment, with one write every
 * half second. Sound (Opus) and picture (VP8) lie on one clock; the first sound stands where it came, not at 0.
 *
 * Feed it every packet with its arrival time, call `tick` some ten times a second, and `finish` when the turn is over
 * (200 ms after the last packet, if late ones are to be had). It holds no timer and asks no clock. Packets are kept as
 * they are for up to about a second, so their bytes must not be reused; nothing in it throws because of what they hold.
 *
 * One turn is one file, except that a camera which first shows itself after the head was written (a second into the
 * turn) begins a second part: see `WebmWriter` for the reason. Sound from before the turn is dropped; pictures from
 * before it are moved to its start, since later ones refer to them.
 */
export class TurnFile {
  readonly #options: TurnFileOptions;
  readonly #keyFrameEveryMs: number;
  readonly #clock = new SeatClock({ audio: OPUS_CLOCK_RATE, video: VP8_CLOCK_RATE });
  readonly #streams: Record<TrackKind, Stream> = { audio: newStream(), video: newStream() };
  readonly #depacketizer = new Vp8Depacketizer();
  readonly #ended: Promise<TurnFilePart | null>[] = [];
  #part: Part;
  #partCount = 0;
  #lastFrameAtMs: number;
  #lastVideoAtMs = Number.NEGATIVE_INFINITY;
  #lastKeyFrameAtMs = Number.NEGATIVE_INFINITY;
  #askedAtMs: number;
  #stopReason: StopReason | null = null;
  #finished: Promise<RecordedTurn> | null = null;

  constructor(options: TurnFileOptions) {
    this.#options = options;
    this.#keyFrameEveryMs = options.keyFrameEveryMs ?? KEY_FRAME_EVERY_MS;
    this.#lastFrameAtMs = options.startedAtMs;
    this.#askedAtMs = options.startedAtMs;
    this.#part = this.#newPart(0);
  }

  /** The part being written, as far as it is on disk. For who plays a turn that still runs. */
  get writing(): TurnFilePart {
    return describe(this.#part, false);
  }

  /** Why nothing more is written, or `null` while all is well. */
  get stopReason(): StopReason | null {
    return this.#stopReason;
  }

  /** One RTP packet of the seat's sound or picture. What is no RTP is ignored; so is all after `finish` or a stop. */
  rtp(kind: TrackKind, bytes: Uint8Array, atMs: number): void {
    if (this.#isOver()) return;
    const packet = parseRtp(bytes);
    if (packet === null) return;
    this.#streams[kind].ssrc = packet.ssrc;
    this.#takeAll(kind, this.#streams[kind].reorder.push(packet, atMs));
    if (kind === "audio") return;
    this.#lastVideoAtMs = atMs;
    this.#askForKeyFrame(atMs);
  }

  /** One RTCP packet, perhaps about other streams too: the sender reports in it about ours are used. */
  rtcp(bytes: Uint8Array): void {
    if (this.#isOver()) return;
    for (const report of parseSenderReports(bytes) ?? []) {
      for (const kind of ["audio", "video"] as const) {
        if (this.#streams[kind].ssrc === report.ssrc) this.#clock.reported(kind, report);
      }
    }
  }

  /** Time passes: gives up what is missing too long, writes what lies about in silence, asks again for key frames. */
  tick(nowMs: number): void {
    if (this.#isOver()) return;
    for (const kind of ["audio", "video"] as const) this.#takeAll(kind, this.#streams[kind].reorder.due(nowMs));
    if (nowMs - this.#lastFrameAtMs >= SILENCE_MS) this.#part.writer.flush();
    this.#askForKeyFrame(nowMs);
  }

  /**
   * The turn is over: writes what is held back, index and length, and closes the files. It never fails: what went wrong
   * stands in the answer. A second call gives the same answer.
   */
  finish(): Promise<RecordedTurn> {
    this.#finished ??= this.#finish();
    return this.#finished;
  }

  async #finish(): Promise<RecordedTurn> {
    const { audio, video } = this.#streams;
    this.#takeAll("audio", audio.reorder.drain());
    this.#takeAll("video", video.reorder.drain());
    this.#endPart();
    const parts = (await Promise.all(this.#ended)).filter((part) => part !== null);
    const lostPackets = { audio: audio.reorder.lost, video: video.reorder.lost };
    return { parts, lostPackets, stopReason: this.#stopReason };
  }

  #isOver(): boolean {
    return this.#finished !== null || this.#stopReason !== null;
  }

  #takeAll(kind: TrackKind, packets: readonly OrderedPacket[]): void {
    for (const ordered of packets) {
      if (ordered.restarted) this.#clock.restarted(kind);
      this.#clock.arrived(kind, ordered.timestamp, ordered.atMs);
      const frame = kind === "video" ? this.#depacketizer.push(ordered) : opusFrame(ordered);
      if (frame !== null) this.#takeFrame(frame, ordered.atMs);
    }
  }

  #takeFrame(frame: AudioFrame | VideoFrame, atMs: number): void {
    const capturedMs = this.#clock.timeOf(frame.kind, frame.timestamp);
    if (capturedMs === null) return;
    const turnMs = capturedMs - this.#options.startedAtMs;
    if (frame.kind === "audio" && turnMs + frame.durationMs <= 0) return;
    this.#lastFrameAtMs = atMs;
    if (frame.kind === "video" && frame.keyFrame) this.#lastKeyFrameAtMs = atMs;
    const taken = this.#part.writer.add({ ...frame, timeMs: turnMs - this.#part.fromMs });
    if (taken !== "needsNewPart") return;
    this.#endPart();
    this.#part = this.#newPart(Math.max(0, Math.round(turnMs)));
    this.#part.writer.add({ ...frame, timeMs: turnMs - this.#part.fromMs });
  }

  #newPart(fromMs: number): Part {
    this.#partCount += 1;
    const { path, expect, startedAtMs } = this.#options;
    const file = new GrowingFile(partPath(path, this.#partCount), (reason, cause) => this.#stop(reason, cause));
    const writer: WebmWriter = new WebmWriter({
      write: (bytes) => file.append(bytes, writer.durationMs),
      expect,
      startedAtMs: startedAtMs + fromMs,
    });
    return { file, writer, fromMs };
  }

  #endPart(): void {
    this.#ended.push(endOf(this.#part));
  }

  #stop(reason: StopReason, cause: unknown): void {
    if (this.#stopReason !== null) return;
    this.#stopReason = reason;
    this.#options.stopped(reason, cause);
  }

  #askForKeyFrame(nowMs: number): void {
    if (nowMs - this.#askedAtMs < ASK_AGAIN_MS || !this.#mayHaveCamera(nowMs)) return;
    if (!this.#depacketizer.waitingForKeyFrame && !this.#keyFrameIsDue(nowMs)) return;
    this.#askedAtMs = nowMs;
    this.#options.wantKeyFrame();
  }

  /** Pictures flow, or may still begin to. A camera that is switched on later is asked by the SFU itself. */
  #mayHaveCamera(nowMs: number): boolean {
    const begins = this.#options.expect.includes("video") && nowMs - this.#options.startedAtMs < CAMERA_STARTS_MS;
    return begins || nowMs - this.#lastVideoAtMs < FLOWS_MS;
  }

  #keyFrameIsDue(nowMs: number): boolean {
    return this.#keyFrameEveryMs > 0 && nowMs - this.#lastKeyFrameAtMs >= this.#keyFrameEveryMs;
  }
}

function newStream(): Stream {
  return { reorder: new ReorderBuffer({ waitMs: REORDER_MS, startMs: REORDER_MS }), ssrc: null };
}

function partPath(path: string, count: number): string {
  return count === 1 ? path : `${path.replace(/\.webm$/, "")}.${count}.webm`;
}

function describe({ file, writer, fromMs }: Part, finished: boolean): TurnFilePart {
  const { path, byteLength, untilMs } = file;
  return { path, fromMs, durationMs: untilMs, byteLength, tracks: writer.tracks, finished };
}

/** The part as it lies on disk at its end, or `null` when there is none. One that was stopped is mended as far as there is room. */
async function endOf(part: Part): Promise<TurnFilePart | null> {
  const ended = await part.file.end(part.writer.finish());
  if (ended === "absent") return null;
  const described = describe(part, ended === "finished");
  if (ended === "finished") return described;
  const repaired = await repairWebm(part.file.path).catch(() => null); // It plays unmended; its writer has told the fault.
  if (repaired === null || "refused" in repaired) return described;
  const { durationMs, byteLength, tracks } = repaired;
  return { ...described, durationMs, byteLength, tracks, finished: true };
}
