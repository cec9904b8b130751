/** The meetings that run here: loaded from the log when somebody needs them, one host each. */
import type { Logger } from "pino";
import type { LoggedEvent } from "../../protocol/events.ts";
import type { Id } from "../../protocol/ids.ts";
import type { MeetingSettings } from "../../protocol/meeting.ts";
import type { RefusalCode } from "../../protocol/refusals.ts";
import type { Pool } from "../../storage/pool.ts";
import { keepDismissed, placesLost } from "./comers.ts";
import { type HostWorld, MeetingHost } from "./host.ts";

export interface HostsOptions {
  pool: Pool;
  now: () => number;
  newId: () => Id;
  logger: Logger;
  /** Joins a fresh host to media and recording; called once, before anybody is attached. */
  joined: (host: MeetingHost) => void;
  /** A host is no more: it ended, or it failed and will be loaded again. */
  parted: (meeting: Id) => void;
}

/** An open meeting that nobody is in any more ends by itself this long after its booked end. */
const emptyForMs = 60 * 60_000;

export class Hosts {
  readonly #options: HostsOptions;
  readonly #running = new Map<Id, Promise<MeetingHost>>();

  constructor(options: HostsOptions) {
    this.#options = options;
  }

  /** The host of a booked, open or ended meeting; undefined when there is no such meeting. */
  async of(meeting: Id): Promise<MeetingHost | undefined> {
    const running = this.#running.get(meeting);
    if (running) return running;
    const { rows } = await this.#options.pool.query<{ settings: MeetingSettings; phase: string }>(
      "select settings, phase from meetings where id = $1",
      [meeting],
    );
    const [row] = rows;
    if (!row) return undefined;
    return this.#running.get(meeting) ?? this.#load(meeting, row.settings);
  }

  /** Those that run now, without loading any. */
  async running(): Promise<MeetingHost[]> {
    const settled = await Promise.allSettled(this.#running.values());
    return settled.flatMap((host) => (host.status === "fulfilled" ? [host.value] : []));
  }

  /** After a start: every meeting that was open goes on, its clocks too. */
  async recover(): Promise<void> {
    const { rows } = await this.#options.pool.query<{ id: Id }>("select id from meetings where phase = 'open'");
    for (const { id } of rows) {
      await this.of(id).catch((err) => this.#options.logger.error({ err, meeting: id }, "A meeting could not go on"));
    }
  }

  /** Takes a person's seats away wherever they sit now, or in this one meeting: their account was ended, or their place. */
  async dismiss(identity: string, meeting?: Id, why: RefusalCode = "account.ended"): Promise<void> {
    for (const host of await this.running()) {
      if (meeting !== undefined && host.id !== meeting) continue;
      const seat = Object.values(host.meeting.seats).find((candidate) => candidate.identity === identity);
      if (!seat) continue;
      await this.#options.pool.query("delete from tickets where meeting_id = $1 and seat_id = $2", [
        host.id,
        seat.seat,
      ]);
      await host.dismiss(seat.seat, why);
    }
  }

  /** Takes away the seats of who came by a place in a project that they do not have any more. Called by a clock. */
  async dismissLostPlaces(): Promise<void> {
    const { pool } = this.#options;
    for (const { meeting, identity } of await placesLost(pool)) {
      await this.dismiss(identity, meeting, "seat.placeEnded");
      await keepDismissed(pool, meeting, identity);
    }
  }

  /** Ends meetings that everybody left long ago. Called by a clock of the composition root. */
  async closeForgotten(): Promise<void> {
    const { pool, now } = this.#options;
    for (const host of await this.running()) {
      const { meeting } = host;
      if (meeting.phase !== "open" || host.connected > 0) continue;
      const { rows } = await pool.query<{ ends: number }>(
        "select starts_at + make_interval(mins => length_minutes) as ends from meetings where id = $1",
        [host.id],
      );
      const lastAt = host.log.at(-1)?.at ?? 0;
      if (Math.max(rows[0]?.ends ?? 0, lastAt) + emptyForMs < now()) await host.system({ type: "meeting.close" });
    }
  }

  async close(): Promise<void> {
    const hosts = await this.running();
    this.#running.clear();
    await Promise.all(hosts.map((host) => host.close()));
  }

  #load(meeting: Id, settings: MeetingSettings): Promise<MeetingHost> {
    const { pool, now, newId, logger, joined, parted } = this.#options;
    const world: HostWorld = {
      pool,
      now,
      newId,
      failed: (id, cause) => {
        logger.error({ err: cause, meeting: id }, "A meeting is loaded again from its log");
        this.#running.delete(id);
        parted(id);
      },
    };
    const loading = MeetingHost.load(meeting, settings, world).then(async (host) => {
      await this.#keepPhase(host, host.log);
      host.onAppended((_meeting, logged) => void this.#keepPhase(host, logged).catch(() => {}));
      joined(host);
      return host;
    });
    this.#running.set(meeting, loading);
    loading.catch(() => this.#running.delete(meeting));
    return loading;
  }

  /** The booking's row repeats the phase for lists; the log is the truth and this follows it, also after a crash. */
  async #keepPhase(host: MeetingHost, logged: readonly LoggedEvent[]): Promise<void> {
    const turning = logged.some(({ event }) => event.type === "meeting.opened" || event.type === "meeting.ended");
    if (!turning) return;
    const { phase, openedAt, endedAt } = host.meeting;
    // Two of these may overtake one another, when a meeting ends as soon as it was opened: what is over stays so.
    await this.#options.pool.query(
      `update meetings set phase = $2, opened_at = to_timestamp($3 / 1000.0), ended_at = to_timestamp($4 / 1000.0)
       where id = $1 and (phase <> 'ended' or $2 = 'ended')`,
      [host.id, phase, openedAt, endedAt],
    );
    if (phase === "ended") {
      this.#options.parted(host.id);
    }
  }
}
