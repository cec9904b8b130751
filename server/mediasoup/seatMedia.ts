/** One seat's media: a transport each way, what it produces and what it consumes. */
import type {
  Consumer,
  DtlsParameters,
  Producer,
  RtpCapabilities,
  RtpParameters,
  WebRtcTransport,
} from "mediasoup/types";
import type { Id } from "../../protocol/ids.ts";
import type { TransportParameters } from "../../protocol/media.ts";
import type { MediumKind } from "../../protocol/meeting.ts";
import type { MediaHome } from "./workers.ts";

/** One medium of one seat, on its way to the others while `running`. */
export interface Produced {
  readonly seat: Id;
  readonly medium: MediumKind;
  readonly producer: Producer;
  /** Everybody's consumers of it, the recorder's pipe among them. */
  readonly consumers: Set<Consumer>;
  /** What the worker was last asked for: it is asked in order, so this is what it will be. */
  running: boolean;
  /** The seat goes on without this medium. Forgotten when its turn ends. */
  pausedBySeat: boolean;
  /** Its first picture waits until the browsers have taken up their consumers. */
  held: boolean;
  /** Consumers whose browsers have not said `media.shown`. */
  readonly awaiting: Set<Id>;
  /** Settles when none is awaited any more. */
  readonly takenUp: PromiseWithResolvers<void>;
  /** Whether packets may have been forwarded since they were last counted. */
  uncounted: boolean;
}

export class SeatMedia {
  readonly seat: Id;
  receive: WebRtcTransport | undefined;
  send: WebRtcTransport | undefined;
  rtpCapabilities: RtpCapabilities | undefined;
  readonly producers = new Map<MediumKind, Produced>();
  /** By producer; undefined while one is being made, so that none is made twice. */
  readonly consumers = new Map<Id, Consumer | undefined>();
  /** Transports whose other end is known: a second `media.connectTransport` changes nothing. */
  readonly connected = new Set<Id>();
  /** Settles with the last producer that is being made. */
  producing: Promise<unknown> = Promise.resolve();

  constructor(seat: Id) {
    this.seat = seat;
  }

  transport(id: Id): WebRtcTransport | undefined {
    return [this.receive, this.send].find((transport) => transport?.id === id && !transport.closed);
  }

  produced(producer: Id): Produced | undefined {
    return [...this.producers.values()].find((produced) => produced.producer.id === producer);
  }

  consumer(id: Id): Consumer | undefined {
    return [...this.consumers.values()].find((consumer) => consumer?.id === id);
  }

  close(): void {
    this.receive?.close();
    this.send?.close();
    this.receive = undefined;
    this.send = undefined;
    this.producers.clear();
    this.consumers.clear();
  }
}

/** Both media of a speaker, a screen, and what retransmissions and key frames need. */
const maxIncomingBitrate = 3_500_000;

/** @throws when the worker died */
export async function makeTransport(home: MediaHome, direction: "send" | "receive"): Promise<WebRtcTransport> {
  const transport = await home.router.createWebRtcTransport({
    webRtcServer: home.webRtcServer,
    enableUdp: true,
    enableTcp: true,
    preferUdp: true,
    initialAvailableOutgoingBitrate: 1_500_000,
  });
  // Asked in order with whatever follows; a fault here means a dead worker, which is told elsewhere.
  if (direction === "send") transport.setMaxIncomingBitrate(maxIncomingBitrate).catch(() => {});
  transport.on("dtlsstatechange", (state) => {
    if (state === "failed" || state === "closed") transport.close();
  });
  return transport;
}

export function parametersOf(transport: WebRtcTransport): TransportParameters {
  const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
  return { id, iceParameters, iceCandidates, dtlsParameters };
}

/*
 * What browsers send of mediasoup's own parameters is checked by mediasoup, field by field, and a TypeError says what
 * is wrong. Until then these are the only places that believe them.
 */
export const asDtlsParameters = (given: Record<string, unknown>) => given as unknown as DtlsParameters;
export const asRtpParameters = (given: Record<string, unknown>) => given as unknown as RtpParameters;
export const asRtpCapabilities = (given: Record<string, unknown>) => given as unknown as RtpCapabilities;
