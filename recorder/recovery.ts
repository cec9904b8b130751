/** After a crash: every file that was being written is finished, and its row says what there is. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Logger } from "pino";
import type { Pool } from "../storage/pool.ts";
import { type EndedRecording, endRecording, type UnendedRecording, unendedRecordings } from "./recordings.ts";
import { repairWebm } from "./repair.ts";

/**
 * To be done before anything new is recorded: all that is `writing` then belongs to a recorder that is no more. Killed
 * in the middle, it is simply done again. A file that cannot be looked at now (a fault of the disk) stays for the next
 * start.
 */
export async function recover(pool: Pool, mediaFolder: string, logger: Logger): Promise<void> {
  for (const recording of await unendedRecordings(pool)) {
    const { id, meeting } = recording;
    try {
      const ended = await mend(recording, mediaFolder);
      await endRecording(pool, ended);
      logger.info({ meeting, recording: id, state: ended.state }, "A recording that was interrupted has been finished");
    } catch (err) {
      logger.error({ err, meeting, recording: id }, "A recording that was interrupted could not be finished");
    }
  }
}

async function mend(recording: UnendedRecording, mediaFolder: string): Promise<EndedRecording> {
  const path = join(mediaFolder, recording.path);
  const file = await stat(path).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code !== "ENOENT") throw fault;
  });
  // The row comes before the first byte: without a file nothing is lost unless something was said to be there.
  if (!file) return without(recording, (recording.bytes ?? 0) > 0 ? "lost" : "empty");
  const repaired = await repairWebm(path);
  if ("refused" in repaired) {
    if (repaired.refused === "diskFull") throw new Error("There is no room to finish the file");
    return without(recording, repaired.refused === "empty" ? "empty" : "lost");
  }
  const { durationMs, byteLength, tracks, outcome } = repaired;
  return {
    id: recording.id,
    bytes: byteLength,
    lengthMs: Math.round(durationMs),
    hasSound: tracks.includes("audio"),
    hasPicture: tracks.includes("video"),
    endedAt: recording.startedAt + Math.round(durationMs),
    state: outcome === "wasFinished" ? "finished" : "repaired",
  };
}

function without({ id, startedAt }: UnendedRecording, state: "empty" | "lost"): EndedRecording {
  return { id, bytes: 0, lengthMs: 0, hasSound: false, hasPicture: false, endedAt: startedAt, state };
}
