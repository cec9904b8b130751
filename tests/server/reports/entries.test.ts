import { expect } from "chai";
import type { EntryView } from "../../../protocol/reports/entries.ts";
import { sealRosterName } from "../../../server/twinspace/pupils/rosterNames.ts";
import { deskPerson } from "../../support/desks.ts";
import { type Answer, type Browser, type FrontDoor, openFrontDoor, type Person } from "../../support/frontDoor.ts";
import { good } from "../../support/projects.ts";
import { openCard } from "../../support/reports.ts";
import { openTalk, type Talkers } from "../../support/talkers.ts";

const minute = 60_000;
const dayMs = 24 * 60 * minute;

describe("Entries of a report card", function () {
  this.timeout(60_000);
  let front: FrontDoor;
  let talk: Talkers;
  let other: Talkers;
  let ana: Browser;
  let rui: Browser;
  let mikko: Browser;
  let paula: Person;

  before(async () => {
    front = await openFrontDoor();
    talk = await openTalk(front);
    other = await openTalk(front, "other-lakes");
    [ana, rui, mikko] = [talk.ana.browser, talk.rui.browser, talk.mikko.browser];
    paula = await deskPerson(front, "Paula", "PT");
    for (const { id } of [talk, other]) await openCard(front.pool, id, front.clock.now - 9 * dayMs);
  });
  after(() => front?.close());
  beforeEach(async () => {
    front.clock.now = Date.now();
    await front.pool.query("delete from report_entries");
    await front.pool.query("delete from report_plan");
    await front.pool.query("delete from mails");
    await front.pool.query("update projects set state = 'active', closed_at = null");
  });

  const at = (path = "") => talk.at(`report${path}`);
  const begin = async (by: Browser, kind = "activity", more: object = {}): Promise<EntryView> =>
    good(await by.post(at("/entries"), { kind, ...more })).entry;
  const save = (by: Browser, { id, version }: Pick<EntryView, "id" | "version">, changes: object, more: object = {}) =>
    by.patch(at(`/entries/${id}`), { base: version, changes, ...more });
  const written = async (by: Browser, changes: object, kind = "activity"): Promise<EntryView> =>
    good(await save(by, await begin(by, kind), changes)).entry;
  const act = (by: Browser, id: string, what: string, body?: object): Promise<Answer> =>
    by.post(at(`/entries/${id}/${what}`), body);
  const share = (by: Browser, id: string, readers = "services", more: object = {}) =>
    act(by, id, "share", { readers, ...more });
  const look = async (by: Browser, id: string): Promise<EntryView> => good(await by.get(at(`/entries/${id}`))).entry;
  const refused = ({ body }: Answer) => (body.fields ? [body.refused, body.fields] : body.refused);
  const bread = { title: "Bread of two towns", done: "We baked it together." };
  const letters = async () =>
    (await front.pool.query("select to_address, text from mails where kind = 'reportQuestion'")).rows;

  describe("are written", () => {
    it("by the teachers of both schools, and each sees all, drafts too", async () => {
      const mine = await written(ana, bread);
      expect(mine).to.deep.include({ kind: "activity", state: "draft", version: 2, mayWrite: true, mayRemove: true });
      expect(mine.author).to.include({ name: "Ana of two rivers" });
      expect(mine.author?.school?.country).to.equal("PT");
      const theirs = await begin(mikko, "difficulty");
      for (const by of [ana, rui, mikko]) {
        const { entries } = good(await by.get(at("/entries")));
        expect(entries.map(({ id }: EntryView) => id)).to.have.members([mine.id, theirs.id]);
      }
      const { entries } = good(await ana.get(at("/entries?kind=difficulty")));
      expect(entries.map(({ id }: EntryView) => id)).to.deep.equal([theirs.id]);
    });

    it("by nobody else, and nobody else reads them", async () => {
      const { id } = await written(ana, bread);
      const all = [talk.expert, talk.observer, talk.pupil.browser, talk.pupilAdmin.browser, talk.parent.browser];
      for (const by of all) {
        for (const path of ["", "/entries", `/entries/${id}`]) expect((await by.get(at(path))).status).to.equal(403);
        expect((await by.post(at("/entries"), { kind: "activity" })).status).to.equal(403);
        expect((await save(by, { id, version: 2 }, { done: "No" })).status).to.equal(403);
      }
      // Of others' projects nothing is told: not to teachers of another one, and not to a service, which comes by its desk.
      for (const by of [other.founder, other.pupil.browser, paula.browser]) {
        expect((await by.get(at(`/entries/${id}`))).status).to.be.oneOf([403, 404]);
        expect((await save(by, { id, version: 2 }, { done: "No" })).status).to.be.oneOf([403, 404]);
      }
      expect((await look(ana, id)).body.done).to.equal(bread.done);
    });

    it("never by way of another project", async () => {
      const { id } = await written(ana, bread);
      const through = other.at(`report/entries/${id}`);
      expect((await other.founder.get(through)).status).to.equal(404);
      expect((await other.founder.patch(through, { base: 2, changes: { done: "Theirs" } })).status).to.equal(404);
      expect((await other.founder.delete(through)).status).to.equal(404);
      for (const what of ["share", "unshare", "restore"]) {
        const body = what === "share" ? { readers: "partners" } : undefined;
        expect((await other.founder.post(`${through}/${what}`, body)).status).to.equal(404);
      }
    });

    it("by their author and by administrators; of a project's own account everybody writes a part", async () => {
      const activity = await written(ana, bread);
      const byRui = await written(rui, bread);
      expect((await save(rui, activity, { done: "No" })).body.refused).to.equal("account.notAllowed");
      expect((await share(rui, activity.id)).body.refused).to.equal("account.notAllowed");
      expect((await rui.delete(at(`/entries/${activity.id}`))).body.refused).to.equal("account.notAllowed");
      expect((await look(rui, activity.id)).mayWrite).to.equal(false);
      good(await save(mikko, byRui, { learned: "To wait for dough." }));
      const interim = await begin(ana, "interim");
      good(await save(rui, interim, { learned: "Patience." }));
      expect((await rui.delete(at(`/entries/${interim.id}`))).body.refused).to.equal("account.notAllowed");
    });

    it("of fields that their kind has, within their bounds", async () => {
      const entry = await begin(ana);
      const bad: [object, number][] = [
        [{ title: "x".repeat(121) }, 400],
        [{ done: "x".repeat(4001) }, 400],
        [{ nonsense: "x" }, 400],
        [{ toDay: "2026-02-30" }, 400],
        [{ toDay: "1926-02-03" }, 400],
        [{ shownLink: "javascript:alert(1)" }, 400],
        [{ evidence: [{ kind: "link", link: "data:text/html,x", words: "" }] }, 400],
        [{ pupils: [{ school: talk.schools.aveiro, ageMin: 11, ageMax: 12, count: -1 }] }, 400],
        [
          {
            pupils: [
              {
                school: other.schools.aveiro === talk.schools.aveiro ? "x" : "y",
                ageMin: null,
                ageMax: null,
                count: 1,
              },
            ],
          },
          400,
        ],
        [{ subjects: ["no-such-subject"] }, 400],
        [{ criteria: ["no-such-criterion"] }, 400],
        [{ plan: [{ item: "no-line", amount: 1 }] }, 400],
        [{ plan: "all" }, 400],
      ];
      for (const [changes, status] of bad) {
        const answer = await save(ana, entry, changes);
        expect(answer.status, JSON.stringify(changes).slice(0, 80)).to.equal(status);
      }
      expect((await ana.patch(at(`/entries/${entry.id}`), { base: 99, changes: bread })).status).to.equal(400);
      expect((await ana.patch(at(`/entries/${entry.id}`), { base: -1, changes: bread })).status).to.equal(400);
      expect((await ana.post(at("/entries"), { kind: "meeting" })).status).to.equal(400);
      const { body, version } = await look(ana, entry.id);
      expect([body.title, version]).to.deep.equal(["", 1]);
      const subjects = ["biology"];
      const pupils = [{ school: talk.schools.oulu, ageMin: 11, ageMax: 13, count: 22 }];
      const kept = good(await save(ana, entry, { subjects, pupils, done: "a\u0000b\ud800" })).entry;
      expect(kept.body).to.deep.include({ subjects, pupils, done: "ab\ufffd" });
    });

    it("and the day they are about is the last one of their period", async () => {
      const entry = await written(ana, { ...bread, fromDay: "2026-03-02" });
      expect(entry.day).to.equal("2026-03-02");
      const later = good(await save(ana, entry, { toDay: "2026-03-05" })).entry;
      expect(later.day).to.equal("2026-03-05");
      const none = good(await save(ana, later, { toDay: null, fromDay: null })).entry;
      expect(none.day).to.equal(new Date(front.clock.now).toISOString().slice(0, 10));
    });

    it("page by page, the newest day first", async () => {
      await front.pool.query(
        `insert into report_entries (id, project_id, kind, author, day, made_at, changed_at)
         select 'many-' || lpad(n::text, 3, '0'), $1, 'activity', $2, '2026-01-01'::date + n / 2, to_timestamp(0), now()
         from generate_series(1, 70) n`,
        [talk.id, `account:${talk.ana.id}`],
      );
      const found: string[] = [];
      let after: string | null = null;
      do {
        const page: { entries: EntryView[]; next: string | null } = good(
          await mikko.get(at(`/entries${after === null ? "" : `?after=${after}`}`)),
        );
        found.push(...page.entries.map(({ id }) => id));
        after = page.next;
      } while (after !== null);
      expect(found).to.have.length(70);
      expect(found).to.deep.equal([...found].sort().reverse());
      expect((await ana.get(at("/entries?after=bm9uc2Vuc2U"))).status).to.equal(400);
    });
  });

  describe("are saved field by field", () => {
    it("and what two have written at once in different fields is all kept", async () => {
      const entry = await begin(ana, "interim");
      good(await save(ana, entry, { done: "Ana's" }));
      const { entry: both, conflicts } = good(await save(mikko, entry, { learned: "Mikko's" }));
      expect(conflicts).to.deep.equal([]);
      expect(both.body).to.include({ done: "Ana's", learned: "Mikko's" });
    });

    it("and in the same field the first one stands, and the second is told whose it is", async () => {
      const entry = await begin(ana, "interim");
      const first = good(await save(ana, entry, { done: "Ana's" })).entry;
      const { entry: shown, conflicts } = good(await save(mikko, entry, { done: "Mikko's", learned: "More" }));
      expect(conflicts).to.deep.equal([{ field: "done", by: "Ana of two rivers" }]);
      expect(shown.body).to.include({ done: "Ana's", learned: "More" });
      expect(shown.version).to.equal(first.version + 1);
      const { entry: over } = good(await save(mikko, shown, { done: "Ana's and Mikko's" }));
      expect(over.body.done).to.equal("Ana's and Mikko's");
    });

    it("and the same again, as after an answer that was lost, changes nothing", async () => {
      const entry = await begin(ana);
      const first = good(await save(ana, entry, bread)).entry;
      const again = good(await save(ana, entry, bread));
      expect(again).to.deep.equal({ entry: first, conflicts: [] });
    });

    it("at the same moment, and none of what was acknowledged is lost", async () => {
      const entry = await begin(ana, "final");
      const fields = ["done", "learned", "difficulties", "communication", "collaboration", "curriculum"];
      const answers = await Promise.all(
        fields.flatMap((field) => [ana, mikko].map((by, n) => save(by, entry, { [field]: `By ${n}` }))),
      );
      const { body } = await look(ana, entry.id);
      const took = answers.map((answer) => good(answer).conflicts.length === 0);
      fields.forEach((field, n) => {
        const [anas, mikkos] = [took[2 * n], took[2 * n + 1]];
        expect(Number(anas) + Number(mikkos), field).to.equal(1);
        expect(body[field as "done"]).to.equal(anas ? "By 0" : "By 1");
      });
    });
  });

  describe("are shared", () => {
    it("with the partners or the services too, once they have what their kind needs", async () => {
      const entry = await begin(ana);
      expect(refused(await share(ana, entry.id))).to.deep.equal(["entry.incomplete", ["title", "done"]]);
      const titled = good(await save(ana, entry, { title: "Bread", fromDay: "2026-03-05", toDay: "2026-03-04" })).entry;
      expect(refused(await share(ana, entry.id))).to.deep.equal(["entry.incomplete", ["done"]]);
      const whole = good(await save(ana, titled, { done: "Baked." })).entry;
      expect(refused(await share(ana, entry.id))).to.deep.equal(["entry.daysTurned", ["toDay"]]);
      good(await save(ana, whole, { toDay: "2026-03-06" }));
      const shared: EntryView = good(await share(ana, entry.id, "partners")).entry;
      expect(shared).to.deep.include({ state: "shared", readers: "partners", sharedAt: front.clock.now, waits: null });
      expect(good(await share(ana, entry.id)).entry).to.include({ readers: "services" });
      const { card } = good(await mikko.get(at()));
      expect(card).to.include({ entries: 1, drafts: 0, silentDays: 0, lastSharedAt: front.clock.now });
    });

    it("once, however often it is pressed, and told to the teachers as news", async () => {
      const { id } = await written(ana, { title: "May we?", question: "May we go on?" }, "question");
      const answers = await Promise.all([share(ana, id), share(ana, id), share(ana, id)]);
      expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200]);
      expect(await letters()).to.have.length(1);
      const { news } = good(await mikko.get(talk.at("news")));
      expect(news[0]).to.include({ kind: "entryShared", title: "May we?" });
      expect(news[0].path).to.equal(`/twinspace/two-rivers/report/entry/${id}`);
      for (const by of [talk.expert, talk.pupil.browser]) {
        const { news: theirs } = good(await by.get(talk.at("news")));
        expect(theirs.filter(({ kind }: { kind: string }) => kind === "entryShared")).to.deep.equal([]);
      }
    });

    it("and a question then waits for the service of its author's country", async () => {
      const { id } = await written(mikko, { title: "May we?", question: "May we go on?" }, "question");
      good(await share(mikko, id, "partners"));
      expect((await look(ana, id)).waits).to.equal(null);
      const { waits } = good(await share(mikko, id)).entry;
      // Finland has no service of its own here: the central one answers.
      expect(waits).to.deep.equal({ since: front.clock.now, country: null });
      const anas = await written(ana, { ...bread, question: "And this?" });
      expect(good(await share(ana, anas.id)).entry.waits.country).to.equal("PT");
      const [letter] = (await letters()).filter(({ to_address }) => to_address === paula.email);
      expect(letter.text).to.contain("Escola de Aveiro").and.not.contain("And this?");
      expect(good(await ana.get(at())).card.questionSince).to.equal(front.clock.now);
    });

    it("and a question that is added later waits from then on; one that is taken out, no longer", async () => {
      const entry = await written(ana, bread);
      const shared = good(await share(ana, entry.id)).entry;
      front.clock.now += 5 * minute;
      const asking = good(await save(ana, shared, { question: "May we?" })).entry;
      expect(asking.waits.since).to.equal(front.clock.now);
      front.clock.now += minute;
      const changed = good(await save(ana, asking, { question: "May we go on?" })).entry;
      expect(changed.waits.since).to.equal(asking.waits.since);
      expect(await letters()).to.have.length(1);
      expect(good(await save(ana, changed, { question: "" })).entry.waits).to.equal(null);
      expect(good(await ana.get(at())).card.questionSince).to.equal(null);
    });

    it("and stay whole: what they need is not taken out of them", async () => {
      const entry = await written(ana, bread);
      const shared = good(await share(ana, entry.id)).entry;
      expect(refused(await save(ana, shared, { title: " " }))).to.deep.equal(["entry.incomplete", ["title"]]);
      good(await save(ana, shared, { title: "Rolls" }));
    });

    it("and can be taken back within ten minutes, or until a service has read them", async () => {
      const { id } = await written(ana, bread);
      good(await share(ana, id));
      const read = () =>
        front.pool.query("insert into report_reviews (entry_id, country, at) values ($1, 'PT', now())", [id]);
      await read();
      front.clock.now += 9 * minute;
      const draft = good(await act(ana, id, "unshare")).entry;
      expect(draft).to.include({ state: "draft", sharedAt: null });
      expect(good(await act(ana, id, "unshare")).entry.state).to.equal("draft");
      expect(good(await ana.get(at())).card.entries).to.equal(0);
      good(await share(ana, id));
      front.clock.now += 11 * minute;
      expect((await act(ana, id, "unshare")).body.refused).to.equal("entry.readAlready");
      expect((await share(ana, id, "partners")).body.refused).to.equal("entry.readAlready");
      await front.pool.query("delete from report_reviews");
      expect(good(await share(ana, id, "partners")).entry.readers).to.equal("partners");
      await read();
      expect(good(await act(ana, id, "unshare")).entry.state).to.equal("draft");
    });
  });

  describe("name no pupil", () => {
    before(async () => {
      const [beatriz, aino] = [await talk.newPupil("Silver Boat"), await talk.newPupil("Lantern")];
      await front.pool.query("update pupils set roster_name = $2 where id = $1", [
        beatriz.id,
        sealRosterName(front.secrets, beatriz.id, "Beatriz Carvalho"),
      ]);
      await front.pool.query("update pupils set roster_name = $2, school_id = $3 where id = $1", [
        aino.id,
        sealRosterName(front.secrets, aino.id, "Aino Virtanen"),
        talk.schools.oulu,
      ]);
    });

    it("by alias, or by the name of a pupil of one's own school, unless somebody is sure", async () => {
      for (const [by, done] of [
        [ana, "Then silver  boat spoke."],
        [mikko, "Then Silver Boat spoke."],
        [ana, "Beatriz Carvalho spoke."],
        [ana, "beatriz carvalho spoke."],
        [ana, "Beatriz's film."],
      ] as const) {
        const { id } = await written(by, { ...bread, done });
        const answer = await share(by, id, "partners");
        expect(refused(answer), done).to.deep.equal(["entry.namesPupil", ["done"]]);
        expect(answer.text).to.not.match(/beatriz|silver/i);
        expect(good(await share(by, id, "partners", { sure: true })).entry.state).to.equal("shared");
      }
    });

    it("but a school's roster is looked into by its own teachers alone", async () => {
      for (const [by, done] of [
        [mikko, "Beatriz Carvalho spoke."],
        [ana, "Aino Virtanen spoke."],
        [ana, "The boat was silver, and lanterns hung from it; beatrizes too."],
      ] as const) {
        const { id } = await written(by, { ...bread, done });
        expect((await share(by, id)).status, done).to.equal(200);
      }
    });

    it("beside their evidence, or in what is added after they were shared", async () => {
      const evidence = [{ kind: "link", link: "https://rivers.test/film", words: "Silver Boat's film" }];
      const entry = await written(ana, { ...bread, evidence });
      expect(refused(await share(ana, entry.id))).to.deep.equal(["entry.namesPupil", ["evidence"]]);
      const shared = good(await share(ana, entry.id, "services", { sure: true })).entry;
      const more = { learned: "Silver Boat learned to row." };
      expect(refused(await save(ana, shared, more))).to.deep.equal(["entry.namesPupil", ["learned"]]);
      expect((await look(ana, entry.id)).body.learned).to.equal("");
      const sure = good(await save(ana, shared, more, { sure: true })).entry;
      good(await save(ana, sure, { nextSteps: "We go on." }));
    });

    it("and nothing of it is logged", () => {
      expect(front.logged()).to.not.match(/Beatriz|Virtanen|Silver Boat/i);
    });
  });

  describe("are removed and brought back", () => {
    it("as they were, and a second press does nothing more", async () => {
      const { id } = await written(ana, bread);
      good(await share(ana, id));
      expect((await ana.delete(at(`/entries/${id}`))).status).to.equal(204);
      expect((await ana.delete(at(`/entries/${id}`))).status).to.equal(204);
      expect((await ana.get(at(`/entries/${id}`))).body.refused).to.equal("entry.unknown");
      expect((await save(ana, { id, version: 2 }, { done: "More" })).body.refused).to.equal("entry.unknown");
      expect(good(await ana.get(at())).card.entries).to.equal(0);
      const back: EntryView = good(await act(ana, id, "restore")).entry;
      expect([back.state, back.body.title]).to.deep.equal(["shared", bread.title]);
      expect(good(await act(ana, id, "restore")).entry.state).to.equal("shared");
      expect(good(await ana.get(at())).card.entries).to.equal(1);
    });
  });

  describe("of a project that is over", () => {
    it("can be read; only the final one is still written, for a year", async () => {
      const entry = await written(ana, bread);
      const early = await begin(rui, "final");
      await front.pool.query("update projects set state = 'closed', closed_at = to_timestamp($1::float8 / 1000)", [
        front.clock.now,
      ]);
      front.clock.now += 300 * dayMs;
      expect((await look(mikko, entry.id)).mayWrite).to.equal(false);
      expect((await save(ana, entry, { done: "Late" })).body.refused).to.equal("space.readOnly");
      expect((await share(ana, entry.id)).body.refused).to.equal("space.readOnly");
      expect((await ana.delete(at(`/entries/${entry.id}`))).body.refused).to.equal("space.readOnly");
      expect((await ana.post(at("/entries"), { kind: "activity" })).body.refused).to.equal("space.readOnly");
      expect((await ana.send("PUT", at("/plan"), { items: [], base: [] })).body.refused).to.equal("space.readOnly");
      const whole = { title: "The end", done: "All of it", learned: "A lot" };
      good(await save(mikko, early, whole));
      good(await share(ana, early.id));
      expect(good(await ana.get(at())).card.state).to.equal("finalSent");
      const { id } = await begin(ana, "final");
      front.clock.now += 66 * dayMs;
      expect((await ana.post(at("/entries"), { kind: "final" })).body.refused).to.equal("space.readOnly");
      expect((await ana.delete(at(`/entries/${id}`))).body.refused).to.equal("space.readOnly");
      expect(good(await ana.get(at())).mayWrite).to.equal(false);
    });
  });
});
