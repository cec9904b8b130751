/** Notices about consumers, gathered while the event loop turns once: one for each seat instead of one for each medium. */
import type { Id } from "../../protocol/ids.ts";
import type { MediaNotice, ToldConsumer } from "../../protocol/media.ts";

export class Outbox {
  readonly #notify: (seat: Id, notice: MediaNotice) => void;
  readonly #made = new Map<Id, ToldConsumer[]>();
  readonly #closed = new Map<Id, Id[]>();
  #due: NodeJS.Immediate | undefined;

  constructor(notify: (seat: Id, notice: MediaNotice) => void) {
    this.#notify = notify;
  }

  consumer(seat: Id, consumer: ToldConsumer): void {
    this.#made.set(seat, [...(this.#made.get(seat) ?? []), consumer]);
    this.#soon();
  }

  closed(seat: Id, consumer: Id): void {
    const made = this.#made.get(seat);
    // What was never told need not be taken back.
    if (made?.some(({ id }) => id === consumer)) {
      const rest = made.filter(({ id }) => id !== consumer);
      this.#made.set(seat, rest);
      return;
    }
    this.#closed.set(seat, [...(this.#closed.get(seat) ?? []), consumer]);
    this.#soon();
  }

  forget(seat: Id): void {
    this.#made.delete(seat);
    this.#closed.delete(seat);
  }

  clear(): void {
    this.#made.clear();
    this.#closed.clear();
    clearImmediate(this.#due);
    this.#due = undefined;
  }

  #soon(): void {
    this.#due ??= setImmediate(() => this.#send());
  }

  #send(): void {
    const [closed, made] = [[...this.#closed], [...this.#made]];
    this.clear();
    for (const [seat, consumers] of closed) this.#notify(seat, { type: "media.consumersClosed", consumers });
    for (const [seat, consumers] of made) {
      if (consumers.length > 0) this.#notify(seat, { type: "media.consumers", consumers });
    }
  }
}
