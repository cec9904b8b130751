/**
 * A meeting that was recorded: its log decided by the rules, its files written by the recorder's own writer from RTP
 * that ffmpeg encoded. Every turn has a colour and a tone, so that a test can see which one plays.
 */
import { execFile } from "node:child_process";
import { mkdir, truncate } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { SystemCommandOf } from "../../protocol/commands.ts";
import type { MeetingSettings } from "../../protocol/meeting.ts";
import { TurnFile } from "../../recorder/turnFile.ts";
import { append } from "../../storage/log.ts";
import type { Pool } from "../../storage/pool.ts";
import { aMeeting, type Person, type Story, start } from "./meeting.ts";
import { bookedMeeting, newId } from "./meetings.ts";
import { asRtp, FFMPEG, framesOf, type SampleFrame } from "./sampleMedia.ts";

const run = promisify(execFile);

export interface RecordedTurn {
  seat: string;
  ms: number;
  /** What the camera sees, as ffmpeg names it; null: no camera. */
  colour: string | null;
  silent?: true;
  /** They share a screen of this colour meanwhile. */
  screen?: string;
  /** They speak on when the file ends. */
  speaksOn?: true;
}

export interface RecordedFile {
  id: string;
  turn: string;
  path: string;
  bytes: number;
  lengthMs: number;
}

export interface RecordedMeeting {
  id: string;
  code: string;
  chair: string;
  school: string;
  story: Story;
  openedAt: number;
  files: RecordedFile[];
  /** Somebody speaks from now, for so long, and is recorded; the story's clock stands at the end of it. */
  turn(turn: RecordedTurn): Promise<void>;
  /** Keeps what happened since the last time. */
  keep(): Promise<void>;
}

/** An open meeting led by "ana", who is its chair's account. Nothing is in the database before `keep`. */
export async function recordedMeeting(
  pool: Pool,
  mediaFolder: string,
  people: Readonly<Record<string, Person>>,
  { startedAt = start, ...settings }: Partial<MeetingSettings> & { startedAt?: number } = {},
): Promise<RecordedMeeting> {
  const booked = await bookedMeeting(pool, { recorded: true, lobby: false, ...settings });
  const shift = startedAt - start;
  const story = aMeeting({ recorded: true, ...settings });
  story.with("ana", { role: "chair", identity: `account:${booked.chair}`, school: booked.school });
  if (story.meeting.settings.recorded) story.system({ type: "recording.begin" });
  for (const [name, person] of Object.entries(people)) story.with(name, person);
  const files: RecordedFile[] = [];
  let kept = 0;
  let said = 0;
  const folder = join(mediaFolder, booked.id);
  await mkdir(folder, { recursive: true });

  const write = async (seat: string, kind: "speaker" | "screen", turn: string, media: readonly SampleFrame[]) => {
    const id = newId();
    const path = join(booked.id, `${id}.webm`);
    const startedAtMs = story.now + shift;
    const written = await writeTurn(join(mediaFolder, path), startedAtMs, kind, media);
    await pool.query(
      `insert into recordings (id, meeting_id, turn_id, seat_id, kind, path, started_at, ended_at, length_ms, bytes,
                               has_sound, has_picture, state)
       values ($1, $2, $3, $4, $5, $6, to_timestamp($7 / 1000.0), to_timestamp(($7 + $8) / 1000.0), $8::int, $9, $10, $11,
               'finished')`,
      [
        ...[id, booked.id, turn, seat, kind, path, startedAtMs, Math.round(written.durationMs), written.byteLength],
        ...[written.tracks.includes("audio"), written.tracks.includes("video")],
      ],
    );
    const { byteLength: bytes, durationMs: lengthMs } = written;
    files.push({ id, turn, path: join(mediaFolder, path), bytes, lengthMs });
  };

  return {
    ...{ id: booked.id, code: booked.code, chair: booked.chair, school: booked.school },
    ...{ story, openedAt: start + shift, files },
    async turn({ seat, ms, colour, silent, screen, speaksOn }) {
      if (!story.speakers.includes(seat)) story.raises(seat);
      const turn = story.turnOf(seat);
      await write(seat, "speaker", turn, await media(ms, colour, silent ? null : 300 + 40 * files.length));
      if (screen !== undefined) {
        story.does(seat, { type: "share.start" });
        await write(seat, "screen", turn, await media(ms, screen, null));
      }
      story.jumps(ms);
      if (!speaksOn) story.finishes(seat);
    },
    async keep() {
      const words = story.contents
        .slice(said)
        .map(({ id, kind, words }) => ({ id: `${booked.id}-${id}`, kind, words }));
      said = story.contents.length;
      for (const { seq, at, event } of story.log.slice(kept)) {
        const named = { ...event, ...("message" in event && { message: `${booked.id}-${event.message}` }) };
        await append(pool, booked.id, seq, at + shift, [
          "name" in named ? { ...named, name: `${booked.id}-${named.name}` } : named,
        ]);
      }
      const names = story.log
        .slice(kept)
        .flatMap(({ event }) => ("name" in event ? [{ id: event.name, words: nameOf(event.name) }] : []));
      kept = story.log.length;
      for (const { id, kind, words: text } of [
        ...words,
        ...names.map(({ id, words }) => ({ id: `${booked.id}-${id}`, kind: "name", words })),
      ]) {
        await pool.query(
          "insert into contents (id, meeting_id, kind, words) values ($1, $2, $3, $4) on conflict (id) do nothing",
          [id, booked.id, kind, text],
        );
      }
      const { phase, openedAt, endedAt } = story.meeting;
      await pool.query(
        `update meetings set phase = $2, opened_at = to_timestamp($3 / 1000.0), ended_at = to_timestamp($4 / 1000.0)
         where id = $1`,
        [booked.id, phase, (openedAt ?? 0) + shift, endedAt === null ? null : endedAt + shift],
      );
    },
  };
}

/** "name-ines" is Ines. */
function nameOf(id: SystemCommandOf<"seat.arrive">["name"]): string {
  const name = id.replace(/^name-/, "");
  return name.charAt(0).toUpperCase() + name.slice(1);
}

async function writeTurn(path: string, startedAtMs: number, kind: "speaker" | "screen", media: readonly SampleFrame[]) {
  const expect = kind === "screen" ? (["video"] as const) : (["audio", "video"] as const);
  const file = new TurnFile({
    path,
    startedAtMs,
    expect: expect.filter((one) => media.some((frame) => frame.kind === one)),
    wantKeyFrame: () => {},
    stopped: (reason, cause) => {
      throw new Error(`The writer stopped: ${reason}`, { cause });
    },
  });
  for (const { kind, bytes, sentMs } of asRtp(media)) file.rtp(kind, bytes, startedAtMs + sentMs);
  const { parts } = await file.finish();
  const [part] = parts;
  if (!part || parts.length !== 1) throw new Error(`A turn became ${parts.length} files`);
  return part;
}

/** As after a crash: the file ends in the middle, and nobody has mended it. */
export async function tear(path: string, bytes: number): Promise<void> {
  await truncate(path, bytes);
}

const made = new Map<string, Promise<SampleFrame[]>>();

function media(ms: number, colour: string | null, tone: number | null): Promise<SampleFrame[]> {
  const key = `${ms} ${colour} ${tone}`;
  const known = made.get(key) ?? encode(ms / 1000, colour, tone);
  made.set(key, known);
  return known;
}

async function encode(seconds: number, colour: string | null, tone: number | null): Promise<SampleFrame[]> {
  const picture = ["-f", "lavfi", "-i", `color=c=${colour}:size=320x240:rate=20:duration=${seconds}`];
  const sound = ["-f", "lavfi", "-i", `sine=frequency=${tone}:sample_rate=48000:duration=${seconds}`];
  const { stdout } = await run(
    FFMPEG,
    [
      ...["-v", "error", ...(colour === null ? [] : picture), ...(tone === null ? [] : sound)],
      ...["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "200k", "-threads", "1", "-g", "40"],
      ...["-auto-alt-ref", "0", "-lag-in-frames", "0"],
      ...["-c:a", "libopus", "-ac", "2", "-b:a", "32k", "-application", "voip", "-f", "webm", "pipe:1"],
    ],
    { encoding: "buffer", maxBuffer: 64 * 1024 * 1024 },
  );
  return framesOf(stdout);
}
