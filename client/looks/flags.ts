/**
 * Small drawn flags, 20 by 14, made of plain shapes: enough to be told apart beside a place's name, never alone.
 * Simplified on purpose (no coats of arms at this size). A country that is not here gets its two letters instead.
 */

const rect = (x: number, y: number, width: number, height: number, fill: string) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"/>`;
const path = (d: string, fill: string) => `<path d="${d}" fill="${fill}"/>`;
const dot = (cx: number, cy: number, r: number, fill: string) =>
  `<circle cx="${cx}" cy="${cy}" r="${r}" fill="${fill}"/>`;

/** Bands from top to bottom; `shares` are their relative heights. */
function level(colours: string[], shares = colours.map(() => 1)): string {
  const whole = shares.reduce((sum, share) => sum + share, 0);
  let y = 0;
  return colours
    .map((colour, i) => {
      const height = (14 * (shares[i] ?? 0)) / whole;
      const band = rect(0, Number(y.toFixed(2)), 20, Number((height + 0.02).toFixed(2)), colour);
      y += height;
      return band;
    })
    .join("");
}

/** Bands from the mast outwards. */
function upright(colours: string[], shares = colours.map(() => 1)): string {
  const whole = shares.reduce((sum, share) => sum + share, 0);
  let x = 0;
  return colours
    .map((colour, i) => {
      const width = (20 * (shares[i] ?? 0)) / whole;
      const band = rect(Number(x.toFixed(2)), 0, Number((width + 0.02).toFixed(2)), 14, colour);
      x += width;
      return band;
    })
    .join("");
}

/** A Nordic cross, with an inner one where the flag has two colours. */
function cross(ground: string, outer: string, inner?: string): string {
  const outerArms = rect(5.5, 0, 4, 14, outer) + rect(0, 5, 20, 4, outer);
  if (inner === undefined) return rect(0, 0, 20, 14, ground) + outerArms;
  return rect(0, 0, 20, 14, ground) + outerArms + rect(6.5, 0, 2, 14, inner) + rect(0, 6, 20, 2, inner);
}

const star = (cx: number, cy: number, r: number, fill: string) => {
  const points = Array.from({ length: 10 }, (_, i) => {
    const radius = i % 2 === 0 ? r : r * 0.4;
    const angle = (Math.PI / 5) * i - Math.PI / 2;
    return `${(cx + radius * Math.cos(angle)).toFixed(2)} ${(cy + radius * Math.sin(angle)).toFixed(2)}`;
  });
  return path(`M${points.join("L")}Z`, fill);
};

const greekStripes = Array.from({ length: 9 }, (_, i) =>
  rect(0, Number(((14 / 9) * i).toFixed(2)), 20, 1.58, i % 2 === 0 ? "#0d5eaf" : "#ffffff"),
).join("");

export const flags: Record<string, string> = {
  AL:
    rect(0, 0, 20, 14, "#da291c") +
    path("M10 2.5l1.6 2 2.4-1-1 2.6 1.6 1.4-2.4.8L10 11.8 7.8 8.3l-2.4-.8L7 6.1 6 3.5l2.4 1z", "#1b1b1b"),
  AM: level(["#d90012", "#0033a0", "#f2a800"]),
  AT: level(["#d8202e", "#ffffff", "#d8202e"]),
  AZ: level(["#00a3dd", "#e4002b", "#3f9c35"]) + dot(9.6, 7, 1.9, "#ffffff") + dot(10.2, 7, 1.5, "#e4002b"),
  BA: rect(0, 0, 20, 14, "#002f6c") + path("M6 0h11v14z", "#fecb00"),
  BE: upright(["#1b1b1b", "#fdda25", "#ef3340"]),
  BG: level(["#ffffff", "#00966e", "#d62612"]),
  CY:
    rect(0, 0, 20, 14, "#ffffff") +
    path("M5 6.5c2-.4 4-1.6 7-1.8l3-1-2 2.2c-1 1.6-3 2-5 2-1.4 0-2.4-.4-3-1.4z", "#d57800") +
    path("M7 9.4c2 1.6 4 1.6 6 0l-.4 1.4H7.4z", "#4e5b31"),
  CZ: level(["#ffffff", "#d7141a"]) + path("M0 0l9.5 7L0 14z", "#11457e"),
  DE: level(["#1b1b1b", "#dd0000", "#ffce00"]),
  DK: rect(0, 0, 20, 14, "#c8102e") + rect(5.8, 0, 2.4, 14, "#ffffff") + rect(0, 5.8, 20, 2.4, "#ffffff"),
  EE: level(["#0072ce", "#1b1b1b", "#ffffff"]),
  ES: level(["#c60b1e", "#ffc400", "#c60b1e"], [1, 2, 1]) + rect(4.6, 5.2, 2.6, 3.4, "#c60b1e"),
  FI: rect(0, 0, 20, 14, "#ffffff") + rect(5.5, 0, 3.6, 14, "#003580") + rect(0, 5.2, 20, 3.6, "#003580"),
  FR: upright(["#0055a4", "#ffffff", "#ef4135"]),
  GE:
    rect(0, 0, 20, 14, "#ffffff") +
    rect(8.6, 0, 2.8, 14, "#e8112d") +
    rect(0, 5.6, 20, 2.8, "#e8112d") +
    [
      [4.3, 2.8],
      [15.7, 2.8],
      [4.3, 11.2],
      [15.7, 11.2],
    ]
      .map(
        ([x = 0, y = 0]) => rect(x - 1.4, y - 0.4, 2.8, 0.8, "#e8112d") + rect(x - 0.4, y - 1.4, 0.8, 2.8, "#e8112d"),
      )
      .join(""),
  GR:
    greekStripes +
    rect(0, 0, 7.8, 7.8, "#0d5eaf") +
    rect(3.1, 0, 1.6, 7.8, "#ffffff") +
    rect(0, 3.1, 7.8, 1.6, "#ffffff"),
  HR:
    level(["#ff0000", "#ffffff", "#171796"]) +
    rect(7.6, 3.4, 4.8, 5.6, "#ffffff") +
    [0, 1, 2, 3, 4, 5, 6, 7, 8]
      .filter((i) => i % 2 === 0)
      .map((i) => rect(7.6 + (i % 3) * 1.6, Number((3.4 + Math.floor(i / 3) * 1.87).toFixed(2)), 1.6, 1.87, "#ff0000"))
      .join(""),
  HU: level(["#cd2a3e", "#ffffff", "#436f4d"]),
  IE: upright(["#169b62", "#ffffff", "#ff883e"]),
  IS: cross("#02529c", "#ffffff", "#dc1e35"),
  IT: upright(["#008c45", "#f4f5f0", "#cd212a"]),
  LT: level(["#fdb913", "#006a44", "#c1272d"]),
  LU: level(["#ed2939", "#ffffff", "#00a1de"]),
  LV: level(["#9e3039", "#ffffff", "#9e3039"], [2, 1, 2]),
  MD: upright(["#0046ae", "#ffd200", "#cc092f"]) + rect(8.7, 4.6, 2.6, 4.4, "#8d6a36"),
  ME:
    rect(0, 0, 20, 14, "#d4af3a") +
    rect(1.2, 1.2, 17.6, 11.6, "#c40308") +
    path("M10 3.4l1.6 1.4 2.4-.6-1.2 2.6L10 10.6 7.2 6.8 6 4.2l2.4.6z", "#d4af3a"),
  MK:
    rect(0, 0, 20, 14, "#d20000") +
    path("M0 0h3l7 7 7-7h3l-20 14h3l7-7 7 7h3z", "#ffe600") +
    path("M8.8 0h2.4L10 5zM8.8 14h2.4L10 9zM0 5.8v2.4L7 7zM20 5.8v2.4L13 7z", "#ffe600") +
    dot(10, 7, 2.6, "#d20000") +
    dot(10, 7, 2, "#ffe600"),
  MT: upright(["#ffffff", "#cf142b"]) + rect(2.4, 2.8, 2.8, 0.9, "#8a8a8a") + rect(3.35, 1.85, 0.9, 2.8, "#8a8a8a"),
  NL: level(["#ae1c28", "#ffffff", "#21468b"]),
  NO: cross("#ba0c2f", "#ffffff", "#00205b"),
  PL: level(["#ffffff", "#dc143c"]),
  PT:
    upright(["#046a38", "#da291c"], [2, 3]) +
    dot(8, 7, 2.9, "#ffe900") +
    rect(6.9, 5.6, 2.2, 2.8, "#ffffff") +
    rect(7.4, 6.2, 1.2, 1.6, "#da291c"),
  RO: upright(["#002b7f", "#fcd116", "#ce1126"]),
  RS:
    level(["#c6363c", "#0c4076", "#ffffff"]) +
    path("M5 4h3.2v3.4L6.6 9.6 5 7.4z", "#edb92e") +
    path("M5.5 4.6h2.2v2.6L6.6 8.6 5.5 7.2z", "#c6363c"),
  SE: rect(0, 0, 20, 14, "#006aa7") + rect(5.5, 0, 3, 14, "#fecc02") + rect(0, 5.5, 20, 3, "#fecc02"),
  SI:
    level(["#ffffff", "#005da4", "#ed1c24"]) +
    path("M4 2.6h3.4v3.2L5.7 8 4 5.8z", "#ed1c24") +
    path("M4.4 2.8h2.6v2.8L5.7 7.2 4.4 5.6z", "#005da4") +
    path("M4.6 5.8l1.1-2 1.1 2-1.1 1.2z", "#ffffff"),
  SK:
    level(["#ffffff", "#0b4ea2", "#ee1c25"]) +
    path("M3.4 3h5v4.6c0 1.8-1.4 2.8-2.5 3.4-1.1-.6-2.5-1.6-2.5-3.4z", "#ffffff") +
    path("M3.9 3.5h4v4.1c0 1.4-1.1 2.2-2 2.7-.9-.5-2-1.3-2-2.7z", "#ee1c25") +
    rect(5.5, 4.3, 0.8, 4.6, "#ffffff") +
    rect(4.8, 5, 2.2, 0.7, "#ffffff") +
    rect(4.4, 6.4, 3, 0.8, "#ffffff"),
  TR:
    rect(0, 0, 20, 14, "#e30a17") +
    dot(7.4, 7, 3.4, "#ffffff") +
    dot(8.3, 7, 2.7, "#e30a17") +
    star(12, 7, 1.9, "#ffffff"),
  UA: level(["#0057b7", "#ffd700"]),
};
