/** What the server has done later: films by the recorder, letters by itself. */
import type { Id } from "../protocol/ids.ts";
import { type Boss, openBoss, queueFilm } from "../storage/jobs.ts";
import type { Pool } from "../storage/pool.ts";
import type { MeetingHost } from "./meetings/host.ts";

export interface Jobs {
  /** Has the turns of a meeting that ended joined into one film. */
  film(meeting: Id): Promise<void>;
  close(): Promise<void>;
}

/** With the queues themselves, for who empties one in this process. */
export interface OpenJobs extends Jobs {
  readonly boss: Boss;
}

export async function openJobs(databaseUrl: string, pool: Pool, fault: (cause: unknown) => void): Promise<OpenJobs> {
  const boss = await openBoss(databaseUrl, { supervises: false, fault });
  return {
    boss,
    film: (meeting) => queueFilm(boss, pool, meeting),
    close: () => boss.stop({ graceful: false }),
  };
}

/**
 * Asks for the film when a recorded meeting ends. Should the process die in between, the recorder finds the meeting
 * without a film at its next start.
 */
export function filmWhenEnded(host: MeetingHost, jobs: Jobs, fault: (cause: unknown) => void): void {
  host.onAppended((meeting, logged) => {
    const ended = logged.some(({ event }) => event.type === "meeting.ended");
    if (ended && meeting.recording !== "off") jobs.film(host.id).catch(fault);
  });
}
