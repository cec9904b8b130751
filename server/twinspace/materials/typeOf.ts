/** What a file is, by what stands in it. What it is called, and what a browser says of it, decides nothing. */
import { open } from "node:fs/promises";
import { fileTypeFromBuffer } from "file-type";

export interface FoundType {
  readonly kind: "image" | "video" | "sound" | "file";
  /** Under which it is served. */
  readonly type: string;
}

/**
 * So much of it is looked at. It bounds what a hostile file can make the look cost, whatever it claims to hold; archives are
 * never opened any further.
 */
const lookedAt = 256 * 1024;
const plain: FoundType = { kind: "file", type: "application/octet-stream" };

/** Of what browsers show in place. Everything that could hold a script of ours to run is not among them. */
const shown: Readonly<Record<string, FoundType>> = {
  "image/jpeg": { kind: "image", type: "image/jpeg" },
  "image/png": { kind: "image", type: "image/png" },
  "image/apng": { kind: "image", type: "image/png" },
  "image/webp": { kind: "image", type: "image/webp" },
  "image/gif": { kind: "image", type: "image/gif" },
  "image/avif": { kind: "image", type: "image/avif" },
  "image/tiff": { kind: "image", type: "image/tiff" },
  "video/mp4": { kind: "video", type: "video/mp4" },
  "video/x-m4v": { kind: "video", type: "video/mp4" },
  "video/quicktime": { kind: "video", type: "video/quicktime" },
  "video/webm": { kind: "video", type: "video/webm" },
  "video/ogg": { kind: "video", type: "video/ogg" },
  "audio/mpeg": { kind: "sound", type: "audio/mpeg" },
  "audio/mp4": { kind: "sound", type: "audio/mp4" },
  "audio/x-m4a": { kind: "sound", type: "audio/mp4" },
  "audio/wav": { kind: "sound", type: "audio/wav" },
  "audio/ogg": { kind: "sound", type: "audio/ogg" },
  "audio/flac": { kind: "sound", type: "audio/flac" },
  "audio/aac": { kind: "sound", type: "audio/aac" },
};

/** Saved under their own type, so that the right program opens them. Never shown in place either. */
const saved: ReadonlySet<string> = new Set([
  "application/pdf",
  "application/zip",
  "application/epub+zip",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "application/vnd.oasis.opendocument.text",
  "application/vnd.oasis.opendocument.presentation",
  "application/vnd.oasis.opendocument.spreadsheet",
]);

/** `heic`: pictures that this server cannot read and most browsers cannot show. */
export async function typeOf(path: string): Promise<FoundType | "heic"> {
  const head = await beginningOf(path);
  // A file made to confuse whoever looks at it is a file like any other.
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  const mime = found?.mime.replace(/;.*$/, "").trim();
  if (mime === undefined) return typeOfUnknown(head);
  if (/^image\/hei[cf](-sequence)?$/.test(mime)) return "heic";
  return shown[mime] ?? (saved.has(mime) ? { kind: "file", type: mime } : plain);
}

async function beginningOf(path: string): Promise<Buffer> {
  await using file = await open(path, "r");
  const { bytesRead, buffer } = await file.read(Buffer.alloc(lookedAt), 0, lookedAt, 0);
  return buffer.subarray(0, bytesRead);
}

function typeOfUnknown(head: Buffer): FoundType {
  // A song whose picture is longer than what was looked at.
  if (head.subarray(0, 3).toString("latin1") === "ID3") return { kind: "sound", type: "audio/mpeg" };
  return isPlainText(head) ? { kind: "file", type: "text/plain; charset=utf-8" } : plain;
}

/** Text with a mark-up in it is served as bytes: what opens it by its type must not take it for a page. */
function isPlainText(head: Buffer): boolean {
  if (head.includes(0)) return false;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true });
    return !/<[a-z!?/]/i.test(text);
  } catch {
    return false;
  }
}
