import { opusDurationMs } from "../opus.ts";
import { concat, element, float64, ID, idBytes, uint, vint } from "./ebml.ts";
import { type HeadLayout, TRACK_NUMBER, type TrackKind } from "./head.ts";

/** What makes a file that was written live a finished one: an index to seek by, its length, and where both are. */
export interface WebmEnding {
  /** To be appended to the file: its Cues. */
  readonly tail: Uint8Array;
  /** Then to be written over the file at `at`, in one write: Segment size, SeekHead and Duration. */
  readonly patch: { readonly at: number; readonly bytes: Uint8Array };
  readonly durationMs: number;
}

/** Sound can be entered anywhere; an entry in the index every two seconds is enough. */
const AUDIO_CUE_EVERY_MS = 2000;
/** A frame of video is shown until the next one; the last one as long as the one before it, but no longer than this. */
const LONGEST_VIDEO_FRAME_MS = 100;

interface Cue {
  readonly kind: TrackKind;
  readonly timeMs: number;
  readonly clusterAt: number;
}

/** How long a frame lasts: sound by what it says itself, video as long as the frame before it did. */
export function frameLengthMs(kind: TrackKind, firstBytes: Uint8Array, sinceLastMs: number): number {
  if (kind === "audio") return opusDurationMs(firstBytes) ?? 0;
  return Math.min(sinceLastMs, LONGEST_VIDEO_FRAME_MS);
}

/**
 * Follows what is written into a file and knows its ending at any time. The index points at the clusters with key
 * frames of the video, or into the sound when there is no video.
 */
export class WebmIndex {
  readonly #audioCues: Cue[] = [];
  readonly #videoCues: Cue[] = [];
  readonly #lastMs: Record<TrackKind, number> = { audio: 0, video: 0 };
  #durationMs = 0;

  get durationMs(): number {
    return this.#durationMs;
  }

  /** A frame lies in the cluster at `clusterAt` (from the file's beginning). To be told of all, in the file's order. */
  note(frame: {
    readonly kind: TrackKind;
    readonly timeMs: number;
    readonly keyFrame: boolean;
    readonly firstBytes: Uint8Array;
    readonly clusterAt: number;
  }): void {
    const { kind, timeMs, clusterAt } = frame;
    const lengthMs = frameLengthMs(kind, frame.firstBytes, timeMs - this.#lastMs[kind]);
    this.#durationMs = Math.max(this.#durationMs, timeMs + lengthMs);
    this.#lastMs[kind] = timeMs;
    if (kind === "audio") this.#noteSound({ kind, timeMs, clusterAt });
    else if (frame.keyFrame) this.#videoCues.push({ kind, timeMs, clusterAt });
  }

  #noteSound(cue: Cue): void {
    const last = this.#audioCues.at(-1);
    const newCluster = last?.clusterAt !== cue.clusterAt;
    if (last === undefined || (newCluster && cue.timeMs - last.timeMs >= AUDIO_CUE_EVERY_MS)) this.#audioCues.push(cue);
  }

  /** The ending of a file whose last cluster ends at `endAt`. `head` is the file's beginning, at least up to its Tracks. */
  ending(head: Uint8Array, layout: HeadLayout, endAt: number): WebmEnding {
    const cues = this.#videoCues.length > 0 ? this.#videoCues : this.#audioCues;
    const tail = element(ID.Cues, ...cues.map((cue) => cuePoint(cue, layout.segmentAt)));
    const filled = concat([
      vint(endAt + tail.length - layout.segmentAt, 8),
      seekHead(layout, endAt),
      head.subarray(layout.infoAt, layout.durationAt),
      float64(ID.Duration, this.#durationMs),
    ]);
    return { tail, patch: { at: layout.segmentSizeAt, bytes: filled }, durationMs: this.#durationMs };
  }
}

function cuePoint({ kind, timeMs, clusterAt }: Cue, segmentAt: number): Uint8Array {
  const positions = element(
    ID.CueTrackPositions,
    uint(ID.CueTrack, TRACK_NUMBER[kind]),
    uint(ID.CueClusterPosition, clusterAt - segmentAt),
  );
  return element(ID.CuePoint, uint(ID.CueTime, timeMs), positions);
}

function seekHead(layout: HeadLayout, cuesAt: number): Uint8Array {
  const seek = (id: number, at: number) =>
    element(ID.Seek, element(ID.SeekID, idBytes(id)), uint(ID.SeekPosition, at - layout.segmentAt, 8));
  return element(ID.SeekHead, seek(ID.Info, layout.infoAt), seek(ID.Tracks, layout.tracksAt), seek(ID.Cues, cuesAt));
}
