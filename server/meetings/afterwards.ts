/** What follows for its project when a meeting ends: its replay is news, what was written is kept if its chair said so. */
import type { Id } from "../../protocol/ids.ts";
import { type ChatParts, keepChat } from "../twinspace/meetings/keptChat.ts";
import { addNews } from "../twinspace/news.ts";
import { findMeeting, newsReaders } from "./booking.ts";
import type { MeetingHost } from "./host.ts";

/** Called once for each host. A fault is told and costs the meeting nothing. */
export function afterwardsFor(host: MeetingHost, parts: ChatParts, fault: (cause: unknown) => void): void {
  host.onAppended((_meeting, logged) => {
    if (logged.some(({ event }) => event.type === "meeting.ended")) afterMeeting(parts, host.id).catch(fault);
  });
}

export async function afterMeeting(parts: ChatParts, id: Id): Promise<void> {
  const { pool, now } = parts;
  const meeting = await findMeeting(pool, id);
  if (!meeting || meeting.projectId === null) return;
  const by = `account:${meeting.chairAccount}`;
  if (meeting.settings.recorded) {
    const opened = meeting.replayAudience === "project" || meeting.replayAudience === "link";
    const seenBy = opened ? newsReaders(meeting) : "teachers";
    await addNews(pool, { project: meeting.projectId, by, kind: "replayReady", thing: id, seenBy }, now());
  }
  if (meeting.keepsChat) await keepChat(parts, id, by);
}
