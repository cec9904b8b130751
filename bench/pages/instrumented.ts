/** Put into every measured page before its own scripts: a camera of its own, and an eye on clicks and drawn frames. */
import type { Drawn, Instruments } from "./instruments.ts";
import { hum, paintedCamera, readPicture } from "./picture.ts";

const clicks = new Map<string, number>();
const watched = new WeakSet<HTMLVideoElement>();
/** At first any picture will do. */
let wanted: { speaker: number | undefined; button?: string | undefined } = { speaker: undefined };
let drawn: Drawn | null = null;

/** A moment of this page's clock, in ms since 1970. */
const wall = (pageMs: number) => Date.now() - (performance.now() - pageMs);

addEventListener(
  "click",
  (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (!button) return;
    const name = button.getAttribute("aria-label") ?? button.textContent?.trim() ?? "";
    clicks.set(name, wall(event.timeStamp));
  },
  { capture: true },
);

function watch(video: HTMLVideoElement): void {
  if (watched.has(video)) return;
  watched.add(video);
  const next = () =>
    video.requestVideoFrameCallback((pageMs) => {
      look(video, wall(pageMs));
      next();
    });
  next();
}

function look(video: HTMLVideoElement, atMs: number): void {
  if (drawn || (wanted.button && !clicks.has(wanted.button))) return;
  // What is made ready plays unseen.
  if (!video.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return;
  if (wanted.speaker === undefined) {
    drawn = { atMs, paintedMs: atMs };
    return;
  }
  const seen = readPicture(video);
  if (seen?.speaker === wanted.speaker) drawn = { atMs, paintedMs: seen.paintedMs };
}

new MutationObserver(() => {
  for (const video of document.querySelectorAll("video")) watch(video);
}).observe(document, { childList: true, subtree: true });

const instruments: Instruments = {
  speakAs(speaker, script) {
    let tracks: { video: MediaStreamTrack; audio: MediaStreamTrack } | undefined;
    navigator.mediaDevices.getUserMedia = async (asked) => {
      tracks ??= { video: paintedCamera(speaker, script), audio: hum() };
      const { audio, video } = tracks;
      return new MediaStream([...(asked?.audio ? [audio.clone()] : []), ...(asked?.video ? [video.clone()] : [])]);
    };
  },
  onlyWatch() {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("There is none", "NotFoundError"));
  },
  lookFor(speaker, button) {
    if (button) clicks.delete(button);
    drawn = null;
    wanted = { speaker, button };
  },
  drawn: () => drawn,
  clicked: (button) => clicks.get(button) ?? null,
  keepSending() {
    const { setParameters } = RTCRtpSender.prototype;
    RTCRtpSender.prototype.setParameters = function (parameters) {
      for (const encoding of parameters.encodings) encoding.active = true;
      return setParameters.call(this, parameters);
    };
    Object.defineProperty(MediaStreamTrack.prototype, "enabled", { get: () => true, set: () => {} });
  },
};
Object.assign(globalThis, { instruments });
