/**
 * A WebRTC peer without a browser, for a server on this machine. mediasoup only answers: it never checks a path by
 * itself. So a transport of a worker of our own does DTLS and encryption, and a socket between the two checks the path
 * to either, as a browser would, and passes on what both say.
 */
import { createHmac, randomBytes } from "node:crypto";
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { crc32 } from "node:zlib";
import type { DtlsParameters, IceCandidate, IceParameters, Router, WebRtcTransport } from "mediasoup/types";

/** The server's end of a transport, as its answers tell it. */
export interface FarEnd {
  iceParameters: IceParameters;
  iceCandidates: IceCandidate[];
  dtlsParameters: DtlsParameters;
}

/** A path is checked again so often; the server gives it up after 30 s without. */
const checkEveryMs = 5_000;
const askAgainMs = 200;
const connectWithinMs = 10_000;

export class Peer {
  /** The own end: what is to be sent is consumed there. */
  readonly transport: WebRtcTransport;
  readonly #socket: Socket;
  #far: FarEnd | undefined;
  #timer: NodeJS.Timeout | undefined;
  #passing = true;

  private constructor(transport: WebRtcTransport, socket: Socket) {
    this.transport = transport;
    this.#socket = socket;
  }

  static async open(router: Router): Promise<Peer> {
    const transport = await router.createWebRtcTransport({
      listenInfos: [{ protocol: "udp", ip: "127.0.0.1" }],
      iceConsentTimeout: 0,
      initialAvailableOutgoingBitrate: 2_000_000,
    });
    const socket = createSocket("udp4").bind(0, "127.0.0.1");
    await once(socket, "listening");
    return new Peer(transport, socket);
  }

  /** What the server is told of this end. */
  get dtlsParameters(): DtlsParameters {
    return { role: "client", fingerprints: this.transport.dtlsParameters.fingerprints };
  }

  /** @throws when there is no encrypted path in time */
  async connect(far: FarEnd): Promise<void> {
    this.#far = far;
    const [there, here] = [portOf(far), portOf(this.transport)];
    this.#socket.on("message", (bytes, from) => {
      // The first two bits tell answers to our checks (0) from DTLS, RTP and RTCP.
      if (!this.#passing || (bytes[0] ?? 0) < 4) return;
      this.#socket.send(bytes, from.port === there ? here : there, "127.0.0.1");
    });
    const connected = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("There is no path to the server")), connectWithinMs);
      this.transport.on("dtlsstatechange", (state) => {
        if (state === "connecting") return;
        clearTimeout(timer);
        if (state === "connected") resolve();
        else reject(new Error(`DTLS ${state}`));
      });
    });
    const asking = setInterval(() => this.check(), askAgainMs);
    this.check();
    try {
      await this.transport.connect({ dtlsParameters: { ...far.dtlsParameters, role: "server" } });
      await connected;
    } finally {
      clearInterval(asking);
    }
    this.#timer = setInterval(() => this.check(), checkEveryMs);
  }

  /** From now on whatever comes is thrown away unread: a receiver that costs next to nothing. */
  receiveOnly(): void {
    this.#passing = false;
    this.transport.close();
  }

  /** Checks the path to the server, and to our own end as long as that is there. */
  check(): void {
    if (!this.#far) return;
    this.#socket.send(checkOf(this.#far.iceParameters), portOf(this.#far), "127.0.0.1");
    if (!this.#passing) return;
    this.#socket.send(checkOf(this.transport.iceParameters), portOf(this.transport), "127.0.0.1");
  }

  close(): void {
    clearInterval(this.#timer);
    this.transport.close();
    this.#socket.close();
  }
}

function portOf({ iceCandidates }: Pick<FarEnd, "iceCandidates">): number {
  const candidate = iceCandidates.find(({ protocol }) => protocol === "udp");
  if (!candidate) throw new Error("The server offers no path by UDP");
  return candidate.port;
}

/** A STUN binding request (RFC 8489) with what ICE wants in it (RFC 8445), from the controlling side. */
function checkOf({ usernameFragment, password }: IceParameters): Buffer {
  const attributes = [
    attribute(0x0006, Buffer.from(`${usernameFragment}:twin`)),
    attribute(0x0024, Buffer.from([0x6e, 0x00, 0x01, 0xff])),
    attribute(0x802a, randomBytes(8)),
    attribute(0x0025, Buffer.alloc(0)),
  ];
  const body = Buffer.concat(attributes);
  const head = Buffer.alloc(20);
  head.writeUInt16BE(0x0001, 0);
  head.writeUInt32BE(0x2112a442, 4);
  randomBytes(12).copy(head, 8);
  // Each of the last two attributes is computed over all before it, with the length as if it were there already.
  head.writeUInt16BE(body.length + 24, 2);
  const digest = createHmac("sha1", password).update(head).update(body).digest();
  const signed = Buffer.concat([body, attribute(0x0008, digest)]);
  head.writeUInt16BE(signed.length + 8, 2);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE((crc32(Buffer.concat([head, signed])) ^ 0x5354554e) >>> 0);
  return Buffer.concat([head, signed, attribute(0x8028, sum)]);
}

function attribute(type: number, value: Buffer): Buffer {
  const padded = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  padded.writeUInt16BE(type, 0);
  padded.writeUInt16BE(value.length, 2);
  value.copy(padded, 4);
  return padded;
}
