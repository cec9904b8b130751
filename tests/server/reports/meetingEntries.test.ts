import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { pino } from "pino";
import type { EntryView } from "../../../protocol/reports/entries.ts";
import { newId } from "../../../server/ids.ts";
import { afterMeeting, afterwardsFor } from "../../../server/meetings/afterwards.ts";
import { Hosts } from "../../../server/meetings/hosts.ts";
import { replayRoutes } from "../../../server/meetings/replays.ts";
import { seatRoutes } from "../../../server/meetings/seats.ts";
import { writeMissedEntries } from "../../../server/reports/meetingEntries.ts";
import type { Pool } from "../../../storage/pool.ts";
import { type ActiveSpace, openSpace } from "../../support/activeSpace.ts";
import { eventually } from "../../support/eventually.ts";
import { type Answer, type Browser, type FrontDoor, openFrontDoor } from "../../support/frontDoor.ts";
import { Listener } from "../../support/meetings.ts";

describe("The entry that a meeting writes", function () {
  this.timeout(60_000);
  let front: FrontDoor;
  let hosts: Hosts;
  let space: ActiveSpace;
  let kingfisher: Browser;
  const folder = mkdtempSync(join(tmpdir(), "twinlight-meeting-entries-"));
  const afterwards = (pool: Pool) => ({ pool, now: Date.now, materialsFolder: folder, tell: () => {} });

  before(async () => {
    front = await openFrontDoor({
      routes: (pool: Pool) => {
        hosts = new Hosts({
          ...{ pool, newId, now: () => front.clock.now, logger: pino({ level: "silent" }), parted: () => {} },
          joined: (host) =>
            afterwardsFor(host, { ...afterwards(pool), now: () => front.clock.now }, (cause) => {
              throw cause;
            }),
        });
        return [
          ...seatRoutes({ pool, hosts, newId, now: () => front.clock.now, routerRtpCapabilities: () => ({}) }),
          ...replayRoutes({
            ...{ pool, mediaFolder: folder, now: Date.now },
            jobs: { film: async () => {}, close: async () => {} },
          }),
        ];
      },
    });
    space = await openSpace(front);
    kingfisher = (await space.pupil("Kingfisher", "oulu")).browser;
    await front.pool.query("insert into report_cards (project_id) values ($1) on conflict do nothing", [space.id]);
  });
  after(async () => {
    await hosts.close();
    await front.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    front.clock.now = Date.now();
    await front.pool.query("delete from report_entries");
  });

  const good = (answer: Answer): Answer["body"] => {
    expect(answer.status, answer.text).to.be.below(300);
    return answer.body;
  };
  const entries = async (): Promise<EntryView[]> =>
    good(await space.ana.browser.get(`/api/spaces/${space.id}/report/entries`)).entries;
  const card = async () =>
    (await front.pool.query("select * from report_cards where project_id = $1", [space.id])).rows[0];
  const news = async () =>
    (await front.pool.query("select thing, author, seen_by from space_news where kind = 'entryShared'")).rows;
  const book = async (more: object = {}): Promise<{ id: string; code: string }> =>
    good(
      await space.ana.browser.post("/api/bookings", {
        ...{ title: "What lives in our river?", start: "now", timeZone: "Europe/Lisbon", lobby: false, recorded: true },
        ...more,
      }),
    ).meeting;
  const ofProject = () => book({ project: space.id });

  async function comes(browser: Browser, { id, code }: { id: string; code: string }, name: string): Promise<string> {
    const { seat } = good(await browser.post(`/api/meetings/${code}/seats`, { name }));
    await (await hosts.of(id))?.attach(seat, new Listener());
    return seat;
  }

  /** Ana leads, Mikko comes, a pupil of Oulu speaks for twenty seconds and writes; then it ends. */
  async function isHeld(meeting: { id: string; code: string }): Promise<void> {
    const host = await hosts.of(meeting.id);
    const ana = await comes(space.ana.browser, meeting, "Ana Banana");
    await comes(space.mikko.browser, meeting, "Mikko Mallikas");
    const pupil = await comes(kingfisher, meeting, "Kingfisher");
    await host?.command(pupil, { type: "floor.raiseHand" });
    front.clock.now += 20_000;
    await host?.command(pupil, { type: "floor.finishTurn" });
    await host?.command(pupil, { type: "chat.sendMessage", id: "message-1", text: "An otter!" });
    await host?.command(ana, { type: "meeting.end" });
    await eventually(async () => (await phaseOf(meeting.id)) === "ended");
  }
  const phaseOf = async (id: string): Promise<string> =>
    (await front.pool.query("select phase from meetings where id = $1", [id])).rows[0].phase;

  /** Asked of the database: who asks for a page so often is told to wait. */
  const isWritten = () => eventually(async () => (await front.pool.query("select from report_entries")).rowCount === 1);

  it("is there when it ends: shared with the services, numbers by school, and its replay for the teachers", async () => {
    const meeting = await ofProject();
    await isHeld(meeting);
    await isWritten();
    const [entry] = await entries();
    expect(entry).to.deep.include({ kind: "meeting", state: "shared", readers: "services", author: null });
    const day = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Lisbon" }).format(front.clock.now - 20_000);
    expect(entry?.body).to.include({ title: "", fromDay: day, toDay: day, done: "" });
    expect(entry?.day).to.equal(day);
    expect(entry?.meeting).to.include({ title: "What lives in our river?", replay: `/r/${meeting.code}` });
    const counts = entry?.meeting?.counts;
    expect(counts).to.include({ adults: 2, pupils: 1, classes: 0, turns: 1, messages: 1, spokeMs: 20_000 });
    expect(counts?.schools).to.deep.equal([
      { school: space.schools.aveiro, adults: 1, pupils: 0, classes: 0, turns: 0, spokeMs: 0 },
      { school: space.schools.oulu, adults: 1, pupils: 1, classes: 0, turns: 1, spokeMs: 20_000 },
    ]);
    expect(await card()).to.include({ entries: 1, pupils: 1 });
    expect(await news()).to.deep.equal([{ thing: entry?.id, author: `account:${space.ana.id}`, seen_by: "teachers" }]);
  });

  it("has nobody's name in it, nor what anybody wrote", async () => {
    await isHeld(await ofProject());
    await isWritten();
    const { rows } = await front.pool.query("select to_jsonb(e) as row from report_entries e");
    const text = JSON.stringify([rows, await entries()]);
    expect(text).not.to.match(/Kingfisher|Banana|Mallikas|otter!|seat|pupil-\d|guest:|account:/);
  });

  it("is written once, however often the end of the meeting is worked through", async () => {
    const meeting = await ofProject();
    await isHeld(meeting);
    await isWritten();
    const all = Array.from({ length: 5 }, () => afterMeeting(afterwards(front.pool), meeting.id));
    await Promise.all(all);
    expect(await entries()).to.have.length(1);
  });

  it("is not written when nobody but the chair came, nor of a meeting without a project", async () => {
    const alone = await ofProject();
    const seat = await comes(space.ana.browser, alone, "Ana Banana");
    await (await hosts.of(alone.id))?.command(seat, { type: "meeting.end" });
    await isHeld(await book());
    await eventually(async () => (await phaseOf(alone.id)) === "ended");
    expect(await writeMissedEntries(front.pool)).to.be.at.most(1);
    expect(await writeMissedEntries(front.pool), "looked at once").to.equal(0);
    expect(await entries()).to.deep.equal([]);
  });

  it("is written afterwards for a meeting whose server was gone when it ended, as of then", async () => {
    const meeting = await ofProject();
    await isHeld(meeting);
    await isWritten();
    // As the process had left it, had it been killed before.
    await front.pool.query("delete from report_entries");
    await front.pool.query("delete from space_news where kind = 'entryShared'");
    await front.pool.query("update meetings set report_looked_at = null where id = $1", [meeting.id]);
    expect(await writeMissedEntries(front.pool)).to.equal(1);
    const [entry] = await entries();
    expect(entry?.sharedAt).to.equal(front.clock.now);
    expect(entry?.meeting?.counts.pupils).to.equal(1);
    expect(await news()).to.have.length(1);
  });

  it("comes and goes with a meeting that is moved to the project and back", async () => {
    const meeting = await book();
    await isHeld(meeting);
    const at = `/api/bookings/${meeting.id}/project`;
    good(await space.ana.browser.post(at, { project: space.id }));
    expect((await entries()).map(({ kind }) => kind)).to.deep.equal(["meeting"]);
    good(await space.ana.browser.delete(at));
    expect(await entries()).to.deep.equal([]);
    expect(await card()).to.include({ entries: 0, pupils: 0, last_shared_at: null });
    good(await space.ana.browser.post(at, { project: space.id }));
    expect(await entries()).to.have.length(1);
  });

  it("stays without its meeting when something was added before the meeting was moved back", async () => {
    const meeting = await book();
    await isHeld(meeting);
    const at = `/api/bookings/${meeting.id}/project`;
    good(await space.ana.browser.post(at, { project: space.id }));
    await front.pool.query(
      `update report_entries set version = 2, body = body || '{"learned": "Otters are back"}' where meeting_id = $1`,
      [meeting.id],
    );
    good(await space.ana.browser.delete(at));
    const [entry] = await entries();
    expect(entry?.body.learned).to.equal("Otters are back");
    expect(entry?.meeting).to.deep.include({ title: "", replay: null });
  });
});
