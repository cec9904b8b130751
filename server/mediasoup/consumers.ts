/** Everybody's consumers of every producer: made once, told in few notices, forgotten with either end. */
import { canConsume } from "mediasoup/ortc";
import type { Consumer } from "mediasoup/types";
import type { Id } from "../../protocol/ids.ts";
import type { MediaNotice, ToldConsumer } from "../../protocol/media.ts";
import { Outbox } from "./outbox.ts";
import type { Produced, SeatMedia } from "./seatMedia.ts";

/** Made at once before others get their turn on the event loop. */
const atOnce = 25;

export class Consumers {
  readonly #outbox: Outbox;
  readonly #failed: (fault: unknown) => void;

  constructor(notify: (seat: Id, notice: MediaNotice) => void, failed: (fault: unknown) => void) {
    this.#outbox = new Outbox(notify);
    this.#failed = failed;
  }

  /** One seat gets consumers of all these; answers with those that are new. */
  async forSeat(mine: SeatMedia, all: readonly Produced[]): Promise<ToldConsumer[]> {
    const made = await Promise.all(all.map((produced) => this.#make(mine, produced)));
    return made.filter((consumer) => consumer !== undefined);
  }

  /** All these seats get a consumer of one producer, and are told. */
  async spread(produced: Produced, seats: readonly SeatMedia[]): Promise<void> {
    for (let first = 0; first < seats.length; first += atOnce) {
      const some = seats.slice(first, first + atOnce).map(async (mine) => {
        const consumer = await this.#make(mine, produced);
        if (consumer) this.#outbox.consumer(mine.seat, consumer);
      });
      await Promise.all(some);
    }
  }

  /** What a seat has already, as it was told. */
  had(mine: SeatMedia, all: readonly Produced[]): ToldConsumer[] {
    return all.flatMap((produced) => {
      const consumer = mine.consumers.get(produced.producer.id);
      return consumer ? [told(produced, consumer, false)] : [];
    });
  }

  /** A seat is to be told nothing more of what it had. */
  forget(seat: Id): void {
    this.#outbox.forget(seat);
  }

  clear(): void {
    this.#outbox.clear();
  }

  /** Undefined when there is nothing to consume, it exists already, or either end is gone. */
  async #make(mine: SeatMedia, produced: Produced): Promise<ToldConsumer | undefined> {
    const { receive, rtpCapabilities } = mine;
    const { producer } = produced;
    if (mine.seat === produced.seat || !receive || receive.closed || !rtpCapabilities) return undefined;
    if (mine.consumers.has(producer.id) || producer.closed) return undefined;
    if (!canConsume(producer.consumableRtpParameters, rtpCapabilities)) return undefined;
    mine.consumers.set(producer.id, undefined);
    // Not paused: the producer in front of it is, for as long as its seat is not heard.
    const consumer = await receive
      .consume({ producerId: producer.id, rtpCapabilities, paused: false })
      .catch((fault: unknown) => this.#failed(fault));
    if (!consumer || producer.closed || mine.receive !== receive) {
      consumer?.close();
      if (mine.receive === receive) mine.consumers.delete(producer.id);
      return undefined;
    }
    this.#keep(mine, produced, consumer);
    // A transport that is not connected yet asks for a key frame by itself when it is.
    const awaited = producer.kind === "video" && (produced.held || produced.running) && mine.connected.has(receive.id);
    if (awaited) produced.awaiting.add(consumer.id);
    return told(produced, consumer, awaited);
  }

  #keep(mine: SeatMedia, produced: Produced, consumer: Consumer): void {
    mine.consumers.set(produced.producer.id, consumer);
    produced.consumers.add(consumer);
    const forget = () => {
      mine.consumers.delete(produced.producer.id);
      produced.consumers.delete(consumer);
      produced.awaiting.delete(consumer.id);
    };
    consumer.once("transportclose", forget);
    consumer.once("producerclose", () => {
      forget();
      this.#outbox.closed(mine.seat, consumer.id);
    });
  }
}

function told({ seat, medium, producer }: Produced, { id, rtpParameters }: Consumer, awaited: boolean): ToldConsumer {
  return { id, producer: producer.id, seat, medium, kind: producer.kind, rtpParameters, awaited };
}
