/** A crowd in a process of its own: speaks and receives over real, encrypted transports as it is told, until its parent goes. */
import { createWorker } from "mediasoup";
import type { Producer, Router, RouterRtpCodecCapability } from "mediasoup/types";
import { io, type Socket } from "socket.io-client";
import { mediaCodecs } from "../../protocol/codecs.ts";
import type { Answer, Order, Place } from "./crowd.ts";
import { Peer } from "./peer.ts";
import { encodedSpeaker, speakInto } from "./source.ts";

const { MEDIASOUP_WORKER_BIN: workerBin } = process.env;
const worker = await createWorker({ logLevel: "error", ...(workerBin ? { workerBin } : {}) });
// The list is read-only, mediasoup's type is not.
const router = await worker.createRouter({ mediaCodecs: mediaCodecs as unknown as RouterRtpCodecCapability[] });
/** Connected at once: their handshakes share two cores with the server. */
const atOnce = 8;
let speaking: Promise<Producer[]> | undefined;

process.on("message", async (order: Order) => {
  try {
    process.send?.({ done: true, seats: await obey(order) } satisfies Answer);
  } catch (fault) {
    process.send?.({
      failed: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault),
    } satisfies Answer);
  }
});
process.once("disconnect", () => {
  worker.close();
  process.exit(0);
});

async function obey(order: Order): Promise<string[]> {
  if (order.do === "speak") return [await speak(order.place)];
  const seats: string[] = [];
  for (let first = 0; first < order.count; first += atOnce) {
    const some = Array.from({ length: Math.min(atOnce, order.count - first) }, () => receive(order.place));
    seats.push(...(await Promise.all(some)));
  }
  return seats;
}

// biome-ignore lint/suspicious/noExplicitAny: answers go to mediasoup as they are.
type Said = any;

/** One connection to either kind of server. @throws what was refused */
class Line {
  readonly seat: string;
  readonly #socket: Socket;
  readonly #isBare: boolean;

  private constructor(socket: Socket, isBare: boolean, seat: string) {
    this.#socket = socket;
    this.#isBare = isBare;
    this.seat = seat;
  }

  static async to({ kind, url, code }: Place): Promise<Line> {
    const options = { transports: ["websocket"], forceNew: true };
    if (kind === "bare") return new Line(io(url, options), true, "");
    const answer = await fetch(`${url}/api/meetings/${code}/seats`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name: "Somebody of the crowd" }),
    });
    if (!answer.ok) throw new Error(await answer.text());
    const { ticket, seat } = (await answer.json()) as { ticket: string; seat: string };
    const socket = io(url, { ...options, auth: { ticket } });
    await new Promise<void>((resolve) => socket.once("live", () => resolve()));
    return new Line(socket, false, seat);
  }

  /** Asked of the bare server by name, of Twinlight as a request about media. */
  ask(about: string, given: object = {}): Promise<Said> {
    return this.#isBare ? this.#emit(about, given) : this.#emit("media", { type: `media.${about}`, ...given });
  }

  command(given: object): Promise<Said> {
    return this.#isBare ? Promise.resolve() : this.#emit("command", given);
  }

  async #emit(event: string, given: object): Promise<Said> {
    const answer = await this.#socket.timeout(10_000).emitWithAck(event, given);
    if (answer?.refused) throw new Error(`${JSON.stringify(given).slice(0, 80)} was refused: ${answer.refused}`);
    return answer;
  }
}

async function receive(place: Place): Promise<string> {
  const [line, peer] = await Promise.all([Line.to(place), Peer.open(router)]);
  const { rtpCapabilities } = router;
  const { dtlsParameters } = peer;
  if (place.kind === "twinlight") {
    const { receive: far } = await line.ask("begin", { rtpCapabilities, dtlsParameters });
    await peer.connect(far);
  } else {
    const far = await line.ask("createTransport");
    await line.ask("connectTransport", { transport: far.id, dtlsParameters });
    await peer.connect(far);
    for (const speaker of await line.ask("speakers")) {
      const consumers = await line.ask("consume", { transport: far.id, speaker, rtpCapabilities });
      await line.ask("resume", { consumers: consumers.map(({ id }: { id: string }) => id) });
    }
  }
  peer.receiveOnly();
  return line.seat;
}

async function speak(place: Place): Promise<string> {
  speaking ??= speakIntoOwn(router);
  const [line, peer, producers] = await Promise.all([Line.to(place), Peer.open(router), speaking]);
  const { dtlsParameters } = peer;
  const far = await farOfSender(line, place);
  await line.ask("connectTransport", { transport: far.id, dtlsParameters });
  await peer.connect(far);
  await line.command({ type: "seat.setDevices", microphone: true, camera: true });
  await line.command({ type: "floor.raiseHand" });
  for (const producer of producers) {
    const consumer = await peer.transport.consume({
      producerId: producer.id,
      rtpCapabilities: router.rtpCapabilities,
    });
    const { kind, rtpParameters } = consumer;
    const as = place.kind === "bare" ? { speaker: 1 } : { medium: kind === "audio" ? "microphone" : "camera" };
    await line.ask("produce", { transport: far.id, kind, rtpParameters, ...as });
  }
  return line.seat;
}

async function farOfSender(line: Line, place: Place): Promise<Said> {
  if (place.kind === "bare") return line.ask("createTransport");
  await line.ask("begin", { rtpCapabilities: router.rtpCapabilities });
  return (await line.ask("createTransport")).transport;
}

async function speakIntoOwn(into: Router): Promise<Producer[]> {
  const { producers } = await speakInto(into, await encodedSpeaker());
  return producers;
}
