/** Small pictures now and then instead of initials, only from who allows it. */
import { leastStillGapMs, maxStillBytes, maxStillPx } from "../protocol/still.ts";
import type { Session } from "./session.ts";

/** Rarer than allowed: a still is a face to a name, not a film. */
const everyMs = 3 * leastStillGapMs;
const widthPx = Math.min(160, maxStillPx);

/** Sends stills of this camera until the returned function is called; then the last one is taken back. */
export function sendStills(session: Session, camera: MediaStreamTrack): () => void {
  const video = document.createElement("video");
  video.muted = true;
  video.srcObject = new MediaStream([camera]);
  void video.play().catch(() => undefined);
  const take = async () => {
    const image = await stillOf(video);
    if (image !== null && session.state.link === "live") session.signal({ type: "still", image });
  };
  const first = setTimeout(take, 1500);
  const timer = setInterval(take, everyMs);
  return () => {
    clearTimeout(first);
    clearInterval(timer);
    video.srcObject = null;
    session.signal({ type: "still", image: null });
  };
}

/** A JPEG small enough for the server, or null while there is no picture. */
async function stillOf(video: HTMLVideoElement): Promise<Uint8Array<ArrayBuffer> | null> {
  if (video.videoWidth === 0) return null;
  const canvas = document.createElement("canvas");
  canvas.width = widthPx;
  canvas.height = Math.round((widthPx * video.videoHeight) / video.videoWidth);
  canvas.getContext("2d")?.drawImage(video, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.7));
  if (blob === null || blob.size > maxStillBytes) return null;
  return new Uint8Array(await blob.arrayBuffer());
}

/** Keeps the newest still of each seat as an address; `changed` hears of every new picture. */
export function followStills(session: Session, changed: (stills: ReadonlyMap<string, string>) => void): () => void {
  let stills = new Map<string, string>();
  const stop = session.onSignal((signal) => {
    if (signal.type !== "still") return;
    const before = stills.get(signal.seat);
    stills = new Map(stills);
    if (signal.image === null) stills.delete(signal.seat);
    // The bytes are copied: what came over the socket may be a view into a larger buffer.
    else stills.set(signal.seat, URL.createObjectURL(new Blob([new Uint8Array(signal.image)])));
    changed(stills);
    if (before !== undefined) URL.revokeObjectURL(before);
  });
  return () => {
    stop();
    for (const address of stills.values()) URL.revokeObjectURL(address);
  };
}
