/** A school, a chair and a booked meeting in a database of their own, and connections that remember what they were told. */
import { randomBytes } from "node:crypto";
import { pino } from "pino";
import { defaultSettings, type Meeting } from "../../domain/meeting/state.ts";
import type { MeetingSettings } from "../../protocol/meeting.ts";
import type { RefusalCode } from "../../protocol/refusals.ts";
import type { Standing, ToldEvent, ToldSnapshot } from "../../protocol/told.ts";
import type { Connection } from "../../server/meetings/host.ts";
import { Hosts, type HostsOptions } from "../../server/meetings/hosts.ts";
import { openPool, type Pool } from "../../storage/pool.ts";
import { freshDatabase } from "./database.ts";

export const newId = (): string => randomBytes(12).toString("base64url");

export async function freshPool(): Promise<{ pool: Pool; url: string; end(): Promise<void> }> {
  const database = await freshDatabase();
  const pool = openPool(database.url);
  return {
    pool,
    url: database.url,
    async end() {
      await pool.end();
      await database.drop();
    },
  };
}

/** A meeting of its own with the open link `/m/<code>`; answers with its id and code. */
export async function bookedMeeting(pool: Pool, settings: Partial<MeetingSettings> = {}) {
  const [id, chair, school, code] = [newId(), newId(), newId(), `test-${randomBytes(4).toString("hex")}`];
  await pool.query("insert into schools (id, name, country) values ($1, 'Escola de Aveiro', 'PT')", [school]);
  await pool.query(
    `with account as (insert into accounts (id, email, name) values ($1, $1 || '@example.org', 'Ana'))
     insert into memberships (id, account_id, school_id, state) values ($1, $1, $2, 'active')`,
    [chair.toLowerCase(), school],
  );
  await pool.query(
    `insert into meetings (id, code, title, starts_at, length_minutes, settings, chair_account, school_id)
     values ($1, $2, 'What lives in our river?', now(), 60, $3, $4, $5)`,
    [id, code, { ...defaultSettings, ...settings }, chair.toLowerCase(), school],
  );
  await pool.query("insert into meeting_links (id, meeting_id, key, role) values ($1, $2, $3, 'participant')", [
    newId(),
    id,
    code,
  ]);
  return { id, code, chair: chair.toLowerCase(), school };
}

export function hostsOn(pool: Pool, changed: Partial<HostsOptions> = {}): Hosts {
  return new Hosts({
    pool,
    now: Date.now,
    newId,
    logger: pino({ level: "silent" }),
    joined: () => {},
    parted: () => {},
    ...changed,
  });
}

/** Remembers what a seat was told, and checks that its numbers have no gap. */
export class Listener implements Connection {
  meeting: Meeting | undefined;
  standing: Standing | undefined;
  ended: RefusalCode | undefined;
  readonly events: ToldEvent[] = [];
  readonly snapshots: ToldSnapshot<Meeting>[] = [];

  event(told: ToldEvent): void {
    if (this.standing && (told.view !== this.standing.view || told.n !== this.standing.n + 1)) {
      throw new Error(`Told ${told.view}/${told.n} after ${this.standing.view}/${this.standing.n}`);
    }
    this.standing = { view: told.view, n: told.n };
    this.events.push(told);
  }

  snapshot(told: ToldSnapshot<Meeting>): void {
    this.standing = { view: told.view, n: told.n };
    this.snapshots.push(told);
  }

  live(): void {}

  end(why: RefusalCode): void {
    this.ended = why;
  }

  get types(): string[] {
    return this.events.map((told) => told.event.type);
  }
}
