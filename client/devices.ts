/**
 * Camera, microphone and screen of this machine. The browser asks the person; what they refuse is said, not thrown.
 */

/** Which device; "" for the browser's own choice, null for none. */
export interface DeviceChoice {
  microphone: string | null;
  camera: string | null;
}

export type DeviceFault = "denied" | "none" | "failed";

export interface OpenedDevices {
  microphone: MediaStreamTrack | null;
  camera: MediaStreamTrack | null;
  /** Why a wanted one is missing. */
  faults: { microphone?: DeviceFault; camera?: DeviceFault };
}

/** What a camera is asked for: enough for a face across a classroom, little enough for a school's line. */
const cameraWish: MediaTrackConstraints = {
  width: { ideal: 640 },
  height: { ideal: 360 },
  frameRate: { ideal: 20, max: 24 },
};
const microphoneWish: MediaTrackConstraints = {
  channelCount: { ideal: 1 },
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};
const screenWish: MediaTrackConstraints = {
  width: { max: 1280 },
  height: { max: 720 },
  frameRate: { ideal: 10, max: 15 },
};

/** Both at once, so that the person is asked once; when that fails each alone, so that one can do without the other. */
export async function openDevices(choice: DeviceChoice): Promise<OpenedDevices> {
  const audio = choice.microphone === null ? false : { ...microphoneWish, ...chosen(choice.microphone) };
  const video = choice.camera === null ? false : { ...cameraWish, ...chosen(choice.camera) };
  const opened: OpenedDevices = { microphone: null, camera: null, faults: {} };
  if (audio && video) {
    const both = await tryFor({ audio, video });
    if (both instanceof MediaStream) return { ...opened, ...tracksOf(both) };
  }
  if (audio) {
    const stream = await tryFor({ audio });
    if (stream instanceof MediaStream) opened.microphone = tracksOf(stream).microphone;
    else opened.faults.microphone = stream;
  }
  if (video) {
    const stream = await tryFor({ video });
    if (stream instanceof MediaStream) opened.camera = tracksOf(stream).camera;
    else opened.faults.camera = stream;
  }
  return opened;
}

/** Must be called from a click. Null when the person changed their mind. */
export async function openScreen(): Promise<MediaStreamTrack | null> {
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: screenWish, audio: false });
    const [track] = stream.getVideoTracks();
    // A shared page is read, not watched: sharpness before smoothness.
    if (track) track.contentHint = "detail";
    return track ?? null;
  } catch {
    return null;
  }
}

const chosen = (deviceId: string): MediaTrackConstraints => (deviceId === "" ? {} : { deviceId: { exact: deviceId } });

function tracksOf(stream: MediaStream) {
  return { microphone: stream.getAudioTracks()[0] ?? null, camera: stream.getVideoTracks()[0] ?? null };
}

async function tryFor(constraints: MediaStreamConstraints): Promise<MediaStream | DeviceFault> {
  try {
    // Without a secure context there are no devices to ask for.
    if (!navigator.mediaDevices) return "none";
    return await navigator.mediaDevices.getUserMedia(constraints);
  } catch (fault) {
    const name = fault instanceof DOMException ? fault.name : "";
    if (name === "NotAllowedError" || name === "SecurityError") return "denied";
    return name === "NotFoundError" || name === "OverconstrainedError" ? "none" : "failed";
  }
}
