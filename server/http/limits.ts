/** How often something may happen: one bucket per key, kept in memory, full again after `perMs`. */

interface Bucket {
  left: number;
  at: number;
}

/** Above this many buckets those that are full again are thrown away, and again at twice what is then left. */
const sweepAbove = 10_000;

export class RateLimit {
  readonly #times: number;
  readonly #perMs: number;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();
  #sweepAt = sweepAbove;

  /** `times` at once, then `times` per `perMs` milliseconds, evenly. */
  constructor(limit: { times: number; perMs: number }, now: () => number = Date.now) {
    this.#times = limit.times;
    this.#perMs = limit.perMs;
    this.#now = now;
  }

  /** Counts one. False when there is none left; then nothing is counted. */
  take(key: string): boolean {
    const bucket = this.#bucket(key);
    if (bucket.left < 1) return false;
    bucket.left -= 1;
    return true;
  }

  /** Whether `take` would be granted. */
  has(key: string): boolean {
    return this.#bucket(key).left >= 1;
  }

  /** Gives one back that need not have been counted. */
  giveBack(key: string): void {
    const bucket = this.#bucket(key);
    bucket.left = Math.min(this.#times, bucket.left + 1);
  }

  /** Whole seconds until the next one is granted, for `Retry-After`. */
  waitSeconds(key: string): number {
    const missing = 1 - this.#bucket(key).left;
    return Math.max(1, Math.ceil((missing * this.#perMs) / this.#times / 1000));
  }

  #bucket(key: string): Bucket {
    const now = this.#now();
    const known = this.#buckets.get(key);
    const bucket = known ?? { left: this.#times, at: now };
    bucket.left = this.#refilled(bucket, now);
    bucket.at = now;
    if (!known) {
      if (this.#buckets.size >= this.#sweepAt) this.#sweep(now);
      this.#buckets.set(key, bucket);
    }
    return bucket;
  }

  #refilled(bucket: Bucket, now: number): number {
    return Math.min(this.#times, bucket.left + ((now - bucket.at) / this.#perMs) * this.#times);
  }

  #sweep(now: number): void {
    for (const [key, bucket] of this.#buckets) {
      if (this.#refilled(bucket, now) >= this.#times) this.#buckets.delete(key);
    }
    this.#sweepAt = Math.max(sweepAbove, this.#buckets.size * 2);
  }
}

/** An IPv4 address as it is; of an IPv6 address its first 64 bits, which is what one household or school is given. */
export function networkOf(address: string | undefined): string {
  if (!address) return "unknown";
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
  if (!plain.includes(":")) return plain;
  const [head = "", tail] = plain.split("::");
  const before = head ? head.split(":") : [];
  const after = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array<string>(zeros).fill("0"), ...after];
  return `${groups
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}
