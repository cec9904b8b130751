/**
 * Somebody for the demo: a friendly face in front of a calm wall, and a voice without words. Drawn and sounded here, bit
 * by bit, so that no picture and no voice of anybody is needed.
 */

export const width = 640;
export const height = 360;
export const picturesPerSecond = 15;
export const samplesPerSecond = 48_000;

type Colour = readonly [red: number, green: number, blue: number];

export interface Looks {
  wall: Colour;
  dado: Colour;
  skin: Colour;
  hair: Colour;
  clothes: Colour;
  /** Of the voice, in hertz. */
  pitch: number;
}

const ink: Colour = [0x14, 0x30, 0x2a];
const lamp: Colour = [0xff, 0xc8, 0x3d];

/** How wide the mouth is open at this moment, 0 to 1: syllables, words, and a breath now and then. */
export function speaking(second: number, pitch: number): number {
  const breath = (second + pitch / 100) % 3.4;
  if (breath > 2.7) return 0;
  const word = (second * 1.7 + pitch / 37) % 1;
  if (word > 0.82) return 0;
  return Math.max(0, Math.sin(Math.PI * 2 * (second * 3.6 + 0.3 * Math.sin(second * 2.3)))) ** 0.7;
}

/** A second of sound: 16 bit, one channel. The harmonics of a wavering pitch, the louder the wider the mouth. */
export function voice(fromSecond: number, { pitch }: Looks): Int16Array {
  const samples = new Int16Array(samplesPerSecond);
  // The sum of harmonics is worked out once a period's shape, and read at the pace of the pitch.
  for (let at = 0; at < samples.length; at += 1) {
    const second = fromSecond + at / samplesPerSecond;
    const phase = 2 * Math.PI * pitch * (second + 0.0016 * Math.sin(2 * Math.PI * 1.3 * second));
    const open = openness(second, pitch);
    const brightness = 0.25 + 0.5 * open;
    const sound =
      Math.sin(phase) +
      brightness * Math.sin(2 * phase + 0.4) +
      brightness * 0.7 * Math.sin(3 * phase + 1.1) +
      brightness * 0.3 * Math.sin(5 * phase);
    samples[at] = 4_200 * open * sound;
  }
  return samples;
}

/** `speaking`, looked up every 5 ms and drawn out in between. */
let known: { pitch: number; at: number; from: number; to: number } | undefined;
function openness(second: number, pitch: number): number {
  const step = Math.floor(second * 200);
  if (known?.at !== step || known.pitch !== pitch) {
    known = { pitch, at: step, from: speaking(step / 200, pitch), to: speaking((step + 1) / 200, pitch) };
  }
  return known.from + (known.to - known.from) * (second * 200 - step);
}

/** Draws somebody's pictures one after the other. */
export class Painter {
  readonly #looks: Looks;
  readonly #wall: Canvas;
  readonly #canvas = new Canvas();

  constructor(looks: Looks) {
    this.#looks = looks;
    this.#wall = new Canvas();
    this.#wall.box(0, 0, width, 240, looks.wall);
    this.#wall.box(0, 240, width, height, looks.dado);
    this.#wall.box(0, 238, width, 242, ink);
  }

  /** The picture at this moment, planar YUV 4:2:0. Good until the next call. */
  picture(second: number): Uint8Array {
    this.#canvas.copy(this.#wall);
    this.#face(second, speaking(second, this.#looks.pitch));
    this.#seconds(second);
    return this.#canvas.bytes;
  }

  #face(second: number, open: number): void {
    const { skin, hair, clothes } = this.#looks;
    const [sway, nod] = [10 * Math.sin(second * 0.9), 3 * Math.sin(second * 2.1)];
    const [cx, cy] = [width / 2 + sway, 190 + nod];
    const oval = (dx: number, dy: number, rx: number, ry: number, colour: Colour) =>
      this.#canvas.oval(cx + dx, cy + dy, rx, ry, colour);
    this.#canvas.oval(width / 2 + sway / 2, 360, 130, 92, clothes);
    oval(0, -18, 76, 80, hair);
    oval(0, 0, 66, 78, skin);
    const blinks = second % 3.1 < 0.14;
    for (const side of [-24, 24]) oval(side, -14, 8, blinks ? 1.5 : 9, ink);
    oval(0, 34, 20 - 4 * open, 3 + 13 * open, ink);
  }

  /** A light for every second that has passed: the turn's length is seen from the back of the room. */
  #seconds(second: number): void {
    for (let passed = 0; passed < Math.min(30, Math.floor(second)); passed += 1) {
      this.#canvas.oval(20 + passed * 20.5, 18, 8, 8, ink);
      this.#canvas.oval(20 + passed * 20.5, 18, 6, 6, lamp);
    }
  }
}

const yuv = ([red, green, blue]: Colour) => ({
  y: 16 + (65.7 * red + 129.1 * green + 25.1 * blue) / 256,
  u: 128 + (-37.9 * red - 74.5 * green + 112.4 * blue) / 256,
  v: 128 + (112.4 * red - 94.2 * green - 18.3 * blue) / 256,
});

/** Colours as video has them: brightness for every point, colour for every four. */
class Canvas {
  readonly bytes = new Uint8Array((width * height * 3) / 2);
  readonly #y = this.bytes.subarray(0, width * height);
  readonly #u = this.bytes.subarray(width * height, (width * height * 5) / 4);
  readonly #v = this.bytes.subarray((width * height * 5) / 4);

  copy(other: Canvas): void {
    this.bytes.set(other.bytes);
  }

  box(left: number, top: number, right: number, bottom: number, colour: Colour): void {
    for (let row = top; row < bottom; row += 1) this.#line(row, left, right, colour);
  }

  oval(cx: number, cy: number, rx: number, ry: number, colour: Colour): void {
    for (let row = Math.ceil(cy - ry); row <= cy + ry; row += 1) {
      const half = rx * Math.sqrt(Math.max(0, 1 - ((row - cy) / ry) ** 2));
      this.#line(row, Math.round(cx - half), Math.round(cx + half), colour);
    }
  }

  #line(row: number, from: number, to: number, colour: Colour): void {
    if (row < 0 || row >= height) return;
    const [left, right] = [Math.max(0, from), Math.min(width, to)];
    if (left >= right) return;
    const { y, u, v } = yuv(colour);
    this.#y.fill(y, row * width + left, row * width + right);
    if (row % 2 === 1) return;
    const [first, last] = [(row / 2) * (width / 2) + (left >> 1), (row / 2) * (width / 2) + ((right + 1) >> 1)];
    this.#u.fill(u, first, last);
    this.#v.fill(v, first, last);
  }
}
