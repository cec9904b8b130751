/**
 * Whether the disk takes anything: asked by writing, since a quota or a read-only disk shows in no figure; but only where
 * the figures leave room for it, so that asking never takes the last of a disk from the database beside.
 */
import { mkdir, open, statfs, unlink } from "node:fs/promises";
import { join } from "node:path";

/** Some minutes of one speaker. With less left, recording would only begin to end again. */
const leastRoomBytes = 16 * 1024 * 1024;
const pieceBytes = 1024 * 1024;

/** True when `leastBytes` could be written into the folder just now. Leaves nothing behind. */
export async function hasRoom(folder: string, leastBytes = leastRoomBytes): Promise<boolean> {
  const path = join(folder, "room.tmp");
  const piece = new Uint8Array(pieceBytes);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const { bavail, bsize } = await statfs(folder);
    if (bavail * bsize < 2 * leastBytes) return false;
    const file = await open(path, "w", 0o600);
    try {
      for (let at = 0; at < leastBytes; at += pieceBytes) await file.write(piece, 0, pieceBytes, at);
    } finally {
      await file.close();
      await unlink(path);
    }
    return true;
  } catch {
    return false;
  }
}

const askAgainMs = 2_000;

/** Asks until there is room, then calls back once. Answers with how to stop asking. */
export function waitForRoom(folder: string, found: () => void): () => void {
  let stopped = false;
  const ask = async () => {
    if (stopped) return;
    if (await hasRoom(folder)) {
      if (!stopped) found();
    } else timer = setTimeout(ask, askAgainMs).unref();
  };
  let timer = setTimeout(ask, askAgainMs).unref();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
