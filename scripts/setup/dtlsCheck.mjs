import { createHmac, randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { crc32 } from "node:zlib";
import { createWorker } from "mediasoup";

/*
 * Whether a worker survives what every browser does first: an encrypted handshake. A worker built against a library
 * that it misunderstands answers to everything else and dies at the first DTLS write.
 *
 * Two of the worker's own WebRTC transports are joined by a small relay on loopback: the relay does the ICE part with
 * each of them and then carries the packets across, one side being told that its peer is the client, the other that it
 * is the server. Both must say that they are connected, which also means that they agreed on keys for the media.
 */

const stunMagic = 0x2112a442;

/**
 * @param {string} workerBin path of the mediasoup-worker
 * @param {number} [patienceMs]
 * @returns {Promise<string | undefined>} what is wrong, or nothing
 */
export async function dtlsProblem(workerBin, patienceMs = 8_000) {
  let worker;
  try {
    worker = await createWorker({ workerBin, logLevel: "error" });
  } catch (fault) {
    return `it does not start (${fault.message})`;
  }
  const sockets = [];
  let timer;
  try {
    const died = new Promise((settle) => {
      worker.once("died", () => settle("it dies when a browser connects"));
    });
    const late = new Promise((settle) => {
      timer = setTimeout(() => settle("a browser's handshake with it does not come to an end"), patienceMs);
    });
    return await Promise.race([handshake(worker, sockets), died, late]);
  } catch (fault) {
    return `it does not do what it should (${fault.message})`;
  } finally {
    clearTimeout(timer);
    for (const socket of sockets) socket.close();
    worker.close();
  }
}

async function handshake(worker, sockets) {
  const router = await worker.createRouter({ mediaCodecs: [] });
  const options = { listenInfos: [{ protocol: "udp", ip: "127.0.0.1" }] };
  const [client, server] = [await router.createWebRtcTransport(options), await router.createWebRtcTransport(options)];
  const connected = [client, server].map(
    (transport) =>
      new Promise((settle) => {
        transport.on("dtlsstatechange", (state) => {
          if (state === "connected") settle(undefined);
          if (state === "failed") settle("its handshake fails");
        });
      }),
  );
  const toClient = await relayEnd(client, sockets);
  const toServer = await relayEnd(server, sockets);
  toClient.onPacket((packet) => toServer.send(packet));
  toServer.onPacket((packet) => toClient.send(packet));
  await client.connect({ dtlsParameters: { role: "server", fingerprints: server.dtlsParameters.fingerprints } });
  await server.connect({ dtlsParameters: { role: "client", fingerprints: client.dtlsParameters.fingerprints } });
  toServer.bind();
  toClient.bind();
  const [first, second] = await Promise.all(connected);
  return first ?? second;
}

/** One end of the relay: a UDP socket that behaves as the browser of one transport. */
async function relayEnd(transport, sockets) {
  const socket = createSocket("udp4");
  sockets.push(socket);
  await new Promise((settle) => socket.bind(0, "127.0.0.1", settle));
  const [candidate] = transport.iceCandidates;
  const send = (packet) => socket.send(packet, candidate.port, "127.0.0.1");
  return {
    send,
    bind: () => send(bindingRequest(transport.iceParameters)),
    /** DTLS records have 20 to 63 as their first byte; the rest is ICE's. */
    onPacket: (take) => socket.on("message", (packet) => packet[0] >= 20 && packet[0] <= 63 && take(packet)),
  };
}

/** RFC 8489 and 8445: a binding request that nominates this pair of addresses. */
function bindingRequest({ usernameFragment, password }) {
  const header = Buffer.alloc(20);
  header.writeUInt16BE(0x0001, 0);
  header.writeUInt32BE(stunMagic, 4);
  randomBytes(12).copy(header, 8);
  const priority = Buffer.alloc(4);
  priority.writeUInt32BE(0x6e0001ff);
  let message = Buffer.concat([
    header,
    attribute(0x0006, Buffer.from(`${usernameFragment}:check`)),
    attribute(0x0024, priority),
    attribute(0x802a, randomBytes(8)),
    attribute(0x0025, Buffer.alloc(0)),
  ]);
  // Each of the two seals counts itself in the length that it covers.
  message.writeUInt16BE(message.length - 20 + 24, 2);
  message = Buffer.concat([message, attribute(0x0008, createHmac("sha1", password).update(message).digest())]);
  message.writeUInt16BE(message.length - 20 + 8, 2);
  const fingerprint = Buffer.alloc(4);
  fingerprint.writeUInt32BE((crc32(message) ^ 0x5354554e) >>> 0);
  return Buffer.concat([message, attribute(0x8028, fingerprint)]);
}

function attribute(type, value) {
  const padded = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  padded.writeUInt16BE(type, 0);
  padded.writeUInt16BE(value.length, 2);
  value.copy(padded, 4);
  return padded;
}
