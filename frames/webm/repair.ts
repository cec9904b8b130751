import { concat, ID, idBytes, vint } from "./ebml.ts";
import { WebmIndex } from "./ending.ts";
import { TRACK_NUMBER, type TrackKind } from "./head.ts";
import { type ByteSource, readWebm, type WebmCluster, type WebmFile, type WebmTrack } from "./read.ts";

/** The steps that finish a file whose writer died, to be done in this order. Done halfway, they can be planned again. */
export interface RepairPlan {
  /** Cut the file to this many bytes: behind the last whole block. */
  readonly cutAt: number;
  /** Write these bytes over the file: the size of a cluster that lost its end. */
  readonly resize: { readonly at: number; readonly bytes: Uint8Array } | null;
  /**
   * Write these bytes over the file: the entry of a track without a single frame becomes a Void. A browser cannot seek in
   * a file that declares a picture and has none.
   */
  readonly withdraw: readonly { readonly at: number; readonly bytes: Uint8Array }[];
  /** Append this: the Cues. */
  readonly tail: Uint8Array;
  /** Last, in one write: Segment size, SeekHead and Duration. After it the file is finished. */
  readonly patch: { readonly at: number; readonly bytes: Uint8Array };
  readonly durationMs: number;
  readonly tracks: readonly TrackKind[];
}

/**
 * How to finish the file, or why not: it is `finished` already; it is `notOurs` (not WebM, another writer's, or cut off
 * within its head); or it is `empty`, without a single whole frame.
 */
export function planRepair(
  file: Uint8Array | ByteSource,
): RepairPlan | { readonly refused: "finished" | "notOurs" | "empty" } {
  const source = file instanceof Uint8Array ? { byteLength: file.length, peek: viewOf(file) } : file;
  const webm = readWebm(source);
  if (webm?.layout == null) return { refused: "notOurs" };
  if (webm.finished) return { refused: "finished" };
  const last = lastWithBlocks(webm);
  if (last === null) return { refused: "empty" };
  const head = source.peek(0, webm.layout.tracksAt).slice();
  const [present, absent] = tracksByPresence(webm);
  const { tail, patch, durationMs } = indexOf(webm, source).ending(head, webm.layout, last.end);
  return {
    cutAt: last.end,
    resize: last.whole ? null : resized(last),
    withdraw: absent.map(({ at }) => ({ at, bytes: idBytes(ID.Void) })),
    tail,
    patch,
    durationMs,
    tracks: present.flatMap(({ kind }) => (kind === "other" ? [] : [kind])),
  };
}

function viewOf(bytes: Uint8Array): ByteSource["peek"] {
  return (at, length) => bytes.subarray(at, at + length);
}

function lastWithBlocks({ blocks, clusters }: WebmFile): WebmCluster | null {
  const block = blocks.at(-1);
  return (block && clusters[block.cluster]) ?? null;
}

function resized({ sizeAt, contentAt, end }: WebmCluster): { at: number; bytes: Uint8Array } {
  return { at: sizeAt, bytes: vint(end - contentAt, contentAt - sizeAt) };
}

/** The tracks that have frames, and those that were only declared. */
function tracksByPresence({ tracks, blocks }: WebmFile): [WebmTrack[], WebmTrack[]] {
  const used = new Set(blocks.map(({ track }) => track));
  return [tracks.filter(({ number }) => used.has(number)), tracks.filter(({ number }) => !used.has(number))];
}

function indexOf({ blocks, clusters }: WebmFile, source: ByteSource): WebmIndex {
  const index = new WebmIndex();
  for (const { track, timeMs, keyFrame, start, cluster } of blocks) {
    const kind = track === TRACK_NUMBER.video ? "video" : "audio";
    index.note({ kind, timeMs, keyFrame, firstBytes: source.peek(start, 2), clusterAt: clusters[cluster]?.at ?? 0 });
  }
  return index;
}

/** The file as the plan leaves it. For files in memory; on disk the steps are done in place. */
export function repaired(file: Uint8Array, plan: RepairPlan): Uint8Array {
  const bytes = concat([file.subarray(0, plan.cutAt), plan.tail]);
  if (plan.resize !== null) bytes.set(plan.resize.bytes, plan.resize.at);
  for (const { at, bytes: entry } of plan.withdraw) bytes.set(entry, at);
  bytes.set(plan.patch.bytes, plan.patch.at);
  return bytes;
}
