/** A drawn moving picture for the gallery: a wall, a face and a number that counts, as a stream. */
export function drawnStream(hue: number): MediaStream {
  const canvas = document.createElement("canvas");
  canvas.width = 640;
  canvas.height = 360;
  const pen = canvas.getContext("2d");
  let frame = 0;
  const draw = () => {
    if (pen === null) return;
    pen.fillStyle = `hsl(${hue} 30% 82%)`;
    pen.fillRect(0, 0, 640, 250);
    pen.fillStyle = `hsl(${hue} 25% 45%)`;
    pen.fillRect(0, 250, 640, 110);
    pen.fillStyle = "#d18f4a";
    pen.beginPath();
    pen.ellipse(320, 190, 80, 95, 0, 0, 7);
    pen.fill();
    pen.fillStyle = "#f7dcc2";
    pen.beginPath();
    pen.ellipse(320, 200, 62, 74, 0, 0, 7);
    pen.fill();
    pen.fillStyle = "#b5402c";
    pen.fillRect(220, 285, 200, 75);
    pen.fillStyle = "#2a1a14";
    pen.fillRect(296, 190, 9, 9);
    pen.fillRect(335, 190, 9, 9);
    pen.fillRect(300 + (frame % 3), 232, 40, 6);
    frame += 1;
  };
  draw();
  setInterval(draw, 200);
  return canvas.captureStream(5);
}
