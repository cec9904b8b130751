/** What was written in a meeting, kept as a material of its project: plain lines with the names as they were shown then. */
import { createHash } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { timelineOf } from "../../../domain/meeting/timeline.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { Refused } from "../../../protocol/refusals.ts";
import { read, readContents } from "../../../storage/log.ts";
import { inTransaction, type Pool } from "../../../storage/pool.ts";
import { findSchools } from "../../accounts/schools.ts";
import { newId } from "../../ids.ts";
import { findMeeting, type MeetingRow, newsReaders } from "../../meetings/booking.ts";
import { materialPath, projectFolder } from "../materials/parts.ts";
import { addNews } from "../news.ts";

export interface ChatParts {
  readonly pool: Pool;
  readonly now: () => number;
  readonly materialsFolder: string;
}

/** The meeting's chat as text. Undefined where nothing was written. */
export async function chatAsText(pool: Pool, meeting: MeetingRow): Promise<string | undefined> {
  const timeline = timelineOf(await read(pool, meeting.id), 0);
  if (timeline.messages.length === 0) return undefined;
  const words = await readContents(pool, meeting.id);
  const schools = await findSchools(
    pool,
    timeline.people.flatMap(({ school }) => school ?? []),
  );
  const who = new Map(
    timeline.people.map(({ seat, name, school }) => {
      const from = schools.find(({ id }) => id === school)?.name;
      return [seat, [words[name] ?? "?", ...(from === undefined ? [] : [`(${from})`])].join(" ")];
    }),
  );
  const said = timeline.messages.flatMap(({ atMs, seat, message }) => {
    const text = words[message];
    // Further lines stand under the first one, so that nobody can write a line that looks like another's.
    return text === undefined
      ? []
      : [`${clock(atMs)}  ${who.get(seat) ?? "?"}: ${text.replaceAll("\n", "\n        ")}`];
  });
  if (said.length === 0) return undefined;
  const day = new Date(timeline.openedAt ?? meeting.startsAt).toISOString().slice(0, 10);
  return `${meeting.title}\n${day}\n\n${said.join("\n")}\n`;
}

/** On the meeting's clock: `1:02:03`, `02:03`. */
function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (count: number) => String(count).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  return `${hours > 0 ? `${hours}:` : ""}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/**
 * Keeps it, once: a meeting whose chat is kept already keeps that. Nothing is kept of a meeting in which nothing was
 * written, or that is of no project any more.
 *
 * @param author who said that it be kept
 */
export async function keepChat(
  { pool, now, materialsFolder }: ChatParts,
  id: Id,
  author: string,
): Promise<Id | Refused | null> {
  const meeting = await findMeeting(pool, id);
  const text = meeting && (await chatAsText(pool, meeting));
  if (!meeting || meeting.projectId === null || text === undefined) return { refused: "meeting.nothingWritten" };
  const { projectId: project } = meeting;
  const material = newId();
  const bytes = Buffer.from(text);
  const path = materialPath(materialsFolder, project, material);
  await mkdir(projectFolder(materialsFolder, project), { recursive: true, mode: 0o700 });
  await writeFile(path, bytes, { mode: 0o600, flag: "wx" });
  let kept = false;
  try {
    kept = await inTransaction(pool, async (db) => {
      const { rowCount } = await db.query(
        `update meetings set chat_material = $2, keeps_chat = true
         where id = $1 and project_id = $3 and chat_material is null`,
        [id, material, project],
      );
      if (!rowCount) return false;
      await db.query(
        `insert into materials (id, project_id, kind, name, type, bytes, stored_bytes, sha256, shows, author, created_at, changed_at)
         values ($1, $2, 'file', $3, 'text/plain; charset=utf-8', $4, $4, $5, 'unknown', $6, to_timestamp($7::float8 / 1000),
           to_timestamp($7::float8 / 1000))`,
        [material, project, nameOf(meeting), bytes.length, createHash("sha256").update(bytes).digest(), author, now()],
      );
      await addNews(
        db,
        { project, by: author, kind: "materialAdded", thing: material, seenBy: newsReaders(meeting) },
        now(),
      );
      return true;
    });
  } finally {
    if (!kept) await rm(path, { force: true });
  }
  return kept ? material : ((await findMeeting(pool, id))?.chatMaterial ?? null);
}

/** No path, no dots that a system could take for more than a name. */
const nameOf = ({ title, startsAt }: MeetingRow): string =>
  `${title
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, " ")
    .trim()
    .slice(0, 100)} ${new Date(startsAt).toISOString().slice(0, 10)}.txt`;
