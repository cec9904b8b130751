/**
 * The recorder's end of what the server pipes to it: a worker of its own, a router for each tap, and for each medium a
 * consumer made beforehand. It reads no log and writes no file; whoever composes it says when a medium is wanted.
 */
import { createWorker } from "mediasoup";
import type { PipeTransport, Router, RouterRtpCodecCapability, RtpParameters, Worker } from "mediasoup/types";
import type { Logger } from "pino";
import { io, type Socket } from "socket.io-client";
import type * as z from "zod";
import { mediaCodecs } from "../../protocol/codecs.ts";
import type { Id } from "../../protocol/ids.ts";
import {
  PipeEnd,
  recorderNamespace,
  TapClose,
  TapOpen,
  TapProducer,
  TapProducerClosed,
} from "../../protocol/recording.ts";
import { Tapped } from "./tapped.ts";

export interface TapsOptions {
  /** The server, e.g. http://127.0.0.1:3000. */
  url: string;
  secret: string;
  /** Where pipes are listened for; the server must reach it. */
  listenIp?: string;
  workerBin?: string | undefined;
  logger: Logger;
  now?: () => number;
  /** A medium came. Its gate is closed. */
  onProducer: (tapped: Tapped) => void;
  /** Whether the server is there. */
  onConnection?: (connected: boolean) => void;
}

interface Tap {
  readonly meeting: Id;
  readonly router: Router;
  readonly pipe: PipeTransport;
  readonly tapped: Map<Id, Tapped>;
}

/** Waiting times between tries to start a worker that does not start. */
const retryMs = [50, 100, 200, 500, 1000, 2000];

const loopback = new Set(["127.0.0.1", "[::1]", "localhost"]);

// mediasoup's type wants mutable arrays and open parameters; the constant is neither.
const codecs = mediaCodecs as unknown as RouterRtpCodecCapability[];

export class Taps {
  readonly #options: TapsOptions;
  readonly #now: () => number;
  readonly #taps = new Map<Id, Tap>();
  readonly #socket: Socket;
  /** Settles when there is a worker again. */
  #worker: Promise<Worker>;
  #closed = false;
  #away = false;

  private constructor(options: TapsOptions, worker: Worker) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#worker = Promise.resolve(worker);
    this.#watch(worker);
    const url = new URL(recorderNamespace, options.url);
    this.#socket = io(url.href, {
      auth: { secret: options.secret },
      transports: ["websocket"],
      // On this machine the server's certificate is for its public name, which is not the one it is reached by.
      rejectUnauthorized: !loopback.has(url.hostname),
      reconnectionDelay: 100,
      reconnectionDelayMax: 1_000,
    });
    this.#listen();
  }

  /** Starts the worker and looks for the server, for as long as it takes. Rejects when the worker does not start. */
  static async open(options: TapsOptions): Promise<Taps> {
    return new Taps(options, await startWorker(options));
  }

  get connected(): boolean {
    return this.#socket.connected;
  }

  /** Whether the server is looked for. */
  get #stays(): boolean {
    return !this.#closed && !this.#away;
  }

  /** All media there are now. */
  get tapped(): Tapped[] {
    return [...this.#taps.values()].flatMap((tap) => [...tap.tapped.values()]);
  }

  /** The worker's process, while there is one. */
  async workerPid(): Promise<number> {
    return (await this.#worker).pid;
  }

  /** Parts from the server, which shows that nothing is recorded, until `come`. */
  leave(): void {
    this.#away = true;
    this.#socket.disconnect();
    this.#closeAll();
  }

  come(): void {
    this.#away = false;
    if (!this.#closed) this.#socket.connect();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#socket.disconnect();
    this.#closeAll();
    const worker = await this.#worker.catch(() => undefined);
    worker?.close();
  }

  #listen(): void {
    const socket = this.#socket;
    socket.on("connect", () => this.#options.onConnection?.(true));
    socket.on("connect_error", (fault) => {
      // socket.io does not try again by itself after a refusal; the secret may be mended on the server.
      if (!socket.active) setTimeout(() => this.#stays && socket.connect(), 1_000);
      this.#options.logger.debug({ reason: fault.message }, "The server is not reached");
    });
    socket.on("disconnect", (reason) => {
      this.#closeAll();
      this.#options.onConnection?.(false);
      if (reason === "io server disconnect") setTimeout(() => this.#stays && socket.connect(), 1_000);
    });
    this.#on("tap.open", TapOpen, (message) => this.#openTap(message));
    this.#on("tap.producer", TapProducer, (message) => this.#tapProducer(message));
    this.#on("tap.producerClosed", TapProducerClosed, async ({ tap, producer }) => {
      this.#taps.get(tap)?.tapped.get(producer)?.close();
      return { ok: true };
    });
    this.#on("tap.close", TapClose, async ({ tap }) => {
      this.#closeTap(tap);
      return { ok: true };
    });
  }

  /** What is malformed or fails is not acknowledged with success: the server tries again or says what is missing. */
  #on<S extends z.ZodType>(name: string, schema: S, take: (message: z.infer<S>) => Promise<object>): void {
    this.#socket.on(name, async (raw: unknown, acknowledge: unknown) => {
      const answer = typeof acknowledge === "function" ? acknowledge : () => {};
      try {
        answer(await take(schema.parse(raw)));
      } catch (fault) {
        this.#options.logger.warn({ err: fault, message: name }, "The server's message could not be taken");
        answer({ failed: true });
      }
    });
  }

  async #openTap({ tap, meeting, pipe: other }: TapOpen): Promise<{ pipe: PipeEnd }> {
    const worker = await this.#worker;
    const router = await worker.createRouter({ mediaCodecs: codecs });
    const pipe = await router.createPipeTransport({
      listenInfo: { protocol: "udp", ip: this.#options.listenIp ?? "127.0.0.1" },
      enableSctp: false,
      enableRtx: true,
      enableSrtp: true,
    });
    await pipe.connect(other as Parameters<PipeTransport["connect"]>[0]);
    this.#taps.set(tap, { meeting, router, pipe, tapped: new Map() });
    return {
      pipe: PipeEnd.parse({
        ip: pipe.tuple.localAddress,
        port: pipe.tuple.localPort,
        srtpParameters: pipe.srtpParameters,
      }),
    };
  }

  async #tapProducer(message: TapProducer): Promise<{ ok: true }> {
    const { seat, medium, kind, producer: id } = message;
    const tap = this.#taps.get(message.tap);
    if (!tap) throw new Error(`There is no tap ${message.tap}`);
    const { meeting, router, pipe, tapped } = tap;
    const producer = await pipe.produce({
      id,
      kind,
      // From one worker to the other; mediasoup checks them again.
      rtpParameters: message.rtpParameters as unknown as RtpParameters,
    });
    await producer.enableTraceEvent(["sr"]);
    const transport = await router.createDirectTransport();
    const { rtpCapabilities } = router;
    const consumer = await transport.consume({ producerId: id, rtpCapabilities, paused: false, enableRtx: false });
    const reached = new Tapped({ meeting, seat, medium, producer, transport, consumer, now: this.#now });
    tapped.set(id, reached);
    reached.onClosed(() => {
      tapped.delete(id);
      producer.close();
    });
    this.#options.onProducer(reached);
    return { ok: true };
  }

  #closeTap(id: Id): void {
    const tap = this.#taps.get(id);
    if (!tap) return;
    this.#taps.delete(id);
    for (const tapped of [...tap.tapped.values()]) tapped.close();
    tap.router.close();
  }

  #closeAll(): void {
    for (const id of [...this.#taps.keys()]) this.#closeTap(id);
  }

  #watch(worker: Worker): void {
    worker.once("died", (fault) => {
      if (this.#closed) return;
      this.#options.logger.error({ err: fault }, "The recorder's media worker died");
      this.#worker = this.#startAgain();
      this.#closeAll();
      // The server opens every tap anew; its messages wait here until there is a worker.
      this.#socket.emit("tap.lost", {});
    });
  }

  async #startAgain(): Promise<Worker> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const worker = await startWorker(this.#options);
        if (this.#closed) worker.close();
        else this.#watch(worker);
        return worker;
      } catch (fault) {
        if (this.#closed) throw fault;
        this.#options.logger.error({ err: fault }, "The recorder's media worker does not start");
        await new Promise((resolve) => setTimeout(resolve, retryMs[Math.min(attempt, retryMs.length - 1)]));
      }
    }
  }
}

function startWorker({ workerBin }: TapsOptions): Promise<Worker> {
  return createWorker({ logLevel: "error", ...(workerBin ? { workerBin } : {}) });
}
