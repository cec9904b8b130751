import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { asRtp as cutIntoRtp, type EncodedFrame, framesOfWebm, type SentPacket } from "../../frames/sent.ts";

/** Real VP8 and Opus for tests: a test picture and a tone, encoded by ffmpeg, as frames and as RTP. */

const run = promisify(execFile);
export const FFMPEG = process.env.FFMPEG_PATH ?? "ffmpeg";
/** ffmpeg's packages bring it along; a lone ffmpeg binary does not, then the system's is taken. */
const FFPROBE = [FFMPEG.replace(/ffmpeg$/, "ffprobe")].find((beside) => existsSync(beside)) ?? "ffprobe";

export type SampleFrame = EncodedFrame;
export type { SentPacket };

/** A key frame every `keyEverySeconds`; 20 pictures a second of 320x240; sound in frames of 20 ms. */
export async function sampleWebm(seconds: number, options: { keyEverySeconds?: number } = {}): Promise<Uint8Array> {
  const { stdout } = await run(
    FFMPEG,
    [
      ["-v", "error", "-f", "lavfi", "-i", `testsrc=size=320x240:rate=20:duration=${seconds}`],
      ["-f", "lavfi", "-i", `sine=frequency=440:sample_rate=48000:duration=${seconds}`],
      ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "300k", "-threads", "1"],
      ["-g", String(20 * (options.keyEverySeconds ?? 2)), "-auto-alt-ref", "0", "-lag-in-frames", "0"],
      ["-c:a", "libopus", "-ac", "2", "-b:a", "32k", "-application", "voip"],
      ["-f", "webm", "pipe:1"],
    ].flat(),
    { encoding: "buffer", maxBuffer: 256 * 1024 * 1024 },
  );
  return stdout;
}

export async function sampleFrames(
  seconds: number,
  options: { keyEverySeconds?: number } = {},
): Promise<SampleFrame[]> {
  return framesOf(await sampleWebm(seconds, options));
}

/** The frames of a file that ffmpeg wrote. */
export function framesOf(bytes: Uint8Array): SampleFrame[] {
  const frames = framesOfWebm(bytes);
  if (frames === null) throw new Error("ffmpeg wrote no WebM");
  return frames;
}

/** Some moment in ms since 1970, to which the packets' `sentMs` can be added to have arrival times. */
export const RTP_START_MS = 1_790_000_000_000;

export const SAMPLE_SSRC = { audio: 0x0a0a0a0a, video: 0x0b0b0b0b } as const;

/** The frames as a browser would send them. Numbers and timestamps begin just below their wrap. */
export function asRtp(frames: readonly SampleFrame[]): SentPacket[] {
  const streams = {
    audio: { ssrc: SAMPLE_SSRC.audio, payloadType: 111, sequence: 65_500, timestamp: 2 ** 32 - 48_000 },
    video: { ssrc: SAMPLE_SSRC.video, payloadType: 96, sequence: 65_500, timestamp: 2 ** 32 - 90_000 },
  };
  return cutIntoRtp(frames, streams, 32_760);
}

export interface Probed {
  /** Of the container, in seconds; `null` when the file does not say. */
  readonly durationS: number | null;
  readonly streams: readonly { readonly codec: string; readonly startS: number; readonly packets: number }[];
}

/** What ffprobe says of a file, all packets counted. */
export async function probe(path: string): Promise<Probed> {
  const { stdout } = await run(FFPROBE, [
    "-v",
    "error",
    "-count_packets",
    "-show_format",
    "-show_streams",
    "-of",
    "json",
    path,
  ]);
  const { format, streams } = JSON.parse(stdout);
  return {
    durationS: format.duration === undefined ? null : Number(format.duration),
    streams: streams.map((stream: Record<string, string>) => ({
      codec: String(stream.codec_name),
      startS: Number(stream.start_time),
      packets: Number(stream.nb_read_packets),
    })),
  };
}

/**
 * Decodes all of a file and gives what ffmpeg complains about: an empty text for a sound file. Pictures that come faster
 * than the rate it guesses are left out of its output, which would otherwise complain of them.
 */
export async function decodingErrors(path: string): Promise<string> {
  const { stderr } = await run(FFMPEG, [
    "-v",
    "error",
    "-xerror",
    "-i",
    path,
    "-fps_mode",
    "vfr",
    "-f",
    "null",
    "-",
  ]).catch((error) => error);
  return String(stderr);
}

/** The times of a stream's packets as ffprobe reads them, in ms. */
export async function packetTimesMs(path: string, stream: "a" | "v"): Promise<number[]> {
  const { stdout } = await run(
    FFPROBE,
    ["-v", "error", "-select_streams", stream, "-show_entries", "packet=pts_time", "-of", "csv=p=0", path],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => Math.round(Number.parseFloat(line) * 1000));
}
