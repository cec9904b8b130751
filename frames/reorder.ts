import type { RtpPacket } from "./rtp.ts";
import { unwrapNear } from "./wrap.ts";

/** A packet at its place in its stream. */
export interface OrderedPacket {
  readonly packet: RtpPacket;
  /** The RTP timestamp unwrapped: it grows through the 32-bit wrap, in units of the stream's clock rate. */
  readonly timestamp: number;
  /** When it arrived, however long it was held back. */
  readonly atMs: number;
  /** How many packets between the previous one and this one never came. */
  readonly lostBefore: number;
  /** The stream began anew here (the first packet, another SSRC, a jump): nothing before it belongs to it. */
  readonly restarted: boolean;
}

/** A step of more sequence numbers than this is a stream that began anew, not a loss. */
const JUMP = 1000;

interface Held {
  readonly packet: RtpPacket;
  readonly atMs: number;
}

export interface ReorderOptions {
  /** How long a missing packet is waited for. */
  readonly waitMs?: number;
  /** How long the first packet of a stream is held, in case one from before it was overtaken. Costs that much delay once. */
  readonly startMs?: number;
}

/**
 * Puts the packets of one stream in order. A packet that is missing is waited for up to `waitMs` after its successor
 * came (an SFU forwards what was sent again late); then it counts as lost. Duplicates, and what comes after its place
 * was given up, are dropped. Nothing is copied: the packets are kept as they are, so their bytes must not be reused.
 *
 * Time comes from outside as milliseconds of any clock that only grows. Call `due` now and then (every 50 ms or so),
 * else what waits behind a loss comes out only with the next packet.
 */
export class ReorderBuffer {
  readonly #waitMs: number;
  readonly #startMs: number;
  readonly #held = new Map<number, Held>();
  #ssrc: number | null = null;
  /** The unwrapped sequence number whose turn it is. */
  #next = 0;
  /** Until then the stream may still begin earlier than at `#next`. */
  #beginsAtMs = Number.NEGATIVE_INFINITY;
  #restarted = false;
  #timestamp = 0;
  #lost = 0;

  constructor(options: ReorderOptions = {}) {
    this.#waitMs = options.waitMs ?? 200;
    this.#startMs = options.startMs ?? 0;
  }

  /** Packets that never came, over all the stream's life. */
  get lost(): number {
    return this.#lost;
  }

  /** Takes one packet and gives out, in order, all whose turn has come. */
  push(packet: RtpPacket, atMs: number): OrderedPacket[] {
    const sequence = unwrapNear(this.#next, packet.sequence, 16);
    const ahead = sequence - this.#next;
    if (packet.ssrc !== this.#ssrc || Math.abs(ahead) > JUMP) return this.#restart(packet, atMs);
    if (ahead < 0 && atMs < this.#beginsAtMs) this.#next = sequence;
    const isNews = sequence >= this.#next && !this.#held.has(sequence);
    if (isNews) this.#held.set(sequence, { packet, atMs });
    return this.due(atMs);
  }

  /** Gives out what need not, or may no longer, wait. */
  due(nowMs: number): OrderedPacket[] {
    return nowMs < this.#beginsAtMs ? [] : this.#release(nowMs - this.#waitMs);
  }

  /** Gives out all that is held, at the stream's end. */
  drain(): OrderedPacket[] {
    return this.#release(Number.POSITIVE_INFINITY);
  }

  /** In order without a gap; a gap is stepped over when the first packet behind it arrived at `arrivedByMs` or before. */
  #release(arrivedByMs: number): OrderedPacket[] {
    const released: OrderedPacket[] = [];
    while (this.#held.size > 0) {
      const lostBefore = this.#held.has(this.#next) ? 0 : this.#gap();
      if (lostBefore > 0 && this.#oldestArrivalMs() > arrivedByMs) break;
      this.#lost += lostBefore;
      this.#next += lostBefore;
      const held = this.#held.get(this.#next);
      if (held === undefined) break;
      this.#held.delete(this.#next);
      released.push(this.#place(held, lostBefore));
    }
    return released;
  }

  #restart(packet: RtpPacket, atMs: number): OrderedPacket[] {
    const before = this.drain();
    this.#ssrc = packet.ssrc;
    this.#next = packet.sequence;
    this.#timestamp = packet.timestamp;
    this.#beginsAtMs = atMs + this.#startMs;
    this.#restarted = true;
    this.#held.set(packet.sequence, { packet, atMs });
    return before.concat(this.due(atMs));
  }

  #place({ packet, atMs }: Held, lostBefore: number): OrderedPacket {
    const restarted = this.#restarted;
    this.#restarted = false;
    this.#next += 1;
    this.#timestamp = unwrapNear(this.#timestamp, packet.timestamp, 32);
    return { packet, timestamp: this.#timestamp, atMs, lostBefore, restarted };
  }

  #gap(): number {
    return Math.min(...this.#held.keys()) - this.#next;
  }

  /** A Map keeps the order of insertion, which is the order of arrival. */
  #oldestArrivalMs(): number {
    const [oldest] = this.#held.values();
    return oldest?.atMs ?? Number.POSITIVE_INFINITY;
  }
}
