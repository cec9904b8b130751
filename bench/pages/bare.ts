/** A page on mediasoup-client as its documentation shows it: what Twinlight is compared with. */
import { Device } from "mediasoup-client";
import type { Consumer, Transport } from "mediasoup-client/types";
import { io } from "socket.io-client";
import { maxBitrates } from "../../protocol/codecs.ts";
import type { BarePage } from "./instruments.ts";

const socket = io({ transports: ["websocket"], autoConnect: false });
const ask = (about: string, given: object = {}) => socket.timeout(8_000).emitWithAck(about, given);

let device: Device;
let receiving: Transport;
const consumers = new Map<number, { consumer: Consumer; player: HTMLMediaElement }[]>();

async function join(): Promise<void> {
  socket.connect();
  device = await Device.factory();
  await device.load({ routerRtpCapabilities: await ask("capabilities") });
  receiving = device.createRecvTransport(await ask("createTransport"));
  connectWhenAsked(receiving);
}

function connectWhenAsked(transport: Transport): void {
  transport.on("connect", ({ dtlsParameters }, done, failed) => {
    ask("connectTransport", { transport: transport.id, dtlsParameters }).then(done, failed);
  });
}

async function consume(speaker: number): Promise<void> {
  const told = await ask("consume", { transport: receiving.id, speaker, rtpCapabilities: device.recvRtpCapabilities });
  const taken = [];
  for (const one of told) {
    const consumer = await receiving.consume(one);
    taken.push({ consumer, player: play(consumer.track) });
  }
  consumers.set(speaker, taken);
  await ask("resume", { consumers: taken.map(({ consumer }) => consumer.id) });
}

/** Sound is played too: the browser keeps the two together, and that costs the picture time. */
function play(track: MediaStreamTrack): HTMLMediaElement {
  const player = document.createElement(track.kind === "video" ? "video" : "audio");
  player.muted = track.kind === "video";
  player.srcObject = new MediaStream([track]);
  document.body.append(player);
  void player.play().catch(() => {});
  return player;
}

const barePage: BarePage = {
  arrive() {
    document.body.replaceChildren();
    const button = document.createElement("button");
    button.textContent = "Join";
    button.onclick = async () => {
      button.remove();
      await join();
      for (const speaker of await ask("speakers")) await consume(speaker);
    };
    document.body.append(button);
  },
  join,
  async publish(speaker) {
    const sending = device.createSendTransport(await ask("createTransport"));
    connectWhenAsked(sending);
    sending.on("produce", ({ kind, rtpParameters }, done, failed) => {
      ask("produce", { transport: sending.id, speaker, kind, rtpParameters }).then(done, failed);
    });
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    const [[microphone], [camera]] = [stream.getAudioTracks(), stream.getVideoTracks()];
    if (!microphone || !camera) throw new Error("There is no camera");
    await sending.produce({
      track: microphone,
      encodings: [{ maxBitrate: maxBitrates.microphone }],
      codecOptions: { opusStereo: false, opusFec: true, opusDtx: false },
    });
    await sending.produce({
      track: camera,
      encodings: [{ maxBitrate: maxBitrates.camera }],
      codecOptions: { videoGoogleStartBitrate: 500 },
    });
  },
  consume,
  drop(speaker) {
    for (const { consumer, player } of consumers.get(speaker) ?? []) {
      consumer.close();
      player.remove();
      socket.emit("dropConsumer", { consumer: consumer.id });
    }
    consumers.delete(speaker);
  },
};
Object.assign(globalThis, { barePage });
