import { expect } from "chai";
import type { Browser, FrontDoor } from "../../support/frontDoor.ts";
import { openFrontDoor } from "../../support/frontDoor.ts";
import { good } from "../../support/projects.ts";
import { openTalk, type Talkers } from "../../support/talkers.ts";

const day = (first: string, last = first) => ({ shape: "days", first, last });
const hours = (start: string, end: string, timeZone = "Europe/Lisbon") => ({ shape: "hours", start, end, timeZone });

describe("the calendar of a TwinSpace", function () {
  this.timeout(60_000);
  let front: FrontDoor;
  let talk: Talkers;
  let mikko: Browser;

  before(async () => {
    front = await openFrontDoor();
    front.clock.now = Date.parse("2027-01-10T12:00:00Z");
    talk = await openTalk(front);
    mikko = talk.mikko.browser;
    await front.pool.query(
      `insert into meetings (id, code, title, starts_at, length_minutes, settings, chair_account, school_id, project_id)
       values ('river-meeting', 'secret-river-code', 'What lives in our river?', '2027-01-12T15:00Z', 45, '{}', $1, $2, 'two-rivers')`,
      [talk.ana.id, talk.schools.aveiro],
    );
  });
  after(() => front?.close());

  const add = (item: object, browser = talk.founder) => browser.post(talk.at("calendar/items"), item);
  const activity = (title: string, more: object = {}) => ({
    ...{ kind: "activity", title, time: hours("2027-01-13T10:00", "2027-01-13T11:00") },
    ...more,
  });
  const change = (item: { id: string; version: number }, words: object, browser = talk.founder, more: object = {}) =>
    browser.send("PUT", talk.at(`calendar/items/${item.id}`), { ...words, base: item.version, ...more });
  const month = async (browser = talk.founder, from = "2027-01-01", to = "2027-02-01") =>
    good(await browser.get(talk.at(`calendar?from=${from}&to=${to}`)));
  const titles = (entries: { title: string }[]) => entries.map(({ title }) => title);
  const file = (body: string, query: string, browser = talk.founder) =>
    browser.post(talk.at(`calendar/file${query}`), body, { "content-type": "text/calendar" });

  describe("its dates", () => {
    it("are written by founders, teachers and experts, and read by all members but visitors", async () => {
      for (const [i, browser] of [talk.founder, talk.teacher, talk.expert].entries()) {
        good(await add(activity(`By ${i}`), browser));
      }
      for (const browser of [talk.observer, talk.pupil.browser, talk.parent.browser]) {
        expect((await add(activity("Not this"), browser)).status).to.equal(403);
      }
      const { entries, mayAdd } = await month(talk.pupil.browser);
      expect(titles(entries)).to.have.members(["By 0", "By 1", "By 2", "What lives in our river?"]);
      expect(mayAdd).to.equal(false);
      expect((await talk.parent.browser.get(talk.at("calendar?from=2027-01-01&to=2027-02-01"))).status).to.equal(403);
    });

    it("are moments of the zone they were written in, and the schools have their clocks", async () => {
      const { entries, schools } = await month();
      const { time } = entries.find(({ title }: { title: string }) => title === "By 0");
      expect(new Date(time.startsAt).toISOString()).to.equal("2027-01-13T10:00:00.000Z");
      expect(schools.map(({ zone }: { zone: string }) => zone)).to.have.members(["Europe/Lisbon", "Europe/Helsinki"]);
    });

    it("are changed by their author and administrators only", async () => {
      const { items } = good(await add(activity("Mine"), talk.teacher));
      expect((await change(items[0], activity("Yours"), talk.expert)).status).to.equal(403);
      const { item } = good(await change(items[0], activity("Ours")));
      expect(item).to.include({ title: "Ours", version: 2 });
      expect(item.changedBy.name).to.contain("Ana");
    });

    it("keep what two people write at once: the later one is shown what it is by now", async () => {
      const { items } = good(await add(activity("Together")));
      good(await change(items[0], activity("First")));
      const refused = await change(items[0], activity("Second"), mikko);
      expect(refused.status).to.equal(409);
      expect(refused.body.refused).to.equal("calendar.changedMeanwhile");
      expect(refused.body.current.item).to.include({ title: "First", version: 2 });
    });

    it("tell who changed what when", async () => {
      const { items } = good(await add(activity("Walk")));
      good(await change(items[0], activity("Long walk", { place: "The bridge" }), mikko));
      const { changes } = good(await talk.pupil.browser.get(talk.at(`calendar/items/${items[0].id}/history`)));
      expect(changes.map(({ act }: { act: string }) => act)).to.deep.equal(["changed", "added"]);
      expect(changes[0].fields).to.deep.include({ field: "title", before: "Walk", after: "Long walk" });
      expect(changes[0].by.name).to.contain("Mikko");
    });

    it("are removed and brought back", async () => {
      const { items } = good(await add(activity("Gone")));
      const { item } = good(await talk.founder.delete(talk.at(`calendar/items/${items[0].id}?base=1`)));
      expect(item.removed).to.equal(true);
      expect(titles((await month()).entries)).not.to.include("Gone");
      good(await talk.founder.post(talk.at(`calendar/items/${items[0].id}/restore`)));
      expect(titles((await month()).entries)).to.include("Gone");
    });

    it("refuse what cannot be, naming the field", async () => {
      const wrong = await add(activity("Backwards", { time: day("2027-01-13", "2027-01-12") }));
      expect(wrong.status).to.equal(400);
      expect(wrong.body.fields).to.deep.equal(["last"]);
      expect((await add(activity("", {}))).body.fields).to.deep.equal(["title"]);
    });

    it("come in a list, page by page, what is over apart", async () => {
      const seen: string[] = [];
      for (let after = ""; ; ) {
        const page = good(await talk.founder.get(talk.at(`calendar/list?from=2027-01-01&most=2${after}`)));
        seen.push(...titles(page.entries));
        if (page.next === null) break;
        after = `&after=${page.next}`;
      }
      expect(seen).to.have.members(titles((await month()).entries));
      expect(new Set(seen).size).to.equal(seen.length);
      const back = good(await talk.founder.get(talk.at("calendar/list?from=2027-02-01&back=true")));
      expect(back.entries).to.have.length(seen.length);
    });
  });

  describe("holidays", () => {
    const holiday = (school: string) => ({
      kind: "holiday",
      title: "Winter break",
      school,
      time: day("2027-03-01", "2027-03-05"),
    });

    it("are written by the school's own teachers only, also where somebody administers", async () => {
      good(await add(holiday(talk.schools.oulu), mikko));
      for (const browser of [talk.founder, talk.teacher, talk.expert]) {
        const { status, body } = await add(holiday(talk.schools.oulu), browser);
        expect([status, body.refused]).to.deep.equal([403, "calendar.othersHoliday"]);
      }
      const { entries } = await month(talk.founder, "2027-03-01", "2027-04-01");
      expect(entries[0].mine).to.equal(false);
      expect((await change(entries[0], holiday(talk.schools.aveiro))).status).to.equal(403);
    });

    it("stand on the clock that the school's teachers say", async () => {
      const zone = (school: string, browser: Browser) =>
        browser.send("PUT", talk.at(`calendar/zones/${school}`), { timeZone: "Atlantic/Azores" });
      expect((await zone(talk.schools.oulu, talk.founder)).status).to.equal(403);
      expect(good(await zone(talk.schools.aveiro, talk.teacher))).to.include({ zone: "Atlantic/Azores", said: true });
      good(await talk.teacher.send("PUT", talk.at(`calendar/zones/${talk.schools.aveiro}`), { timeZone: null }));
    });
  });

  describe("a weekly series", () => {
    it("keeps its hour when the clocks change, and is changed from one date on", async () => {
      const lesson = activity("Lesson", { time: hours("2027-03-16T10:00", "2027-03-16T11:00", "Europe/Helsinki") });
      const { items } = good(await add({ ...lesson, until: "2027-04-06" }));
      expect(
        items.map(({ time }: { time: { startsAt: number } }) => new Date(time.startsAt).getUTCHours()),
      ).to.deep.equal([8, 8, 7, 7]);
      const [, second, third] = items;
      good(
        await change(third, {
          ...lesson,
          title: "Our own lesson",
          time: hours("2027-03-30T10:00", "2027-03-30T11:00", "Europe/Helsinki"),
        }),
      );
      const moved = {
        ...lesson,
        title: "Biology",
        time: hours("2027-03-24T12:00", "2027-03-24T13:00", "Europe/Helsinki"),
      };
      const done = good(await change(second, moved, talk.founder, { scope: "following" }));
      expect(done).to.include({ changed: 3, kept: 1 });
      const { entries } = await month(talk.founder, "2027-03-10", "2027-04-20");
      expect(titles(entries)).to.deep.equal(["Lesson", "Biology", "Our own lesson", "Biology"]);
      const last = entries.at(-1);
      expect(new Date(last.time.startsAt).toISOString()).to.equal("2027-04-07T09:00:00.000Z");
      const first = entries[1];
      good(await talk.founder.delete(talk.at(`calendar/items/${first.id}?base=${first.version}&scope=following`)));
      expect(titles((await month(talk.founder, "2027-03-10", "2027-04-20")).entries)).to.deep.equal(["Lesson"]);
      expect(good(await talk.founder.post(talk.at(`calendar/items/${first.id}/restore`))).changed).to.equal(3);
    });

    it("has an end", async () => {
      expect((await add(activity("Forever", { until: "2040-01-01" }))).body.refused).to.equal("calendar.tooOften");
    });
  });

  describe("a file of holidays", () => {
    const calendar = (...events: string[]) =>
      ["BEGIN:VCALENDAR", "VERSION:2.0", ...events, "END:VCALENDAR"].join("\r\n");
    const event = (...lines: string[]) => ["BEGIN:VEVENT", ...lines, "END:VEVENT"].join("\r\n");
    const carnival = (last = "20270210") =>
      event("UID:carnival", "SUMMARY:Carnival", "DTSTART;VALUE=DATE:20270208", `DTEND;VALUE=DATE:${last}`);
    const ofAveiro = () => `?school=${talk.schools.aveiro}`;

    it("is looked at, chosen from, and taken in; again it doubles nothing", async () => {
      const text = calendar(carnival(), event("UID:easter", "SUMMARY:Easter", "DTSTART;VALUE=DATE:20270328"));
      const { found } = good(await file(text, ofAveiro()));
      expect(found.map(({ title, state, time }: Record<string, unknown>) => [title, state, time])).to.deep.equal([
        ["Carnival", "new", day("2027-02-08", "2027-02-09")],
        ["Easter", "new", day("2027-03-28")],
      ]);
      const take = (body: string, without = "") => file(body, `/take${ofAveiro()}&without=${without}`);
      expect(good(await take(text, found[1].key))).to.deep.equal({ added: 1, changed: 0 });
      expect(good(await take(text, found[1].key))).to.deep.equal({ added: 0, changed: 0 });
      const longer = calendar(carnival("20270211"));
      expect(good(await file(longer, ofAveiro())).found[0].state).to.equal("changed");
      expect(good(await take(longer))).to.deep.equal({ added: 0, changed: 1 });
      const { entries } = await month(talk.founder, "2027-02-01", "2027-02-20");
      expect(entries.map(({ title, time, kind }: Record<string, unknown>) => [title, time, kind])).to.deep.equal([
        ["Carnival", day("2027-02-08", "2027-02-10"), "holiday"],
      ]);
      good(await talk.founder.delete(talk.at(`calendar/items/${entries[0].id}?base=${entries[0].version}`)));
      expect(good(await file(longer, ofAveiro())).found[0].state).to.equal("removed");
    });

    it("is for one's own school only", async () => {
      expect((await file(calendar(carnival()), `?school=${talk.schools.oulu}`)).body.refused).to.equal(
        "calendar.othersHoliday",
      );
      expect((await file(calendar(carnival()), ofAveiro(), talk.expert)).status).to.equal(403);
    });

    it("knows zones by their names and never by what a file says about them", async () => {
      const lie = [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Helsinki",
        "BEGIN:STANDARD",
        "DTSTART:16010101T000000",
        "RRULE:FREQ=SECONDLY",
      ];
      const text = calendar(
        [...lie, "TZOFFSETFROM:+1400", "TZOFFSETTO:-1200", "END:STANDARD", "END:VTIMEZONE"].join("\r\n"),
        event(
          "UID:a",
          "SUMMARY:Evening",
          "DTSTART;TZID=Europe/Helsinki:20270212T180000",
          "DTEND;TZID=Europe/Helsinki:20270212T200000",
        ),
        event("UID:b", "SUMMARY:Windows", 'DTSTART;TZID="FLE Standard Time":20270213T180000', "DURATION:PT1H"),
        event("UID:c", "SUMMARY:Unknown", "DTSTART;TZID=Nowhere/Land:20270214T180000"),
        event(
          "UID:d",
          "SUMMARY:All day",
          "DTSTART;TZID=Europe/Helsinki:20270215T000000",
          "DTEND;TZID=Europe/Helsinki:20270216T000000",
        ),
      );
      const { found } = good(await file(text, ofAveiro()));
      const starts = found.map(({ time }: { time: { startsAt?: number; first?: string } }) =>
        time.startsAt === undefined ? time.first : new Date(time.startsAt).toISOString().slice(0, 16),
      );
      expect(starts).to.deep.equal(["2027-02-12T16:00", "2027-02-13T16:00", "2027-02-14T18:00", "2027-02-15"]);
    });

    it("harms nobody, however it was made", async () => {
      const endless = (rule: string) =>
        event(`UID:${rule}`, "SUMMARY:Endless", "DTSTART;VALUE=DATE:19000101", `RRULE:${rule}`);
      const bad = [
        calendar(
          endless("FREQ=SECONDLY"),
          endless("FREQ=DAILY;COUNT=999999999"),
          endless("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
        ),
        calendar(...Array.from({ length: 3000 }, () => endless("FREQ=DAILY;COUNT=100000"))),
        `BEGIN:VCALENDAR\r\n${"BEGIN:VEVENT\r\n".repeat(60_000)}`,
        calendar(event("UID:x", `SUMMARY:${"x".repeat(500_000)}`, "DTSTART;VALUE=DATE:20270301")),
        calendar(event("UID:y", `DTSTART${";A=B".repeat(200_000)}:20270301`)),
        calendar(event("UID:z", "SUMMARY:<script>alert(1)</script>\u202e\u0000", "DTSTART:99999999T999999")),
        calendar(event("UID:w", "SUMMARY:Broken", "DTSTART;VALUE=DATE:20279999", "DTEND:nonsense")),
        calendar(event("UID:v", "SUMMARY:Long", "DTSTART;VALUE=DATE:20270101", "DTEND;VALUE=DATE:20991231")),
      ];
      for (const text of bad) {
        const { status, body } = await file(text, ofAveiro());
        expect(status, text.slice(0, 80)).to.equal(200);
        expect(body.found.length).to.be.at.most(300);
      }
      for (const text of ["", "hello", "<html>BEGIN:VCALENDAR", "BEGIN:VCARD\r\nEND:VCARD", "\u0000\u0001"]) {
        expect((await file(text, ofAveiro())).body.refused, JSON.stringify(text)).to.equal("calendar.noCalendar");
      }
      const large = await file(`BEGIN:VCALENDAR\r\n${"x".repeat(1024 * 1024)}`, ofAveiro());
      expect([large.status, large.body.refused]).to.deep.equal([413, "calendar.fileTooLarge"]);
    });
  });

  describe("the feed", () => {
    const feed = async (browser = talk.founder) => good(await browser.post(talk.at("calendar/feed")));
    const fetched = (address: string, headers: Record<string, string> = {}) =>
      front.browser().get(new URL(address).pathname + new URL(address).search, headers);

    it("tells titles, times and kinds, and no name, code or link", async () => {
      good(
        await add(
          activity("Come to https://example.org/m/secret-river-code now", {
            description: "Ana knows",
            place: "Room 12",
          }),
        ),
      );
      const { address } = await feed();
      const { status, text, headers } = await fetched(address);
      expect(status).to.equal(200);
      expect(headers.get("content-type")).to.contain("text/calendar");
      expect(text).to.contain("SUMMARY:What lives in our river?").and.to.contain("DTSTART:20270112T150000Z");
      expect(text).to.contain("CATEGORIES:HOLIDAY").and.to.contain("LAST-MODIFIED:").and.to.contain("SEQUENCE:");
      const people = (await front.pool.query("select name from accounts union select alias from pupils")).rows;
      for (const { name } of people) expect(text).not.to.contain(name);
      for (const word of [
        "Ana",
        "Room 12",
        "secret-river-code",
        "http",
        "ORGANIZER",
        "ATTENDEE",
        "DESCRIPTION",
        "URL",
      ]) {
        expect(text, word).not.to.contain(word);
      }
      expect(front.logged()).not.to.contain(new URL(address).searchParams.get("k"));
    });

    it("is the same as long as nothing changes, and says so", async () => {
      const { address } = good(await talk.founder.get(talk.at("calendar/feed")));
      const { headers, text } = await fetched(address);
      const etag = headers.get("etag") ?? "";
      front.clock.now += 3_600_000;
      // Without a word about caches this client would ask for a fresh answer by itself.
      const asked = { "if-none-match": etag, "cache-control": "max-age=0" };
      expect((await fetched(address, asked)).status).to.equal(304);
      const uid = /UID:([^\r]+)\r\n(?:(?!END:VEVENT)[\s\S])*?SUMMARY:By 0/.exec(text)?.[1] ?? "";
      const id = uid.replace("@twinlight", "");
      good(await change({ id, version: 1 }, activity("By 0, moved")));
      const later = (await fetched(address, asked)).text;
      expect(later).to.match(new RegExp(`UID:${uid}\\r\\nSEQUENCE:1`));
      good(await talk.founder.delete(talk.at(`calendar/items/${id}?base=2`)));
      expect((await fetched(address)).text).not.to.contain(uid);
    });

    it("ends when it is renewed, taken back, or its person has no role any more", async () => {
      const { address } = await feed(talk.teacher);
      const renewed = (await feed(talk.teacher)).address;
      expect((await fetched(address)).status).to.equal(404);
      expect((await fetched(renewed)).status).to.equal(200);
      good(await talk.teacher.delete(talk.at("calendar/feed")));
      expect((await fetched(renewed)).status).to.equal(404);
      const last = (await feed(talk.teacher)).address;
      await front.pool.query("update project_members set state = 'left' where account_id = $1", [talk.rui.id]);
      expect((await fetched(last)).status).to.equal(404);
      await front.pool.query("update project_members set state = 'accepted' where account_id = $1", [talk.rui.id]);
    });

    it("is only kept as a digest and sealed, and pupils have none", async () => {
      const { address } = await feed(mikko);
      const token = new URL(address).searchParams.get("k") ?? "";
      const { rows } = await front.pool.query("select token_hash, token from calendar_feeds");
      for (const row of rows) expect(Buffer.concat([row.token_hash, row.token]).includes(token)).to.equal(false);
      expect((await talk.pupil.browser.post(talk.at("calendar/feed"))).status).to.equal(403);
      expect((await fetched(address.replace(token, `${token}x`))).status).to.equal(404);
    });

    it("tells nothing of meetings that are for some only to who does not lead the project", async () => {
      await front.pool.query(
        `update meetings set invited = '{"everybody":false,"people":[]}' where id = 'river-meeting'`,
      );
      expect((await fetched((await feed(talk.expert)).address)).text).not.to.contain("What lives in our river?");
      expect(titles((await month(talk.pupil.browser)).entries)).not.to.include("What lives in our river?");
      expect(titles((await month()).entries)).to.include("What lives in our river?");
    });
  });
});
