import { constants } from "node:fs";
import { type FileHandle, open, unlink } from "node:fs/promises";
import type { WebmEnding } from "../frames/webm/ending.ts";

/**
 * Why a file grew no further: no room (the disk, a quota or the process' limit), a disk so slow that what waits for
 * it would fill the memory, or any other fault of the file system.
 */
export type StopReason = "diskFull" | "diskSlow" | "diskFailed";

const NO_ROOM: ReadonlySet<unknown> = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);
/** A minute of one speaker, some hundred clusters. */
const MOST_WAITING_BYTES = 16 * 1024 * 1024;

/** True when a file system call failed for want of room. */
export function isNoRoom(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && NO_ROOM.has(cause.code);
}

/**
 * A file that only grows, one write per piece, in order and without holding up who appends. It comes to be with its
 * first piece, and never over a file that is there already. A piece is in the file whole or not at all: when one
 * cannot be written, what was written of it is cut off again, `stopped` is told once, and what comes later is dropped.
 */
export class GrowingFile {
  readonly path: string;
  readonly #stopped: (reason: StopReason, cause: unknown) => void;
  #handle: FileHandle | null = null;
  #work: Promise<void> = Promise.resolve();
  #waitingBytes = 0;
  #byteLength = 0;
  #untilMs = 0;
  #stopReason: StopReason | null = null;

  constructor(path: string, stopped: (reason: StopReason, cause: unknown) => void) {
    this.path = path;
    this.#stopped = stopped;
  }

  /** Bytes that the operating system has. */
  get byteLength(): number {
    return this.#byteLength;
  }

  /** What was said of the last piece that the operating system has: up to where the film is on disk. */
  get untilMs(): number {
    return this.#untilMs;
  }

  append(piece: Uint8Array, untilMs: number): void {
    if (this.#stopReason !== null) return;
    this.#waitingBytes += piece.length;
    if (this.#waitingBytes > MOST_WAITING_BYTES) {
      this.#stop("diskSlow", new Error(`${this.#waitingBytes} bytes wait for the disk`));
      return;
    }
    this.#work = this.#work.then(() => this.#write(piece, untilMs));
  }

  async #write(piece: Uint8Array, untilMs: number): Promise<void> {
    if (this.#stopReason === null) {
      try {
        this.#handle ??= await open(this.path, constants.O_CREAT | constants.O_EXCL | constants.O_RDWR, 0o600);
        await writeAll(this.#handle, piece, this.#byteLength);
        this.#byteLength += piece.length;
        this.#untilMs = untilMs;
      } catch (cause) {
        this.#stop(isNoRoom(cause) ? "diskFull" : "diskFailed", cause);
      }
    }
    this.#waitingBytes -= piece.length;
  }

  #stop(reason: StopReason, cause: unknown): void {
    if (this.#stopReason !== null) return;
    this.#stopReason = reason;
    this.#stopped(reason, cause);
  }

  /**
   * Writes the ending and closes the file. `finished`: it has its index and length. `unfinished`: it was stopped, or
   * there was no room for the ending; it plays up to its last whole piece, and a repair may finish it later.
   * `absent`: nothing was ever written, and there is no file. To be called once, after the last `append`.
   */
  async end(ending: WebmEnding | null): Promise<"finished" | "unfinished" | "absent"> {
    await this.#work;
    const handle = this.#handle;
    if (handle === null) return "absent";
    try {
      if (this.#stopReason === null && ending !== null) {
        await writeEnding(handle, ending, this.#byteLength);
        this.#byteLength += ending.tail.length;
        return "finished";
      }
    } catch (cause) {
      this.#stop(isNoRoom(cause) ? "diskFull" : "diskFailed", cause);
    } finally {
      await this.#close(handle);
    }
    return this.#byteLength > 0 ? "unfinished" : "absent";
  }

  /** Cuts off what does not belong to a whole piece; a file without one, which nobody else can have made, goes. */
  async #close(handle: FileHandle): Promise<void> {
    try {
      await handle.truncate(this.#byteLength);
      await handle.close();
      if (this.#byteLength === 0) await unlink(this.path);
    } catch (cause) {
      this.#stop("diskFailed", cause);
    }
  }
}

/**
 * First what is appended, then, in one write, what makes it count; with the disk told to keep that order. So the file
 * is at any moment either unfinished, and can be repaired, or finished.
 */
export async function writeEnding(
  handle: FileHandle,
  ending: Pick<WebmEnding, "tail" | "patch">,
  byteLength: number,
): Promise<void> {
  await writeAll(handle, ending.tail, byteLength);
  await handle.datasync();
  await writeAll(handle, ending.patch.bytes, ending.patch.at);
  await handle.datasync();
}

/** A write may take only a part of what it is given; what is missing then says why. */
export async function writeAll(handle: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, at + written);
    written += bytesWritten;
  }
}
