/**
 * The smallest server around mediasoup that can do what is measured: one router with Twinlight's codecs, one port, and
 * whatever a page asks for. No rules, no log, nobody is refused.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createWorker } from "mediasoup";
import type {
  Consumer,
  Producer,
  Router,
  RouterRtpCodecCapability,
  WebRtcServer,
  WebRtcTransport,
} from "mediasoup/types";
import { Server, type Socket } from "socket.io";
import { mediaCodecs } from "../../protocol/codecs.ts";

export interface BareServer {
  url: string;
  workerPid: number;
  router: Router;
  producersOf(speaker: number): Producer[];
  /** A hand-over, answered with the moment of its beginning in ms since 1970. */
  handOver(from: number, to: number): number;
  /** Packets to everybody who is there. */
  forwardedPackets(): Promise<number>;
  /** CPU of the worker so far. */
  cpuMs(): Promise<number>;
  close(): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: what pages of ours send goes to mediasoup as it is, and mediasoup checks it.
type Given = any;

export async function startBareServer(): Promise<BareServer> {
  const { MEDIASOUP_WORKER_BIN: workerBin } = process.env;
  const worker = await createWorker({ logLevel: "error", ...(workerBin ? { workerBin } : {}) });
  const webRtcServer = await worker.createWebRtcServer({
    listenInfos: [
      { protocol: "udp", ip: "127.0.0.1" },
      { protocol: "tcp", ip: "127.0.0.1" },
    ],
  });
  // The list is read-only, mediasoup's type is not.
  const router = await worker.createRouter({ mediaCodecs: mediaCodecs as unknown as RouterRtpCodecCapability[] });
  const room = new BareRoom(router, webRtcServer);
  const web = createServer((_request, response) => response.end("<!doctype html><title>Bare</title><body>"));
  const io = new Server(web, { serveClient: false });
  io.on("connection", (socket) => room.enter(socket));
  web.listen(0, "127.0.0.1");
  await once(web, "listening");
  return {
    // A server that listens on a host and a port has an address of this kind.
    url: `http://127.0.0.1:${(web.address() as AddressInfo).port}`,
    workerPid: worker.pid,
    router,
    producersOf: (speaker) => room.producersOf(speaker),
    handOver(from, to) {
      const began = Date.now();
      for (const producer of room.producersOf(from)) void producer.pause();
      for (const producer of room.producersOf(to)) void producer.resume();
      return began;
    },
    forwardedPackets: () => room.forwardedPackets(),
    async cpuMs() {
      const { ru_utime, ru_stime } = await worker.getResourceUsage();
      return ru_utime + ru_stime;
    },
    async close() {
      await io.close();
      worker.close();
    },
  };
}

class BareRoom {
  readonly #router: Router;
  readonly #webRtcServer: WebRtcServer;
  readonly #producers = new Map<number, Producer[]>();
  readonly #consumers = new Set<Consumer>();

  constructor(router: Router, webRtcServer: WebRtcServer) {
    this.#router = router;
    this.#webRtcServer = webRtcServer;
  }

  producersOf(speaker: number): Producer[] {
    return this.#producers.get(speaker) ?? [];
  }

  async forwardedPackets(): Promise<number> {
    const stats = await Promise.all([...this.#consumers].map((consumer) => consumer.getStats()));
    const sent = stats.flat().filter(({ type }) => type === "outbound-rtp");
    return sent.reduce((sum, { packetCount }) => sum + packetCount, 0);
  }

  enter(socket: Socket): void {
    const transports = new Map<string, WebRtcTransport>();
    const consumers = new Map<string, Consumer>();
    const transportOf = ({ transport: id }: Given): WebRtcTransport => {
      const transport = transports.get(id);
      if (!transport) throw new Error("There is no such transport");
      return transport;
    };
    const answers: Record<string, (given: Given) => unknown> = {
      capabilities: () => this.#router.rtpCapabilities,
      speakers: () => [...this.#producers.keys()],
      createTransport: async () => {
        const transport = await this.#router.createWebRtcTransport({
          webRtcServer: this.#webRtcServer,
          initialAvailableOutgoingBitrate: 1_500_000,
        });
        transports.set(transport.id, transport);
        const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
        return { id, iceParameters, iceCandidates, dtlsParameters };
      },
      connectTransport: (given) => transportOf(given).connect({ dtlsParameters: given.dtlsParameters }),
      produce: async (given) => {
        const producer = await transportOf(given).produce({ kind: given.kind, rtpParameters: given.rtpParameters });
        this.#producers.set(given.speaker, [...this.producersOf(given.speaker), producer]);
        return { id: producer.id };
      },
      consume: async (given) => {
        const told = [];
        for (const producer of this.producersOf(given.speaker)) {
          const consumer = await transportOf(given).consume({
            producerId: producer.id,
            rtpCapabilities: given.rtpCapabilities,
            paused: true,
          });
          consumers.set(consumer.id, consumer);
          this.#consumers.add(consumer);
          consumer.observer.once("close", () => this.#consumers.delete(consumer));
          const { id, kind, rtpParameters } = consumer;
          told.push({ id, producerId: producer.id, kind, rtpParameters });
        }
        return told;
      },
      resume: (given) => Promise.all(given.consumers.map((id: string) => consumers.get(id)?.resume())),
      dropConsumer: (given) => consumers.get(given.consumer)?.close(),
    };
    for (const [about, answer] of Object.entries(answers)) {
      socket.on(about, async (given: Given, done?: (answer: unknown) => void) => {
        const answered = await answer(given);
        done?.(answered ?? {});
      });
    }
    socket.on("disconnect", () => {
      for (const transport of transports.values()) transport.close();
    });
  }
}
