/**
 * MP4 and QuickTime files without what stands around the film: where it was filmed, by whom, with what. Boxes are renamed to
 * `free` and filled with zeros where they stand, so that nothing moves and every offset in the file stays right.
 */

/** A piece of a file that is to be overwritten. */
export interface Overwritten {
  /** Where the box begins. */
  readonly at: number;
  readonly bytes: number;
  /** Of its header: what stays is its size, its type becomes `free`. */
  readonly headerBytes: number;
}

interface Box extends Overwritten {
  readonly type: string;
}

/** At the top of a file, besides `moov`: only these can hold words. */
export const isAboutTheFile = (type: string): boolean => type === "meta" || type === "udta" || type === "uuid";

/** One box at `at`, from the bytes there (16 are enough); undefined when there is none. `rest`: to the end of what holds it. */
export function boxAt(head: Buffer, at: number, rest: number): Box | undefined {
  if (head.length < 8 || rest < 8) return undefined;
  const short = head.readUInt32BE(0);
  const type = head.toString("latin1", 4, 8);
  if (short === 1) {
    if (head.length < 16) return undefined;
    const long = head.readBigUInt64BE(8);
    return long < 16n || long > BigInt(rest) ? undefined : { type, at, bytes: Number(long), headerBytes: 16 };
  }
  const bytes = short === 0 ? rest : short;
  return bytes < 8 || bytes > rest ? undefined : { type, at, bytes, headerBytes: 8 };
}

/**
 * What to overwrite within a `moov` box: words about the film and its tracks, and tracks that are neither picture nor sound
 * (cameras keep the way they went in one). Places are counted from the beginning of `moov`.
 */
export function wordsInMoov(moov: Buffer): Overwritten[] {
  const own = boxAt(moov, 0, moov.length);
  if (own === undefined) return [];
  const children = boxesIn(moov, own.headerBytes, own.bytes);
  // In a film of fragments the tracks are spoken of later on: there they stay.
  const isFragmented = children.some(({ type }) => type === "mvex");
  return children.flatMap((box): Overwritten[] => {
    if (isAboutTheFile(box.type)) return [box];
    if (box.type !== "trak") return [];
    if (!isFragmented && !isSeenOrHeard(moov, box)) return [box];
    return boxesIn(moov, box.at + box.headerBytes, box.at + box.bytes).filter(({ type }) => isAboutTheFile(type));
  });
}

/** No film has more in one place; what has is made to be slow to read. */
export const mostBoxes = 5_000;

function boxesIn(bytes: Buffer, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  let at = from;
  while (at < to && boxes.length < mostBoxes) {
    const box = boxAt(bytes.subarray(at, Math.min(at + 16, to)), at, to - at);
    if (box === undefined) break;
    boxes.push(box);
    at += box.bytes;
  }
  return boxes;
}

/** By the track's `mdia.hdlr`. What cannot be read stays: it is no picture that somebody would miss, and no film breaks. */
function isSeenOrHeard(moov: Buffer, track: Box): boolean {
  const within = (box: Box) => boxesIn(moov, box.at + box.headerBytes, box.at + box.bytes);
  const media = within(track).find(({ type }) => type === "mdia");
  const kind = media && within(media).find(({ type }) => type === "hdlr");
  if (!kind || kind.bytes < kind.headerBytes + 12) return true;
  const at = kind.at + kind.headerBytes + 8;
  return ["vide", "soun"].includes(moov.toString("latin1", at, at + 4));
}
