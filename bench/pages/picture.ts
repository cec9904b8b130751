/** The devices of a measured speaker, and reading back what their camera painted. */
import { squares, stepMs, timeBits, turnMs } from "./squares.ts";

/** Chromium's: a track made of whatever frames are written to it. */
declare class MediaStreamTrackGenerator extends MediaStreamTrack {
  constructor(init: { kind: "video" });
  readonly writable: WritableStream<VideoFrame>;
}

/** @param script pages/camera.ts, which paints in a worker */
export function paintedCamera(speaker: number, script: string): MediaStreamTrack {
  const track = new MediaStreamTrackGenerator({ kind: "video" });
  const worker = new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  worker.postMessage({ speaker, writable: track.writable }, [track.writable]);
  return track;
}

export function hum(): MediaStreamTrack {
  const sound = new AudioContext();
  const tone = new OscillatorNode(sound, { frequency: 220 });
  const out = sound.createMediaStreamDestination();
  tone.connect(out);
  tone.start();
  const [track] = out.stream.getAudioTracks();
  if (!track) throw new Error("A tone gave no sound");
  return track;
}

const glass = document.createElement("canvas");
glass.width = squares;
glass.height = 1;
const lens = glass.getContext("2d", { willReadFrequently: true });

/** Whose picture this is and when it was painted, in ms since 1970; null when there is none or it cannot be read. */
export function readPicture(video: HTMLVideoElement): { speaker: number; paintedMs: number } | null {
  if (!lens || video.videoWidth === 0) return null;
  const side = video.videoWidth / squares;
  // The middle of each square: its edges are blurred.
  for (let at = 0; at < squares; at += 1) {
    lens.drawImage(video, (at + 0.3) * side, side * 0.3, side * 0.4, side * 0.4, at, 0, 1, 1);
  }
  const { data } = lens.getImageData(0, 0, squares, 1);
  let said = 0;
  for (let at = 0; at < squares; at += 1) said = said * 2 + ((data[at * 4] ?? 0) > 127 ? 1 : 0);
  const now = Date.now();
  const agoMs = ((now % turnMs) - (said % 2 ** timeBits) * stepMs + turnMs) % turnMs;
  return { speaker: Math.floor(said / 2 ** timeBits), paintedMs: now - agoMs };
}
