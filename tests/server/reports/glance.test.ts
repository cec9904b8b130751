import { expect } from "chai";
import type { MeetingCounts } from "../../../protocol/reports/meetingCounts.ts";
import { type ActiveSpace, openSpace } from "../../support/activeSpace.ts";
import { deskPerson } from "../../support/desks.ts";
import { type FrontDoor, openFrontDoor, type Person } from "../../support/frontDoor.ts";
import { good } from "../../support/projects.ts";
import { type GivenEntry, givenEntry, openCard } from "../../support/reports.ts";

const day = 86_400_000;

describe("A report card at a glance over http", () => {
  let front: FrontDoor;
  let space: ActiveSpace;
  let paula: Person;
  let elena: Person;
  const own = "/api/spaces/two-rivers/report/glance";
  const desk = "/api/desk/reports/two-rivers/glance";

  before(async () => {
    front = await openFrontDoor();
    space = await openSpace(front);
    paula = await deskPerson(front, "Paula", "PT");
    elena = await deskPerson(front, "Elena", "ES");
  });
  after(() => front?.close());
  beforeEach(async () => {
    front.clock.now = Date.UTC(2026, 10, 24, 12);
    for (const table of ["report_entries", "report_plan", "pages", "materials", "updates"]) {
      await front.pool.query(`delete from ${table}`);
    }
    await openCard(front.pool, space.id, front.clock.now - 100 * day);
  });

  const given = (more: Partial<GivenEntry> & { days: number }) => {
    const { days, ...entry } = more;
    const author = entry.school === space.schools.oulu ? space.mikko.id : space.ana.id;
    return givenEntry(front.pool, {
      ...{ project: space.id, author, school: space.schools.aveiro, at: front.clock.now - days * day },
      ...entry,
    });
  };
  const met = (): MeetingCounts => ({
    ...{ openedAt: front.clock.now - 9 * day, lengthMs: 2_520_000, adults: 3, pupils: 41, classes: 0, turns: 14 },
    ...{ spokeMs: 2_340_000, messages: 3 },
    schools: [
      { school: space.schools.aveiro, adults: 2, pupils: 20, classes: 0, turns: 8, spokeMs: 900_000 },
      { school: space.schools.oulu, adults: 1, pupils: 21, classes: 0, turns: 6, spokeMs: 1_440_000 },
    ],
  });
  const meetingEntry = () => given({ days: 9, kind: "meeting", author: null, school: null, counts: met() });

  it("counts who wrote, who spoke and what there is, by school and month", async () => {
    const pupils = { school: space.schools.aveiro, ageMin: 10, ageMax: 12 };
    await given({ days: 60, body: { title: "One", pupils: [{ ...pupils, count: 12 }] } });
    await given({ days: 3, body: { title: "Two", pupils: [{ ...pupils, count: 18 }] } });
    await given({ days: 2, school: space.schools.oulu, readers: "partners" });
    await given({ days: 1, state: "draft" });
    await given({ days: 1, removed: true });
    await meetingEntry();
    await front.pool.query(
      `insert into pages (id, project_id, position, title, view, edit, state, author, made_at, changed_at)
       values ('p1', 'two-rivers', 1, 'Page', 'members', 'members', 'shown', $1, now(), now()),
         ('p2', 'two-rivers', 2, 'Draft', 'members', 'members', 'draft', $1, now(), now())`,
      [`account:${space.mikko.id}`],
    );
    const glance = good(await space.mikko.browser.get(own));
    expect(glance.entries).to.include({ count: 4, written: 3, earlier: 0 });
    expect(glance.entries.months.map(({ month }: { month: string }) => month)).to.deep.equal([
      "2026-09",
      "2026-10",
      "2026-11",
    ]);
    expect(glance.entries.months[2]).to.deep.include({ meetings: 1 });
    expect(glance.balance).to.deep.equal([
      { school: space.schools.oulu, entries: 1, spokeMs: 1_440_000, pages: 1, materials: 0, updates: 0 },
      { school: space.schools.aveiro, entries: 2, spokeMs: 900_000, pages: 0, materials: 0, updates: 0 },
    ]);
    expect(glance.meetings).to.deep.equal({
      ...{ count: 1, lengthMs: 2_520_000, spokeMs: 2_340_000, turns: 14, adults: 3, pupils: 41 },
    });
    expect(glance.pupils).to.deep.include({ ...pupils, count: 18 });
    expect(glance.pupils).to.deep.include({ school: space.schools.oulu, ageMin: null, ageMax: null, count: 21 });
    expect(glance.most).to.deep.equal({ pupils: 41, teachers: 3 });
    expect(glance.silence).to.deep.include({ days: 2, longestDays: 51 });
  });

  it("counts for a service only what was shared with it, and nothing of the TwinSpace", async () => {
    await given({ days: 40, body: { title: "For all" } });
    await given({ days: 5, school: space.schools.oulu, readers: "partners" });
    await meetingEntry();
    const glance = good(await paula.browser.get(desk));
    expect(glance.entries).to.include({ count: 2, written: 1 });
    expect(glance.balance.map(({ entries }: { entries: number }) => entries).sort()).to.deep.equal([0, 1]);
    expect(glance.balance.every((share: object) => "pages" in share && share.pages === null)).to.equal(true);
    expect(glance.missing).to.deep.equal([]);
    expect(glance.silence.days).to.equal(9);
  });

  it("counts the pieces of evidence for each criterion of today's rubric, and names those without any", async () => {
    const link = (words: string) => ({ kind: "link" as const, link: "https://example.org/", words });
    const [on, safe] = ["ql-2023.online", "ql-2023.safety"];
    await given({ days: 3, body: { title: "One", criteria: [on], evidence: [link("a"), link("b")] } });
    await given({ days: 2, body: { title: "Two", criteria: [on, safe, "ql-2006.ict"], evidence: [] } });
    const { criteria, missing } = good(await space.ana.browser.get(own));
    expect(criteria.rubric).to.equal("Quality Label 2023");
    expect(criteria.items).to.have.length(8);
    const of = (code: string) => criteria.items.find((item: { code: string }) => item.code === code);
    expect(of(on)).to.include({ entries: 2, pieces: 4 });
    expect(of(safe)).to.include({ entries: 1, pieces: 1 });
    expect(missing).to.not.deep.include({ what: "criterion", code: safe });
    expect(missing).to.deep.include({ what: "criterion", code: "ql-2023.results" });
    expect(missing).to.not.deep.include({ what: "criterion", code: on });
  });

  it("sets the plan beside what came of it", async () => {
    await front.pool.query(
      `insert into report_plan (id, project_id, position, kind, words, target, counted, made_at)
       values ('films', 'two-rivers', 0, 'result', 'Films', 3, 'entries', now()),
         ('songs', 'two-rivers', 1, 'result', 'Songs', 2, 'entries', now())`,
    );
    await given({ days: 3, body: { title: "One", plan: [{ item: "films", amount: 2 }] } });
    const { plan, missing } = good(await space.ana.browser.get(own));
    expect(plan.map(({ words, actual, target }: Record<string, unknown>) => [words, actual, target])).to.deep.equal([
      ["Films", 2, 3],
      ["Songs", 0, 2],
    ]);
    expect(missing).to.deep.include({ what: "plan", item: "songs" });
  });

  it("is there for an empty card, too, and says that nothing was shared", async () => {
    const glance = good(await space.ana.browser.get(own));
    expect(glance.entries).to.deep.equal({ count: 0, written: 0, kinds: [], months: [], earlier: 0 });
    expect(glance.missing).to.deep.equal([{ what: "entries" }]);
    expect(glance.silence).to.deep.equal({ days: 100, longestDays: 100, lastSharedAt: null });
  });

  it("is not there for pupils, for strangers, and for services of other countries", async () => {
    const { browser } = await space.pupil("Otter", "oulu");
    expect((await browser.get(own)).status).to.equal(403);
    expect((await elena.browser.get(desk)).status).to.equal(404);
    expect((await space.ana.browser.get(desk)).status).to.be.oneOf([403, 404]);
  });
});
