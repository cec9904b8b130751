/** EBML (RFC 8794): the tagged boxes that WebM is made of. Only what WebM files of ours and of browsers need. */

export const ID = {
  EBML: 0x1a45dfa3,
  EBMLVersion: 0x4286,
  EBMLReadVersion: 0x42f7,
  EBMLMaxIDLength: 0x42f2,
  EBMLMaxSizeLength: 0x42f3,
  DocType: 0x4282,
  DocTypeVersion: 0x4287,
  DocTypeReadVersion: 0x4285,
  Void: 0xec,
  CRC32: 0xbf,
  Segment: 0x18538067,
  SeekHead: 0x114d9b74,
  Seek: 0x4dbb,
  SeekID: 0x53ab,
  SeekPosition: 0x53ac,
  Info: 0x1549a966,
  TimestampScale: 0x2ad7b1,
  Duration: 0x4489,
  DateUTC: 0x4461,
  MuxingApp: 0x4d80,
  WritingApp: 0x5741,
  Tracks: 0x1654ae6b,
  TrackEntry: 0xae,
  TrackNumber: 0xd7,
  TrackUID: 0x73c5,
  TrackType: 0x83,
  FlagLacing: 0x9c,
  CodecID: 0x86,
  CodecPrivate: 0x63a2,
  CodecDelay: 0x56aa,
  SeekPreRoll: 0x56bb,
  Video: 0xe0,
  PixelWidth: 0xb0,
  PixelHeight: 0xba,
  Audio: 0xe1,
  SamplingFrequency: 0xb5,
  Channels: 0x9f,
  Cluster: 0x1f43b675,
  Timestamp: 0xe7,
  SimpleBlock: 0xa3,
  BlockGroup: 0xa0,
  Block: 0xa1,
  BlockDuration: 0x9b,
  ReferenceBlock: 0xfb,
  Cues: 0x1c53bb6b,
  CuePoint: 0xbb,
  CueTime: 0xb3,
  CueTrackPositions: 0xb7,
  CueTrack: 0xf7,
  CueClusterPosition: 0xf1,
  Tags: 0x1254c367,
  Chapters: 0x1043a770,
  Attachments: 0x1941a469,
} as const;

/** "As long as it goes on": the size of a Segment that is still being written, in 8 bytes. */
export const UNKNOWN_SIZE = Uint8Array.of(0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);

/** A number as EBML writes sizes: a mark for the length, then the value. `length` bytes, or as few as will do. */
export function vint(value: number, length = vintLength(value)): Uint8Array {
  const bytes = bigEndian(value, length);
  bytes[0] = (bytes[0] ?? 0) | (0x80 >> (length - 1));
  return bytes;
}

function vintLength(value: number): number {
  let length = 1;
  // All ones is reserved for "unknown".
  while (length < 8 && value >= 2 ** (7 * length) - 1) length += 1;
  return length;
}

/** An element: its id, the size of what it holds, and that. */
export function element(id: number, ...content: Uint8Array[]): Uint8Array {
  const size = content.reduce((sum, part) => sum + part.length, 0);
  return concat([idBytes(id), vint(size), ...content]);
}

export function idBytes(id: number): Uint8Array {
  return bigEndian(id, byteCount(id));
}

/** An unsigned number in `length` bytes, or as few as will do. */
export function uint(id: number, value: number, length = byteCount(value)): Uint8Array {
  return element(id, bigEndian(value, length));
}

export function float64(id: number, value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value);
  return element(id, bytes);
}

export function text(id: number, value: string): Uint8Array {
  return element(id, new TextEncoder().encode(value));
}

/** Room of exactly `length` bytes (2 to 128), kept free for something to be written in its place later. */
export function room(length: number): Uint8Array {
  return element(ID.Void, new Uint8Array(length - 2));
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function byteCount(value: number): number {
  let count = 1;
  while (count < 8 && value >= 2 ** (8 * count)) count += 1;
  return count;
}

function bigEndian(value: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let rest = value;
  for (let at = length - 1; at >= 0; at -= 1) {
    bytes[at] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return bytes;
}

export interface ElementHeader {
  readonly id: number;
  /** Bytes of content, or `null` when its writer did not say. */
  readonly size: number | null;
  /** Bytes of id and size together. */
  readonly length: number;
}

/** The id and size at the beginning of `bytes`, or `null` when they are cut off or are none. */
export function readElementHeader(bytes: Uint8Array): ElementHeader | null {
  const idLength = markedLength(bytes[0] ?? 0);
  if (idLength > 4) return null;
  const size = readVint(bytes.subarray(idLength));
  if (size === null) return null;
  return { id: readUint(bytes.subarray(0, idLength)), size: size.value, length: idLength + size.length };
}

/** The number at the beginning of `bytes`; its value is `null` for "unknown". `null` when it is cut off or is none. */
export function readVint(bytes: Uint8Array): { readonly value: number | null; readonly length: number } | null {
  const first = bytes[0] ?? 0;
  const length = markedLength(first);
  if (length > 8 || bytes.length < length) return null;
  let value = first & (0xff >> length);
  let ones = value === 0xff >> length;
  for (let at = 1; at < length; at += 1) {
    const next = bytes[at] ?? 0;
    value = value * 256 + next;
    ones &&= next === 0xff;
  }
  return { value: ones ? null : value, length };
}

/** How many bytes a number has by the place of its first 1 bit; 9 when there is none. */
function markedLength(first: number): number {
  return Math.clz32(first) - 24 + 1;
}

export function readUint(bytes: Uint8Array): number {
  return bytes.reduce((value, next) => value * 256 + next, 0);
}

/** A float of 4 or 8 bytes; `null` otherwise. */
export function readFloat(bytes: Uint8Array): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length === 8) return view.getFloat64(0);
  return bytes.length === 4 ? view.getFloat32(0) : null;
}
