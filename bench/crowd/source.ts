/** One speaker's sound and picture, encoded once by ffmpeg and sent as RTP again and again in real time. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Producer, Router } from "mediasoup/types";
import { OPUS_CLOCK_RATE } from "../../frames/opus.ts";
import { asRtp, framesOfWebm, type SentPacket } from "../../frames/sent.ts";
import { VP8_CLOCK_RATE } from "../../frames/vp8.ts";
import { FFMPEG } from "../../tests/support/sampleMedia.ts";

const run = promisify(execFile);
const seconds = 20;
const ssrc = { audio: 0x0a0a0a0a, video: 0x0b0b0b0b } as const;
const tickMs = 10;

/**
 * 640x360 at 20 frames a second and 500 kbit/s with a key frame every half second, as nobody answers when
 * one is asked for; and Opus at 32 kbit/s.
 */
export async function encodedSpeaker(): Promise<SentPacket[]> {
  const { stdout } = await run(
    FFMPEG,
    [
      ["-v", "error", "-f", "lavfi", "-i", `testsrc2=size=640x360:rate=20:duration=${seconds}`],
      ["-f", "lavfi", "-i", `sine=frequency=330:sample_rate=48000:duration=${seconds}`],
      [
        "-c:v",
        "libvpx",
        "-deadline",
        "realtime",
        "-cpu-used",
        "8",
        "-b:v",
        "500k",
        "-maxrate",
        "600k",
        "-bufsize",
        "500k",
      ],
      ["-threads", "1", "-g", "10", "-auto-alt-ref", "0", "-lag-in-frames", "0"],
      ["-c:a", "libopus", "-ac", "2", "-b:a", "32k", "-application", "voip", "-f", "webm", "pipe:1"],
    ].flat(),
    { encoding: "buffer", maxBuffer: 64 * 1024 * 1024 },
  );
  const frames = framesOfWebm(stdout);
  if (!frames) throw new Error("ffmpeg wrote no WebM");
  const start = { payloadType: 0, sequence: 0, timestamp: 0 };
  return asRtp(frames, {
    audio: { ...start, ssrc: ssrc.audio, payloadType: 100 },
    video: { ...start, ssrc: ssrc.video, payloadType: 101 },
  });
}

/** Producers in this router that send for ever, or until `stop`. */
export async function speakInto(
  router: Router,
  packets: readonly SentPacket[],
): Promise<{ producers: Producer[]; stop(): void }> {
  const direct = await router.createDirectTransport();
  const audio = await direct.produce({
    kind: "audio",
    rtpParameters: {
      codecs: [{ mimeType: "audio/opus", payloadType: 100, clockRate: OPUS_CLOCK_RATE, channels: 2 }],
      encodings: [{ ssrc: ssrc.audio }],
    },
  });
  const video = await direct.produce({
    kind: "video",
    rtpParameters: {
      codecs: [
        {
          mimeType: "video/VP8",
          payloadType: 101,
          clockRate: VP8_CLOCK_RATE,
          rtcpFeedback: [{ type: "nack", parameter: "pli" }],
        },
      ],
      encodings: [{ ssrc: ssrc.video }],
    },
  });
  const producers = { audio, video };
  const timer = sendInTime(packets, (kind, bytes) => producers[kind].send(bytes));
  return { producers: [audio, video], stop: () => clearInterval(timer) };
}

function sendInTime(packets: readonly SentPacket[], send: (kind: "audio" | "video", bytes: Buffer) => void) {
  const began = performance.now();
  const coming = endlessly(packets);
  let next = coming.next().value;
  return setInterval(() => {
    const now = performance.now() - began;
    while (next.atMs <= now) {
      send(next.kind, next.bytes);
      next = coming.next().value;
    }
  }, tickMs);
}

export interface TimedPacket {
  kind: "audio" | "video";
  /** From the first one. */
  atMs: number;
  bytes: Buffer;
}

/** The same again and again, in the order of time; numbers go on where the last round ended. */
export function* endlessly(packets: readonly SentPacket[]): Generator<TimedPacket, never> {
  const sorted = [...packets].sort((a, b) => a.sentMs - b.sentMs);
  const counts = { audio: 0, video: 0 };
  for (const { kind } of packets) counts[kind] += 1;
  for (let round = 0; ; round += 1) {
    for (const { kind, sentMs, bytes } of sorted) {
      yield { kind, atMs: sentMs + round * seconds * 1000, bytes: later(kind, bytes, round * counts[kind], round) };
    }
  }
}

function later(kind: "audio" | "video", bytes: Uint8Array, sequence: number, round: number): Buffer {
  const copy = Buffer.from(bytes);
  const rate = kind === "audio" ? OPUS_CLOCK_RATE : VP8_CLOCK_RATE;
  copy.writeUInt16BE((copy.readUInt16BE(2) + sequence) & 0xffff, 2);
  copy.writeUInt32BE((copy.readUInt32BE(4) + round * seconds * rate) % 2 ** 32, 4);
  return copy;
}
