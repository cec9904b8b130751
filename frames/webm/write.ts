import { concat, ID, idBytes } from "./ebml.ts";
import { type WebmEnding, WebmIndex } from "./ending.ts";
import { TRACK_NUMBER, type TrackKind, type WebmHead, webmHead } from "./head.ts";

/** A frame with its time in the file. `AudioFrame` and `VideoFrame` become one by adding `timeMs`. */
export type WebmFrame =
  | { readonly kind: "audio"; readonly timeMs: number; readonly parts: readonly Uint8Array[] }
  | {
      readonly kind: "video";
      readonly timeMs: number;
      readonly parts: readonly Uint8Array[];
      readonly keyFrame: boolean;
      readonly width: number;
      readonly height: number;
    };

/**
 * What became of a frame: `taken`; `dropped`, being video before its first key frame; or `needsNewPart`, because
 * it is of a kind that the file's head, already written, does not declare: finish this file and begin another.
 */
export type Taken = "taken" | "dropped" | "needsNewPart";

export interface WebmWriterOptions {
  /** Takes the file's bytes in order: once per cluster. The array is the taker's to keep. What it throws comes out of the call that caused it. */
  readonly write: (bytes: Uint8Array) => void;
  /** The kinds that may come. */
  readonly expect: readonly TrackKind[];
  /** Of the sound; WebRTC's Opus says 2 even for one microphone. */
  readonly channels?: number;
  /** Kept in the file as its date (ms since 1970). */
  readonly startedAtMs?: number;
  readonly clusterMs?: number;
  readonly lateMs?: number;
  readonly holdMs?: number;
}

interface Pending {
  readonly kind: TrackKind;
  readonly timeMs: number;
  readonly keyFrame: boolean;
  readonly parts: readonly Uint8Array[];
}

const KINDS: readonly TrackKind[] = ["audio", "video"];
const CLUSTER_HEADER_BYTES = 14;
const BLOCK_HEADER_BYTES = 9;
const KEY_FRAME_FLAG = 0x80;
/** A block says its time within its cluster in 16 bits, signed. */
const LONGEST_CLUSTER_MS = 30_000;

/**
 * Writes WebM live: what is written up to any moment is a file that plays.
 *
 * - **Clusters** of half a second (`clusterMs`), each handed over in one `write`. A cluster is closed when every
 *   track is past its end or the newest frame is `lateMs` past it, so that a track held back for reordering still
 *   finds its place. A key frame of the video begins a cluster of its own, to be found by seeking; the very first one
 *   is written together with the head that declares it, since a browser cannot seek in a film that has no picture yet.
 * - **Times** are whole milliseconds from the file's beginning and never step back: frames that come while their
 *   cluster is open are sorted in; later ones get the time of the last frame written; a frame not later than the one
 *   before it in its track is moved to a millisecond after it; negative ones become 0.
 * - **Tracks.** Expected video is waited for until its first key frame, which tells the size, or until `holdMs` of
 *   sound are there. If it has not come by then it is not declared: its size is unknown, and a track that is declared
 *   and silent makes players that use Media Source Extensions wait for it for ever (the plain `<video src>` does not).
 *   When the camera comes after all, `add` answers `needsNewPart`. Expected sound is declared in any case: a muted
 *   microphone may be opened at any moment, and a new file each time would be worse.
 *
 * Nothing is copied until a cluster is written, and then once. The clock is the frames': in silence call `flush`.
 */
export class WebmWriter {
  readonly #options: WebmWriterOptions;
  readonly #clusterMs: number;
  readonly #lateMs: number;
  readonly #holdMs: number;
  readonly #index = new WebmIndex();
  readonly #lastMs: Record<TrackKind, number> = { audio: -1, video: -1 };
  #pending: Pending[] = [];
  #newestMs = 0;
  #writtenMs = 0;
  #videoSize: { readonly width: number; readonly height: number } | null = null;
  #audioCame = false;
  #head: WebmHead | null = null;
  #byteLength = 0;

  constructor(options: WebmWriterOptions) {
    this.#options = options;
    this.#clusterMs = options.clusterMs ?? 500;
    this.#lateMs = options.lateMs ?? 250;
    this.#holdMs = options.holdMs ?? 1000;
  }

  /** Bytes handed to `write` so far. */
  get byteLength(): number {
    return this.#byteLength;
  }

  /** The end of the last frame written, in ms from the file's beginning. */
  get durationMs(): number {
    return this.#index.durationMs;
  }

  /** What the file's head declares; empty until it is written. */
  get tracks(): readonly TrackKind[] {
    if (this.#head === null) return [];
    return KINDS.filter((kind) => this.#declares(kind));
  }

  add(frame: WebmFrame): Taken {
    const { kind, parts } = frame;
    const keyFrame = kind === "audio" || frame.keyFrame;
    if (this.#head !== null && !this.#declares(kind)) return keyFrame ? "needsNewPart" : "dropped";
    if (kind === "video" && this.#videoSize === null) {
      if (!keyFrame) return "dropped";
      this.#videoSize = { width: frame.width, height: frame.height };
    }
    this.#audioCame ||= kind === "audio";
    const timeMs = Math.max(Math.round(frame.timeMs), this.#writtenMs, this.#lastMs[kind] + 1);
    this.#lastMs[kind] = timeMs;
    this.#newestMs = Math.max(this.#newestMs, timeMs);
    this.#insert({ kind, timeMs, keyFrame, parts });
    this.#writeSettled();
    return "taken";
  }

  /** Writes all that is there as a cluster now. For when no frames come: a silent seat, a pause. */
  flush(): void {
    while (this.#pending.length > 0) this.#writeCluster(this.#clusterEnd());
  }

  /** Writes the last cluster; what then finishes the file, or `null` when nothing was ever written. Ends the writer's life. */
  finish(): WebmEnding | null {
    this.flush();
    if (this.#head === null) return null;
    return this.#index.ending(this.#head.bytes, this.#head.layout, this.#byteLength);
  }

  /** By time, behind what has the same; nearly always at the end. */
  #insert(frame: Pending): void {
    let at = this.#pending.length;
    while (at > 0 && (this.#pending[at - 1]?.timeMs ?? 0) > frame.timeMs) at -= 1;
    if (at === this.#pending.length) this.#pending.push(frame);
    else this.#pending.splice(at, 0, frame);
  }

  #writeSettled(): void {
    if (this.#head === null && !this.#headIsKnown()) return;
    for (;;) {
      const end = this.#clusterEnd();
      const boundary = this.#pending[end];
      if (boundary === undefined || !this.#isSettled(boundary.timeMs)) return;
      this.#writeCluster(end);
    }
  }

  #headIsKnown(): boolean {
    const waitsForVideo = this.#options.expect.includes("video") && !this.#declares("video");
    return !waitsForVideo || this.#newestMs - (this.#pending[0]?.timeMs ?? 0) >= this.#holdMs;
  }

  /** The first pending frame that is not in the next cluster: too late for it, or a key frame of the video. */
  #clusterEnd(): number {
    const endMs = (this.#pending[0]?.timeMs ?? 0) + this.#clusterMs;
    const end = this.#pending.findIndex(
      (frame, at) => frame.timeMs >= endMs || (at > 0 && frame.kind === "video" && frame.keyFrame),
    );
    const settled = end === -1 ? this.#pending.length : end;
    return Math.max(settled, this.#head === null ? this.#firstPictureEnd() : 0);
  }

  /** The head goes to disk with the first picture it declares, if that is near: what is there can be sought in. */
  #firstPictureEnd(): number {
    const startMs = this.#pending[0]?.timeMs ?? 0;
    return (
      this.#pending.findIndex(({ kind, timeMs }) => kind === "video" && timeMs - startMs <= LONGEST_CLUSTER_MS) + 1
    );
  }

  /** No frame from before `timeMs` is to be waited for any more. */
  #isSettled(timeMs: number): boolean {
    if (this.#newestMs >= timeMs + this.#lateMs) return true;
    return KINDS.every((kind) => !this.#declares(kind) || this.#lastMs[kind] >= timeMs);
  }

  #declares(kind: TrackKind): boolean {
    if (kind === "video") return this.#videoSize !== null;
    return this.#audioCame || this.#options.expect.includes("audio");
  }

  #writeCluster(end: number): void {
    const frames = this.#pending.slice(0, end);
    this.#pending = this.#pending.slice(end);
    const head = this.#head === null ? this.#makeHead() : null;
    const clusterAt = this.#byteLength + (head?.length ?? 0);
    const cluster = encodeCluster(frames);
    for (const { kind, timeMs, keyFrame, parts } of frames) {
      this.#index.note({ kind, timeMs, keyFrame, firstBytes: parts[0] ?? NOTHING, clusterAt });
      this.#writtenMs = timeMs;
    }
    const bytes = head === null ? cluster : concat([head, cluster]);
    this.#byteLength += bytes.length;
    this.#options.write(bytes);
  }

  #makeHead(): Uint8Array {
    const { channels, startedAtMs } = this.#options;
    this.#head = webmHead({
      ...(this.#declares("audio") ? { audio: { channels: channels ?? 2 } } : {}),
      ...(this.#videoSize !== null ? { video: this.#videoSize } : {}),
      ...(startedAtMs !== undefined ? { startedAtMs } : {}),
    });
    return this.#head.bytes;
  }
}

const NOTHING = new Uint8Array(0);

/** A cluster of known size, so that a torn one is seen as such; sizes in four bytes, as they are all alike. */
function encodeCluster(frames: readonly Pending[]): Uint8Array {
  const startMs = frames[0]?.timeMs ?? 0;
  const length = frames.reduce(
    (sum, frame) => sum + BLOCK_HEADER_BYTES + byteLength(frame.parts),
    CLUSTER_HEADER_BYTES,
  );
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  bytes.set(idBytes(ID.Cluster));
  writeSize(view, 4, length - 8);
  bytes[8] = ID.Timestamp;
  bytes[9] = 0x84;
  view.setUint32(10, startMs);
  let at = CLUSTER_HEADER_BYTES;
  for (const frame of frames) at = writeBlock(bytes, view, at, frame, startMs);
  return bytes;
}

function writeBlock(bytes: Uint8Array, view: DataView, start: number, frame: Pending, clusterMs: number): number {
  bytes[start] = ID.SimpleBlock;
  writeSize(view, start + 1, byteLength(frame.parts) + BLOCK_HEADER_BYTES - 5);
  bytes[start + 5] = 0x80 | TRACK_NUMBER[frame.kind];
  view.setInt16(start + 6, frame.timeMs - clusterMs);
  bytes[start + 8] = frame.keyFrame ? KEY_FRAME_FLAG : 0;
  let at = start + BLOCK_HEADER_BYTES;
  for (const part of frame.parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return at;
}

function writeSize(view: DataView, at: number, size: number): void {
  view.setUint32(at, 0x10000000 | size);
}

function byteLength(parts: readonly Uint8Array[]): number {
  let sum = 0;
  for (const part of parts) sum += part.length;
  return sum;
}
