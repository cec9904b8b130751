/**
 * mediasoup's worker processes: some of them, each with one port for all its browsers (UDP and TCP alike). A meeting
 * has its home on the least loaded. A worker that dies is replaced at once on the same port; the meetings that lived
 * there are told, and find a new home.
 */
import { createWorker } from "mediasoup";
import { generateRouterRtpCapabilities } from "mediasoup/ortc";
import type { Router, RouterRtpCodecCapability, RtpCapabilities, WebRtcServer, Worker } from "mediasoup/types";
import type { Logger } from "pino";
import { mediaCodecs } from "../../protocol/codecs.ts";

export interface MediaWorkersOptions {
  /** How many, at least 1. */
  count: number;
  listenIp: string;
  /** What browsers are told instead of `listenIp`. */
  announcedAddress?: string | undefined;
  /** The first of `count` ports; 0: any free ones. */
  firstPort: number;
  /** Path of mediasoup-worker; unset: mediasoup's own way of finding it. */
  workerBin?: string | undefined;
  logger: Logger;
}

/** Where a meeting's media live. `load` is the holder's to keep: how many seats it serves here. */
export interface MediaHome {
  readonly router: Router;
  readonly webRtcServer: WebRtcServer;
  /** Which worker, from 0. */
  readonly worker: number;
  load: number;
  close(): void;
}

interface Slot {
  readonly index: number;
  /** Undefined between a worker's death and its successor. */
  live: { worker: Worker; webRtcServer: WebRtcServer } | undefined;
  readonly homes: Map<MediaHome, () => void>;
}

/** Waiting times between tries to start a worker that does not start. */
const retryMs = [50, 100, 200, 500, 1000, 2000];

// mediasoup's type wants mutable arrays and open parameters; the constant is neither.
const codecs = mediaCodecs as unknown as RouterRtpCodecCapability[];

/** What every router here can do. Constant, so browsers may be told before they have a seat. */
export const routerRtpCapabilities: RtpCapabilities = generateRouterRtpCapabilities(codecs);

export class MediaWorkers {
  readonly #options: MediaWorkersOptions;
  readonly #slots: Slot[];
  readonly #waiting = new Set<() => void>();
  #deaths = 0;
  #closed = false;

  private constructor(options: MediaWorkersOptions) {
    this.#options = options;
    this.#slots = Array.from({ length: options.count }, (_, index) => ({ index, live: undefined, homes: new Map() }));
  }

  /** Starts them all; rejects with the cause when one does not start. */
  static async start(options: MediaWorkersOptions): Promise<MediaWorkers> {
    const workers = new MediaWorkers(options);
    try {
      await Promise.all(workers.#slots.map((slot) => workers.#fill(slot)));
    } catch (fault) {
      workers.close();
      throw new Error("A media worker does not start", { cause: fault });
    }
    return workers;
  }

  /** Process ids of those alive, by their place. */
  get pids(): (number | undefined)[] {
    return this.#slots.map((slot) => slot.live?.worker.pid);
  }

  /** How many died since the start. */
  get deaths(): number {
    return this.#deaths;
  }

  get healthy(): boolean {
    return !this.#closed && this.#slots.every((slot) => slot.live);
  }

  /**
   * A router on the least loaded worker; waits for one when none is alive. `lost` is called when that worker died: the
   * home and all that was made in it is gone then. Rejects only when the workers are closed.
   */
  async place(lost: () => void): Promise<MediaHome> {
    for (;;) {
      if (this.#closed) throw new Error("The media workers are closed");
      const slot = this.#leastLoaded();
      if (!slot?.live) {
        await new Promise<void>((resolve) => this.#waiting.add(resolve));
        continue;
      }
      try {
        return await this.#move(slot, slot.live, lost);
      } catch (fault) {
        // The worker died meanwhile; another one will do.
        this.#options.logger.warn({ err: fault, worker: slot.index }, "A router could not be made");
        await pause(retryMs[0] ?? 0);
      }
    }
  }

  /** Milliseconds of CPU each live worker has used. */
  async cpuMs(): Promise<{ worker: number; cpuMs: number }[]> {
    const used = this.#slots.map(async ({ index, live }) => {
      const usage = await live?.worker.getResourceUsage().catch(() => undefined);
      return usage ? [{ worker: index, cpuMs: usage.ru_utime + usage.ru_stime }] : [];
    });
    return (await Promise.all(used)).flat();
  }

  close(): void {
    this.#closed = true;
    for (const slot of this.#slots) {
      slot.live?.worker.close();
      slot.live = undefined;
      slot.homes.clear();
    }
    this.#wake();
  }

  #leastLoaded(): Slot | undefined {
    const load = (slot: Slot) => [...slot.homes.keys()].reduce((sum, home) => sum + 1 + home.load, 0);
    return this.#slots
      .filter((slot) => slot.live)
      .reduce<Slot | undefined>((least, slot) => (least && load(least) <= load(slot) ? least : slot), undefined);
  }

  async #move(slot: Slot, live: NonNullable<Slot["live"]>, lost: () => void): Promise<MediaHome> {
    const router = await live.worker.createRouter({ mediaCodecs: codecs });
    if (slot.live !== live) throw new Error("The worker died right after the router was made");
    const home: MediaHome = {
      router,
      webRtcServer: live.webRtcServer,
      worker: slot.index,
      load: 0,
      close: () => {
        slot.homes.delete(home);
        router.close();
      },
    };
    slot.homes.set(home, lost);
    return home;
  }

  async #fill(slot: Slot): Promise<void> {
    const { workerBin } = this.#options;
    const worker = await createWorker({ logLevel: "error", ...(workerBin ? { workerBin } : {}) });
    try {
      const webRtcServer = await worker.createWebRtcServer({ listenInfos: this.#listenInfos(slot.index) });
      if (this.#closed || worker.died) throw new Error(this.#closed ? "Closed meanwhile" : "It died meanwhile");
      slot.live = { worker, webRtcServer };
    } catch (fault) {
      worker.close();
      throw fault;
    }
    worker.once("died", (fault) => void this.#replace(slot, fault));
    this.#wake();
  }

  #listenInfos(index: number) {
    const { listenIp, announcedAddress, firstPort } = this.#options;
    const listen = {
      ip: listenIp,
      ...(announcedAddress ? { announcedAddress } : {}),
      ...(firstPort > 0 ? { port: firstPort + index } : {}),
    };
    return [
      { protocol: "udp" as const, ...listen },
      { protocol: "tcp" as const, ...listen },
    ];
  }

  async #replace(slot: Slot, fault: Error): Promise<void> {
    if (this.#closed) return;
    this.#deaths += 1;
    this.#options.logger.error({ err: fault, worker: slot.index }, "A media worker died");
    slot.live = undefined;
    const homeless = [...slot.homes.values()];
    slot.homes.clear();
    for (const lost of homeless) lost();
    for (let attempt = 0; !this.#closed; attempt += 1) {
      try {
        await this.#fill(slot);
        this.#options.logger.info({ worker: slot.index }, "A new media worker took its place");
        return;
      } catch (cause) {
        if (this.#closed) return;
        this.#options.logger.error({ err: cause, worker: slot.index }, "A media worker does not start");
        await pause(retryMs[Math.min(attempt, retryMs.length - 1)] ?? 0);
      }
    }
  }

  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const go of waiting) go();
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
