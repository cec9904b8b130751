/** How public pages look: one stylesheet for all of them, with every theme in it. Nothing in it comes from people. */
import { createHash } from "node:crypto";
import type { PublicTheme } from "../../protocol/twinspace/publishing.ts";

/** Light, then dark. Text on each ground is tested (tests/server/twinspace/publishing.test.ts). */
export type Pair = readonly [light: string, dark: string];
export interface ThemeColours {
  /** Ground of the page, of the band on top, and of cards. */
  readonly wall: Pair;
  readonly band: Pair;
  readonly sheet: Pair;
  readonly ink: Pair;
  readonly soft: Pair;
  readonly link: Pair;
  /** Outlines. */
  readonly edge: Pair;
  /** The two strands of the banner; they carry no meaning. */
  readonly strands: readonly [Pair, Pair];
}

const lamp: Pair = ["#ffc83d", "#ffc83d"];
const plain = {
  sheet: ["#ffffff", "#1a2e2a"],
  ink: ["#14302a", "#edf4ee"],
  soft: ["#4a615a", "#afc3ba"],
  edge: ["#6a8078", "#7b958b"],
} as const;

export const themes: Readonly<Record<PublicTheme, ThemeColours>> = {
  river: {
    ...plain,
    wall: ["#eef2ed", "#0e1b19"],
    band: ["#e3ecfa", "#1d3050"],
    link: ["#1d4e9e", "#a9c8ff"],
    strands: [lamp, ["#1d4e9e", "#8fb8ff"]],
  },
  meadow: {
    ...plain,
    wall: ["#f5f8f4", "#0e1b19"],
    band: ["#ddf1e4", "#173a2a"],
    link: ["#1a6a45", "#86dbae"],
    strands: [lamp, ["#1a6a45", "#86dbae"]],
  },
  brick: {
    ...plain,
    wall: ["#f8f3ef", "#1b1412"],
    band: ["#fce6e2", "#4a1f1a"],
    sheet: ["#ffffff", "#2b1f1c"],
    link: ["#a8281c", "#ffa698"],
    strands: [lamp, ["#a8281c", "#ffa698"]],
  },
  slate: {
    ...plain,
    wall: ["#f2f3f5", "#12161b"],
    band: ["#dfe3e9", "#232b36"],
    sheet: ["#ffffff", "#1c232c"],
    link: ["#492b5c", "#d3bdf2"],
    strands: [
      ["#6a8078", "#7b958b"],
      ["#492b5c", "#d3bdf2"],
    ],
  },
};

const pair = ([light, dark]: Pair) => `light-dark(${light}, ${dark})`;
const themeRule = (name: string, { strands, ...colours }: ThemeColours): string =>
  `.theme-${name}{${Object.entries(colours)
    .map(([colour, value]) => `--${colour}:${pair(value)}`)
    .join(";")};--one:${pair(strands[0])};--two:${pair(strands[1])}}`;

const rules = `
:root{color-scheme:light dark}
*{box-sizing:border-box}
body{margin:0;background:var(--wall);color:var(--ink);font:1.0625rem/1.6 system-ui,sans-serif;overflow-wrap:anywhere;
  -webkit-text-size-adjust:100%}
h1,h2,h3,h4{font-family:Georgia,serif;line-height:1.2;margin:1.6em 0 .5em;text-wrap:balance}
h1{font-size:clamp(1.75rem,5vw,2.5rem);margin:0}
h2{font-size:1.5rem}h3{font-size:1.25rem}h4{font-size:1.0625rem}
a{color:var(--link);text-underline-offset:.15em}
a:focus-visible,summary:focus-visible,video:focus-visible{outline:3px solid var(--link);outline-offset:3px;border-radius:4px}
.skip{position:absolute;inset-inline-start:1rem;top:-6rem;background:var(--sheet);padding:.75rem 1rem;z-index:1}
.skip:focus{top:1rem}
.in{width:min(100%,64rem);margin-inline:auto;padding-inline:clamp(.875rem,4vw,2rem)}
.band{background:var(--band)}.band>.in:not(.notice *){padding-block-start:1.5rem}
.band p{margin:.5rem 0 0;font-size:1.125rem}
.band .site{font:700 1.25rem/1.3 Georgia,serif}
.band .site a{color:var(--ink);display:inline-block;padding-block:.5rem}
.strands{display:block;width:100%;height:2.5rem;margin-block-start:1rem}
.strands path{fill:none;stroke-width:6;stroke-linecap:round;vector-effect:non-scaling-stroke}
.strands .one{stroke:var(--one)}.strands .two{stroke:var(--two)}
.notice{background:#fff1c7;color:#14302a;border-block-end:3px solid #14302a;padding-block:.75rem;font-weight:600}
.columns{display:grid;gap:2rem;padding-block:1.5rem 3rem}
main{min-width:0;outline:none}
.text,.card{background:var(--sheet);border-radius:20px;padding:clamp(1rem,4vw,2rem)}
.text>:first-child,.card>:first-child{margin-block-start:0}
.text>:last-child,.card>:last-child{margin-block-end:0}
.text p,.text li{max-width:42rem}
.when{color:var(--soft);font-size:.9375rem;margin:.5rem 0 1.25rem}
.lead{font-size:1.125rem;max-width:42rem;white-space:pre-line}
figure{margin:1.5rem 0}
figure img,figure video{display:block;max-width:100%;max-height:85vh;height:auto;border-radius:12px}
figcaption{color:var(--soft);font-size:.9375rem;margin-block-start:.5rem}
blockquote{margin:1rem 0;padding-inline-start:1rem;border-inline-start:4px solid var(--one)}
pre{overflow-x:auto;background:var(--wall);padding:1rem;border-radius:12px}
hr{border:0;border-block-start:2px solid var(--edge);margin:2rem 0}
nav ul{list-style:none;margin:0;padding:0}
nav ul ul{padding-inline-start:1rem;border-inline-start:2px solid var(--edge);margin-inline-start:.75rem}
nav a{display:block;padding:.625rem .75rem;border-radius:12px;min-height:2.75rem}
nav a[aria-current]{font-weight:700;background:var(--band);color:var(--ink)}
nav h2,.side h2{font-size:1.125rem;margin:0 0 .5rem}
.cards{list-style:none;margin:0;padding:0;display:grid;gap:.75rem}
.schools{list-style:none;margin:0;padding:0}
.schools li{padding-block:.75rem;border-block-start:1px solid var(--edge)}
.schools li:first-child{border:0}
.schools span{color:var(--soft)}
.turn{display:flex;flex-wrap:wrap;gap:1rem;justify-content:space-between;margin-block-start:1.5rem}
.turn a{display:inline-block;padding-block:.75rem}
.kicker{font-weight:700;margin:0}
.lines{white-space:pre-line}
.charts{display:grid;gap:.75rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,18rem),1fr))}
.charts .card{padding:1rem}
.charts table{inline-size:100%;border-collapse:collapse}
.charts caption{text-align:start;font-weight:700;padding-block-end:.5rem}
.charts th,.charts td{padding:.375rem 0;vertical-align:middle}
.charts th{font-weight:400;text-align:start}
.charts tbody th{inline-size:45%;padding-inline-end:.75rem}
.charts .value{font-weight:700;text-align:end;white-space:nowrap;padding-inline-start:.75rem;inline-size:1%}
.bar{display:block;inline-size:100%;block-size:.875rem}
:dir(rtl)>.bar{transform:scaleX(-1)}
.bar0{fill:var(--link)}.bar1{fill:var(--soft)}
.unseen{position:absolute;clip-path:inset(50%);inline-size:1px;block-size:1px;overflow:hidden;white-space:nowrap}
.entry{margin-block-start:1rem}
.entry h3{margin-block:.25rem .75rem}
.entry .when{margin-block:0}
.kind{font-weight:700;border:2px solid var(--edge);border-radius:99px;padding:.0625rem .625rem;margin-inline-end:.375rem;color:var(--ink)}
.numbers{list-style:none;padding:0;margin:.5rem 0}
p.numbers{font-weight:700}
p.numbers span{margin-inline-end:1rem;white-space:nowrap}
dl{margin:0}dt{color:var(--soft);font-size:.9375rem}dd{margin:0 0 .5rem}
.side>*+*{margin-block-start:.75rem}
.ways a{display:block;padding-block:.625rem}
audio{display:block;inline-size:100%}
footer{background:var(--band);padding-block:1.5rem;font-size:.9375rem}
footer a{display:inline-block;padding-block:.5rem}
@media (min-width:60rem){.columns{grid-template-columns:minmax(0,1fr) 18rem}.side{order:2}}
@media (prefers-contrast:more){body{--soft:var(--ink);--edge:var(--ink)}}
@media print{:root{color-scheme:light}body{background:#fff}.skip,nav,.turn,footer,.strands,.notice,.ways,audio,video{display:none}
  .text,.card,.band{background:#fff;padding:0}.columns{display:block}
  .text a:not(.bare)::after{content:" (" attr(href) ")";font-size:.875em}figure,table,.entry .numbers{break-inside:avoid}
  .bar0{fill:#1d4e9e}.bar1{fill:#4a615a}
  .entry{border-block-start:1px solid #6a8078;padding-block-start:1rem;border-radius:0}.charts .card{padding:0}.side{margin-block-start:2rem}figure img{max-height:12cm}h2,h3,h4{break-after:avoid}}
`;

export const styleSheet = `${Object.entries(themes)
  .map(([name, colours]) => themeRule(name, colours))
  .join("\n")}${rules}`;
export const styleTag = `"${createHash("sha256").update(styleSheet).digest("base64url").slice(0, 27)}"`;
