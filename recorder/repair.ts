import { readSync } from "node:fs";
import { open } from "node:fs/promises";
import type { TrackKind } from "../frames/webm/head.ts";
import { type ByteSource, readWebm } from "../frames/webm/read.ts";
import { planRepair, type RepairPlan } from "../frames/webm/repair.ts";
import { isNoRoom, writeAll, writeEnding } from "./growingFile.ts";

export interface RepairedFile {
  readonly outcome: "repaired" | "wasFinished";
  readonly durationMs: number;
  readonly byteLength: number;
  /** What was cut off at the end: a piece of a frame, or an index begun. */
  readonly cutBytes: number;
  readonly tracks: readonly TrackKind[];
}

/**
 * Finishes a WebM file of ours whose recorder died: cuts off the torn end, writes index and length. Nothing is encoded
 * or copied; a recorded minute takes a few ms. It may be called on any file, any number of times, and may itself be
 * killed at any moment: the file is then as it was or a step further, and the next call finishes it.
 *
 * Refusals: `notOurs` (not WebM, another writer's, or torn within its head), `empty` (without one whole frame; the
 * caller may delete it), `diskFull` (the file plays, but its index could not be written). Nobody may be writing the
 * file. Faults of the file system (the file is missing, say) are thrown.
 *
 * The file is read synchronously in pieces of 64 kB: call it from a process that may pause for some ms per minute of film.
 */
export async function repairWebm(
  path: string,
): Promise<RepairedFile | { readonly refused: "notOurs" | "empty" | "diskFull" }> {
  const handle = await open(path, "r+");
  try {
    const byteLength = (await handle.stat()).size;
    const source = onDisk(handle.fd, byteLength);
    const plan = planRepair(source);
    if (!("refused" in plan)) return await carryOut(plan, handle, byteLength);
    return plan.refused === "finished" ? asFound(source) : { refused: plan.refused };
  } finally {
    await handle.close();
  }
}

type FileHandle = Awaited<ReturnType<typeof open>>;

async function carryOut(
  plan: RepairPlan,
  handle: FileHandle,
  before: number,
): Promise<RepairedFile | { readonly refused: "diskFull" }> {
  const { cutAt, resize, withdraw, tail, durationMs, tracks } = plan;
  // The size first: with it the cluster is whole at its new end even if the cut does not come about.
  if (resize !== null) await writeAll(handle, resize.bytes, resize.at);
  await handle.truncate(cutAt);
  for (const { at, bytes } of withdraw) await writeAll(handle, bytes, at);
  try {
    await writeEnding(handle, plan, cutAt);
  } catch (cause) {
    if (!isNoRoom(cause)) throw cause;
    await handle.truncate(cutAt);
    return { refused: "diskFull" };
  }
  return { outcome: "repaired", durationMs, byteLength: cutAt + tail.length, cutBytes: before - cutAt, tracks };
}

function asFound(source: ByteSource): RepairedFile | { readonly refused: "notOurs" } {
  const webm = readWebm(source);
  if (webm === null) return { refused: "notOurs" };
  const tracks = webm.tracks.flatMap(({ kind }) => (kind === "other" ? [] : [kind]));
  const durationMs = webm.declaredDurationMs ?? webm.durationMs;
  return { outcome: "wasFinished", durationMs, byteLength: source.byteLength, cutBytes: 0, tracks };
}

const WINDOW_BYTES = 64 * 1024;

/** A file looked at through a window: the reader goes forward through it and skips most of it. */
function onDisk(fd: number, byteLength: number): ByteSource {
  let windowAt = 0;
  let window = new Uint8Array(0);
  const peek = (at: number, length: number): Uint8Array => {
    const wanted = Math.max(0, Math.min(length, byteLength - at));
    if (at < windowAt || at + wanted > windowAt + window.length) {
      const fresh = new Uint8Array(Math.max(wanted, Math.min(WINDOW_BYTES, byteLength - at)));
      let read = 0;
      while (read < fresh.length) {
        const bytes = readSync(fd, fresh, read, fresh.length - read, at + read);
        if (bytes === 0) break;
        read += bytes;
      }
      window = fresh.subarray(0, read);
      windowAt = at;
    }
    return window.subarray(at - windowAt, at - windowAt + wanted);
  };
  return { byteLength, peek };
}
