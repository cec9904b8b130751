/** The routes of the replay: its page's data, its files, who may watch, the film behind "Download". */
import { join, resolve, sep } from "node:path";
import * as z from "zod";
import {
  AskForPass,
  ChangeAudience,
  Replay,
  ReplayAfter,
  type ReplayAudience,
  ReplayFilePart,
  ReplayFilm,
} from "../../protocol/http/replays.ts";
import { Id, MeetingCode } from "../../protocol/ids.ts";
import type { Refused } from "../../protocol/refusals.ts";
import { inTransaction } from "../../storage/pool.ts";
import type { Page } from "../http/pages.ts";
import { type Context, FileAnswer, isRefused, type RefusedFields, type Route, route } from "../http/route.ts";
import type { Jobs } from "../jobs.ts";
import { addNews } from "../twinspace/news.ts";
import { newsReaders } from "./booking.ts";
import { filmOf, type ReplaysWorld, replayOf } from "./replayed.ts";
import { accountIdentity, givePass, type Sight, sightOf } from "./replaySight.ts";

const Code = z.strictObject({ code: MeetingCode });
const CodeAndFile = z.strictObject({ code: MeetingCode, file: Id });

/** A class watches from one address, and every seek is a request. */
const watching = { times: 6000, perMs: 60_000, per: "network" } as const;
const changing = { times: 60, perMs: 60_000, per: "account" } as const;

/** The page's own answer is refused too, so that its status says what its sentence says. */
export function replayPage(world: Pick<ReplaysWorld, "pool">): Page {
  return {
    path: "/r/:code",
    async refuse(context, params) {
      const code = MeetingCode.safeParse(params.code);
      if (!code.success) return { refused: "meeting.unknown" };
      const sight = await sightOf(world.pool, context, code.data);
      return isRefused(sight) ? sight : undefined;
    },
  };
}

export function replayRoutes(world: ReplaysWorld & { jobs: Jobs }): Route[] {
  return [...watchingRoutes(world), ...leadingRoutes(world)];
}

function watchingRoutes(world: ReplaysWorld): Route[] {
  const { pool } = world;
  return [
    route({
      method: "get",
      path: "/api/replays/:code",
      summary: "The replay of a meeting, also of the part so far while it runs",
      action: "replay.watch",
      limit: watching,
      params: Code,
      query: ReplayAfter,
      answer: Replay,
      handle: async (context, { params, query }) => {
        const sight = await sightOf(pool, context, params.code);
        if (isRefused(sight)) return sight;
        const replay = await replayOf(world, sight, context.caller, query.after ?? 0);
        return sight.meeting.settings.recorded || replay.files.length > 0 ? replay : { refused: "replay.none" };
      },
    }),
    route({
      method: "get",
      path: "/api/replays/:code/files/:file",
      summary: "A recorded file; byte ranges are answered",
      action: "replay.watch",
      limit: watching,
      params: CodeAndFile,
      query: ReplayFilePart,
      handle: async (context, { params, query }) => {
        const sight = await sightOf(pool, context, params.code);
        if (isRefused(sight)) return sight;
        if (query.download && !sight.leads) return { refused: "replay.notAllowed" };
        return fileOf(world, sight, params.file, query);
      },
    }),
    route({
      method: "post",
      path: "/api/replays/:code/pass",
      summary: "Let a guest who held a seat watch in this browser",
      action: "replay.watch",
      limit: { times: 600, perMs: 60_000, per: "network" },
      params: Code,
      body: AskForPass,
      handle: (context, { params, body }) => givePass(pool, context, params.code, body.resume),
    }),
  ];
}

function leadingRoutes(world: ReplaysWorld & { jobs: Jobs }): Route[] {
  return [
    route({
      method: "post",
      path: "/api/replays/:code/audience",
      summary: "Choose who may watch",
      action: "replay.lead",
      limit: changing,
      params: Code,
      body: ChangeAudience,
      answer: ChangeAudience,
      handle: async (context, { params, body }) => {
        const sight = await leadingSight(world, context, params.code);
        if (isRefused(sight)) return sight;
        return openTo(world, context, sight, body.audience);
      },
    }),
    route({
      method: "post",
      path: "/api/replays/:code/film",
      summary: "Have the turns joined into one film",
      action: "replay.lead",
      limit: changing,
      params: Code,
      answer: ReplayFilm,
      handle: async (context, { params }) => {
        const sight = await leadingSight(world, context, params.code);
        return isRefused(sight) ? sight : askForFilm(world, sight);
      },
    }),
    route({
      method: "get",
      path: "/api/replays/:code/film",
      summary: "The film of all turns, to be saved",
      action: "replay.lead",
      limit: changing,
      params: Code,
      handle: async (context, { params }) => {
        const sight = await leadingSight(world, context, params.code);
        return isRefused(sight) ? sight : filmFile(world, sight);
      },
    }),
  ];
}

/** Whoever may watch from now on is told by their TwinSpace that there is something to watch. */
async function openTo(
  { pool, now }: ReplaysWorld,
  { caller }: Context,
  { meeting }: Sight,
  audience: ReplayAudience,
): Promise<ChangeAudience | RefusedFields> {
  const { id, projectId, invited } = meeting;
  if (audience === "project" && projectId === null) return { refused: "request.malformed", fields: ["audience"] };
  await inTransaction(pool, async (db) => {
    await db.query("update meetings set replay_audience = $2 where id = $1", [id, audience]);
    if (projectId === null || caller === null || (audience !== "project" && audience !== "link")) return;
    const news = { project: projectId, by: accountIdentity(caller), kind: "replayReady", thing: id } as const;
    await addNews(db, { ...news, seenBy: newsReaders({ invited }) }, now());
  });
  return { audience };
}

async function leadingSight(world: ReplaysWorld, context: Context, code: string): Promise<Sight | Refused> {
  const sight = await sightOf(world.pool, context, code);
  return isRefused(sight) || sight.leads ? sight : { refused: "replay.notAllowed" };
}

/** Only the id comes from the request; the path stands in the database. */
async function fileOf(
  { pool, mediaFolder }: ReplaysWorld,
  { meeting }: Sight,
  file: Id,
  { bytes, download }: ReplayFilePart,
): Promise<FileAnswer | Refused> {
  const { rows } = await pool.query<{ path: string; kind: string; place: number }>(
    `select path, kind, (select count(*) from recordings other
                         where other.meeting_id = $1 and other.started_at <= recordings.started_at) as place
     from recordings where meeting_id = $1 and id = $2 and state in ('writing', 'finished', 'repaired')`,
    [meeting.id, file],
  );
  const [row] = rows;
  if (!row) return { refused: "replay.none" };
  const name = download && `twinlight-${meeting.code}-${row.place}-${row.kind}.webm`;
  return new FileAnswer(below(mediaFolder, row.path), "video/webm", name, bytes);
}

async function filmFile({ pool, mediaFolder }: ReplaysWorld, { meeting }: Sight): Promise<FileAnswer | Refused> {
  const { rows } = await pool.query<{ path: string }>(
    "select path from films where meeting_id = $1 and state = 'ready' and path is not null",
    [meeting.id],
  );
  const [row] = rows;
  if (!row) return { refused: "replay.notReady" };
  return new FileAnswer(below(mediaFolder, row.path), "video/webm", `twinlight-${meeting.code}.webm`);
}

/** Asked again after a failure it is tried again; while one is made or ready, nothing happens. */
async function askForFilm(
  world: ReplaysWorld & { jobs: Jobs },
  { meeting }: Sight,
): Promise<z.input<typeof ReplayFilm> | Refused> {
  const { pool, jobs } = world;
  const { rows } = await pool.query<{ ended: boolean; recorded: boolean }>(
    `select exists (select from meeting_log where meeting_id = $1 and event ->> 'type' = 'meeting.ended') as ended,
            exists (select from recordings where meeting_id = $1) as recorded`,
    [meeting.id],
  );
  if (!rows[0]?.recorded) return { refused: "replay.none" };
  if (!rows[0].ended) return { refused: "replay.stillRunning" };
  const film = await filmOf(pool, meeting.id);
  if (film.state === "ready" || film.state === "working") return film;
  await jobs.film(meeting.id);
  return filmOf(pool, meeting.id);
}

function below(folder: string, path: string): string {
  const whole = resolve(join(folder, path));
  if (!whole.startsWith(resolve(folder) + sep)) throw new Error("A recording's path leads out of the media folder");
  return whole;
}
