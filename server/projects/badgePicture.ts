/** The badge's picture: the mark and its name as SVG, with the signed credential baked in where readers of badges look. */

import type { AwardKind } from "../../protocol/http/labels.ts";

const words = { etwinningLabel: ["eTwinning", "Label"], qualityLabel: ["Quality", "Label"] } as const;

/** What a Quality Label has above its name: as many lights as it is scored by. */
const lights = [150, 175, 200, 225, 250].map((x) => `<circle cx="${x}" cy="264" r="8" fill="#ffc83d"/>`).join("");

/** `jwt` is made of letters, digits, dots, dashes and underscores: nothing in it needs escaping. */
export function badgePicture(kind: AwardKind, jwt?: string): string {
  const [first, second] = words[kind];
  const baked =
    jwt === undefined
      ? ""
      : `<openbadges:credential xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0" verify="${jwt}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400" role="img" aria-labelledby="name">${baked}<title id="name">${first} ${second}</title>
<rect x="14" y="14" width="372" height="372" rx="92" fill="#1e3f37" stroke="#ffc83d" stroke-width="8"/>
<g fill="none" stroke-linecap="round" stroke-width="10">
<path d="M18 92C90 96 92 172 150 176" stroke="#8fc3e6"/>
<path d="M18 262C88 256 92 192 150 184" stroke="#ffc83d"/>
<path d="M382 92C312 96 308 172 250 176" stroke="#8fc3e6"/>
<path d="M382 262C314 256 308 192 250 184" stroke="#ffc83d"/>
</g>
<circle cx="170" cy="170" r="66" fill="#ffc83d"/>
<circle cx="240" cy="170" r="61" fill="none" stroke="#f1f6f0" stroke-width="24"/>
<text x="200" y="318" text-anchor="middle" font-family="Literata, Georgia, serif" font-weight="700" font-size="40" fill="#f1f6f0">${first}</text>
<text x="200" y="358" text-anchor="middle" font-family="Literata, Georgia, serif" font-weight="700" font-size="32" fill="#f1f6f0">${second}</text>${kind === "qualityLabel" ? lights : ""}
</svg>
`;
}
