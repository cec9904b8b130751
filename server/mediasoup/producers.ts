/** The producers of a meeting's seats: paused and run as the floor says, made known to all, put away. */
import type { Producer, RtpParameters, WebRtcTransport } from "mediasoup/types";
import type { Id } from "../../protocol/ids.ts";
import type { MediumKind } from "../../protocol/meeting.ts";
import type { Produced, SeatMedia } from "./seatMedia.ts";

export interface ProducersOptions {
  /** Whether this is forwarded by the meeting as it now is. */
  isForwarded: (produced: Produced) => boolean;
  /** Everybody gets a consumer of it; settles when all have been told. */
  spread: (produced: Produced) => Promise<void>;
  /** Who takes it further gets it; settles when they have it. */
  follow: (produced: Produced) => Promise<unknown>;
  /** A request to the worker failed. */
  failed: (fault: unknown, what: string) => void;
}

export const kindOf: Record<MediumKind, "audio" | "video"> = { microphone: "audio", camera: "video", screen: "video" };

/**
 * Chromium sends no second key frame within 300 ms and forgets the request. With this delay the worker keeps it and
 * asks again, instead of the second it would otherwise wait.
 */
const keyFrameRequestDelayMs = 350;

/** How long the first packets of an unprepared speaker wait for those who are to get them. */
const heldAtMostMs = 150;

/**
 * A producer costs a consumer for everybody in the room, so a page that makes one after the other is slowed down. A
 * good one makes three for its turn.
 */
const most = { count: 10, withinMs: 10_000 };

export class Producers {
  readonly #options: ProducersOptions;
  /** When seats made their last producers, ms since 1970. */
  readonly #pace = new Map<Id, number[]>();

  constructor(options: ProducersOptions) {
    this.#options = options;
  }

  /** Whether this seat makes producers faster than any page of ours would. Counts this one. */
  tooFast(seat: Id): boolean {
    const now = Date.now();
    const recent = (this.#pace.get(seat) ?? []).filter((at) => at > now - most.withinMs);
    this.#pace.set(seat, [...recent, now].slice(-most.count - 1));
    return recent.length >= most.count;
  }

  /**
   * A seat's producer of this medium, in place of the one it had. Undefined when its transport is gone meanwhile.
   *
   * @throws TypeError or UnsupportedError when the parameters are none
   */
  async make(mine: SeatMedia, send: WebRtcTransport, medium: MediumKind, rtpParameters: RtpParameters) {
    // A page that heard no answer asks again with the same identifiers: what they named before must be gone.
    const former = mine.producers.get(medium);
    if (former) this.withdraw(mine, former);
    const kind = kindOf[medium];
    const delay = kind === "video" ? { keyFrameRequestDelay: keyFrameRequestDelayMs } : {};
    const producer = await send.produce({ kind, rtpParameters, paused: true, ...delay });
    if (mine.send !== send || producer.closed) {
      producer.close();
      return undefined;
    }
    const produced = newlyProduced(mine.seat, medium, producer);
    mine.producers.set(medium, produced);
    producer.once("transportclose", () => {
      if (mine.producers.get(medium) === produced) mine.producers.delete(medium);
    });
    return produced;
  }

  /** Runs or pauses it as the meeting says. The worker takes requests in order, so none is waited for. */
  steer(produced: Produced): void {
    const { producer } = produced;
    const may = this.#options.isForwarded(produced);
    if (!may) produced.pausedBySeat = false;
    const run = may && !produced.held && !produced.pausedBySeat;
    if (run === produced.running || producer.closed) return;
    produced.running = run;
    if (run) produced.uncounted = true;
    // Resumed, the worker itself asks for a key frame.
    const asked = run ? producer.resume() : producer.pause();
    asked.catch((fault: unknown) => this.#options.failed(fault, "A producer could not be paused or resumed"));
  }

  /**
   * A new producer is made known to all. Of who speaks already nothing is sent before the recorder has it, and no picture
   * before the browsers have taken up their consumers: its key frame comes once for all of them.
   */
  async introduce(produced: Produced): Promise<void> {
    produced.held = this.#options.isForwarded(produced);
    const followed = this.#options.follow(produced);
    const spread = this.#options.spread(produced);
    if (!produced.held) return spread;
    await Promise.race([followed, pause(heldAtMostMs)]);
    if (produced.producer.kind === "video") {
      await spread;
      if (produced.awaiting.size > 0) await Promise.race([produced.takenUp.promise, pause(heldAtMostMs)]);
    }
    produced.held = false;
    this.steer(produced);
  }

  /** A browser has taken up its consumer. Who is late for the first picture has another one asked for. */
  shown(produced: Produced, consumer: Id): void {
    produced.awaiting.delete(consumer);
    if (produced.held && produced.awaiting.size === 0) produced.takenUp.resolve();
    if (!produced.running) return;
    const late = [...produced.consumers].find(({ id }) => id === consumer);
    late
      ?.requestKeyFrame()
      .catch((fault: unknown) => this.#options.failed(fault, "A key frame could not be asked for"));
  }

  withdraw(mine: SeatMedia, produced: Produced): void {
    if (mine.producers.get(produced.medium) === produced) mine.producers.delete(produced.medium);
    produced.producer.close();
  }
}

function newlyProduced(seat: Id, medium: MediumKind, producer: Producer): Produced {
  return {
    seat,
    medium,
    producer,
    consumers: new Set(),
    running: false,
    pausedBySeat: false,
    held: false,
    awaiting: new Set(),
    takenUp: Promise.withResolvers(),
    uncounted: false,
  };
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
