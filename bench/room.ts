/** A meeting on a server of its own, and people who come to it in real pages. */
import type { Browser, Page } from "playwright-core";
import type { MeetingSettings } from "../protocol/meeting.ts";
import type { RunningServer } from "../server/main.ts";
import { eventually } from "../tests/support/eventually.ts";
import { bookedMeeting, newId } from "../tests/support/meetings.ts";
import { openPage, press } from "./chromium.ts";
import { type BenchDatabase, startBenchServer, startDatabase } from "./world.ts";

export interface Room {
  server: RunningServer;
  database: BenchDatabase;
  meeting: string;
  code: string;
  /** A page with the button "Join", for somebody who comes by this link. */
  arrives(browser: Browser, name: string, as?: { speaker?: number; chair?: boolean }): Promise<Page>;
  /** The same, in the room. */
  enters(browser: Browser, name: string, as?: { speaker?: number; chair?: boolean }): Promise<Page>;
  /** Waits until this person's camera and microphone are with the server, running or not. */
  made(seats: number): Promise<void>;
  close(): Promise<void>;
}

export async function openRoom(settings: Partial<MeetingSettings> = {}): Promise<Room> {
  const database = await startDatabase();
  const server = await startBenchServer(database).catch(async (fault) => {
    await database.end();
    throw fault;
  });
  const booked = await bookedMeeting(database.pool, { lobby: false, next: "byQueue", ...settings });
  const chairKey = newId() + newId();
  await database.pool.query("insert into meeting_links (id, meeting_id, key, role) values ($1, $2, $3, 'chair')", [
    newId(),
    booked.id,
    chairKey,
  ]);
  const host = await server.hosts.of(booked.id);
  await host?.system({ type: "meeting.open" });
  const room: Room = {
    server,
    database,
    meeting: booked.id,
    code: booked.code,
    async arrives(browser, name, { speaker, chair } = {}) {
      const page = await openPage(browser, speaker);
      await page.goto(`${server.url}/m/${booked.code}${chair ? `#k=${chairKey}` : ""}`);
      await page.getByRole("textbox", { name: "Your name" }).fill(name);
      return page;
    },
    async enters(browser, name, as) {
      const page = await room.arrives(browser, name, as);
      await press(page, "Join");
      await eventually(() => page.getByRole("button", { name: "Raise hand", exact: true }).isVisible());
      return page;
    },
    async made(seats) {
      await eventually(() => producersOf(server, booked.id) >= seats * 2);
    },
    async close() {
      await server.close();
      await database.end();
    },
  };
  return room;
}

/** How many media the meeting has ready, told by who follows them all. */
function producersOf(server: RunningServer, meeting: string): number {
  let count = 0;
  server.mediaOf(meeting)?.follow({
    homed: () => {},
    produced: async () => {
      count += 1;
    },
    lost: () => {},
  })();
  return count;
}
