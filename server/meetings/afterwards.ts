/**
 * What a meeting's course means to its project: its TwinSpace is told when it begins and when it is over; then it writes its
 * entry in the report card, its replay is news, and what was written is kept if its chair said so.
 */
import type { Id } from "../../protocol/ids.ts";
import { inTransaction } from "../../storage/pool.ts";
import { writeMeetingEntry } from "../reports/meetingEntries.ts";
import type { TellSpace } from "../twinspace/live.ts";
import { type ChatParts, keepChat } from "../twinspace/meetings/keptChat.ts";
import { addNews } from "../twinspace/news.ts";
import { findMeeting, newsReaders } from "./booking.ts";
import type { MeetingHost } from "./host.ts";

export interface AfterwardsParts extends ChatParts {
  readonly tell: TellSpace;
}

/** Called once for each host. A fault is told and costs the meeting nothing. */
export function afterwardsFor(host: MeetingHost, parts: AfterwardsParts, fault: (cause: unknown) => void): void {
  host.onAppended((_meeting, logged) => {
    const types = logged.map(({ event }) => event.type);
    if (types.includes("meeting.opened")) tellOf(parts, host.id).catch(fault);
    if (types.includes("meeting.ended")) afterMeeting(parts, host.id).catch(fault);
  });
}

/** Whoever has the list open asks for it again. */
async function tellOf({ pool, tell }: AfterwardsParts, id: Id): Promise<void> {
  const project = (await findMeeting(pool, id))?.projectId;
  if (project) tell(project, { type: "news" });
}

export async function afterMeeting(parts: AfterwardsParts, id: Id): Promise<void> {
  const { pool, now } = parts;
  const meeting = await findMeeting(pool, id);
  if (!meeting || meeting.projectId === null) return;
  // First, and by itself: should the process die, its next start finds the entry missing and writes it.
  await inTransaction(pool, (db) => writeMeetingEntry(db, id, now()));
  const by = `account:${meeting.chairAccount}`;
  if (meeting.settings.recorded) {
    const opened = meeting.replayAudience === "project" || meeting.replayAudience === "link";
    const seenBy = opened ? newsReaders(meeting) : "teachers";
    await addNews(pool, { project: meeting.projectId, by, kind: "replayReady", thing: id, seenBy }, now());
  }
  if (meeting.keepsChat) await keepChat(parts, id, by);
  parts.tell(meeting.projectId, { type: "news" });
}
