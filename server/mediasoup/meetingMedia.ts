/**
 * One meeting's media. They follow the floor: `settle` reads from the meeting's state who is heard and seen, and has the
 * worker pause everybody else, whatever their browsers want. Everything is made before it is needed, behind a paused
 * producer, so that the floor passes on by one request to the worker.
 */
import { errors } from "mediasoup";
import { validateAndNormalizeRtpCapabilities } from "mediasoup/ortc";
import type { Router } from "mediasoup/types";
import type { Logger } from "pino";
import type { Meeting } from "../../domain/meeting/state.ts";
import type { Id } from "../../protocol/ids.ts";
import type { MediaAnswer, MediaNotice, MediaRequest } from "../../protocol/media.ts";
import { type RefusalCode, type Refused, refusals } from "../../protocol/refusals.ts";
import { Consumers } from "./consumers.ts";
import { isForwarded, mayNotProduce, mayNotTakePart } from "./floor.ts";
import { type Forwarded, ForwardedCount } from "./forwarded.ts";
import { Lodging } from "./lodging.ts";
import { kindOf, Producers } from "./producers.ts";
import { ReadyLine } from "./readyLine.ts";
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

type Asked<T extends MediaRequest["type"]> = Extract<MediaRequest, { type: T }>;

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

/** mediasoup's parameters are some kilobytes; nothing larger is even looked at. */
const maxParametersLength = 60_000;

export class MeetingMedia {
  readonly #options: MeetingMediaOptions;
  readonly #seats = new Map<Id, SeatMedia>();
  readonly #lodging: Lodging;
  readonly #producers: Producers;
  readonly #consumers: Consumers;
  readonly #line = new ReadyLine();
  readonly #count = new ForwardedCount();
  readonly #followers = new Set<FollowsProducers>();
  #meeting: Meeting | undefined;
  #closed = false;

  constructor(options: MeetingMediaOptions) {
    this.#options = options;
    const failed = (fault: unknown, what: string) => this.#note(fault, what);
    this.#lodging = new Lodging({
      workers: options.workers,
      found: (home) => this.#moveIn(home),
      lost: () => this.#beginAnew(),
      failed: (err) => options.logger.error({ err: err, meeting: options.meeting }, "A meeting's media found no home"),
    });
    this.#consumers = new Consumers(options.notify, (fault) => failed(fault, "A consumer could not be made"));
    this.#producers = new Producers({
      isForwarded: ({ seat, medium }) => this.#meeting !== undefined && isForwarded(this.#meeting, seat, medium),
      spread: (produced) => this.#consumers.spread(produced, [...this.#seats.values()]),
      follow: (produced) => Promise.all([...this.#followers].map((follower) => follower.produced(produced))),
      failed,
    });
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
    // Looked for before the first one comes; a fault is noted by then.
    if (meeting.phase === "open") this.#lodging.find().catch(() => {});
    for (const seat of this.#seats.keys()) if (mayNotTakePart(meeting, seat)) this.#dismiss(seat);
    const all = this.#allProduced();
    // Who has lost the floor is silent before who has won it is heard.
    for (const produced of all)
      if (!isForwarded(meeting, produced.seat, produced.medium)) this.#producers.steer(produced);
    for (const produced of all) this.#producers.steer(produced);
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
    return this.#count.total(this.#allProduced(), this.#lodging.home?.worker ?? 0);
  }

  /** From now on told of every producer; those there are at once. Answers with how to stop it. */
  follow(follower: FollowsProducers): () => void {
    this.#followers.add(follower);
    if (this.#lodging.home) follower.homed(this.#lodging.home.router);
    for (const produced of this.#allProduced()) void follower.produced(produced);
    return () => this.#followers.delete(follower);
  }

  /** Puts all media away. The meeting itself is not touched. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#forgetAll();
    this.#lodging.close();
    this.#consumers.clear();
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

  async #begin(seat: Id, request: Asked<"media.begin">): Promise<object | Refused> {
    const rtpCapabilities = request.rtpCapabilities && checked(request.rtpCapabilities);
    this.#dismiss(seat);
    const mine = new SeatMedia(seat);
    this.#seats.set(seat, mine);
    const home = await this.#lodging.find();
    const receive = await makeTransport(home, "receive");
    if (!this.#stillStands(mine, home)) {
      receive.close();
      return { refused: "media.unavailable" };
    }
    mine.receive = receive;
    home.load = this.#seats.size;
    if (rtpCapabilities) mine.rtpCapabilities = rtpCapabilities;
    const [consumers] = await Promise.all([
      this.#consumers.forSeat(mine, this.#allProduced()),
      request.dtlsParameters && this.#connect(mine, receive.id, request.dtlsParameters),
    ]);
    if (this.#meeting) this.#callUp(this.#meeting);
    return { routerRtpCapabilities, receive: parametersOf(receive), consumers };
  }

  /** Notices may have been lost with the connection: the answer says how things stand. */
  #continue(seat: Id, request: Asked<"media.continue">): object | Refused {
    const mine = this.#seats.get(seat);
    const known = mine?.transport(request.receive) && (request.send === null || mine.transport(request.send));
    if (!mine || !known) return { refused: "media.unknown" };
    this.#line.forget(seat);
    if (this.#meeting) this.#callUp(this.#meeting);
    const consumers = this.#consumers.had(mine, this.#allProduced());
    return { consumers, producers: [...mine.producers.values()].map(({ producer }) => producer.id) };
  }

  async #createTransport(seat: Id): Promise<object | Refused> {
    const mine = this.#seats.get(seat);
    if (!mine) return { refused: "media.unknown" };
    if (this.#meeting?.seats[seat]?.role === "watcher") return { refused: "seat.watcher" };
    const home = await this.#lodging.find();
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
    { transport, dtlsParameters }: Asked<"media.connectTransport">,
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

  async #restartIce(seat: Id, request: Asked<"media.restartIce">): Promise<object | Refused> {
    const transport = this.#seats.get(seat)?.transport(request.transport);
    if (!transport) return { refused: "media.unknown" };
    return { iceParameters: await transport.restartIce() };
  }

  async #receive(seat: Id, request: Asked<"media.receive">): Promise<object | Refused> {
    const mine = this.#seats.get(seat);
    if (!mine?.receive) return { refused: "media.unknown" };
    mine.rtpCapabilities = checked(request.rtpCapabilities);
    return { consumers: await this.#consumers.forSeat(mine, this.#allProduced()) };
  }

  async #produce(seat: Id, request: Asked<"media.produce">): Promise<object | Refused> {
    const { medium, kind } = request;
    const mine = this.#seats.get(seat);
    const no = this.#meeting ? mayNotProduce(this.#meeting, seat, medium) : "media.unavailable";
    if (no) return { refused: no };
    if (!mine?.send || mine.send.id !== request.transport) return { refused: "media.unknown" };
    const rtpParameters = asRtpParameters(request.rtpParameters);
    if (kind !== kindOf[medium] || moreThanOne(rtpParameters.encodings)) return { refused: "command.malformed" };
    if (this.#producers.tooFast(seat)) return { refused: "command.tooMany" };
    const produced = await this.#producers.make(mine, mine.send, medium, rtpParameters);
    if (!produced) return { refused: "media.unavailable" };
    this.#producers.introduce(produced).catch((fault: unknown) => this.#note(fault, "A producer was not made known"));
    return { producer: produced.producer.id };
  }

  #shown(seat: Id, request: Asked<"media.shown">): object {
    const mine = this.#seats.get(seat);
    for (const id of request.consumers) {
      const consumer = mine?.consumer(id);
      if (!consumer) continue;
      const produced = this.#allProduced().find(({ producer }) => producer.id === consumer.producerId);
      if (produced) this.#producers.shown(produced, id);
    }
    return { ok: true };
  }

  #closeProducer(seat: Id, request: Asked<"media.closeProducer">): object {
    const mine = this.#seats.get(seat);
    const produced = mine?.produced(request.producer);
    if (mine && produced) this.#producers.withdraw(mine, produced);
    return { ok: true };
  }

  #resumeProducer(seat: Id, { producer }: Asked<"media.resumeProducer">): object | Refused {
    const produced = this.#seats.get(seat)?.produced(producer);
    if (!produced) return { refused: "media.unknown" };
    if (!this.#meeting || !isForwarded(this.#meeting, seat, produced.medium)) return { refused: "media.noFloor" };
    produced.pausedBySeat = false;
    this.#producers.steer(produced);
    return { ok: true };
  }

  #pauseProducer(seat: Id, { producer }: Asked<"media.pauseProducer">): object | Refused {
    const produced = this.#seats.get(seat)?.produced(producer);
    if (!produced) return { refused: "media.unknown" };
    produced.pausedBySeat = true;
    this.#producers.steer(produced);
    return { ok: true };
  }

  async #requestKeyFrame(seat: Id, request: Asked<"media.requestKeyFrame">): Promise<object | Refused> {
    const consumer = this.#seats.get(seat)?.consumer(request.consumer);
    if (consumer?.kind !== "video") return { refused: "media.unknown" };
    // The worker asks the sender once in `keyFrameRequestDelayMs` at most, for all of them together.
    await consumer.requestKeyFrame();
    return { ok: true };
  }

  /* The floor. */

  /** Tells who is to get ready and who is not any more, and puts away what has not been needed for a while. */
  #callUp(meeting: Meeting): void {
    const { call, standDown } = this.#line.settle(meeting, (seat) => this.#seats.get(seat)?.receive !== undefined);
    for (const seat of call) this.#options.notify(seat, { type: "media.getReady" });
    for (const seat of standDown) this.#options.notify(seat, { type: "media.standDown" });
    for (const mine of this.#seats.values()) {
      const gone = [...mine.producers.values()].filter(({ medium }) => !this.#line.keeps(meeting, mine.seat, medium));
      if (gone.length === 0) continue;
      for (const produced of gone) this.#producers.withdraw(mine, produced);
      const producers = gone.map(({ producer }) => producer.id);
      this.#options.notify(mine.seat, { type: "media.producersClosed", producers });
    }
  }

  /* The home. */

  #moveIn(home: MediaHome): void {
    for (const follower of this.#followers) follower.homed(home.router);
  }

  /** The worker died: everybody's media begin again on another one. */
  #beginAnew(): void {
    const seats = [...this.#seats.keys()];
    this.#forgetAll();
    for (const seat of seats) this.#options.notify(seat, { type: "media.restart" });
  }

  #forgetAll(): void {
    for (const follower of this.#followers) follower.lost();
    for (const mine of this.#seats.values()) mine.close();
    this.#seats.clear();
    this.#line.forgetAll();
  }

  #stillStands(mine: SeatMedia, home: MediaHome): boolean {
    const gone = !this.#meeting || mayNotTakePart(this.#meeting, mine.seat) !== undefined;
    return !gone && this.#seats.get(mine.seat) === mine && this.#lodging.home === home;
  }

  /* Small change. */

  #allProduced(): Produced[] {
    return [...this.#seats.values()].flatMap((mine) => [...mine.producers.values()]);
  }

  #dismiss(seat: Id): void {
    this.#seats.get(seat)?.close();
    this.#seats.delete(seat);
    this.#line.forget(seat);
    this.#consumers.forget(seat);
    if (this.#lodging.home) this.#lodging.home.load = this.#seats.size;
  }

  /** A seat's producers are made one after the other: the later one of two replaces the earlier. */
  #oneByOne<T>(seat: Id, work: () => Promise<T>): Promise<T> {
    const mine = this.#seats.get(seat);
    if (!mine) return work();
    const result = mine.producing.then(work, work);
    mine.producing = result;
    return result;
  }

  #refusalFor(fault: unknown): RefusalCode {
    if (fault instanceof TypeError || fault instanceof errors.UnsupportedError) return "command.malformed";
    this.#note(fault, "A request about media failed");
    return "media.unavailable";
  }

  #note(fault: unknown, what: string): void {
    // With the worker dead every open request fails; that is told once, by the workers.
    if (this.#closed || this.#lodging.home?.router.closed !== false) return;
    this.#options.logger.warn({ err: fault, meeting: this.#options.meeting }, what);
  }
}

const refusal = (refused: RefusalCode) => ({ refused, message: refusals[refused] });

const moreThanOne = (list: unknown): boolean => Array.isArray(list) && list.length > 1;

/** @throws TypeError when these are not capabilities */
function checked(given: Record<string, unknown>) {
  const capabilities = asRtpCapabilities(structuredClone(given));
  validateAndNormalizeRtpCapabilities(capabilities);
  return capabilities;
}
