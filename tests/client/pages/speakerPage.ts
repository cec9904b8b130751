/**
 * The page of the recording tests: a whole session of the real client, without any interface. Its camera sees a grey wall
 * that flashes white once a second, its microphone hears a hum and a beep at every flash; its screen is a green board.
 */
import { openMedia } from "../../../client/media.ts";
import { openSession, type Session } from "../../../client/session.ts";
import type { SpeakerPage } from "../../support/speakerPage.ts";

let session: Session | undefined;
let media: ReturnType<typeof openMedia> | undefined;

function live(): Session {
  if (!session) throw new Error("Nobody sits here yet");
  return session;
}

/** Once a second, for 120 ms: sound and light begin in the same moment. */
function flashesAndBeeps(): { camera: MediaStreamTrack; microphone: MediaStreamTrack } {
  const sound = new AudioContext();
  const out = sound.createMediaStreamDestination();
  const hum = new OscillatorNode(sound, { frequency: 220 });
  hum.connect(new GainNode(sound, { gain: 0.02 })).connect(out);
  hum.start();
  const beep = new OscillatorNode(sound, { frequency: 880 });
  const loudness = new GainNode(sound, { gain: 0 });
  beep.connect(loudness).connect(out);
  beep.start();
  const canvas = document.createElement("canvas");
  canvas.width = 320;
  canvas.height = 180;
  const brush = canvas.getContext("2d");
  let frame = 0;
  let wasLight = true;
  setInterval(() => {
    if (!brush) return;
    const isLight = performance.now() % 1000 < 120;
    brush.fillStyle = isLight ? "white" : "rgb(90 90 90)";
    brush.fillRect(0, 0, 320, 180);
    // At this very moment, so that a busy machine delays both alike.
    if (isLight !== wasLight) loudness.gain.setValueAtTime(isLight ? 0.6 : 0, sound.currentTime);
    wasLight = isLight;
    frame += 1;
    brush.fillStyle = "black";
    brush.fillRect((frame * 5) % 320, 170, 10, 10);
  }, 40);
  const [camera] = canvas.captureStream(25).getVideoTracks();
  const [microphone] = out.stream.getAudioTracks();
  if (!camera || !microphone) throw new Error("A canvas or a hum gave no track");
  return { camera, microphone };
}

function board(): MediaStream {
  const canvas = document.createElement("canvas");
  canvas.width = 640;
  canvas.height = 360;
  const brush = canvas.getContext("2d");
  setInterval(() => {
    if (!brush) return;
    brush.fillStyle = "rgb(30 160 60)";
    brush.fillRect(0, 0, 640, 360);
    brush.fillStyle = "white";
    brush.fillText(String(Date.now()), 20, 40);
  }, 100);
  return canvas.captureStream(10);
}

const speaker: SpeakerPage = {
  open(ticket, routerRtpCapabilities) {
    session = openSession({ ticket });
    media = openMedia({ session, routerRtpCapabilities });
    navigator.mediaDevices.getDisplayMedia = async () => board();
  },
  devices(camera) {
    const tracks = flashesAndBeeps();
    media?.prepare(camera ? tracks : { microphone: tracks.microphone });
    void live().send({ type: "seat.setDevices", microphone: true, camera });
  },
  send: (command) => live().send(command),
  share: () => media?.startScreen() ?? Promise.resolve(false),
  isSpeaking: () => live().state.meeting?.turns.some(({ seat }) => seat === live().state.seat) ?? false,
  recording: () => live().state.meeting?.recording ?? "off",
  link: () => `${live().state.link} ${media?.link}`,
};
Object.assign(globalThis, { speaker });
