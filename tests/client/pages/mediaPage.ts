/**
 * The page of the media tests: client/media.ts on the barest session, the speaker's picture in a `<video>`, a painted
 * picture and a hum instead of devices, and the ways of a hostile page.
 */
import { io } from "socket.io-client";
import { type Media, type MediaSession, openMedia } from "../../../client/media.ts";
import type { Meeting } from "../../../domain/meeting/state.ts";
import type { MediaNotice } from "../../../protocol/media.ts";
import type { Colour, TestedPage } from "../../support/testedPage.ts";

const notices: MediaNotice[] = [];
const asked: string[] = [];
const producers: string[] = [];
let sendTransport: string | undefined;
let media: Media | undefined;
let socket: ReturnType<typeof io> | undefined;
let drawn: { seat: string; at: number }[] = [];

function open(seat: string, routerRtpCapabilities: unknown): void {
  let state: MediaSession["state"] = { link: "connecting", seat: null, meeting: null };
  const changed = new Set<() => void>();
  const told = new Set<(notice: MediaNotice) => void>();
  const change = (next: Partial<MediaSession["state"]>) => {
    state = { ...state, ...next };
    for (const listener of changed) listener();
  };
  const connection = io({ auth: { seat }, reconnectionDelay: 100 });
  socket = connection;
  connection.on("meeting", (next: { meeting: Meeting }) => change({ link: "live", seat, ...next }));
  connection.on("disconnect", () => change({ link: "offline" }));
  connection.on("media", (notice: MediaNotice) => {
    notices.push(notice);
    for (const listener of told) listener(notice);
  });
  media = openMedia({
    session: {
      get state() {
        return state;
      },
      subscribe: (listener) => {
        changed.add(listener);
        return () => changed.delete(listener);
      },
      onMediaNotice: (listener) => {
        told.add(listener);
        return () => told.delete(listener);
      },
      request: async (request) => {
        asked.push(request.type);
        const answer = await connection.timeout(8_000).emitWithAck("media", request);
        if (answer.producer) producers.push(answer.producer);
        if (request.type === "media.createTransport") sendTransport = answer.transport?.id;
        return answer;
      },
    },
    routerRtpCapabilities,
    onShown: (of, shown) => show(of, shown.camera),
  });
}

/** Pictures are watched from before the turn, as the room's page does. */
const watched = new Map<string, HTMLVideoElement>();

function show(seat: string, track: MediaStreamTrack | undefined): void {
  watched.get(seat)?.remove();
  watched.delete(seat);
  if (!track) return;
  const video = document.createElement("video");
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  document.body.append(video);
  watched.set(seat, video);
  void video.play().catch(() => {});
  const watch = () =>
    video.requestVideoFrameCallback(() => {
      drawn.push({ seat, at: Date.now() });
      watch();
    });
  watch();
}

/** A camera that sees one moving colour and a microphone that hears a hum. */
function paint([red, green, blue]: Colour): { camera: MediaStreamTrack; microphone: MediaStreamTrack } {
  const canvas = document.createElement("canvas");
  canvas.width = 320;
  canvas.height = 180;
  const brush = canvas.getContext("2d");
  let frame = 0;
  setInterval(() => {
    if (!brush) return;
    brush.fillStyle = `rgb(${red} ${green} ${blue})`;
    brush.fillRect(0, 0, 320, 180);
    frame += 1;
    brush.fillStyle = "black";
    brush.fillRect((frame * 5) % 320, 170, 10, 10);
  }, 50);
  const sound = new AudioContext();
  const hum = new OscillatorNode(sound, { frequency: 220 });
  const out = sound.createMediaStreamDestination();
  hum.connect(out);
  hum.start();
  const [camera] = canvas.captureStream(20).getVideoTracks();
  const [microphone] = out.stream.getAudioTracks();
  if (!camera || !microphone) throw new Error("A canvas or a hum gave no track");
  return { camera, microphone };
}

const tested: TestedPage = {
  open,
  paint: (colour) => media?.prepare(paint(colour)),
  drawn: (seat) => drawn.filter((frame) => frame.seat === seat).length,
  first: (seat) => drawn.find((frame) => frame.seat === seat)?.at,
  forget: () => {
    drawn = [];
  },
  colour: (seat) => {
    const video = watched.get(seat);
    if (!video || video.videoWidth === 0) return null;
    const canvas = document.createElement("canvas");
    canvas.width = 1;
    canvas.height = 1;
    const brush = canvas.getContext("2d");
    brush?.drawImage(video, video.videoWidth / 2, video.videoHeight / 2, 1, 1, 0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = brush?.getImageData(0, 0, 1, 1).data ?? [];
    return [red, green, blue];
  },
  heard: async (seat) => {
    const stats = (await media?.stats()) ?? [];
    return stats
      .filter((one) => one.seat === seat && one.medium === "microphone")
      .reduce((sum, { packetsReceived }) => sum + packetsReceived, 0);
  },
  shown: (seat) => Object.keys(media?.streams.get(seat) ?? {}),
  link: () => media?.link ?? "off",
  notices: () => notices.map(({ type }) => type),
  asked: () => asked,
  ask: (request) => socket?.timeout(8_000).emitWithAck("media", request) ?? Promise.reject(new Error("Not open")),
  keepSending: () => {
    const { setParameters } = RTCRtpSender.prototype;
    RTCRtpSender.prototype.setParameters = function (parameters) {
      for (const encoding of parameters.encodings) encoding.active = true;
      return setParameters.call(this, parameters);
    };
    Object.defineProperty(MediaStreamTrack.prototype, "enabled", { get: () => true, set: () => {} });
  },
  producers: () => producers,
  sendTransport: () => sendTransport,
};
Object.assign(globalThis, { tested });
