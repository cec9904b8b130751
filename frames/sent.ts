/** Encoded media as a browser would send them: the frames of a WebM file, cut into RTP packets. */
import { OPUS_CLOCK_RATE } from "./opus.ts";
import { writeRtp } from "./rtp.ts";
import { packetizeVp8, VP8_CLOCK_RATE } from "./vp8.ts";
import { readWebm } from "./webm/read.ts";

export interface EncodedFrame {
  readonly kind: "audio" | "video";
  readonly timeMs: number;
  readonly keyFrame: boolean;
  /** A view into the file. */
  readonly bytes: Uint8Array;
}

/** The frames of a WebM file with VP8, Opus or both, in the file's order; `null` when it is no WebM. */
export function framesOfWebm(file: Uint8Array): EncodedFrame[] | null {
  const webm = readWebm(file);
  if (webm === null) return null;
  const kinds = new Map(webm.tracks.map(({ number, kind }) => [number, kind]));
  return webm.blocks.map(({ track, timeMs, keyFrame, start, end }) => ({
    kind: kinds.get(track) === "video" ? "video" : "audio",
    timeMs: Math.max(0, timeMs),
    keyFrame,
    bytes: file.subarray(start, end),
  }));
}

export interface SentPacket {
  readonly kind: "audio" | "video";
  /** When it is sent, in ms from the first frame. */
  readonly sentMs: number;
  readonly bytes: Uint8Array;
}

export interface SentStream {
  readonly ssrc: number;
  readonly payloadType: number;
  /** The first sequence number. */
  readonly sequence: number;
  /** The RTP timestamp at 0 ms. */
  readonly timestamp: number;
}

const CLOCK_RATE = { audio: OPUS_CLOCK_RATE, video: VP8_CLOCK_RATE } as const;

/** The frames as packets, each frame's all at once. Sequence numbers and timestamps wrap as they do on the wire. */
export function asRtp(
  frames: readonly EncodedFrame[],
  streams: Readonly<Record<"audio" | "video", SentStream>>,
  firstPictureId = 0,
): SentPacket[] {
  const sequence = { audio: streams.audio.sequence, video: streams.video.sequence };
  let pictureId = firstPictureId;
  return frames.flatMap(({ kind, timeMs, bytes }) => {
    if (kind === "video") pictureId += 1;
    const payloads = kind === "video" ? packetizeVp8(bytes, { pictureId }) : [bytes];
    return payloads.map((payload, at) => {
      const packet = {
        sequence: sequence[kind],
        timestamp: streams[kind].timestamp + Math.round((timeMs * CLOCK_RATE[kind]) / 1000),
        ssrc: streams[kind].ssrc,
        marker: kind === "video" && at === payloads.length - 1,
        payloadType: streams[kind].payloadType,
        payload,
      };
      sequence[kind] += 1;
      return { kind, sentMs: timeMs, bytes: writeRtp(packet) };
    });
  });
}
