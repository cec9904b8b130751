/**
 * A packed font (WOFF2) back into a TrueType font: tables unpacked, outlines and metrics put together again as the format
 * says (https://www.w3.org/TR/WOFF2). Only what browsers' fonts of one face have: no collections.
 */
import { brotliDecompressSync } from "node:zlib";
import { ByteReader, i16, joined, u8, u16 } from "./bytes.ts";
import { type Tables, writeSfnt } from "./sfnt.ts";

// The order is the format's own: an entry names its table by its place in it.
const knownTags = (
  "cmap head hhea hmtx maxp name OS/2 post cvt_ fpgm glyf loca prep CFF_ VORG EBDT EBLC gasp hdmx kern LTSH PCLT VDMX " +
  "vhea vmtx BASE GDEF GPOS GSUB EBSC JSTF MATH CBDT CBLC COLR CPAL SVG_ sbix acnt avar bdat bloc bsln cvar fdsc feat " +
  "fmtx fvar gvar hsty just lcar mort morx opbd prop trak Zapf Silf Glat Gloc Feat Sill"
)
  .split(" ")
  .map((tag) => tag.replace("_", " "));

interface Entry {
  readonly tag: string;
  readonly transformed: boolean;
  /** As it is packed. */
  readonly bytes: number;
}

/** @throws when it is no WOFF2 font of one face */
export function unpackWoff2(packed: Buffer): Buffer {
  const reader = new ByteReader(packed);
  if (reader.ascii(4) !== "wOF2") throw new Error("This is no WOFF2 font.");
  reader.skip(8);
  const count = reader.u16();
  reader.skip(6);
  const packedBytes = reader.u32();
  reader.skip(24);
  const entries = Array.from({ length: count }, () => readEntry(reader));
  const start = reader.at;
  const data = new ByteReader(brotliDecompressSync(packed.subarray(start, start + packedBytes)));
  const tables: Tables = new Map();
  const transformed = new Map<string, Buffer>();
  for (const { tag, transformed: changed, bytes } of entries)
    (changed ? transformed : tables).set(tag, data.take(bytes));
  restoreOutlines(tables, transformed);
  return writeSfnt(tables);
}

function readEntry(reader: ByteReader): Entry {
  const flags = reader.u8();
  const tag = (flags & 0x3f) === 0x3f ? reader.ascii(4) : (knownTags[flags & 0x3f] ?? "");
  const version = flags >> 6;
  const length = reader.base128();
  const isOutline = tag === "glyf" || tag === "loca";
  const transformed = isOutline ? version === 0 : version !== 0;
  return { tag, transformed, bytes: transformed ? reader.base128() : length };
}

/** Outlines are packed by what their numbers mean; `loca` is not packed at all, it follows from them. */
function restoreOutlines(tables: Tables, transformed: ReadonlyMap<string, Buffer>): void {
  const packed = transformed.get("glyf");
  if (packed === undefined) return;
  const outlines = readOutlines(packed);
  const offsets: number[] = [0];
  for (const { bytes } of outlines) offsets.push((offsets.at(-1) ?? 0) + bytes.length);
  const loca = Buffer.alloc(offsets.length * 4);
  offsets.forEach((offset, index) => void loca.writeUInt32BE(offset, index * 4));
  tables.set("glyf", joined(outlines.map(({ bytes }) => bytes)));
  tables.set("loca", loca);
  const head = Buffer.from(tableOf(tables, "head"));
  head.writeInt16BE(1, 50); // offsets of four bytes
  tables.set("head", head);
  const metrics = transformed.get("hmtx");
  if (metrics) tables.set("hmtx", readMetrics(metrics, tables, outlines));
}

function tableOf(tables: Tables, tag: string): Buffer {
  const table = tables.get(tag);
  if (table === undefined) throw new Error(`The font has no table ${tag}.`);
  return table;
}

interface Outline {
  readonly bytes: Buffer;
  readonly xMin: number;
}
const nothing: Outline = { bytes: Buffer.alloc(0), xMin: 0 };

interface Streams {
  readonly contours: ByteReader;
  readonly points: ByteReader;
  readonly flags: ByteReader;
  readonly glyphs: ByteReader;
  readonly composites: ByteReader;
  readonly boxes: ByteReader;
  readonly instructions: ByteReader;
}

function readOutlines(packed: Buffer): Outline[] {
  const reader = new ByteReader(packed);
  reader.skip(4);
  const count = reader.u16();
  reader.skip(2);
  const sizes = Array.from({ length: 7 }, () => reader.u32());
  const stream = (index: number) => new ByteReader(reader.take(sizes[index] ?? 0));
  const streams: Streams = {
    contours: stream(0),
    points: stream(1),
    flags: stream(2),
    glyphs: stream(3),
    composites: stream(4),
    boxes: stream(5),
    instructions: stream(6),
  };
  const hasBox = streams.boxes.take(4 * Math.floor((count + 31) / 32));
  return Array.from({ length: count }, (_, glyph) => {
    const contours = streams.contours.i16();
    const boxed = ((hasBox[glyph >> 3] ?? 0) & (0x80 >> (glyph & 7))) !== 0;
    if (contours === 0) return nothing;
    return contours < 0 ? readComposite(streams) : readSimple(streams, contours, boxed);
  });
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly onCurve: boolean;
}

function readSimple(streams: Streams, contours: number, boxed: boolean): Outline {
  const ends: number[] = [];
  for (let contour = 0; contour < contours; contour += 1) ends.push((ends.at(-1) ?? -1) + streams.points.u255());
  const points: Point[] = [];
  let x = 0;
  let y = 0;
  for (let index = 0; index <= (ends.at(-1) ?? -1); index += 1) {
    const flag = streams.flags.u8();
    const [dx, dy] = readStep(flag & 0x7f, streams.glyphs);
    x += dx;
    y += dy;
    points.push({ x, y, onCurve: flag < 0x80 });
  }
  const instructions = streams.instructions.take(streams.glyphs.u255());
  const box = boxed ? readBox(streams.boxes) : boxOf(points);
  const bytes = joined([i16(contours, ...box), u16(...ends, instructions.length), instructions, writePoints(points)]);
  return { bytes: padded(bytes), xMin: box[0] };
}

/** Every step from point to point is two bytes or less where it is small: which, and of what sign, the flag says. */
function readStep(flag: number, stream: ByteReader): readonly [number, number] {
  const signed = (bit: number, size: number) => ((bit & 1) === 1 ? size : -size);
  if (flag < 10) return [0, signed(flag, ((flag & 14) << 7) + stream.u8())];
  if (flag < 20) return [signed(flag, (((flag - 10) & 14) << 7) + stream.u8()), 0];
  if (flag < 84) {
    const kind = flag - 20;
    const byte = stream.u8();
    return [signed(flag, 1 + (kind & 0x30) + (byte >> 4)), signed(flag >> 1, 1 + ((kind & 0x0c) << 2) + (byte & 0x0f))];
  }
  if (flag < 120) {
    const kind = flag - 84;
    const [first, second] = [stream.u8(), stream.u8()];
    return [
      signed(flag, 1 + (Math.floor(kind / 12) << 8) + first),
      signed(flag >> 1, 1 + (((kind % 12) >> 2) << 8) + second),
    ];
  }
  if (flag < 124) {
    const [first, second, third] = [stream.u8(), stream.u8(), stream.u8()];
    return [signed(flag, (first << 4) + (second >> 4)), signed(flag >> 1, ((second & 0x0f) << 8) + third)];
  }
  const [x, y] = [stream.u16(), stream.u16()];
  return [signed(flag, x), signed(flag >> 1, y)];
}

type Box = readonly [number, number, number, number];

const readBox = (stream: ByteReader): Box => [stream.i16(), stream.i16(), stream.i16(), stream.i16()];

function boxOf(points: readonly Point[]): Box {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** Each coordinate in two bytes: larger than need be, and read by everybody. */
export function writePoints(points: readonly Point[]): Buffer {
  const steps = (of: (point: Point) => number) =>
    i16(...points.map((point, index) => of(point) - (index === 0 ? 0 : of(points[index - 1] ?? point))));
  return joined([u8(...points.map(({ onCurve }) => (onCurve ? 1 : 0))), steps(({ x }) => x), steps(({ y }) => y)]);
}

const argumentsAreWords = 1 << 0;
const hasScale = 1 << 3;
const moreComponents = 1 << 5;
const hasTwoScales = 1 << 6;
const hasMatrix = 1 << 7;
const hasInstructions = 1 << 8;

/** A glyph made of others is packed as it is, but for its instructions. */
function readComposite(streams: Streams): Outline {
  const parts: Buffer[] = [];
  let flags = moreComponents;
  let instructed = false;
  while ((flags & moreComponents) !== 0) {
    flags = streams.composites.u16();
    instructed ||= (flags & hasInstructions) !== 0;
    const scale = (flags & hasScale) !== 0 ? 2 : (flags & hasTwoScales) !== 0 ? 4 : (flags & hasMatrix) !== 0 ? 8 : 0;
    const more = 2 + ((flags & argumentsAreWords) !== 0 ? 4 : 2) + scale;
    parts.push(u16(flags), streams.composites.take(more));
  }
  const instructions = instructed ? streams.instructions.take(streams.glyphs.u255()) : undefined;
  const box = readBox(streams.boxes);
  const told = instructions ? [u16(instructions.length), instructions] : [];
  return { bytes: padded(joined([i16(-1, ...box), ...parts, ...told])), xMin: box[0] };
}

const padded = (bytes: Buffer): Buffer => joined([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);

/** Left bearings that equal the outline's left edge are left out of the packed font. */
function readMetrics(packed: Buffer, tables: Tables, outlines: readonly Outline[]): Buffer {
  const reader = new ByteReader(packed);
  const flags = reader.u8();
  const wide = tableOf(tables, "hhea").readUInt16BE(34);
  const advances = Array.from({ length: wide }, () => reader.u16());
  const bearing = (glyph: number, left: boolean) => (left ? reader.i16() : (outlines[glyph]?.xMin ?? 0));
  const bearings = outlines.map((_, glyph) => bearing(glyph, (flags & (glyph < wide ? 1 : 2)) === 0));
  return joined(
    bearings.map((left, glyph) => {
      const advance = advances[glyph];
      return advance === undefined ? i16(left) : joined([u16(advance), i16(left)]);
    }),
  );
}
