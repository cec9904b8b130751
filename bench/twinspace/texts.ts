/**
 * Texts as long as people's, the same in every run. How often a word stands in them falls with its rank, as in a language:
 * the first is in every text, the last in one of some hundred.
 */

/** Words whose rank is known, for who looks for them. The others are made of syllables. */
const known: readonly (readonly [rank: number, word: string])[] = [
  ...([
    [1, "water"],
    [6, "river"],
    [20, "escola"],
    [45, "ποτάμι"],
    [70, "música"],
  ] as const),
  ...([
    [300, "bridge"],
    [600, "järvi"],
    [4_000, "otter"],
    [9_000, "γεφύρι"],
    [19_000, "kingfisher"],
  ] as const),
];

const many = 20_000;
const syllables = "ba|da|ke|li|mo|nu|pa|re|sa|ti|vo|xa|ção|ran|sten|vik|lahti|мир|ре|να|θα|πο".split("|");

const vocabulary = Array.from({ length: many }, (_, rank) => {
  const length = 1 + (rank % 2) + (rank > 400 ? 1 : 0) + (rank > 5_000 ? 1 : 0);
  let left = rank * 7_919 + 13;
  let word = "";
  for (let at = 0; at < length; at += 1) {
    word += syllables[left % syllables.length];
    left = Math.floor(left / syllables.length) + rank;
  }
  return word;
});
for (const [rank, word] of known) vocabulary[rank] = word;

/** From 0 to 1, by a linear congruence. */
export function chances(seed: number): () => number {
  let state = (seed * 2_654_435_761 + 12_345) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The text of this number. */
export function words(seed: number, count: number): string {
  const chance = chances(seed);
  const taken = Array.from({ length: count }, () => vocabulary[Math.floor(many ** chance()) - 1] ?? "water");
  return `${taken.map((word, at) => (at > 0 && at % 13 === 0 ? `${word}.` : word)).join(" ")}.`;
}

const text = (words: string) => ({ type: "text", text: words });
const paragraph = (words: string) => ({ type: "paragraph", content: [text(words)] });

/** A page of some 300 words: headings, paragraphs, a list and now and then a picture. */
export function pageText(seed: number, material: string | null): { doc: unknown; words: string } {
  const parts = [words(seed, 110), words(seed + 0.3, 90), words(seed + 0.6, 60)];
  const heading = words(seed + 0.1, 4).slice(0, -1);
  const points = [words(seed + 0.2, 12), words(seed + 0.4, 14)];
  const caption = "By the river";
  const content = [
    paragraph(parts[0] ?? ""),
    { type: "heading", attrs: { level: 2 }, content: [text(heading)] },
    paragraph(parts[1] ?? ""),
    ...(material === null ? [] : [{ type: "image", attrs: { material, alt: "Two pupils", caption } }]),
    { type: "bulletList", content: points.map((point) => ({ type: "listItem", content: [paragraph(point)] })) },
    paragraph(parts[2] ?? ""),
  ];
  const said = [
    parts[0],
    heading,
    parts[1],
    ...(material === null ? [] : ["Two pupils", caption]),
    ...points,
    parts[2],
  ];
  return { doc: { type: "doc", content }, words: said.join("\n") };
}
