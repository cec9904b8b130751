/**
 * A camera whose picture says who is seen and when it was painted: a row of black and white squares along its top that
 * survives compression and scaling. Below them something moves, so that frames weigh what a camera's do.
 */
const width = 640;
const height = 360;
const framesPerSecond = 20;
const squares = 20;
const square = width / squares;
const speakerBits = 4;
const timeBits = squares - speakerBits;
/** Painted times are told in such steps, and begin anew after 2^16 of them, some eleven minutes. */
const stepMs = 10;
const turnMs = 2 ** timeBits * stepMs;

/** @param speaker from 1 to 14 */
export function paintedCamera(speaker: number): MediaStreamTrack {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const brush = canvas.getContext("2d");
  const [track] = canvas.captureStream(framesPerSecond).getVideoTracks();
  if (!brush || !track) throw new Error("A canvas gave no picture");
  let frame = 0;
  setInterval(() => {
    frame += 1;
    paintScene(brush, speaker, frame);
    paintSquares(brush, speaker);
  }, 1000 / framesPerSecond);
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

function paintScene(brush: CanvasRenderingContext2D, speaker: number, frame: number): void {
  const sky = brush.createLinearGradient(0, 0, width, height);
  sky.addColorStop(0, `hsl(${speaker * 67} 45% 30%)`);
  sky.addColorStop(1, `hsl(${speaker * 67 + 40} 45% 60%)`);
  brush.fillStyle = sky;
  brush.fillRect(0, 0, width, height);
  for (let ball = 0; ball < 12; ball += 1) {
    const turn = frame / 25 + ball;
    brush.fillStyle = `hsl(${ball * 30} 60% 55%)`;
    brush.beginPath();
    brush.arc(320 + Math.cos(turn) * (60 + ball * 18), 210 + Math.sin(turn * 1.3) * 110, 22, 0, Math.PI * 2);
    brush.fill();
  }
}

function paintSquares(brush: CanvasRenderingContext2D, speaker: number): void {
  const said = speaker * 2 ** timeBits + Math.floor((Date.now() % turnMs) / stepMs);
  for (let at = 0; at < squares; at += 1) {
    const bit = Math.floor(said / 2 ** (squares - 1 - at)) % 2;
    brush.fillStyle = bit ? "white" : "black";
    brush.fillRect(at * square, 0, square, square);
  }
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
