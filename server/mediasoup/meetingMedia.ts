/**
 * One meeting's media. They follow the floor: `settle` reads from the meeting's state who is heard and seen, and has the
 * worker pause everybody else, whatever their browsers want. Everything is made before it is needed, behind a paused
 * producer, so that the floor passes on by one request to the worker.
 */
import { errors } from "mediasoup";
import { canConsume, validateAndNormalizeRtpCapabilities } from "mediasoup/ortc";
import type { Consumer, Router } from "mediasoup/types";
import type { Logger } from "pino";
import { type Meeting, turnOf } from "../../domain/meeting/state.ts";
import type { Id } from "../../protocol/ids.ts";
import type { MediaAnswer, MediaNotice, MediaRequest, ToldConsumer } from "../../protocol/media.ts";
import type { MediumKind } from "../../protocol/meeting.ts";
import { type RefusalCode, type Refused, refusals } from "../../protocol/refusals.ts";
import { describeFault } from "../faults.ts";
import { isForwarded, isInLine, mayNotProduce, mayNotTakePart, toBeReady } from "./floor.ts";
import { type Forwarded, ForwardedCount } from "./forwarded.ts";
import { Outbox } from "./outbox.ts";
import {
  asDtlsParameters,
  asRtpCapabilities,
  asRtpParameters,
  makeTransport,
  type Produced,
  parametersOf,
  SeatMedia,
} from "./seatMedia.ts";
import { type MediaHome, type MediaWorkers, routerRtpCapabilities } from "./workers.ts";

export interface MeetingMediaOptions {
  meeting: Id;
  workers: Pick<MediaWorkers, "place">;
  /** Tells a seat's browser, if it is connected; a lost notice is made up for by `media.continue` or `media.begin`. */
  notify: (seat: Id, notice: MediaNotice) => void;
  logger: Logger;
}

/** Who takes every producer of a meeting further: the recorder's link. */
export interface FollowsProducers {
  /** Media have a home, the first or a new one. */
  homed(router: Router): void;
  /** Of who speaks already nothing is sent until this settles, or a moment has passed. */
  produced(produced: Produced): Promise<void>;
  /** The home is gone with all that was in it, or media have ended. */
  lost(): void;
}

/**
 * Chromium sends no second key frame within 300 ms and forgets the request. With this delay the worker keeps it and
 * asks again, instead of the second it would otherwise wait.
 */
const keyFrameRequestDelayMs = 350;

/** How long the first picture of an unprepared speaker waits for the browsers to be ready for it. */
const heldAtMostMs = 150;

/** How many who spoke last keep their paused producers: who answers one another need not be made ready again. */
const keptSpeakers = 3;

/**
 * A producer costs a consumer for everybody in the room, so a page that makes one after the other is slowed down. A
 * good one makes three for its turn.
 */
const mostProducers = { count: 10, withinMs: 10_000 };

/** Consumers made at once before others get their turn on the event loop. */
const consumersAtOnce = 25;

const media: Record<MediumKind, "audio" | "video"> = { microphone: "audio", camera: "video", screen: "video" };

/** mediasoup's parameters are some kilobytes; nothing larger is even looked at. */
const maxParametersLength = 60_000;

export class MeetingMedia {
  readonly #options: MeetingMediaOptions;
  readonly #seats = new Map<Id, SeatMedia>();
  readonly #outbox: Outbox;
  readonly #count = new ForwardedCount();
  readonly #followers = new Set<FollowsProducers>();
  /** Who was told `media.getReady` and not `media.standDown` since. */
  readonly #called = new Set<Id>();
  /** Who had the floor, the latest last. */
  #spoke: Id[] = [];
  /** When seats made their last producers, ms since 1970. */
  readonly #pace = new Map<Id, number[]>();
  #meeting: Meeting | undefined;
  #home: MediaHome | undefined;
  #homing: Promise<MediaHome> | undefined;
  #closed = false;

  constructor(options: MeetingMediaOptions) {
    this.#options = options;
    this.#outbox = new Outbox(options.notify);
  }

  /**
   * Media become what the meeting now is. Called right after events were appended and before anybody is told; it fires
   * its requests to the worker in order and waits for none. Idempotent.
   */
  settle(meeting: Meeting): void {
    if (this.#closed) return;
    this.#meeting = meeting;
    if (meeting.phase === "ended") {
      this.close();
      return;
    }
    if (meeting.phase === "open" && !this.#homing) this.#findHome();
    for (const seat of this.#seats.keys()) if (mayNotTakePart(meeting, seat)) this.#dismiss(seat);
    const all = this.#allProduced();
    // Who has lost the floor is silent before who has won it is heard.
    for (const produced of all) if (!isForwarded(meeting, produced.seat, produced.medium)) this.#steer(produced);
    for (const produced of all) this.#steer(produced);
    this.#callUp(meeting);
  }

  /** What a browser asks. Every refusal is a value; nothing it sends makes this throw. */
  async request<R extends MediaRequest>(seat: Id, request: R): Promise<MediaAnswer<R["type"]>> {
    // `#answer` answers each request by its own type; the compiler cannot follow that through the union.
    return (await this.#tryToAnswer(seat, request)) as MediaAnswer<R["type"]>;
  }

  /** Packets of this seat that went to others, by its producers and their consumers that are still there. */
  forwardedPackets(seat: Id): Promise<number> {
    return this.#count.now([...(this.#seats.get(seat)?.producers.values() ?? [])]);
  }

  /** What was forwarded from each seat since this was made, as far as it could be counted. For metrics. */
  forwarded(): Promise<Forwarded[]> {
    return this.#count.total(this.#allProduced(), this.#home?.worker ?? 0);
  }

  /** From now on told of every producer; those there are at once. Answers with how to stop it. */
  follow(follower: FollowsProducers): () => void {
    this.#followers.add(follower);
    if (this.#home) follower.homed(this.#home.router);
    for (const produced of this.#allProduced()) void follower.produced(produced);
    return () => this.#followers.delete(follower);
  }

  /** Puts all media away. The meeting itself is not touched. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#forgetAll();
    this.#home?.close();
    this.#home = undefined;
    this.#outbox.clear();
  }

  /* Requests. */

  async #tryToAnswer(seat: Id, request: MediaRequest): Promise<object> {
    const no = this.#meeting ? mayNotTakePart(this.#meeting, seat) : "media.unavailable";
    if (no) return refusal(no);
    if (this.#closed) return refusal("meeting.ended");
    if (JSON.stringify(request).length > maxParametersLength) return refusal("command.tooLarge");
    try {
      const answer = await this.#answer(seat, request);
      return "refused" in answer ? refusal(answer.refused) : answer;
    } catch (fault) {
      return refusal(this.#refusalFor(fault));
    }
  }

  #answer(seat: Id, request: MediaRequest): Promise<object | Refused> | object | Refused {
    switch (request.type) {
      case "media.begin":
        return this.#begin(seat, request);
      case "media.continue":
        return this.#continue(seat, request);
      case "media.createTransport":
        return this.#createTransport(seat);
      case "media.connectTransport":
        return this.#connectTransport(seat, request);
      case "media.restartIce":
        return this.#restartIce(seat, request);
      case "media.receive":
        return this.#receive(seat, request);
      case "media.produce":
        return this.#oneByOne(seat, () => this.#produce(seat, request));
      case "media.shown":
        return this.#shown(seat, request);
      case "media.closeProducer":
        return this.#closeProducer(seat, request);
      case "media.resumeProducer":
        return this.#resumeProducer(seat, request);
      case "media.pauseProducer":
        return this.#pauseProducer(seat, request);
      case "media.requestKeyFrame":
        return this.#requestKeyFrame(seat, request);
    }
  }

  async #begin(seat: Id, request: Extract<MediaRequest, { type: "media.begin" }>): Promise<object | Refused> {
    const rtpCapabilities = request.rtpCapabilities && checked(request.rtpCapabilities);
    this.#dismiss(seat);
    const mine = new SeatMedia(seat);
    this.#seats.set(seat, mine);
    const home = await this.#homeNow();
    const receive = await makeTransport(home, "receive");
    if (!this.#stillStands(mine, home)) {
      receive.close();
      return { refused: "media.unavailable" };
    }
    mine.receive = receive;
    home.load = this.#seats.size;
    if (rtpCapabilities) mine.rtpCapabilities = rtpCapabilities;
    const [consumers] = await Promise.all([
      this.#consumeAll(mine),
      request.dtlsParameters && this.#connect(mine, receive.id, request.dtlsParameters),
    ]);
    if (this.#meeting) this.#callUp(this.#meeting);
    return { routerRtpCapabilities, receive: parametersOf(receive), consumers };
  }

  /** Notices may have been lost with the connection: the answer says how things stand. */
  #continue(seat: Id, request: Extract<MediaRequest, { type: "media.continue" }>): object | Refused {
    const mine = this.#seats.get(seat);
    const known = mine?.transport(request.receive) && (request.send === null || mine.transport(request.send));
    if (!mine || !known) return { refused: "media.unknown" };
    this.#called.delete(seat);
    if (this.#meeting) this.#callUp(this.#meeting);
    const consumers = this.#allProduced().flatMap((produced) => {
      const consumer = mine.consumers.get(produced.producer.id);
      return consumer ? [told(produced, consumer, false)] : [];
    });
    return { consumers, producers: [...mine.producers.values()].map(({ producer }) => producer.id) };
  }

  async #createTransport(seat: Id): Promise<object | Refused> {
    const mine = this.#seats.get(seat);
    if (!mine) return { refused: "media.unknown" };
    if (this.#meeting?.seats[seat]?.role === "watcher") return { refused: "seat.watcher" };
    const home = await this.#homeNow();
    const send = await makeTransport(home, "send");
    if (!this.#stillStands(mine, home)) {
      send.close();
      return { refused: "media.unavailable" };
    }
    mine.send?.close();
    mine.send = send;
    return { transport: parametersOf(send) };
  }

  async #connectTransport(
    seat: Id,
    { transport, dtlsParameters }: Extract<MediaRequest, { type: "media.connectTransport" }>,
  ): Promise<object | Refused> {
    const mine = this.#seats.get(seat);
    if (!mine?.transport(transport)) return { refused: "media.unknown" };
    await this.#connect(mine, transport, dtlsParameters);
    return { ok: true };
  }

  async #connect(mine: SeatMedia, transport: Id, dtlsParameters: Record<string, unknown>): Promise<void> {
    if (mine.connected.has(transport)) return;
    mine.connected.add(transport);
    try {
      await mine.transport(transport)?.connect({ dtlsParameters: asDtlsParameters(dtlsParameters) });
    } catch (fault) {
      mine.connected.delete(transport);
      throw fault;
    }
  }

  async #restartIce(seat: Id, request: Extract<MediaRequest, { type: "media.restartIce" }>): Promise<object | Refused> {
    const transport = this.#seats.get(seat)?.transport(request.transport);
    if (!transport) return { refused: "media.unknown" };
    return { iceParameters: await transport.restartIce() };
  }

  async #receive(seat: Id, request: Extract<MediaRequest, { type: "media.receive" }>): Promise<object | Refused> {
    const mine = this.#seats.get(seat);
    if (!mine?.receive) return { refused: "media.unknown" };
    mine.rtpCapabilities = checked(request.rtpCapabilities);
    return { consumers: await this.#consumeAll(mine) };
  }

  async #produce(seat: Id, request: Extract<MediaRequest, { type: "media.produce" }>): Promise<object | Refused> {
    const { medium, kind } = request;
    const mine = this.#seats.get(seat);
    const no = this.#meeting ? mayNotProduce(this.#meeting, seat, medium) : "media.unavailable";
    if (no) return { refused: no };
    if (!mine?.send || mine.send.id !== request.transport) return { refused: "media.unknown" };
    const rtpParameters = asRtpParameters(request.rtpParameters);
    if (kind !== media[medium] || moreThanOne(rtpParameters.encodings)) return { refused: "command.malformed" };
    if (this.#tooFast(seat)) return { refused: "command.tooMany" };
    const { send } = mine;
    // A page that heard no answer asks again with the same identifiers: what they named before must be gone.
    const former = mine.producers.get(medium);
    if (former) this.#withdraw(mine, former);
    const producer = await send.produce({
      kind,
      rtpParameters,
      paused: true,
      ...(kind === "video" ? { keyFrameRequestDelay: keyFrameRequestDelayMs } : {}),
    });
    if (this.#seats.get(seat) !== mine || mine.send !== send || producer.closed) {
      producer.close();
      return { refused: "media.unavailable" };
    }
    const produced: Produced = {
      seat,
      medium,
      producer,
      consumers: new Set(),
      running: false,
      pausedBySeat: false,
      held: false,
      awaiting: new Set(),
      uncounted: false,
    };
    mine.producers.set(medium, produced);
    producer.once("transportclose", () => {
      if (mine.producers.get(medium) === produced) mine.producers.delete(medium);
    });
    this.#introduce(produced);
    return { producer: producer.id };
  }

  #shown(seat: Id, request: Extract<MediaRequest, { type: "media.shown" }>): object {
    const mine = this.#seats.get(seat);
    for (const id of request.consumers) {
      const consumer = mine?.consumer(id);
      if (!consumer) continue;
      const produced = this.#allProduced().find(({ producer }) => producer.id === consumer.producerId);
      if (!produced) continue;
      produced.awaiting.delete(id);
      if (produced.held && produced.awaiting.size === 0) this.#release(produced);
      else if (produced.running) this.#fire(consumer.requestKeyFrame(), "A key frame could not be asked for");
    }
    return { ok: true };
  }

  #closeProducer(seat: Id, request: Extract<MediaRequest, { type: "media.closeProducer" }>): object {
    const mine = this.#seats.get(seat);
    const produced = mine?.produced(request.producer);
    if (mine && produced) this.#withdraw(mine, produced);
    return { ok: true };
  }

  #resumeProducer(seat: Id, { producer }: Extract<MediaRequest, { type: "media.resumeProducer" }>): object | Refused {
    const produced = this.#seats.get(seat)?.produced(producer);
    if (!produced) return { refused: "media.unknown" };
    if (!this.#meeting || !isForwarded(this.#meeting, seat, produced.medium)) return { refused: "media.noFloor" };
    produced.pausedBySeat = false;
    this.#steer(produced);
    return { ok: true };
  }

  #pauseProducer(seat: Id, { producer }: Extract<MediaRequest, { type: "media.pauseProducer" }>): object | Refused {
    const produced = this.#seats.get(seat)?.produced(producer);
    if (!produced) return { refused: "media.unknown" };
    produced.pausedBySeat = true;
    this.#steer(produced);
    return { ok: true };
  }

  async #requestKeyFrame(
    seat: Id,
    request: Extract<MediaRequest, { type: "media.requestKeyFrame" }>,
  ): Promise<object | Refused> {
    const consumer = this.#seats.get(seat)?.consumer(request.consumer);
    if (consumer?.kind !== "video") return { refused: "media.unknown" };
    // The worker asks the sender once in `keyFrameRequestDelayMs` at most, for all of them together.
    await consumer.requestKeyFrame();
    return { ok: true };
  }

  /* The floor. */

  /** Runs or pauses one producer as the meeting says. The worker takes requests in order, so none is waited for. */
  #steer(produced: Produced): void {
    const { producer, seat, medium } = produced;
    const may = this.#meeting !== undefined && isForwarded(this.#meeting, seat, medium);
    if (!may) produced.pausedBySeat = false;
    const run = may && !produced.held && !produced.pausedBySeat;
    if (run === produced.running || producer.closed) return;
    produced.running = run;
    if (run) produced.uncounted = true;
    // Resumed, the worker itself asks for a key frame.
    this.#fire(run ? producer.resume() : producer.pause(), "A producer could not be paused or resumed");
  }

  /**
   * A new producer is made known to all. Of who speaks already nothing is sent before the recorder has it, and no picture
   * before the browsers have taken up their consumers: its key frame comes once for all of them.
   */
  #introduce(produced: Produced): void {
    const followed = [...this.#followers].map((follower) => follower.produced(produced));
    const spread = this.#spread(produced);
    if (!this.#meeting || !isForwarded(this.#meeting, produced.seat, produced.medium)) return;
    produced.held = true;
    void Promise.race([Promise.all(followed), pause(heldAtMostMs)]).then(async () => {
      if (produced.producer.kind === "video") await spread;
      if (produced.producer.kind === "audio" || produced.awaiting.size === 0) this.#release(produced);
      else setTimeout(() => this.#release(produced), heldAtMostMs);
    });
  }

  #release(produced: Produced): void {
    if (!produced.held) return;
    produced.held = false;
    this.#steer(produced);
  }

  /** Tells who is to get ready and who is not any more, and puts away what has not been needed for a while. */
  #callUp(meeting: Meeting): void {
    const spoken = new Set(meeting.turns.map(({ seat }) => seat));
    this.#spoke = [...this.#spoke.filter((seat) => !spoken.has(seat)), ...spoken];
    for (const seat of toBeReady(meeting)) {
      if (!this.#seats.get(seat)?.receive || this.#called.has(seat)) continue;
      this.#called.add(seat);
      this.#options.notify(seat, { type: "media.getReady" });
    }
    for (const seat of this.#called) {
      if (isInLine(meeting, seat)) continue;
      this.#called.delete(seat);
      if (this.#seats.has(seat)) this.#options.notify(seat, { type: "media.standDown" });
    }
    this.#putAway(meeting);
  }

  #putAway(meeting: Meeting): void {
    const kept = this.#spoke.filter((seat) => !turnOf(meeting, seat)).slice(-keptSpeakers);
    for (const mine of this.#seats.values()) {
      const stays = isInLine(meeting, mine.seat) || kept.includes(mine.seat);
      const gone = [...mine.producers.values()].filter(({ medium }) =>
        medium === "screen" ? !turnOf(meeting, mine.seat) : !stays,
      );
      if (gone.length === 0) continue;
      for (const produced of gone) this.#withdraw(mine, produced);
      const producers = gone.map(({ producer }) => producer.id);
      this.#options.notify(mine.seat, { type: "media.producersClosed", producers });
    }
  }

  /* Consumers. */

  async #consumeAll(mine: SeatMedia): Promise<ToldConsumer[]> {
    const made = this.#allProduced().map((produced) => this.#consume(mine, produced));
    return (await Promise.all(made)).filter((consumer) => consumer !== undefined);
  }

  /** Everybody in the room gets a consumer of it, behind the paused producer. */
  async #spread(produced: Produced): Promise<void> {
    const receivers = [...this.#seats.values()];
    for (let first = 0; first < receivers.length; first += consumersAtOnce) {
      const some = receivers.slice(first, first + consumersAtOnce);
      await Promise.all(
        some.map(async (receiver) => {
          const consumer = await this.#consume(receiver, produced);
          if (consumer) this.#outbox.consumer(receiver.seat, consumer);
        }),
      );
    }
  }

  /** Undefined when there is nothing to consume, it exists already, or either end is gone. */
  async #consume(mine: SeatMedia, produced: Produced): Promise<ToldConsumer | undefined> {
    const { receive, rtpCapabilities } = mine;
    const { producer } = produced;
    if (
      mine.seat === produced.seat ||
      !receive ||
      receive.closed ||
      !rtpCapabilities ||
      mine.consumers.has(producer.id)
    )
      return undefined;
    if (!canConsume(producer.consumableRtpParameters, rtpCapabilities)) return undefined;
    mine.consumers.set(producer.id, undefined);
    const consumer = await receive
      .consume({ producerId: producer.id, rtpCapabilities, paused: false })
      .catch((fault: unknown) => this.#note(fault, "A consumer could not be made"));
    if (!consumer || producer.closed || mine.receive !== receive) {
      consumer?.close();
      if (mine.receive === receive) mine.consumers.delete(producer.id);
      return undefined;
    }
    mine.consumers.set(producer.id, consumer);
    produced.consumers.add(consumer);
    const forget = () => {
      mine.consumers.delete(producer.id);
      produced.consumers.delete(consumer);
      produced.awaiting.delete(consumer.id);
    };
    consumer.once("transportclose", forget);
    consumer.once("producerclose", () => {
      forget();
      this.#outbox.closed(mine.seat, consumer.id);
    });
    // A transport that is not connected yet asks for a key frame by itself when it is.
    const awaited = producer.kind === "video" && (produced.held || produced.running) && mine.connected.has(receive.id);
    if (awaited) produced.awaiting.add(consumer.id);
    return told(produced, consumer, awaited);
  }

  /* The home. */

  async #homeNow(): Promise<MediaHome> {
    return this.#homing ?? this.#findHome();
  }

  #findHome(): Promise<MediaHome> {
    const homing = this.#options.workers.place(() => this.#loseHome());
    this.#homing = homing;
    homing.then(
      (home) => {
        if (this.#closed || this.#homing !== homing) return home.close();
        this.#home = home;
        for (const follower of this.#followers) follower.homed(home.router);
      },
      (fault: unknown) => {
        if (!this.#closed) this.#note(fault, "The meeting's media found no home");
        if (this.#homing === homing) this.#homing = undefined;
      },
    );
    return homing;
  }

  /** The worker died. Everybody's media begin again on another one. */
  #loseHome(): void {
    if (this.#closed) return;
    const seats = [...this.#seats.keys()];
    this.#home = undefined;
    this.#forgetAll();
    this.#findHome();
    for (const seat of seats) this.#options.notify(seat, { type: "media.restart" });
  }

  #forgetAll(): void {
    for (const follower of this.#followers) follower.lost();
    for (const mine of this.#seats.values()) mine.close();
    this.#seats.clear();
    this.#called.clear();
  }

  #stillStands(mine: SeatMedia, home: MediaHome): boolean {
    const gone = !this.#meeting || mayNotTakePart(this.#meeting, mine.seat) !== undefined;
    return !gone && this.#seats.get(mine.seat) === mine && this.#home === home;
  }

  /* Small change. */

  #allProduced(): Produced[] {
    return [...this.#seats.values()].flatMap((mine) => [...mine.producers.values()]);
  }

  #withdraw(mine: SeatMedia, produced: Produced): void {
    if (mine.producers.get(produced.medium) === produced) mine.producers.delete(produced.medium);
    produced.held = false;
    produced.producer.close();
  }

  #dismiss(seat: Id): void {
    this.#seats.get(seat)?.close();
    this.#seats.delete(seat);
    this.#called.delete(seat);
    this.#outbox.forget(seat);
    if (this.#home) this.#home.load = this.#seats.size;
  }

  /** A seat's producers are made one after the other: the later one of two replaces the earlier. */
  #oneByOne<T>(seat: Id, work: () => Promise<T>): Promise<T> {
    const mine = this.#seats.get(seat);
    if (!mine) return work();
    const result = mine.producing.then(work, work);
    mine.producing = result;
    return result;
  }

  #tooFast(seat: Id): boolean {
    const now = Date.now();
    const recent = (this.#pace.get(seat) ?? []).filter((at) => at > now - mostProducers.withinMs);
    this.#pace.set(seat, [...recent, now].slice(-mostProducers.count - 1));
    return recent.length >= mostProducers.count;
  }

  #refusalFor(fault: unknown): RefusalCode {
    if (fault instanceof TypeError || fault instanceof errors.UnsupportedError) return "command.malformed";
    this.#note(fault, "A request about media failed");
    return "media.unavailable";
  }

  #fire(asked: Promise<void>, whenNot: string): void {
    asked.catch((fault: unknown) => this.#note(fault, whenNot));
  }

  #note(fault: unknown, what: string): undefined {
    // With the worker dead every open request fails; that is told once, by the workers.
    if (this.#closed || !this.#home || this.#home.router.closed) return;
    this.#options.logger.warn({ err: describeFault(fault), meeting: this.#options.meeting }, what);
  }
}

const refusal = (refused: RefusalCode) => ({ refused, message: refusals[refused] });

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

const moreThanOne = (list: unknown): boolean => Array.isArray(list) && list.length > 1;

/** @throws TypeError when these are not capabilities */
function checked(given: Record<string, unknown>) {
  const capabilities = asRtpCapabilities(structuredClone(given));
  validateAndNormalizeRtpCapabilities(capabilities);
  return capabilities;
}

function told({ seat, medium, producer }: Produced, { id, rtpParameters }: Consumer, awaited: boolean): ToldConsumer {
  return { id, producer: producer.id, seat, medium, kind: producer.kind, rtpParameters, awaited };
}
