/**
 * A camera whose picture says who is seen and when it was painted: a row of black and white squares along its top that
 * survives compression and scaling. Below them something moves, so that frames weigh what a camera's do. It runs in a
 * worker: as with a real camera, nothing that the page does holds it up.
 */
import { framesPerSecond, height, squares, stepMs, timeBits, turnMs, width } from "./squares.ts";

interface Given {
  speaker: number;
  writable: WritableStream<VideoFrame>;
}

addEventListener("message", ({ data: { speaker, writable } }: MessageEvent<Given>) => {
  const canvas = new OffscreenCanvas(width, height);
  const brush = canvas.getContext("2d");
  if (!brush) throw new Error("There is no canvas to paint on");
  const writer = writable.getWriter();
  let frame = 0;
  setInterval(() => {
    frame += 1;
    paintScene(brush, speaker, frame);
    paintSquares(brush, speaker);
    void writer.write(new VideoFrame(canvas, { timestamp: Math.round(performance.now() * 1000) }));
  }, 1000 / framesPerSecond);
});

function paintScene(brush: OffscreenCanvasRenderingContext2D, speaker: number, frame: number): void {
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

function paintSquares(brush: OffscreenCanvasRenderingContext2D, speaker: number): void {
  const square = width / squares;
  const said = speaker * 2 ** timeBits + Math.floor((Date.now() % turnMs) / stepMs);
  for (let at = 0; at < squares; at += 1) {
    const bit = Math.floor(said / 2 ** (squares - 1 - at)) % 2;
    brush.fillStyle = bit ? "white" : "black";
    brush.fillRect(at * square, 0, square, square);
  }
}
