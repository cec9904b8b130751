import type { OrderedPacket } from "./reorder.ts";
import { unwrapNear } from "./wrap.ts";

/** VP8 in RTP (RFC 7741): packets to whole frames and back. */

export const VP8_CLOCK_RATE = 90_000;

export interface VideoFrame {
  readonly kind: "video";
  /** Unwrapped RTP timestamp in 1/90000 s. */
  readonly timestamp: number;
  readonly keyFrame: boolean;
  /** Pixels, as the last key frame said. */
  readonly width: number;
  readonly height: number;
  /** The frame's bytes in order, as views into its packets: nothing is copied. */
  readonly parts: readonly Uint8Array[];
}

/** A frame that is larger is taken for an attack on memory: a real key frame at 1080p has some 200 kB. */
const LARGEST_FRAME_BYTES = 4 * 1024 * 1024;

interface Descriptor {
  /** This packet begins a frame (S is set and the partition is the first). */
  readonly begins: boolean;
  readonly pictureId: number | null;
  readonly pictureIdBits: 7 | 15;
  readonly length: number;
}

/** The payload descriptor before every packet's VP8 bytes, or `null` when it does not fit or nothing follows it. */
function parseDescriptor(payload: Uint8Array): Descriptor | null {
  const first = payload[0] ?? 0;
  const extended = first & 0x80 ? (payload[1] ?? 0) : 0;
  let at = first & 0x80 ? 2 : 1;
  let pictureId: number | null = null;
  let pictureIdBits: 7 | 15 = 7;
  if (extended & 0x80) {
    const high = payload[at] ?? 0;
    pictureIdBits = high & 0x80 ? 15 : 7;
    pictureId = high & 0x80 ? ((high & 0x7f) << 8) | (payload[at + 1] ?? 0) : high;
    at += high & 0x80 ? 2 : 1;
  }
  if (extended & 0x40) at += 1;
  if (extended & 0x30) at += 1;
  if (at >= payload.length) return null;
  return { begins: (first & 0x17) === 0x10, pictureId, pictureIdBits, length: at };
}

/** What a key frame's first ten bytes say (RFC 6386, 9.1), or `null` when it is not a sound key frame. */
export function parseVp8KeyFrame(bytes: Uint8Array): { readonly width: number; readonly height: number } | null {
  if (bytes.length < 10 || !isVp8KeyFrame(bytes)) return null;
  if (bytes[3] !== 0x9d || bytes[4] !== 0x01 || bytes[5] !== 0x2a) return null;
  const width = ((bytes[6] ?? 0) | ((bytes[7] ?? 0) << 8)) & 0x3fff;
  const height = ((bytes[8] ?? 0) | ((bytes[9] ?? 0) << 8)) & 0x3fff;
  return width > 0 && height > 0 ? { width, height } : null;
}

/** A frame's first bit is 0 when it is a key frame. */
export function isVp8KeyFrame(bytes: Uint8Array): boolean {
  return bytes.length > 0 && ((bytes[0] ?? 1) & 1) === 0;
}

interface Assembly {
  readonly timestamp: number;
  readonly pictureId: number | null;
  readonly pictureIdBits: 7 | 15;
  readonly parts: Uint8Array[];
  byteLength: number;
}

/**
 * Builds whole frames from packets in order. A frame is given out only when every one of its packets came and every
 * frame it may refer to was given out: after a loss all is dropped up to the next key frame, so that no broken
 * picture is ever shown or kept. Losses that the picture ids prove to lie between frames (padding) cost nothing.
 */
export class Vp8Depacketizer {
  #assembly: Assembly | null = null;
  #waiting = true;
  /** Packets lost since the last packet of ours; not yet known whether they were ours. */
  #lost = 0;
  #lastPictureId: number | null = null;
  #size = { width: 0, height: 0 };

  /** Nothing comes out until the next key frame: ask the sender for one. True from the start on. */
  get waitingForKeyFrame(): boolean {
    return this.#waiting;
  }

  /** The frame that this packet completes, or `null`. */
  push(ordered: OrderedPacket): VideoFrame | null {
    this.#noteLoss(ordered);
    const { payload, marker } = ordered.packet;
    if (payload.length === 0) return null;
    const descriptor = parseDescriptor(payload);
    if (descriptor === null) return this.#abandon();
    const assembly = descriptor.begins ? this.#begin(ordered, descriptor) : this.#assembly;
    if (assembly === null || assembly.timestamp !== ordered.timestamp) return this.#abandon();
    assembly.parts.push(payload.subarray(descriptor.length));
    assembly.byteLength += payload.length - descriptor.length;
    if (assembly.byteLength > LARGEST_FRAME_BYTES) return this.#abandon();
    return marker ? this.#complete(assembly) : null;
  }

  #noteLoss(ordered: OrderedPacket): void {
    this.#lost += ordered.lostBefore;
    if (ordered.restarted) {
      this.#abandon();
      this.#lastPictureId = null;
    } else if (ordered.lostBefore > 0 && this.#assembly !== null) {
      this.#abandon();
    }
  }

  #begin(ordered: OrderedPacket, descriptor: Descriptor): Assembly {
    const previousHasNoEnd = this.#assembly !== null;
    if (previousHasNoEnd || (this.#lost > 0 && !this.#follows(descriptor))) this.#abandon();
    this.#lost = 0;
    const { pictureId, pictureIdBits } = descriptor;
    this.#assembly = { timestamp: ordered.timestamp, pictureId, pictureIdBits, parts: [], byteLength: 0 };
    return this.#assembly;
  }

  /** Proof that no frame is missing: its number is the next, and too little was lost for the numbers to have gone round. */
  #follows({ pictureId, pictureIdBits }: Descriptor): boolean {
    if (pictureId === null || this.#lastPictureId === null || this.#lost >= 2 ** pictureIdBits) return false;
    return unwrapNear(this.#lastPictureId, pictureId, pictureIdBits) === this.#lastPictureId + 1;
  }

  #complete(assembly: Assembly): VideoFrame | null {
    const { timestamp, parts } = assembly;
    const [head] = parts;
    const keyFrame = head !== undefined && isVp8KeyFrame(head);
    const size = keyFrame ? parseVp8KeyFrame(head) : this.#size;
    if (size === null || (this.#waiting && !keyFrame)) return this.#abandon();
    this.#assembly = null;
    this.#waiting = false;
    this.#size = size;
    this.#lastPictureId = assembly.pictureId;
    return { kind: "video", timestamp, keyFrame, width: size.width, height: size.height, parts };
  }

  #abandon(): null {
    this.#assembly = null;
    this.#waiting = true;
    return null;
  }
}

/**
 * Cuts one frame into RTP payloads of at most `maxBytes` each, descriptor included. The last one's packet carries the
 * marker. `pictureId` counts frames; 15 bits of it are written.
 */
export function packetizeVp8(
  frame: Uint8Array,
  options: { readonly pictureId: number; readonly maxBytes?: number },
): Uint8Array[] {
  const descriptorBytes = 4;
  const room = (options.maxBytes ?? 1200) - descriptorBytes;
  const payloads: Uint8Array[] = [];
  for (let at = 0; at < frame.length; at += room) {
    const piece = frame.subarray(at, at + room);
    const payload = new Uint8Array(descriptorBytes + piece.length);
    payload[0] = 0x80 | (at === 0 ? 0x10 : 0);
    payload[1] = 0x80;
    payload[2] = 0x80 | ((options.pictureId >> 8) & 0x7f);
    payload[3] = options.pictureId & 0xff;
    payload.set(piece, descriptorBytes);
    payloads.push(payload);
  }
  return payloads;
}
