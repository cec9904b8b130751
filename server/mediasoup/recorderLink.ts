/**
 * The server's end of what goes to the recorder: for every recorded meeting a pipe to it, and in the pipe every medium
 * of every seat. A medium is in the pipe from the moment it is produced and flows only while its seat is heard, so the
 * recorder misses nothing of a turn and gets nothing else.
 */
import { timingSafeEqual } from "node:crypto";
import type { PipeTransport, Router } from "mediasoup/types";
import type { Logger } from "pino";
import type { Server, Socket } from "socket.io";
import type { Id } from "../../protocol/ids.ts";
import {
  PipeEnd,
  RecorderAuth,
  recorderNamespace,
  TapDone,
  type TapOpen,
  TapOpened,
  type TapProducer,
} from "../../protocol/recording.ts";
import { newId } from "../ids.ts";
import type { FollowsProducers, MeetingMedia } from "./meetingMedia.ts";
import type { Produced } from "./seatMedia.ts";

export interface RecorderLinkOptions {
  io: Server;
  /** What the recorder must show. */
  secret: string;
  /** Where pipes are listened for; the recorder must reach it. */
  listenIp?: string;
  logger: Logger;
  /** What this meeting's seats say from now on reaches the recorder. */
  onReady: (meeting: Id) => void;
  /** It does not any more: the recorder, a worker or the connection is gone. `onReady` follows when it is back. */
  onLost: (meeting: Id) => void;
}

const answerWithinMs = 5_000;
const tryAgainAfterMs = 300;

export class RecorderLink {
  readonly #options: RecorderLinkOptions;
  readonly #meetings = new Map<Id, MeetingTap>();
  #recorder: Socket | undefined;

  constructor(options: RecorderLinkOptions) {
    this.#options = options;
    const secret = Buffer.from(options.secret);
    const namespace = options.io.of(recorderNamespace);
    namespace.use((socket, next) => {
      const auth = RecorderAuth.safeParse(socket.handshake.auth);
      const shown = Buffer.from(auth.success ? auth.data.secret : "");
      const known = shown.length === secret.length && timingSafeEqual(shown, secret);
      next(known ? undefined : new Error("This is not the recorder"));
    });
    namespace.on("connection", (socket) => this.#recorderCame(socket));
  }

  /** Whether a recorder is there. */
  get connected(): boolean {
    return this.#recorder !== undefined;
  }

  /** This meeting is recorded: from now on its media go to the recorder whenever there is one. */
  open(meeting: Id, media: MeetingMedia): void {
    this.close(meeting);
    const tap = new MeetingTap(meeting, this.#options, () => this.#recorder);
    this.#meetings.set(meeting, tap);
    tap.follow(media);
  }

  /** No longer recorded, or over. Calls nobody back. */
  close(meeting: Id): void {
    this.#meetings.get(meeting)?.close();
    this.#meetings.delete(meeting);
  }

  #recorderCame(socket: Socket): void {
    const former = this.#recorder;
    this.#recorder = socket;
    // One recorder: the newest one is it.
    former?.disconnect(true);
    this.#options.logger.info("The recorder is connected");
    socket.on("tap.lost", () => this.#openAnew());
    socket.on("disconnect", () => {
      if (this.#recorder !== socket) return;
      this.#recorder = undefined;
      this.#options.logger.warn("The recorder is gone");
      for (const tap of this.#meetings.values()) tap.stop();
    });
    this.#openAnew();
  }

  #openAnew(): void {
    for (const tap of this.#meetings.values()) tap.restart();
  }
}

/** One tap as it is now. Every stop ends this one for good; a restart makes another. */
interface OpenTap {
  readonly tap: Id;
  readonly recorder: Socket;
  readonly pipe: PipeTransport;
  ready: boolean;
}

class MeetingTap implements FollowsProducers {
  readonly #meeting: Id;
  readonly #options: RecorderLinkOptions;
  readonly #recorder: () => Socket | undefined;
  readonly #produced = new Set<Produced>();
  #unfollow: () => void = () => {};
  #router: Router | undefined;
  #tap: OpenTap | undefined;
  /** Counts starts and stops: what an older one still does is of no use any more. */
  #round = 0;
  #closed = false;

  constructor(meeting: Id, options: RecorderLinkOptions, recorder: () => Socket | undefined) {
    this.#meeting = meeting;
    this.#options = options;
    this.#recorder = recorder;
  }

  follow(media: MeetingMedia): void {
    this.#unfollow = media.follow(this);
  }

  homed(router: Router): void {
    this.#router = router;
    this.restart();
  }

  async produced(produced: Produced): Promise<void> {
    this.#produced.add(produced);
    produced.producer.observer.once("close", () => {
      this.#produced.delete(produced);
      this.#tap?.recorder.emit("tap.producerClosed", { tap: this.#tap.tap, producer: produced.producer.id });
    });
    if (this.#tap) await this.#pipe(this.#tap, produced);
  }

  lost(): void {
    this.#router = undefined;
    this.#produced.clear();
    this.stop();
  }

  close(): void {
    this.#closed = true;
    this.#unfollow();
    this.#end();
  }

  stop(): void {
    if (this.#end()) this.#options.onLost(this.#meeting);
  }

  restart(): void {
    this.stop();
    const [recorder, router] = [this.#recorder(), this.#router];
    if (this.#closed || !recorder || !router) return;
    const round = this.#round;
    this.#start(recorder, router, round).catch((fault: unknown) => {
      if (round !== this.#round) return;
      this.#options.logger.warn({ err: fault, meeting: this.#meeting }, "A tap could not be opened");
      setTimeout(() => round === this.#round && this.restart(), tryAgainAfterMs);
    });
  }

  /** Answers whether the recorder had been receiving. */
  #end(): boolean {
    const open = this.#tap;
    this.#round += 1;
    this.#tap = undefined;
    open?.pipe.close();
    open?.recorder.emit("tap.close", { tap: open.tap });
    return open?.ready ?? false;
  }

  async #start(recorder: Socket, router: Router, round: number): Promise<void> {
    const pipe = await router.createPipeTransport({
      listenInfo: { protocol: "udp", ip: this.#options.listenIp ?? "127.0.0.1" },
      enableSctp: false,
      enableRtx: true,
      enableSrtp: true,
    });
    if (round !== this.#round) {
      pipe.close();
      return;
    }
    const open: OpenTap = { tap: newId(), recorder, pipe, ready: false };
    this.#tap = open;
    const message: TapOpen = { tap: open.tap, meeting: this.#meeting, pipe: endOf(pipe) };
    const answer = TapOpened.parse(await recorder.timeout(answerWithinMs).emitWithAck("tap.open", message));
    if (round !== this.#round) return;
    await pipe.connect(answer.pipe as Parameters<PipeTransport["connect"]>[0]);
    open.ready = true;
    await Promise.all([...this.#produced].map((produced) => this.#pipe(open, produced)));
    if (round === this.#round) this.#options.onReady(this.#meeting);
  }

  async #pipe({ tap, recorder, pipe, ready }: OpenTap, produced: Produced): Promise<void> {
    const { producer, seat, medium } = produced;
    // A tap that is being opened takes everything there is by itself when it is ready.
    if (!ready || producer.closed) return;
    try {
      const consumer = await pipe.consume({ producerId: producer.id });
      produced.consumers.add(consumer);
      consumer.observer.once("close", () => produced.consumers.delete(consumer));
      const message: TapProducer = {
        tap,
        producer: producer.id,
        seat,
        medium,
        kind: producer.kind,
        rtpParameters: { ...consumer.rtpParameters },
      };
      TapDone.parse(await recorder.timeout(answerWithinMs).emitWithAck("tap.producer", message));
      // What came before the other end knew of it is lost, a key frame perhaps.
      if (producer.kind === "video" && produced.running) await consumer.requestKeyFrame();
    } catch (fault) {
      if (producer.closed || pipe.closed) return;
      this.#options.logger.warn(
        { err: fault, meeting: this.#meeting, seat, medium },
        "A medium does not reach the recorder",
      );
    }
  }
}

/** @throws when the pipe has no encryption, which would be a fault of ours */
function endOf({ tuple, srtpParameters }: PipeTransport): PipeEnd {
  return PipeEnd.parse({ ip: tuple.localAddress, port: tuple.localPort, srtpParameters });
}
