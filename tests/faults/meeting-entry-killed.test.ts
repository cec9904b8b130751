/** A meeting ends, and its server is killed before it has written the meeting's entry: the next one writes it, once. */
import { expect } from "chai";
import { io } from "socket.io-client";
import type { Seated } from "../../protocol/http/seats.ts";
import { append, read } from "../../storage/log.ts";
import { type ActiveSpace, openSpace } from "../support/activeSpace.ts";
import { eventually } from "../support/eventually.ts";
import { Browser, invitedPerson } from "../support/frontDoor.ts";
import { type KilledServer, startKilledServer } from "../support/killedServer.ts";

describe("a meeting's own entry, when the server is killed", function () {
  this.timeout(120_000);
  let server: KilledServer;
  let space: ActiveSpace;

  before(async () => {
    server = await startKilledServer();
    const { url, pool } = server;
    const browser = () => new Browser(url);
    space = await openSpace({
      ...{ pool, browser },
      person: (role, name, school = null) => invitedPerson(pool, browser(), role, name, school),
    });
    await pool.query("insert into report_cards (project_id) values ($1) on conflict do nothing", [space.id]);
  });
  after(() => server?.end());

  async function booked(): Promise<{ id: string; code: string }> {
    const body = { title: "Rivers", start: "now", timeZone: "UTC", lobby: false, project: space.id };
    return (await space.ana.browser.post("/api/bookings", body)).body.meeting;
  }

  /** Takes a seat and says one thing, answered or not: its server may be gone before. */
  async function comes(browser: Browser, code: string) {
    const { ticket }: Seated = (await browser.post(`/api/meetings/${code}/seats`, { name: "Somebody" })).body;
    const socket = io(server.url, { auth: { ticket }, forceNew: true, reconnection: false, transports: ["websocket"] });
    await new Promise<void>((resolve, reject) => {
      socket.once("live", () => resolve());
      socket.once("end", ({ refused }: { refused: string }) => reject(new Error(refused)));
    });
    return socket;
  }

  const entriesOf = async (meeting: string): Promise<{ pupils: number; adults: number }[]> => {
    const { rows } = await server.pool.query<{ counts: { pupils: number; adults: number } }>(
      "select counts from report_entries where meeting_id = $1 and state = 'shared'",
      [meeting],
    );
    return rows.map(({ counts: { pupils, adults } }) => ({ pupils, adults }));
  };

  it("is there after the kill that came with the end", async () => {
    const meeting = await booked();
    const sockets = [await comes(space.ana.browser, meeting.code), await comes(space.mikko.browser, meeting.code)];
    await sockets[0]?.timeout(5_000).emitWithAck("command", { type: "meeting.end" });
    await server.kill();
    for (const socket of sockets) socket.disconnect();
    await server.start();
    await eventually(async () => (await entriesOf(meeting.id)).length === 1, 20_000);
    await server.kill();
    await server.start();
    expect(await entriesOf(meeting.id)).to.deep.equal([{ pupils: 0, adults: 2 }]);
  });

  it("is there when nothing but the end itself had been kept", async () => {
    const meeting = await booked();
    const sockets = [await comes(space.ana.browser, meeting.code), await comes(space.mikko.browser, meeting.code)];
    await server.kill();
    for (const socket of sockets) socket.disconnect();
    // What the killed process had appended last.
    const log = await read(server.pool, meeting.id);
    await append(server.pool, meeting.id, log.length + 1, Date.now(), [{ type: "meeting.ended", by: null }]);
    expect(await entriesOf(meeting.id)).to.deep.equal([]);
    await server.start();
    await eventually(async () => (await entriesOf(meeting.id)).length === 1, 20_000);
    expect(await entriesOf(meeting.id)).to.deep.equal([{ pupils: 0, adults: 2 }]);
  });
});
