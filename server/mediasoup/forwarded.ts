/** How much of each seat's media went to others: read from the worker's own statistics of the consumers. */
import type { Consumer } from "mediasoup/types";
import type { Id } from "../../protocol/ids.ts";
import type { Produced } from "./seatMedia.ts";

export interface Forwarded {
  seat: Id;
  /** Which worker, from 0. */
  worker: number;
  packets: number;
  bytes: number;
}

interface Amount {
  packets: number;
  bytes: number;
}

/** Asked of the worker at once. */
const atOnce = 50;

export class ForwardedCount {
  readonly #totals = new Map<string, Forwarded>();
  readonly #last = new WeakMap<Consumer, Amount>();

  /** Packets by the consumers that are there now; 0 when there are none. */
  async now(produced: readonly Produced[]): Promise<number> {
    const amounts = await amountsOf(produced.flatMap(({ consumers }) => [...consumers]));
    return amounts.reduce((sum, [, { packets }]) => sum + packets, 0);
  }

  /**
   * Adds up what came since the last time. What went through a consumer between the last count and its end is missing:
   * counted often enough that is little.
   */
  async total(produced: readonly Produced[], worker: number): Promise<Forwarded[]> {
    for (const one of produced) {
      if (!one.uncounted) continue;
      one.uncounted = one.running;
      const total = this.#totalOf(one.seat, worker);
      for (const [consumer, amount] of await amountsOf([...one.consumers])) {
        const last = this.#last.get(consumer);
        total.packets += amount.packets - (last?.packets ?? 0);
        total.bytes += amount.bytes - (last?.bytes ?? 0);
        this.#last.set(consumer, amount);
      }
    }
    return [...this.#totals.values()].map((total) => ({ ...total }));
  }

  #totalOf(seat: Id, worker: number): Forwarded {
    const key = `${seat} ${worker}`;
    const total = this.#totals.get(key) ?? { seat, worker, packets: 0, bytes: 0 };
    this.#totals.set(key, total);
    return total;
  }
}

async function amountsOf(consumers: readonly Consumer[]): Promise<[Consumer, Amount][]> {
  const all: [Consumer, Amount][] = [];
  for (let first = 0; first < consumers.length; first += atOnce) {
    const some = consumers.slice(first, first + atOnce).map(async (consumer): Promise<[Consumer, Amount][]> => {
      // A consumer that is closed meanwhile counts no more.
      const stats = await consumer.getStats().catch(() => []);
      const sent = stats.filter(({ type }) => type === "outbound-rtp");
      return sent.map(({ packetCount, byteCount }) => [consumer, { packets: packetCount, bytes: byteCount }]);
    });
    all.push(...(await Promise.all(some)).flat());
  }
  return all;
}
