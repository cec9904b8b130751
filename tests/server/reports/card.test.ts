import { expect } from "chai";
import type { CardView, Plan } from "../../../protocol/reports/card.ts";
import type { EntryView } from "../../../protocol/reports/entries.ts";
import { deskPerson } from "../../support/desks.ts";
import { type Browser, type FrontDoor, openFrontDoor, type Person } from "../../support/frontDoor.ts";
import { good } from "../../support/projects.ts";
import { givenEntry, openCard } from "../../support/reports.ts";
import { openTalk, type Talkers } from "../../support/talkers.ts";

const dayMs = 86_400_000;

describe("A report card", function () {
  this.timeout(60_000);
  let front: FrontDoor;
  let talk: Talkers;
  let ana: Browser;
  let mikko: Browser;
  let paula: Person;

  before(async () => {
    front = await openFrontDoor();
    front.clock.now = Date.parse("2027-03-10T12:00:00Z");
    talk = await openTalk(front);
    [ana, mikko] = [talk.ana.browser, talk.mikko.browser];
    paula = await deskPerson(front, "Paula", "PT");
    await front.pool.query(
      `update projects set aims = 'To know water.', expected_results = '- Four meetings\n- 10 pages',
         start_date = '2027-01-11', end_date = '2027-12-11', activated_at = '2027-01-09'`,
    );
  });
  after(() => front?.close());
  beforeEach(async () => {
    front.clock.now = Date.parse("2027-03-10T12:00:00Z");
    await openCard(front.pool, talk.id, Date.parse("2027-01-09T12:00:00Z"));
    for (const table of ["report_entries", "report_plan", "report_offers_dismissed", "calendar_items", "pages"]) {
      await front.pool.query(`delete from ${table}`);
    }
  });

  const at = (path = "") => talk.at(`report${path}`);
  const card = async (by: Browser = ana): Promise<CardView> => good(await by.get(at()));
  const given = (more: object = {}) =>
    givenEntry(front.pool, { project: talk.id, author: talk.ana.id, at: front.clock.now - dayMs, ...more });
  const writePlan = (by: Browser, items: object[], base: string[] = []) => by.send("PUT", at("/plan"), { items, base });
  const line = (words: string, more: object = {}) => ({
    kind: "result",
    words,
    target: null,
    counted: "entries",
    ...more,
  });

  it("says how it stands, and who reads it", async () => {
    await given({ body: { pupils: [{ school: talk.schools.aveiro, ageMin: 11, ageMax: 12, count: 21 }] } });
    await given({ state: "draft" });
    const view = await card(mikko);
    expect(view.card).to.deep.equal({
      ...{ state: "open", openedAt: Date.parse("2027-01-09T12:00:00Z"), silentDays: 1, pupils: 21 },
      ...{ interimDue: "2027-06-27", finalDue: "2027-12-11", lastSharedAt: front.clock.now - dayMs },
      ...{ entries: 1, drafts: 1, questionSince: null, isPublic: false },
    });
    expect(view.services).to.deep.equal([
      { country: "FI", name: "Central support service", own: false },
      { country: "PT", name: view.services[1]?.name, own: true },
    ]);
    expect(view.mayWrite).to.equal(true);
  });

  describe("has a plan", () => {
    it("that is proposed from the form until there is one", async () => {
      const { plan } = await card();
      expect(plan.items).to.deep.equal([]);
      expect(plan.proposed.map(({ words, target, counted }) => [words, target, counted])).to.deep.equal([
        ["To know water", null, "entries"],
        ["Four meetings", 4, "meetings"],
        ["10 pages", 10, "pages"],
      ]);
      const kept: Plan = good(await writePlan(mikko, plan.proposed));
      expect(kept.proposed).to.deep.equal([]);
      expect(kept.items.map(({ words }) => words)).to.deep.equal(plan.proposed.map(({ words }) => words));
      expect(good(await writePlan(mikko, plan.proposed)), "a second click").to.deep.equal(kept);
    });

    it("with what came of it: amounts of shared entries, meetings, pages and materials", async () => {
      const plan: Plan = good(
        await writePlan(ana, [
          line("Exhibitions", { target: 3 }),
          line("Meetings", { counted: "meetings", target: 4 }),
          line("Pages", { counted: "pages", target: 10 }),
        ]),
      );
      const [exhibitions = "", meetings = ""] = plan.items.map(({ id }) => id);
      const touched = (item: string, amount: number) => ({ body: { plan: [{ item, amount }] } });
      await given(touched(exhibitions, 2));
      await given({ ...touched(exhibitions, 1), readers: "partners" });
      await given({ ...touched(exhibitions, 7), state: "draft" });
      await given({ ...touched(exhibitions, 7), removed: true });
      await given({
        ...{ kind: "meeting", author: null, ...touched(meetings, 1) },
        counts: {
          ...{ openedAt: 1, lengthMs: 1, adults: 2, pupils: 30, classes: 0, turns: 3, spokeMs: 9, messages: 0 },
          schools: [],
        },
      });
      await front.pool.query(
        `insert into pages (id, project_id, position, title, view, edit, state, author, made_at, changed_at)
         select 'page-' || n, $1, n, 'P', 'members', 'teachers', case n when 1 then 'draft' else 'shown' end, 'account:x', now(), now()
         from generate_series(1, 3) n`,
        [talk.id],
      );
      const { items } = (await card()).plan;
      expect(items.map(({ actual, entries }) => [actual, entries])).to.deep.equal([
        [3, 2],
        [1, 1],
        [2, 0],
      ]);
      expect((await card()).card.pupils).to.equal(30);
      const report = good(await paula.browser.get("/api/desk/reports/two-rivers"));
      expect(report.plan.items[0]).to.include({ actual: 2, entries: 1 });
    });

    it("that is changed as a whole by who had it before their eyes", async () => {
      const first: Plan = good(await writePlan(ana, [line("A film"), line("A book")]));
      const [film, book] = first.items;
      const base = first.items.map(({ id }) => id);
      const turned = [line("A book of two towns", { id: book?.id, target: 1 }), line("A song")];
      const changed: Plan = good(await writePlan(mikko, turned, base));
      expect(changed.items.map(({ id, words }) => [id === book?.id, words])).to.deep.equal([
        [true, "A book of two towns"],
        [false, "A song"],
      ]);
      const refused = await writePlan(ana, [line("A film", { id: film?.id })], base);
      expect([refused.status, refused.body.refused]).to.deep.equal([409, "plan.changed"]);
      expect(refused.body.current.items).to.deep.equal(changed.items);
    });

    it("whose lines are its own", async () => {
      await front.pool.query(
        `insert into projects (id, slug, title, state, scope, created_by, activated_at, languages, subjects)
         values ('elsewhere', 'elsewhere', 'E', 'active', 'european', $1, now(), '{en}', '{}') on conflict do nothing`,
        [talk.ana.id],
      );
      await front.pool.query(
        `insert into report_plan (id, project_id, position, kind, words, made_at) values ('theirs', 'elsewhere', 0, 'aim', 'Theirs', now())`,
      );
      expect((await writePlan(ana, [line("Mine now", { id: "theirs" })])).status).to.equal(400);
      expect((await writePlan(ana, [line("x", { target: 0 })])).status).to.equal(400);
      expect((await writePlan(ana, [line(" ")])).status).to.equal(400);
      expect(
        (
          await writePlan(
            ana,
            Array.from({ length: 41 }, (_, n) => line(`L ${n}`)),
          )
        ).status,
      ).to.equal(400);
      const { rows } = await front.pool.query("select words from report_plan where id = 'theirs'");
      expect(rows[0].words).to.equal("Theirs");
      for (const by of [talk.expert, talk.pupil.browser, talk.parent.browser]) {
        expect((await writePlan(by, [line("A film")])).status).to.equal(403);
      }
    });

    it("and a line that was taken away stays where entries tell of it", async () => {
      const { items } = good(await writePlan(ana, [line("A film")]));
      const { entry } = good(await ana.post(at("/entries"), { kind: "activity" }));
      const plan = [{ item: items[0].id, amount: 1 }];
      const saved = good(await ana.patch(at(`/entries/${entry.id}`), { base: 1, changes: { plan } })).entry;
      good(await writePlan(mikko, [], [items[0].id]));
      const more = [{ item: items[0].id, amount: 2 }];
      good(await ana.patch(at(`/entries/${entry.id}`), { base: saved.version, changes: { plan: more } }));
    });
  });

  describe("offers what might be written", () => {
    const dated = async (title: string, first: string, more: object = {}) => {
      const body = { kind: "activity", title, time: { shape: "days", first, last: first }, ...more };
      return good(await ana.post(talk.at("calendar/items"), body)).items[0].id as string;
    };
    const offered = async () => (await card()).offers.map(({ title, day }) => [title, day]);

    it("of the calendar: what has passed in the last 90 days, and no holidays", async () => {
      await dated("Long ago", "2026-11-01");
      await dated("Walk along the river", "2027-03-08");
      await dated("Pictures are in", "2027-03-09", { kind: "deadline" });
      await dated("Break", "2027-03-02", { kind: "holiday", school: talk.schools.aveiro });
      await dated("Tomorrow", "2027-03-11");
      await dated("Today", "2027-03-10");
      const hours = { shape: "hours", start: "2027-03-09T23:30", end: "2027-03-10T00:30", timeZone: "Europe/Helsinki" };
      await dated("Night of stars", "2027-03-09", { time: hours });
      expect(await offered()).to.deep.equal([
        ["Pictures are in", "2027-03-09"],
        ["Night of stars", "2027-03-10"],
        ["Walk along the river", "2027-03-08"],
      ]);
    });

    it("and such an entry begins with what the calendar says, once", async () => {
      const item = await dated("Walk along the river", "2027-03-08");
      const begin = (by: Browser) => by.post(at("/entries"), { kind: "activity", calendarItem: item });
      const [one, other] = await Promise.all([begin(ana), begin(mikko)]);
      const entry: EntryView = good(one).entry;
      expect(good(other).entry.id).to.equal(entry.id);
      expect(entry.body).to.include({ title: "Walk along the river", fromDay: "2027-03-08", toDay: "2027-03-08" });
      expect([entry.day, entry.calendarItem?.title]).to.deep.equal(["2027-03-08", "Walk along the river"]);
      expect(await offered()).to.deep.equal([]);
      const author = entry.author?.name.startsWith("Ana") ? ana : mikko;
      expect((await author.delete(at(`/entries/${entry.id}`))).status).to.equal(204);
      expect(await offered()).to.deep.equal([]);
      const next: EntryView = good(await begin(mikko)).entry;
      expect(next.id).to.not.equal(entry.id);
      const back = good(await author.post(at(`/entries/${entry.id}/restore`))).entry;
      expect(back.calendarItem).to.equal(null);
    });

    it("and not again what nobody wants to write about", async () => {
      const item = await dated("Walk along the river", "2027-03-08");
      for (let n = 0; n < 2; n += 1) {
        expect((await mikko.post(at(`/offers/${item}/dismiss`))).status).to.equal(204);
      }
      expect(await offered()).to.deep.equal([]);
      expect((await mikko.post(at("/offers/nothing/dismiss"))).status).to.equal(404);
      expect((await ana.delete(at(`/offers/${item}/dismiss`))).status).to.equal(204);
      expect(await offered()).to.deep.equal([["Walk along the river", "2027-03-08"]]);
    });

    it("of a meeting to which nobody has added what was learned", async () => {
      const counts = {
        ...{ openedAt: 1, lengthMs: 1, adults: 2, pupils: 30, classes: 0, turns: 3, spokeMs: 9, messages: 0 },
        schools: [],
      };
      const id = await given({ kind: "meeting", author: null, counts });
      expect((await card()).offers).to.deep.equal([{ of: "meeting", entry: id, title: "", day: "2027-03-09" }]);
      const saved = await mikko.patch(at(`/entries/${id}`), { base: 1, changes: { learned: "To listen." } });
      expect(good(saved).entry.body.learned).to.equal("To listen.");
      expect((await card()).offers).to.deep.equal([]);
      expect((await mikko.patch(at(`/entries/${id}`), { base: 2, changes: { toDay: "2027-01-01" } })).status).to.equal(
        400,
      );
    });

    it("of an unknown date, a removed one or another project's nothing begins", async () => {
      const item = await dated("Walk along the river", "2027-03-08");
      await ana.delete(talk.at(`calendar/items/${item}`));
      for (const calendarItem of [item, "none"]) {
        const answer = await ana.post(at("/entries"), { kind: "activity", calendarItem });
        expect(answer.body.refused).to.equal("calendar.unknown");
      }
    });
  });

  it("has its interim entry begun from the others", async () => {
    await given({ body: { title: "First visit", done: "We walked." } });
    const { entry } = good(await mikko.post(at("/entries"), { kind: "interim" }));
    expect(entry.body.done).to.contain("First visit");
    expect(entry.body.fromDay).to.equal("2027-01-11");
  });
});
