import { expect } from "chai";
import { findMeetingByCode } from "../../../server/meetings/booking.ts";
import { findLink } from "../../../server/meetings/links.ts";
import { append } from "../../../storage/log.ts";
import { aveiro, type Browser, type FrontDoor, openFrontDoor, oulu, type Person } from "../../support/frontDoor.ts";

const minuteMs = 60_000;
const lesson = { title: "What lives in our river?", start: "now", timeZone: "Europe/Lisbon" };
type Shown = { id: string; role: string; kind: string | null; school: { id: string } | null; link: string };

describe("Booking", () => {
  let front: FrontDoor;
  let ana: Person;
  before(async () => {
    front = await openFrontDoor();
    ana = await front.person("teacher", "Ana");
  });
  after(() => front.close());
  beforeEach(() => {
    front.clock.now = Date.parse("2026-03-01T12:00:00Z");
  });

  const book = (more: Record<string, unknown> = {}, browser: Browser = ana.browser) =>
    browser.post("/api/bookings", { ...lesson, ...more });

  it("starts one now with what nobody needs to choose", async () => {
    const { status, body } = await book();
    expect(status).to.equal(200);
    expect(body.meeting).to.deep.include({
      ...{ title: "What lives in our river?", startsAt: front.clock.now, lengthMinutes: 60, timeZone: "Europe/Lisbon" },
      ...{ floor: { next: "byQueue", capacity: 1, turnLimitMs: null }, recorded: false, lobby: true, phase: "booked" },
    });
  });

  it("takes every choice of the form", async () => {
    const { body } = await book({
      ...{ start: "2026-06-10T18:30", timeZone: "Europe/Helsinki", lengthMinutes: 45, language: "fi", maxSeats: 12 },
      ...{ floor: { next: "fair", capacity: 2, turnLimitMs: 90_000 }, recorded: true, lobby: false },
    });
    expect(body.meeting).to.deep.include({
      ...{ startsAt: Date.parse("2026-06-10T15:30:00Z"), lengthMinutes: 45, language: "fi", maxSeats: 12 },
      ...{ floor: { next: "fair", capacity: 2, turnLimitMs: 90_000 }, recorded: true, lobby: false },
    });
    const row = await findMeetingByCode(front.pool, body.meeting.code);
    expect(row?.settings).to.deep.equal({
      ...{ next: "fair", capacity: 2, turnLimitMs: 90_000, lobby: false, locked: false, recorded: true },
      ...{ maxSeats: 12, graceMs: 8_000 },
    });
  });

  const misfits: [string, Record<string, unknown>, string][] = [
    ["no title", { title: "  " }, "title"],
    ["a title of two lines", { title: "one\ntwo" }, "title"],
    ["a title that turns the writing round", { title: "abc\u202edef" }, "title"],
    ["a day that does not exist", { start: "2026-02-31T10:00" }, "start"],
    ["a start with an offset of its own", { start: "2026-06-10T18:30Z" }, "start"],
    ["a start in a hundred years", { start: "2126-06-10T18:30" }, "start"],
    ["a zone that does not exist", { timeZone: "Europe/Atlantis" }, "timeZone"],
    ["four minutes", { lengthMinutes: 4 }, "lengthMinutes"],
    ["a whole day", { lengthMinutes: 1440 }, "lengthMinutes"],
    ["one seat", { maxSeats: 1 }, "maxSeats"],
    ["five speakers at once", { floor: { next: "byQueue", capacity: 5, turnLimitMs: null } }, "floor.capacity"],
    ["a turn of ten seconds", { floor: { next: "byQueue", capacity: 1, turnLimitMs: 10_000 } }, "floor.turnLimitMs"],
    ["a chair of somebody's own choosing", { chairAccount: "somebody" }, "chairAccount"],
    ["a code of somebody's own choosing", { code: "two-rivers" }, "code"],
  ];
  for (const [what, more, field] of misfits) {
    it(`refuses ${what}`, async () => {
      const { status, body } = await book(more);
      expect(status).to.equal(400);
      expect(body).to.deep.include({ refused: "request.malformed", fields: [field] });
    });
  }

  it("refuses a start that has passed, and takes one of five minutes ago", async () => {
    expect((await book({ start: "2026-03-01T11:00" })).body.refused).to.equal("booking.inPast");
    expect((await book({ start: "2026-03-01T11:55" })).status).to.equal(200);
  });

  it("is for teachers, leads, support services and ambassadors, not for the operator and not for guests", async () => {
    for (const role of ["lead", "support", "ambassador"] as const) {
      const { browser } = await front.person(role, `Who ${role}`);
      expect((await book({}, browser)).status, role).to.equal(200);
    }
    const operator = await front.person("operator", "Otto");
    expect((await book({}, operator.browser)).body.refused).to.equal("account.notAllowed");
    expect((await book({}, front.browser())).body.refused).to.equal("account.signedOut");
  });

  it("is not for a teacher whom nobody has validated", async () => {
    const { browser, id } = await front.person("teacher", "New");
    await front.pool.query("update memberships set state = 'asked' where account_id = $1", [id]);
    expect((await book({}, browser)).body.refused).to.equal("account.notAllowed");
    expect((await browser.get("/api/me")).body.me.books).to.equal(false);
  });

  it("gives out a link for the chair, one for each kind of the own school, one for guests and one to watch", async () => {
    const { body } = await book();
    const school = (await ana.browser.get("/api/me")).body.me.school.id;
    const links: Shown[] = body.links;
    expect(links.map((link) => [link.role, link.kind, link.school?.id ?? null])).to.deep.equal([
      ["chair", "adult", school],
      ["participant", "pupil", school],
      ["participant", "class", school],
      ["participant", "adult", school],
      ["participant", null, null],
      ["watcher", null, null],
    ]);
    const guests = `${front.url}/m/${body.meeting.code}`;
    expect(links[4]?.link).to.equal(guests);
    for (const [index, { link }] of links.entries()) {
      if (index !== 4) expect(link).to.match(new RegExp(`^${guests}#k=[A-Za-z0-9_-]{22}$`));
    }
    expect(new Set(links.map(({ link }) => link)).size).to.equal(6);
  });

  it("finds a meeting by its code as somebody heard it, and a link by its key in its own meeting only", async () => {
    const { body } = await book({ start: "2027-05-03T10:00" });
    const other = (await book({ start: "2027-05-04T10:00" })).body;
    const code: string = body.meeting.code;
    const typed = ` ${code.toUpperCase().replaceAll("-", " ")} `;
    expect((await findMeetingByCode(front.pool, typed))?.id).to.equal(body.meeting.id);
    expect(await findMeetingByCode(front.pool, "no-such-meeting")).to.equal(undefined);
    const key = body.links[1].link.split("#k=")[1];
    expect(await findLink(front.pool, body.meeting.id, key)).to.deep.include({ role: "participant", kind: "pupil" });
    expect(await findLink(front.pool, body.meeting.id, code)).to.deep.include({ role: "participant", kind: null });
    expect(await findLink(front.pool, other.meeting.id, key)).to.equal(undefined);
    expect(await findLink(front.pool, body.meeting.id, other.meeting.code)).to.equal(undefined);
  });

  it("makes another link for the partner school, which can be revoked and expires", async () => {
    const { body } = await book({ start: "2027-01-10T10:00" });
    front.clock.now = Date.now();
    await front.person("teacher", "Mikko", oulu);
    const schools = (await ana.browser.get("/api/schools")).body.schools as { id: string; name: string }[];
    const school = schools.find(({ name }) => name === oulu.name)?.id;
    const path = `/api/bookings/${body.meeting.id}/links`;
    const expiresAt = Date.now() + 60_000;
    const made = await ana.browser.post(path, { kind: "class", school, label: "6B", expiresAt });
    expect(made.body.link).to.deep.include({ role: "participant", kind: "class", label: "6B", expiresAt });
    expect(made.body.link.school.name).to.equal("Oulun koulu");
    const key = made.body.link.link.split("#k=")[1];
    expect((await findLink(front.pool, body.meeting.id, key))?.schoolId).to.equal(school);
    await front.pool.query("update meeting_links set expires_at = now() where key = $1", [key]);
    expect(await findLink(front.pool, body.meeting.id, key)).to.equal(undefined);

    const second = (await ana.browser.post(path, { role: "watcher", kind: "adult" })).body.link;
    expect(second).to.deep.include({ role: "watcher", kind: null });
    expect((await ana.browser.delete(`${path}/${second.id}`)).status).to.equal(204);
    expect((await ana.browser.delete(`${path}/${second.id}`)).status).to.equal(404);
    expect(await findLink(front.pool, body.meeting.id, second.link.split("#k=")[1])).to.equal(undefined);
    const shown = (await ana.browser.get(`/api/bookings/${body.meeting.id}`)).body.links as {
      id: string;
      revokedAt: number;
    }[];
    expect(shown.find(({ id }) => id === second.id)?.revokedAt).to.be.a("number");
  });

  it("makes no further link to the chair, nor for a school nobody knows", async () => {
    const path = `/api/bookings/${(await book()).body.meeting.id}/links`;
    expect((await ana.browser.post(path, { role: "chair" })).body.fields).to.deep.equal(["role"]);
    expect((await ana.browser.post(path, { school: "nowhere" })).body.fields).to.deep.equal(["school"]);
  });

  it("shows a meeting to its chair alone", async () => {
    const { body } = await book();
    const { browser } = await front.person("teacher", "Nosy");
    const path = `/api/bookings/${body.meeting.id}`;
    const link = `${path}/links/${body.links[0].id}`;
    const tries: [string, string, unknown?][] = [
      ["GET", path],
      ["DELETE", path],
      ["POST", `${path}/links`, {}],
      ["DELETE", link],
      ["GET", `${link}/calendar.ics`],
    ];
    for (const [method, address, sent] of tries) {
      expect((await browser.send(method, address, sent)).body, `${method} ${address}`).to.deep.include({
        refused: "booking.unknown",
      });
      expect((await front.browser().send(method, address, sent)).status).to.equal(401);
    }
    expect((await browser.get("/api/bookings")).body).to.deep.equal({ next: [], past: [] });
  });

  it("lists what comes next and what is past", async () => {
    const { browser } = await front.person("teacher", "Busy");
    const later = (await book({ title: "Later", start: "2026-03-05T10:00" }, browser)).body.meeting.id;
    const soon = (await book({ title: "Soon" }, browser)).body.meeting.id;
    const running = (await book({ title: "Running", start: "2026-03-02T10:00" }, browser)).body.meeting.id;
    const ended = (await book({ title: "Ended" }, browser)).body.meeting.id;
    await front.pool.query("update meetings set phase = 'open', opened_at = now() where id = $1", [running]);
    await front.pool.query("update meetings set phase = 'ended', ended_at = now() where id = $1", [ended]);
    const titles = async () => {
      const { next, past } = (await browser.get("/api/bookings")).body;
      const of = (meetings: { title: string }[]) => meetings.map(({ title }) => title);
      return { next: of(next), past: of(past) };
    };
    expect(await titles()).to.deep.equal({ next: ["Running", "Soon", "Later"], past: ["Ended"] });
    front.clock.now += 3 * 24 * 60 * minuteMs;
    expect(await titles()).to.deep.equal({ next: ["Running", "Later"], past: ["Ended", "Soon"] });
    expect([later, soon]).to.have.length(2);
  });

  it("is called off with its links, until it has begun", async () => {
    const { body } = await book();
    const path = `/api/bookings/${body.meeting.id}`;
    expect((await ana.browser.delete(path)).status).to.equal(204);
    expect((await ana.browser.get(path)).status).to.equal(404);
    expect(await findMeetingByCode(front.pool, body.meeting.code)).to.equal(undefined);

    const begun = (await book()).body.meeting;
    const settings = (await findMeetingByCode(front.pool, begun.code))?.settings;
    if (!settings) throw new Error("The meeting that was booked is not there");
    await append(front.pool, begun.id, 1, front.clock.now, [{ type: "meeting.opened", settings }]);
    expect((await ana.browser.delete(`/api/bookings/${begun.id}`)).body.refused).to.equal("booking.begun");
  });

  it("makes a calendar file that holds its one link and no other", async () => {
    const { body } = await book({ start: "2026-06-10T18:30", title: "Rivers; lakes, \\ and seas" });
    const [chair, pupil] = body.links;
    const answer = await ana.browser.get(`/api/bookings/${body.meeting.id}/links/${pupil.id}/calendar.ics`);
    expect(answer.status).to.equal(200);
    expect(answer.headers.get("content-type")).to.equal("text/calendar; charset=utf-8");
    expect(answer.headers.get("content-disposition")).to.contain(`${body.meeting.code}.ics`);
    const text = answer.text.replace(/\r\n /g, "");
    expect(text).to.contain("DTSTART:20260610T173000Z").and.to.contain("DTEND:20260610T183000Z");
    expect(text).to.contain("SUMMARY:Rivers\\; lakes\\, \\\\ and seas");
    expect(text).to.contain(pupil.link);
    const others = (body.links as Shown[]).filter(({ id, link }) => id !== pupil.id && link.includes("#k="));
    for (const { link } of others) expect(text).not.to.contain(link.split("#k=")[1]);
    expect(chair.link).not.to.equal(pupil.link);
  });

  it("logs neither keys nor codes nor titles", async () => {
    const { body } = await book({ title: "A title to look for" });
    const logged = front.logged();
    for (const { link } of body.links as Shown[]) expect(logged).not.to.contain(link.split("#k=")[1] ?? link);
    for (const secret of [body.meeting.code, "A title to look for", aveiro.name]) expect(logged).not.to.contain(secret);
  });
});
