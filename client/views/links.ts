/** A meeting's links, as the page about the meeting shows them; and the tokens of one-time links. */
import type { BookedMeeting, MeetingLink } from "../../protocol/http/meetings.ts";

export type LinkState = "works" | "expired" | "revoked";

export function stateOfLink(link: Pick<MeetingLink, "expiresAt" | "revokedAt">, now: number): LinkState {
  if (link.revokedAt !== null) return "revoked";
  return link.expiresAt !== null && link.expiresAt <= now ? "expired" : "works";
}

const rank = { chair: 0, participant: 1, watcher: 2 } as const;

/** Chair first, then participants by school, then watchers; what no longer works comes last. The order is otherwise kept. */
export function inOrder(links: readonly MeetingLink[], now: number): MeetingLink[] {
  const works = (link: MeetingLink) => (stateOfLink(link, now) === "works" ? 0 : 1);
  return links.toSorted((a, b) => works(a) - works(b) || rank[a.role] - rank[b.role]);
}

/** The token behind the `#` of `/begin#k=<token>`; undefined when the link was cut. */
export const tokenOf = (hash: string): string | undefined => /^#k=([A-Za-z0-9_-]{43})$/.exec(hash)?.[1];

/** When a meeting is planned to end. */
export const plannedEnd = (meeting: Pick<BookedMeeting, "startsAt" | "lengthMinutes">): number =>
  meeting.startsAt + meeting.lengthMinutes * 60_000;
