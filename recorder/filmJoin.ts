/**
 * Joining turns into a film. ffmpeg does it without encoding anything anew; only what a turn lacks is made (a quiet
 * picture where the camera was off).
 *
 * What is left out: the time in which nobody spoke, and shared screens, which are files of their own behind "Download".
 * Turns that ran at once come one after the other. Chapters have numbers and times and no names: names may be erased
 * later, and a film that somebody saved is out of reach.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runFfmpeg } from "./ffmpeg.ts";

export interface FilmedTurn {
  /** 1 for the meeting's first recorded turn. Several files of one turn have the same. */
  number: number;
  path: string;
  /** On the meeting's clock. */
  startMs: number;
  lengthMs: number;
  hasSound: boolean;
  hasPicture: boolean;
}

/**
 * ffmpeg joins files track by track, so all of them must have the same: sound first, then picture. A turn without a
 * picture gets a board of the meeting's green, two a second; one without sound gets silence. A film of sound alone
 * stays one.
 */
export async function evenTracks(
  turns: readonly FilmedTurn[],
  { ffmpegPath, workplace, signal }: { ffmpegPath: string; workplace: string; signal: AbortSignal },
): Promise<FilmedTurn[]> {
  const anyPicture = turns.some(({ hasPicture }) => hasPicture);
  const pieces: FilmedTurn[] = [];
  for (const [index, turn] of turns.entries()) {
    const lacksPicture = anyPicture && !turn.hasPicture;
    if (turn.hasSound && !lacksPicture) {
      pieces.push(turn);
      continue;
    }
    const path = join(workplace, `${index}.webm`);
    const seconds = (turn.lengthMs / 1000).toFixed(3);
    const board = ["-f", "lavfi", "-t", seconds, "-i", "color=c=0x1E3F37:s=640x360:r=2"];
    const silence = ["-f", "lavfi", "-t", seconds, "-i", "anullsrc=r=48000:cl=stereo"];
    const sound = turn.hasSound
      ? { input: [], map: ["-map", "0:a"], codec: ["-c:a", "copy"] }
      : { input: silence, map: ["-map", "1:a"], codec: ["-c:a", "libopus", "-b:a", "6k"] };
    const picture = lacksPicture
      ? {
          input: board,
          map: ["-map", turn.hasSound ? "1:v" : "2:v"],
          codec: ["-c:v", "libvpx", "-b:v", "20k", "-g", "20", "-deadline", "realtime", "-cpu-used", "8"],
        }
      : { input: [], map: turn.hasPicture ? ["-map", "0:v"] : [], codec: ["-c:v", "copy"] };
    await runFfmpeg(ffmpegPath, signal, [
      ...["-i", turn.path, ...sound.input, ...picture.input],
      ...[...sound.map, ...picture.map, ...sound.codec, ...picture.codec],
      ...["-f", "webm", path],
    ]);
    pieces.push({ ...turn, path, hasSound: true, hasPicture: anyPicture });
  }
  return pieces;
}

/** One file of all pieces, with its index in front. `progress` is told whole percents, up to 99. */
export async function joinPieces(
  pieces: readonly FilmedTurn[],
  to: {
    ffmpegPath: string;
    workplace: string;
    signal: AbortSignal;
    unfinished: string;
    progress: (percent: number) => void;
  },
): Promise<void> {
  const list = join(to.workplace, "list.txt");
  const chapters = join(to.workplace, "chapters.txt");
  await writeFile(list, concatList(pieces));
  await writeFile(chapters, chapterList(pieces));
  const wholeMs = pieces.reduce((sum, { lengthMs }) => sum + lengthMs, 0);
  await runFfmpeg(
    to.ffmpegPath,
    to.signal,
    [
      ...["-f", "concat", "-safe", "0", "-i", list, "-f", "ffmetadata", "-i", chapters],
      ...["-map", "0", "-map_metadata", "1", "-map_chapters", "1", "-c", "copy"],
      ...["-cues_to_front", "1", "-f", "webm", to.unfinished],
    ],
    (doneMs) => to.progress(Math.min(99, Math.floor((100 * doneMs) / Math.max(1, wholeMs)))),
  );
}

/** With their lengths, so that every turn begins in the film just where its chapter does. */
export function concatList(pieces: readonly Pick<FilmedTurn, "path" | "lengthMs">[]): string {
  const lines = pieces.flatMap(({ path, lengthMs }) => [
    `file '${path.replaceAll("'", "'\\''")}'`,
    `duration ${(lengthMs / 1000).toFixed(3)}`,
  ]);
  return ["ffconcat version 1.0", ...lines, ""].join("\n");
}

/** "Turn 3, at 12:40": its number and where it stands in the replay. */
export function chapterList(pieces: readonly Pick<FilmedTurn, "number" | "startMs" | "lengthMs">[]): string {
  let fromMs = 0;
  const chapters: { number: number; startMs: number; fromMs: number; toMs: number }[] = [];
  for (const { number, startMs, lengthMs } of pieces) {
    const last = chapters.at(-1);
    if (last?.number === number) last.toMs += lengthMs;
    else chapters.push({ number, startMs, fromMs, toMs: fromMs + lengthMs });
    fromMs += lengthMs;
  }
  const lines = chapters.map(
    (chapter) =>
      `[CHAPTER]\nTIMEBASE=1/1000\nSTART=${Math.round(chapter.fromMs)}\nEND=${Math.round(chapter.toMs)}\n` +
      `title=Turn ${chapter.number}, at ${onClock(chapter.startMs)}\n`,
  );
  return `;FFMETADATA1\n${lines.join("")}`;
}

function onClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
