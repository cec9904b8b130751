/** Films and sounds as they are kept: without the words around them, in the file itself. */
import { type FileHandle, open } from "node:fs/promises";
import { boxAt, isAboutTheFile, mostBoxes, type Overwritten, wordsInMoov } from "../../../frames/mp4.ts";

const hasBoxes: ReadonlySet<string> = new Set(["video/mp4", "video/quicktime", "audio/mp4"]);
/** Of a file of 100 MB a few; what claims more is left as it is. */
const longestMoov = 16 * 1024 * 1024;

/** Overwrites what a film of this type says about where and by whom it was made. Done twice it does no harm. */
export async function forgetWords(path: string, type: string): Promise<void> {
  if (!hasBoxes.has(type)) return;
  await using file = await open(path, "r+");
  const { size } = await file.stat();
  let at = 0;
  for (let looked = 0; at < size && looked < mostBoxes; looked += 1) {
    const head = await read(file, at, 16);
    const box = boxAt(head, at, size - at);
    if (box === undefined) return;
    if (isAboutTheFile(box.type)) await overwrite(file, box);
    if (box.type === "moov" && box.bytes <= longestMoov) await overwriteWithin(file, box);
    at += box.bytes;
  }
}

/** In one write, however many there are. */
async function overwriteWithin(file: FileHandle, { at, bytes }: Overwritten): Promise<void> {
  const moov = await read(file, at, bytes);
  const parts = wordsInMoov(moov);
  if (parts.length === 0) return;
  for (const part of parts) {
    moov.write("free", part.at + 4, "latin1");
    moov.fill(0, part.at + part.headerBytes, part.at + part.bytes);
  }
  await file.write(moov, 0, moov.length, at);
}

async function read(file: FileHandle, at: number, bytes: number): Promise<Buffer> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(bytes), 0, bytes, at);
  return buffer.subarray(0, bytesRead);
}

const zeros = Buffer.alloc(64 * 1024);

async function overwrite(file: FileHandle, { at, bytes, headerBytes }: Overwritten): Promise<void> {
  await file.write("free", at + 4, "latin1");
  for (let from = at + headerBytes; from < at + bytes; from += zeros.length) {
    await file.write(zeros, 0, Math.min(zeros.length, at + bytes - from), from);
  }
}
