/**
 * The zip of an export, as somebody brings it: read under strict limits, and nothing it says is believed. No name in it ever
 * becomes a path on this disk.
 */
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Entry, open, type ZipFile } from "yauzl";
import type { Refused } from "../../../protocol/refusals.ts";
import { Exported } from "../../../protocol/twinspace/exported.ts";

export interface BundleLimits {
  /** Of one file in it. */
  readonly fileBytes: number;
  /** Of all of it, unpacked. */
  readonly allBytes: number;
}

const mostEntries = 110_000;
/** Of project.json: fifty thousand materials and their words. */
const mostJsonBytes = 48_000_000;
const mostTextBytes = 4_000_000;
/** Texts pack well; what packs better than this is made to burst. */
const largestRatio = 200;
const smallBytes = 1_000_000;

export class Bundle {
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #limits: BundleLimits;

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>, limits: BundleLimits) {
    this.#zip = zip;
    this.#entries = entries;
    this.#limits = limits;
  }

  static async open(path: string, limits: BundleLimits): Promise<Bundle | Refused> {
    let zip: ZipFile | undefined;
    try {
      zip = await opened(path);
      const entries = await entriesOf(zip, (await stat(path)).size, limits);
      if (entries !== "unsafe") return new Bundle(zip, entries, limits);
      zip.close();
      return { refused: "import.unsafe" };
    } catch (fault) {
      zip?.close();
      if (isOfTheSystem(fault)) throw fault;
      return { refused: isUnsafeName(fault) ? "import.unsafe" : "import.notAZip" };
    }
  }

  close(): void {
    this.#zip.close();
  }

  /** What it holds, if all of it is of the schema, and every file it names is there. */
  async project(): Promise<Exported | Refused> {
    const json = await this.json("project.json", mostJsonBytes);
    const read = Exported.safeParse(json);
    if (!read.success) return { refused: "import.otherFormat" };
    const named = [...read.data.materials.map(({ file }) => file), ...read.data.pages.map(({ text }) => text)];
    const isThere = named.every((entry) => entry === null || this.#entries.has(entry));
    return isThere ? read.data : { refused: "import.damaged" };
  }

  /** Undefined where it is not there, too long or no JSON. */
  async json(name: string, most = mostTextBytes): Promise<unknown> {
    const entry = this.#entries.get(name);
    if (!entry || entry.uncompressedSize > most) return undefined;
    const pieces: Buffer[] = [];
    return this.#guarded(async () => {
      for await (const piece of await this.#stream(entry)) pieces.push(piece);
      return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(pieces)));
    });
  }

  /** Writes a file of it to `path`. False where it is not what `sha256` says. */
  async extract(name: string, sha256: string, path: string): Promise<boolean> {
    const entry = this.#entries.get(name);
    if (!entry || entry.uncompressedSize > this.#limits.fileBytes) return false;
    const hash = createHash("sha256");
    const counted = new Transform({
      transform(piece: Buffer, _encoding, done) {
        hash.update(piece);
        done(null, piece);
      },
    });
    const whole = await this.#guarded(async () => {
      await pipeline(await this.#stream(entry), counted, createWriteStream(path, { mode: 0o600 }));
      return true;
    });
    return whole === true && hash.digest("hex") === sha256;
  }

  /** It never gives more than it said, nor less: that is a fault of the stream. */
  #stream(entry: Entry): Promise<Readable> {
    return new Promise((ok, no) => {
      this.#zip.openReadStream(entry, (fault, stream) => (fault ? no(fault) : ok(stream)));
    });
  }

  /** What the zip does wrong is an answer; what this machine does wrong is thrown. */
  async #guarded<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (fault) {
      if (isOfTheSystem(fault)) throw fault;
      return undefined;
    }
  }
}

const opened = (path: string): Promise<ZipFile> =>
  new Promise((ok, no) => {
    const options = { lazyEntries: true, autoClose: false, strictFileNames: true, validateEntrySizes: true } as const;
    open(path, options, (fault, zip) => (fault ? no(fault) : ok(zip)));
  });

/** All that it lists, before any of it is unpacked. */
function entriesOf(zip: ZipFile, packedBytes: number, limits: BundleLimits): Promise<Map<string, Entry> | "unsafe"> {
  const entries = new Map<string, Entry>();
  let bytes = 0;
  return new Promise((ok, no) => {
    if (zip.entryCount > mostEntries) return ok("unsafe");
    zip.on("error", no);
    zip.on("end", () => ok(entries));
    zip.on("entry", (entry: Entry) => {
      bytes += entry.uncompressedSize;
      // Entries that lie over one another are together larger than the file they are in.
      const isTooMuch = bytes > limits.allBytes || bytes > packedBytes * largestRatio + smallBytes;
      if (isTooMuch || !isPlain(entry) || entries.has(entry.fileName)) return ok("unsafe");
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
}

const kindBits = 0o170000;
const plainFile = 0o100000;

/** A file, neither a link nor a device nor sealed, that does not burst. */
function isPlain(entry: Entry): boolean {
  const kind = (entry.externalFileAttributes >>> 16) & kindBits;
  const bursts = entry.uncompressedSize > smallBytes && entry.uncompressedSize > entry.compressedSize * largestRatio;
  const isFile = kind === 0 || kind === plainFile;
  return isFile && !bursts && !entry.isEncrypted() && !entry.fileName.endsWith("/");
}

const isUnsafeName = (fault: unknown): boolean =>
  fault instanceof Error && /relative path|absolute path|invalid characters/.test(fault.message);

const isOfTheSystem = (fault: unknown): boolean => fault instanceof Error && "syscall" in fault;
