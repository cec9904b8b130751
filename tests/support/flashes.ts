/** When a recording flashes and beeps: its picture and sound are decoded and looked at. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { FFMPEG, packetTimesMs } from "./sampleMedia.ts";

const run = promisify(execFile);
const room = { encoding: "buffer", maxBuffer: 256 * 1024 * 1024 } as const;

/** When the picture turns from grey to white, in ms of the file. */
export async function flashesMs(path: string): Promise<number[]> {
  const times = await packetTimesMs(path, "v");
  // One byte a picture: its brightness.
  const args = ["-v", "error", "-i", path, "-map", "0:v", "-vf", "scale=1:1,format=gray", "-fps_mode", "passthrough"];
  const { stdout } = await run(FFMPEG, [...args, "-f", "rawvideo", "pipe:1"], room);
  return times.filter((_, at) => (stdout[at] ?? 0) > 180 && at > 0 && (stdout[at - 1] ?? 255) <= 180);
}

/** When the beep of 880 Hz begins, in ms of the file. */
export async function beepsMs(path: string): Promise<number[]> {
  const args = ["-v", "error", "-i", path, "-map", "0:a", "-af", "aresample=async=1:first_pts=0,highpass=f=600"];
  const { stdout } = await run(FFMPEG, [...args, "-ac", "1", "-ar", "8000", "-f", "s16le", "pipe:1"], room);
  const samples = new Int16Array(stdout.buffer, stdout.byteOffset, stdout.length >> 1);
  const begins: number[] = [];
  let quietUntil = 0;
  for (const [at, sample] of samples.entries()) {
    if (Math.abs(sample) < 3_000) continue;
    if (at >= quietUntil) begins.push(at / 8);
    quietUntil = at + 4_000;
  }
  return begins;
}

/** How much later each beep is than the flash it belongs to, in ms; without those that have no partner. */
export async function soundIsLateByMs(path: string): Promise<number[]> {
  const [flashes, beeps] = [await flashesMs(path), await beepsMs(path)];
  return flashes.flatMap((flash) => {
    const beep = beeps.find((time) => Math.abs(time - flash) < 400);
    return beep === undefined ? [] : [beep - flash];
  });
}
