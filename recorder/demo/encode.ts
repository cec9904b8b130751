/** Somebody of the demo, as a browser would have sent them: VP8 and Opus by ffmpeg, in a WebM. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants, setPriority } from "node:os";
import type { Writable } from "node:stream";
import { height, type Looks, Painter, picturesPerSecond, samplesPerSecond, voice, width } from "./person.ts";

/**
 * So many seconds of somebody who speaks. Throws what ffmpeg says when it fails, `AbortError` when `signal` ends it.
 */
export async function encodePerson(
  ffmpegPath: string,
  looks: Looks,
  { seconds, camera, signal }: { seconds: number; camera: boolean; signal: AbortSignal },
): Promise<Uint8Array> {
  const sound = ["-f", "s16le", "-ar", String(samplesPerSecond), "-ac", "1", "-i", "pipe:0"];
  const picture = [
    "-f",
    "rawvideo",
    "-pix_fmt",
    "yuv420p",
    "-s",
    `${width}x${height}`,
    "-r",
    String(picturesPerSecond),
  ];
  const child = spawn(
    ffmpegPath,
    [
      ["-hide_banner", "-v", "error", ...sound, ...(camera ? [...picture, "-i", "pipe:3"] : [])],
      camera ? ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "250k", "-threads", "1"] : [],
      camera ? ["-g", "45", "-auto-alt-ref", "0", "-lag-in-frames", "0"] : [],
      ["-c:a", "libopus", "-ac", "2", "-b:a", "24k", "-application", "voip", "-f", "webm", "pipe:1"],
    ].flat(),
    { signal, killSignal: "SIGKILL", stdio: ["pipe", "pipe", "pipe", "pipe"] },
  );
  try {
    // Whatever else runs on this machine comes first.
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It ended already, which is told below, or this system gives no say.
  }
  const [stdin, stdout, stderr, pictures] = child.stdio;
  const written: Buffer[] = [];
  let words = "";
  stdout.on("data", (bytes: Buffer) => written.push(bytes));
  stderr.setEncoding("utf8").on("data", (text: string) => {
    words = (words + text).slice(-2_000);
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  // The fourth pipe is made for writing, which its type does not know.
  const fed = Promise.all([
    feed(stdin, sounds(looks, seconds)),
    feed(pictures as Writable, camera ? painted(looks, seconds) : []),
  ]);
  const [code] = await Promise.all([ended, fed]);
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}: ${words.trim()}`);
  return Buffer.concat(written);
}

function* sounds(looks: Looks, seconds: number): Generator<Uint8Array> {
  for (let second = 0; second < seconds; second += 1) {
    const samples = voice(second, looks).subarray(0, Math.ceil(Math.min(1, seconds - second) * samplesPerSecond));
    yield new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  }
}

function* painted(looks: Looks, seconds: number): Generator<Uint8Array> {
  const painter = new Painter(looks);
  for (let picture = 0; picture < seconds * picturesPerSecond; picture += 1) {
    yield painter.picture(picture / picturesPerSecond).slice();
  }
}

/** As fast as it is taken. A pipe that breaks is ffmpeg's end, which says more itself. */
async function feed(pipe: Writable, pieces: Iterable<Uint8Array>): Promise<void> {
  let broken = false;
  pipe.on("error", () => {
    broken = true;
  });
  const closed = once(pipe, "close").catch(() => {});
  for (const piece of pieces) {
    if (broken) return;
    if (!pipe.write(piece)) await Promise.race([once(pipe, "drain").catch(() => {}), closed]);
  }
  pipe.end();
}
