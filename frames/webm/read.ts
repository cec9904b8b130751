import { type ElementHeader, ID, readElementHeader, readFloat, readUint, readVint } from "./ebml.ts";
import { frameLengthMs } from "./ending.ts";
import { DURATION_BYTES, type HeadLayout, SEEK_HEAD_BYTES } from "./head.ts";

/** Bytes that can be looked at piece by piece, so that a long file need not lie in memory. */
export interface ByteSource {
  readonly byteLength: number;
  /** The `length` bytes at `at`, fewer at the end. A view that is good until the next call. */
  peek(at: number, length: number): Uint8Array;
}

export interface WebmTrack {
  readonly number: number;
  /** Where its entry begins in the file. */
  readonly at: number;
  readonly kind: "audio" | "video" | "other";
  /** As the file says it: `A_OPUS`, `V_VP8`. */
  readonly codec: string;
  readonly width?: number;
  readonly height?: number;
  readonly channels?: number;
}

export interface WebmBlock {
  readonly track: number;
  readonly timeMs: number;
  readonly keyFrame: boolean;
  /** The frame's bytes in the file, `end` excluded. */
  readonly start: number;
  readonly end: number;
  /** Which of `clusters` it lies in. */
  readonly cluster: number;
}

export interface WebmCluster {
  readonly at: number;
  /** Where its size is written. */
  readonly sizeAt: number;
  readonly contentAt: number;
  /** The end of its last whole element; of the cluster, when that is whole. */
  readonly end: number;
  readonly whole: boolean;
}

export interface WebmFile {
  readonly tracks: readonly WebmTrack[];
  readonly clusters: readonly WebmCluster[];
  /** In the file's order. Laced blocks, which nobody who speaks to us makes, are left out. */
  readonly blocks: readonly WebmBlock[];
  /** The end of the last frame, worked out from the blocks. */
  readonly durationMs: number;
  /** What the file itself says; `null` when it was never finished. */
  readonly declaredDurationMs: number | null;
  /** Where the first top-level element begins that is cut off or is none; `null` when the file is whole. */
  readonly tornAt: number | null;
  /** True when the Segment says its size, and the file is that long and has Cues: nothing is left to be done. */
  readonly finished: boolean;
  /** The places left free by our own writer, or `null` in anybody else's file. */
  readonly layout: HeadLayout | null;
}

/**
 * Reads what there is of a WebM file: one still being written, one torn by a crash, one from a browser's
 * MediaRecorder (clusters of unknown size). Stops where the file is torn; the whole blocks of a torn cluster count.
 * `null` when it is not WebM at all or ends before its tracks do.
 */
export function readWebm(file: Uint8Array | ByteSource): WebmFile | null {
  const source = file instanceof Uint8Array ? inMemory(file) : file;
  const ebml = headerAt(source, 0);
  if (ebml?.id !== ID.EBML || ebml.size === null) return null;
  const segmentStart = ebml.length + ebml.size;
  const segment = headerAt(source, segmentStart);
  if (segment?.id !== ID.Segment) return null;
  const reading = new Reading(source, segmentStart, segment);
  reading.walk();
  return reading.result();
}

function inMemory(bytes: Uint8Array): ByteSource {
  return { byteLength: bytes.length, peek: (at, length) => bytes.subarray(at, at + length) };
}

const LONGEST_HEADER = 12;

function headerAt(source: ByteSource, at: number): ElementHeader | null {
  return at < source.byteLength ? readElementHeader(source.peek(at, LONGEST_HEADER)) : null;
}

const TOP_LEVEL: ReadonlySet<number> = new Set([
  ID.SeekHead,
  ID.Info,
  ID.Tracks,
  ID.Cluster,
  ID.Cues,
  ID.Tags,
  ID.Chapters,
  ID.Attachments,
  ID.Void,
  ID.CRC32,
]);

interface Found {
  readonly id: number;
  readonly at: number;
  readonly contentAt: number;
  readonly end: number;
}

class Reading {
  readonly #source: ByteSource;
  readonly #segmentAt: number;
  readonly #segmentSizeAt: number;
  readonly #segmentEnd: number;
  readonly #sizeIsKnown: boolean;
  #tracks: WebmTrack[] = [];
  readonly #clusters: WebmCluster[] = [];
  readonly #blocks: WebmBlock[] = [];
  readonly #lastMs = new Map<number, number>();
  #durationMs = 0;
  #msPerTick = 1;
  #declaredDurationTicks: number | null = null;
  #tornAt: number | null = null;
  #hasCues = false;
  #seekAt: number | null = null;
  #infoAt: number | null = null;
  #durationAt: number | null = null;
  #tracksAt: number | null = null;

  constructor(source: ByteSource, segmentStart: number, segment: ElementHeader) {
    this.#source = source;
    this.#segmentAt = segmentStart + segment.length;
    this.#segmentSizeAt = segmentStart + 4;
    this.#sizeIsKnown = segment.size !== null;
    this.#segmentEnd = segment.size === null ? Number.POSITIVE_INFINITY : this.#segmentAt + segment.size;
  }

  walk(): void {
    let at = this.#segmentAt;
    while (at < Math.min(this.#segmentEnd, this.#source.byteLength)) {
      const header = headerAt(this.#source, at);
      const next = header !== null && TOP_LEVEL.has(header.id) ? this.#topLevel(at, header) : null;
      if (next === null) {
        this.#tornAt = at;
        return;
      }
      at = next;
    }
  }

  result(): WebmFile | null {
    if (this.#tracks.length === 0) return null;
    const ticks = this.#declaredDurationTicks;
    return {
      tracks: this.#tracks,
      clusters: this.#clusters,
      blocks: this.#blocks,
      durationMs: this.#durationMs,
      declaredDurationMs: ticks === null ? null : ticks * this.#msPerTick,
      tornAt: this.#tornAt,
      finished: this.#isFinished(),
      layout: this.#layout(),
    };
  }

  #isFinished(): boolean {
    return this.#tornAt === null && this.#sizeIsKnown && this.#hasCues && this.#segmentEnd <= this.#source.byteLength;
  }

  /** Where the next element begins, or `null` when this one is cut off. */
  #topLevel(at: number, header: ElementHeader): number | null {
    if (header.id === ID.Cluster) return this.#cluster(at, header);
    const end = at + header.length + (header.size ?? Number.POSITIVE_INFINITY);
    if (end > this.#source.byteLength) return null;
    const found = { id: header.id, at, contentAt: at + header.length, end };
    if (at === this.#segmentAt && end - at === SEEK_HEAD_BYTES) this.#seekAt = at;
    if (header.id === ID.Info) this.#info(found);
    if (header.id === ID.Tracks) this.#readTracks(found);
    if (header.id === ID.Cues) this.#hasCues = true;
    return end;
  }

  #info(info: Found): void {
    this.#infoAt = info.at;
    for (const child of this.#children(info)) {
      if (child.at === info.contentAt && child.end - child.at === DURATION_BYTES) this.#durationAt = child.at;
      if (child.id === ID.TimestampScale) this.#msPerTick = readUint(this.#content(child)) / 1_000_000;
      if (child.id === ID.Duration) this.#declaredDurationTicks = readFloat(this.#content(child));
    }
  }

  #readTracks(tracks: Found): void {
    this.#tracksAt = tracks.at;
    this.#tracks = [...this.#children(tracks)]
      .filter(({ id }) => id === ID.TrackEntry)
      .map((entry) => this.#track(entry));
  }

  #track(entry: Found): WebmTrack {
    const fields = this.#fields(entry);
    const number = fields.get(ID.TrackNumber) ?? 0;
    const type = fields.get(ID.TrackType);
    const width = fields.get(ID.PixelWidth);
    const height = fields.get(ID.PixelHeight);
    const channels = fields.get(ID.Channels);
    return {
      number,
      at: entry.at,
      kind: type === 1 ? "video" : type === 2 ? "audio" : "other",
      codec: this.#codec(entry),
      ...(width === undefined ? {} : { width }),
      ...(height === undefined ? {} : { height }),
      ...(channels === undefined ? {} : { channels }),
    };
  }

  /** The numbers in a track entry, those of its Video and Audio included. */
  #fields(master: Found): Map<number, number> {
    const fields = new Map<number, number>();
    for (const child of this.#children(master)) {
      if (child.id === ID.Video || child.id === ID.Audio) {
        for (const [id, value] of this.#fields(child)) fields.set(id, value);
      } else if (child.end - child.contentAt <= 8) {
        fields.set(child.id, readUint(this.#content(child)));
      }
    }
    return fields;
  }

  #codec(entry: Found): string {
    for (const child of this.#children(entry)) {
      if (child.id === ID.CodecID) return String.fromCharCode(...this.#content(child)).replace(/\0+$/, "");
    }
    return "";
  }

  /** Where the next top-level element begins; `null` when the cluster is cut off. Its whole blocks are kept either way. */
  #cluster(at: number, header: ElementHeader): number | null {
    const contentAt = at + header.length;
    const saidEnd = header.size === null ? null : contentAt + header.size;
    const index = this.#clusters.length;
    const read = this.#clusterContent(contentAt, saidEnd, index);
    this.#clusters.push({ at, sizeAt: at + 4, contentAt, end: read.end, whole: read.whole });
    return read.whole ? read.end : null;
  }

  #clusterContent(contentAt: number, saidEnd: number | null, cluster: number): { end: number; whole: boolean } {
    const limit = Math.min(saidEnd ?? Number.POSITIVE_INFINITY, this.#source.byteLength);
    let clusterTicks: number | null = null;
    let at = contentAt;
    while (at < limit) {
      const header = headerAt(this.#source, at);
      if (header === null) return { end: at, whole: false };
      if (saidEnd === null && TOP_LEVEL.has(header.id) && header.id > 0xff) return { end: at, whole: true };
      const end = at + header.length + (header.size ?? Number.POSITIVE_INFINITY);
      if (end > limit) return { end: at, whole: false };
      const child = { id: header.id, at, contentAt: at + header.length, end };
      if (child.id === ID.Timestamp) clusterTicks = readUint(this.#content(child));
      if (child.id === ID.SimpleBlock && clusterTicks !== null) this.#block(child, clusterTicks, cluster, null);
      if (child.id === ID.BlockGroup && clusterTicks !== null) this.#blockGroup(child, clusterTicks, cluster);
      at = end;
    }
    return { end: at, whole: saidEnd === null || saidEnd <= this.#source.byteLength };
  }

  #blockGroup(group: Found, clusterTicks: number, cluster: number): void {
    const children = [...this.#children(group)];
    const block = children.find(({ id }) => id === ID.Block);
    const refers = children.some(({ id }) => id === ID.ReferenceBlock);
    const duration = children.find(({ id }) => id === ID.BlockDuration);
    if (block === undefined) return;
    const lengthMs = duration === undefined ? null : readUint(this.#content(duration)) * this.#msPerTick;
    this.#block(block, clusterTicks, cluster, { keyFrame: !refers, lengthMs });
  }

  /** `group` is what a BlockGroup says of its block; a SimpleBlock says it itself. */
  #block(
    block: Found,
    clusterTicks: number,
    cluster: number,
    group: { readonly keyFrame: boolean; readonly lengthMs: number | null } | null,
  ): void {
    const head = this.#source.peek(block.contentAt, LONGEST_HEADER);
    const track = readVint(head);
    if (track === null || track.value === null) return;
    const start = block.contentAt + track.length + 3;
    const flags = head[track.length + 2] ?? 0;
    if (start > block.end || (flags & 0x06) !== 0) return;
    const relative = (((head[track.length] ?? 0) << 24) >> 16) | (head[track.length + 1] ?? 0);
    const timeMs = (clusterTicks + relative) * this.#msPerTick;
    const keyFrame = group?.keyFrame ?? (flags & 0x80) !== 0;
    this.#blocks.push({ track: track.value, timeMs, keyFrame, start, end: block.end, cluster });
    this.#noteLength(track.value, timeMs, start, group?.lengthMs ?? null);
  }

  #noteLength(track: number, timeMs: number, start: number, saidMs: number | null): void {
    const isAudio = this.#tracks.some(({ number, codec }) => number === track && codec === "A_OPUS");
    const sinceLastMs = timeMs - (this.#lastMs.get(track) ?? 0);
    const lengthMs = saidMs ?? frameLengthMs(isAudio ? "audio" : "video", this.#source.peek(start, 2), sinceLastMs);
    this.#lastMs.set(track, timeMs);
    this.#durationMs = Math.max(this.#durationMs, timeMs + lengthMs);
  }

  *#children(master: Found): Generator<Found> {
    let at = master.contentAt;
    while (at < master.end) {
      const header = headerAt(this.#source, at);
      if (header === null || header.size === null) return;
      const contentAt = at + header.length;
      const end = contentAt + header.size;
      if (end > master.end) return;
      yield { id: header.id, at, contentAt, end };
      at = end;
    }
  }

  #content({ contentAt, end }: Found): Uint8Array {
    return this.#source.peek(contentAt, end - contentAt);
  }

  #layout(): HeadLayout | null {
    const [seekAt, infoAt, durationAt, tracksAt] = [this.#seekAt, this.#infoAt, this.#durationAt, this.#tracksAt];
    if (seekAt === null || infoAt === null || durationAt === null || tracksAt === null) return null;
    const inOrder = infoAt === seekAt + SEEK_HEAD_BYTES && this.#segmentAt - this.#segmentSizeAt === 8;
    if (!inOrder) return null;
    return { segmentSizeAt: this.#segmentSizeAt, segmentAt: this.#segmentAt, infoAt, durationAt, tracksAt };
  }
}
