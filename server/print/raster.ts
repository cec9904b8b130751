/**
 * Shapes drawn into pixels, and pixels written as a PNG (https://www.w3.org/TR/png-3/), without any library of pictures: those that
 * read pictures are kept from reading drawings, which hostile people could send.
 */
import { promisify } from "node:util";
import { crc32, deflate } from "node:zlib";

export interface Dot {
  readonly x: number;
  readonly y: number;
}
/** A closed line of straight pieces. */
export type Contour = readonly Dot[];

/** Flat colours on a ground of one colour, `#rrggbb`; edges are smooth. */
export class Raster {
  readonly #width: number;
  readonly #height: number;
  /** Red, green, blue, row by row. */
  readonly #pixels: Uint8Array;

  constructor(width: number, height: number, ground: string) {
    this.#width = width;
    this.#height = height;
    this.#pixels = new Uint8Array(Buffer.alloc(width * height * 3, Buffer.from(bytesOf(ground))));
  }

  /** Fills what the contours enclose together; one inside of another that runs against it is a hole. */
  fill(contours: readonly Contour[], colour: string): void {
    const cover = new Float32Array((this.#width + 2) * this.#height);
    let [top, bottom] = [this.#height, 0];
    for (const contour of contours) {
      contour.forEach((from, at) => {
        const to = contour[(at + 1) % contour.length];
        if (to) this.#edge(cover, from, to);
        top = Math.min(top, Math.max(0, Math.floor(from.y)));
        bottom = Math.max(bottom, Math.min(this.#height, Math.ceil(from.y)));
      });
    }
    const [red, green, blue] = bytesOf(colour);
    for (let y = top; y < bottom; y += 1) {
      let sum = 0;
      for (let x = 0; x < this.#width; x += 1) {
        sum += cover[y * (this.#width + 2) + x] ?? 0;
        const alpha = Math.min(1, Math.abs(sum));
        if (alpha > 0.002) this.#mix((y * this.#width + x) * 3, alpha, red, green, blue);
      }
    }
  }

  #mix(at: number, alpha: number, ...colour: readonly number[]): void {
    colour.forEach((value, index) => {
      const before = this.#pixels[at + index] ?? 0;
      this.#pixels[at + index] = Math.round(before + (value - before) * alpha);
    });
  }

  /** How much of each pixel lies to the right of this edge, as a change from the pixel before it. */
  #edge(cover: Float32Array, from: Dot, to: Dot): void {
    if (from.y === to.y) return;
    const [direction, top, bottom] = from.y < to.y ? [1, from, to] : [-1, to, from];
    const slope = (bottom.x - top.x) / (bottom.y - top.y);
    const last = Math.min(this.#height, Math.ceil(bottom.y));
    for (let row = Math.max(0, Math.floor(top.y)); row < last; row += 1) {
      const [y0, y1] = [Math.max(row, top.y), Math.min(row + 1, bottom.y)];
      if (y1 <= y0) continue;
      const ends = [top.x + (y0 - top.y) * slope, top.x + (y1 - top.y) * slope].map((x) => this.#within(x));
      this.#spread(cover, row, Math.min(...ends), Math.max(...ends), (y1 - y0) * direction);
    }
  }

  #within = (x: number): number => Math.min(this.#width, Math.max(0, x));

  /** An edge within one row, from x0 to x1, as high as `height`. */
  #spread(cover: Float32Array, row: number, x0: number, x1: number, height: number): void {
    const base = row * (this.#width + 2);
    const add = (column: number, value: number) => {
      cover[base + column] = (cover[base + column] ?? 0) + value;
    };
    const first = Math.floor(x0);
    const final = Math.floor(x1);
    for (let column = first; column <= final; column += 1) {
      const [left, right] = [Math.max(x0, column), Math.min(x1, column + 1)];
      const share = x1 === x0 ? height : (height * (right - left)) / (x1 - x0);
      const inside = 1 - ((left + right) / 2 - column);
      add(column, share * inside);
      add(column + 1, share * (1 - inside));
    }
  }

  async png(): Promise<Buffer> {
    const rows = Buffer.alloc((this.#width * 3 + 1) * this.#height);
    for (let y = 0; y < this.#height; y += 1) {
      // Each row begins with how it is packed: as it is, which is smallest where most of it is one colour.
      const row = this.#pixels.subarray(y * this.#width * 3, (y + 1) * this.#width * 3);
      rows.set(row, y * (this.#width * 3 + 1) + 1);
    }
    const head = Buffer.alloc(13);
    head.writeUInt32BE(this.#width, 0);
    head.writeUInt32BE(this.#height, 4);
    // Eight bits, red, green and blue.
    head.set([8, 2, 0, 0, 0], 8);
    return Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk("IHDR", head),
      chunk("IDAT", await deflated(rows, { level: 9 })),
      chunk("IEND", Buffer.alloc(0)),
    ]);
  }
}

const deflated = promisify<Buffer, { level: number }, Buffer>(deflate);

function bytesOf(colour: string): [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function chunk(type: string, bytes: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), bytes]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(bytes.length, 0);
  ends.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
}

/** A curve from `from`, by one or two points that it bends towards, in straight pieces; `from` is not among them. */
export function bent(from: Dot, ...[one, two, three]: readonly Dot[]): Dot[] {
  if (!one || !two) return [];
  const far = Math.abs((three ?? two).x - from.x) + Math.abs((three ?? two).y - from.y);
  const pieces = Math.max(4, Math.min(40, Math.ceil(far / 4)));
  return Array.from({ length: pieces }, (_, index) => {
    const t = (index + 1) / pieces;
    const u = 1 - t;
    const at = (of: (dot: Dot) => number) =>
      three
        ? u ** 3 * of(from) + 3 * u * u * t * of(one) + 3 * u * t * t * of(two) + t ** 3 * of(three)
        : u * u * of(from) + 2 * u * t * of(one) + t * t * of(two);
    return { x: at(({ x }) => x), y: at(({ y }) => y) };
  });
}

/** A line of some width as a shape. */
export function stroked(line: readonly Dot[], width: number): Contour {
  const sides = line.map((dot, at) => {
    const [before, after] = [line[at - 1] ?? dot, line[at + 1] ?? dot];
    const [dx, dy] = [after.x - before.x, after.y - before.y];
    const long = Math.hypot(dx, dy) || 1;
    const [nx, ny] = [(-dy / long) * (width / 2), (dx / long) * (width / 2)];
    return [
      { x: dot.x + nx, y: dot.y + ny },
      { x: dot.x - nx, y: dot.y - ny },
    ] as const;
  });
  return [...sides.map(([one]) => one), ...sides.map(([, other]) => other).reverse()];
}
