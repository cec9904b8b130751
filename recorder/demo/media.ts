/**
 * The demo's ended meeting gets its media: for every turn in its log somebody is drawn and sounded, encoded, cut into RTP
 * and recorded by the same writer as anybody's turn. In the background, so that nobody waits for it.
 */
import { setImmediate as breathe } from "node:timers/promises";
import { asRtp, framesOfWebm } from "../../frames/sent.ts";
import type { LoggedEvent } from "../../protocol/events.ts";
import type { Id } from "../../protocol/ids.ts";
import { type Boss, queueFilm } from "../../storage/jobs.ts";
import { read } from "../../storage/log.ts";
import { type RecordingWorld, TurnRecording } from "../turnRecording.ts";
import { encodePerson } from "./encode.ts";
import type { Looks } from "./person.ts";

/** The demo's own code; no meeting of a person has it, since theirs cannot be chosen. */
const endedCode = "two-rivers-1";

export interface DemoWorld extends RecordingWorld {
  boss: Boss;
  ffmpegPath: string;
  signal: AbortSignal;
}

interface SpokenTurn {
  turn: Id;
  seat: Id;
  startedAt: number;
  endedAt: number;
}

/** Makes what is missing; on a folder that was kept that is nothing. */
export async function makeDemoMedia(world: DemoWorld): Promise<void> {
  const { pool, boss, signal } = world;
  const { rows } = await pool.query<{ id: Id }>("select id from meetings where code = $1", [endedCode]);
  const [meeting] = rows;
  if (!meeting) return;
  const log = await read(pool, meeting.id);
  const seats = seatsIn(log);
  const recorded = await pool.query<{ turn: Id }>("select turn_id as turn from recordings where meeting_id = $1", [
    meeting.id,
  ]);
  const there = new Set(recorded.rows.map(({ turn }) => turn));
  const missing = turnsIn(log).filter(({ turn }) => !there.has(turn));
  for (const turn of missing) {
    signal.throwIfAborted();
    const place = seats.findIndex(({ seat }) => seat === turn.seat);
    await record(world, meeting.id, turn, looks[place % looks.length] ?? looks[0], seats[place]?.camera ?? true);
  }
  if (missing.length > 0) await queueFilm(boss, pool, meeting.id);
}

async function record(world: DemoWorld, meeting: Id, turn: SpokenTurn, person: Looks, camera: boolean): Promise<void> {
  const { startedAt, endedAt, seat } = turn;
  const recording = new TurnRecording(
    {
      ...{ meeting, turn: turn.turn, seat, kind: "speaker", startedAt },
      expect: camera ? ["audio", "video"] : ["audio"],
      wantKeyFrame: () => {},
      stopped: () => {},
    },
    world,
  );
  await recording.opened;
  try {
    const seconds = (endedAt - startedAt) / 1000;
    const webm = await encodePerson(world.ffmpegPath, person, { seconds, camera, signal: world.signal });
    const packets = asRtp(framesOfWebm(webm) ?? [], {
      audio: { ssrc: 1, payloadType: 111, sequence: 1, timestamp: 0 },
      video: { ssrc: 2, payloadType: 96, sequence: 1, timestamp: 0 },
    });
    for (const [at, { kind, bytes, sentMs }] of packets.entries()) {
      recording.take({ kind, bytes, atMs: startedAt + sentMs });
      if (at % 200 === 199) await breathe();
    }
  } finally {
    await recording.end(endedAt);
  }
}

function turnsIn(log: readonly LoggedEvent[]): SpokenTurn[] {
  const starts = new Map<Id, number>();
  return log.flatMap(({ at, event }) => {
    if (event.type === "floor.turnStarted") starts.set(event.turn, at);
    const startedAt = event.type === "floor.turnEnded" ? starts.get(event.turn) : undefined;
    if (event.type !== "floor.turnEnded" || startedAt === undefined || at <= startedAt) return [];
    return [{ turn: event.turn, seat: event.seat, startedAt, endedAt: at }];
  });
}

/** In the order in which they came. */
function seatsIn(log: readonly LoggedEvent[]): { seat: Id; camera: boolean }[] {
  const cameras = new Map<Id, boolean>();
  for (const { event } of log) {
    if (event.type === "seat.taken") cameras.set(event.seat, false);
    if (event.type === "seat.devicesSet") cameras.set(event.seat, event.camera);
  }
  return [...cameras].map(([seat, camera]) => ({ seat, camera }));
}

const looks: readonly [Looks, ...Looks[]] = [
  {
    wall: [0xee, 0xf2, 0xed],
    dado: [0xdc, 0xe6, 0xdd],
    skin: [0xd9, 0xa9, 0x84],
    hair: [0x4a, 0x2f, 0x25],
    clothes: [0x1d, 0x4e, 0x9e],
    pitch: 196,
  },
  {
    wall: [0xe3, 0xec, 0xfa],
    dado: [0xc5, 0xd2, 0xc9],
    skin: [0xf0, 0xcd, 0xb2],
    hair: [0xc9, 0x9a, 0x4a],
    clothes: [0x93, 0x25, 0x17],
    pitch: 118,
  },
  {
    wall: [0xdd, 0xf1, 0xe4],
    dado: [0xa8, 0xcb, 0xb5],
    skin: [0xf3, 0xd5, 0xbe],
    hair: [0xe3, 0xc2, 0x7a],
    clothes: [0x1a, 0x6a, 0x45],
    pitch: 262,
  },
  {
    wall: [0xff, 0xf1, 0xc7],
    dado: [0xe6, 0xd2, 0x96],
    skin: [0xa8, 0x74, 0x50],
    hair: [0x22, 0x1a, 0x18],
    clothes: [0x49, 0x2b, 0x5c],
    pitch: 247,
  },
  {
    wall: [0xf5, 0xf8, 0xf4],
    dado: [0xaf, 0xc3, 0xba],
    skin: [0xe6, 0xbd, 0x9c],
    hair: [0x63, 0x40, 0x2b],
    clothes: [0xb0, 0x68, 0x8f],
    pitch: 220,
  },
];
