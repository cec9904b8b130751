import { expect } from "chai";
import { undoWithinMs } from "../../../domain/registry/desk.ts";
import { type ActiveSpace, openSpace } from "../../support/activeSpace.ts";
import { deskPerson } from "../../support/desks.ts";
import { aveiro, type FrontDoor, openFrontDoor, type Person } from "../../support/frontDoor.ts";
import { good } from "../../support/projects.ts";
import { rubricOfThree, sentApplication } from "../../support/sentApplication.ts";

describe("Judging an application for a Quality Label", function () {
  this.timeout(60_000);

  const at = "/api/desk/quality-labels";
  let front: FrontDoor;
  let space: ActiveSpace;
  let portugal: Person;
  let second: Person;
  let finland: Person;
  let central: Person;

  before(async () => {
    front = await openFrontDoor();
    space = await openSpace(front);
    portugal = await deskPerson(front, "Paula of the service", "PT");
    second = await deskPerson(front, "Pedro of the service", "PT");
    finland = await deskPerson(front, "Fia of the service", "FI");
    central = await deskPerson(front, "Cora of the centre", null);
  });
  after(() => front.close());
  beforeEach(async () => {
    await front.pool.query("update label_applications set award_id = null");
    for (const table of [
      "awards",
      "label_scores",
      "label_reviews",
      "label_application_files",
      "label_applications",
      "mails",
    ]) {
      await front.pool.query(`delete from ${table}`);
    }
    front.clock.now = Date.now();
  });

  const sent = (account = space.rui.id, wish: object = {}) =>
    sentApplication(front.pool, { account, project: space.id, school: space.schools.aveiro, ...wish });
  const look = (who: Person, id: string) => who.browser.get(`${at}/${id}`);
  const scoresOf = (points: Record<string, number | null>, remark = "") =>
    Object.entries(points).map(([criterion, given]) => ({ criterion, points: given, remark }));
  const score = (who: Person, id: string, points: Record<string, number | null>, remark = "") =>
    who.browser.send("PUT", `${at}/${id}/scores`, { scores: scoresOf(points, remark) });
  const decide = (who: Person, id: string, decision: string, feedback = "") =>
    who.browser.post(`${at}/${id}/decision`, { decision, feedback });
  const enough = { work: 4, tools: 3, plan: 0 };
  const letters = async () =>
    (
      await front.pool.query(
        "select kind, to_address, text from mails where kind like 'qualityLabel%' or kind = 'decisionUndone' order by created_at",
      )
    ).rows;

  describe("is for the service of the applicant's country", () => {
    it("which sees it and reads its frozen copy, the criteria as they were among it", async () => {
      const id = await sent();
      const list = good(await portugal.browser.get(at));
      expect(list.counts).to.deep.equal({ waiting: 1, inReview: 0 });
      expect(list.items[0]).to.deep.include({
        ...{
          id,
          state: "submitted",
          attempt: 1,
          applicant: "Rui of two rivers",
          points: null,
          most: 15,
          reviewers: [],
        },
        project: { slug: "two-rivers", title: "Two rivers" },
        school: { name: "Escola de Aveiro", town: "Aveiro", country: "PT" },
      });
      const view = good(await look(portugal, id));
      expect(view.may).to.equal("review");
      expect(view.copy.rubric).to.deep.equal(rubricOfThree);
      expect(view.copy.entries[0].body.title).to.equal("Measuring day");
      expect([view.others, view.totals, view.decided, view.undoUntil]).to.deep.equal([null, null, null, null]);
    });

    it("and is not there for another country's, nor for teachers, nor for who is signed out", async () => {
      const id = await sent();
      expect(good(await finland.browser.get(at)).items).to.deep.equal([]);
      expect((await finland.browser.get(`${at}?country=PT`)).status).to.equal(403);
      const file = await finland.browser.get(`${at}.csv`);
      expect(file.text).to.not.contain("Two rivers");
      for (const who of [finland, space.ana, space.mikko]) {
        const status = who === finland ? 404 : 403;
        expect((await look(who, id)).status).to.equal(status);
        expect((await score(who, id, enough)).status).to.equal(status);
        expect((await decide(who, id, "granted")).status).to.equal(status);
        expect((await who.browser.post(`${at}/${id}/undo`)).status).to.equal(status);
      }
      expect((await front.browser().get(at)).status).to.equal(401);
    });

    it("while the central one reads all and judges where a country has no service of its own", async () => {
      const id = await sent();
      expect(good(await look(central, id)).may).to.equal("otherService");
      expect((await score(central, id, enough)).status).to.equal(403);
      await front.pool.query("update label_applications set country = 'IS' where id = $1", [id]);
      expect(good(await look(central, id)).may).to.equal("review");
      expect((await score(central, id, enough)).status).to.equal(200);
      expect((await decide(central, id, "granted")).status).to.equal(200);
    });

    it("and not for a draft or one that was taken back", async () => {
      const id = await sent();
      await front.pool.query("update label_applications set state = 'withdrawn', frozen = null where id = $1", [id]);
      expect(good(await portugal.browser.get(at)).items).to.deep.equal([]);
      expect((await look(portugal, id)).status).to.equal(404);
    });
  });

  it("is refused to who is in the project or works at one of its schools", async () => {
    const id = await sent();
    const member = await deskPerson(front, "Marta in the project", "PT");
    await front.pool.query(
      "insert into project_members (project_id, account_id, school_id, role, state) values ($1, $2, $3, 'teacher', 'left')",
      [space.id, member.id, space.schools.aveiro],
    );
    const colleague = await front.person("teacher", "Clara at the school", aveiro);
    await front.pool.query(
      "insert into support_staff (service_id, account_id) select id, $1 from support_services where country = 'PT'",
      [colleague.id],
    );
    for (const who of [member, colleague]) {
      expect(good(await look(who, id)).may).to.equal("conflict");
      for (const answer of [
        await who.browser.post(`${at}/${id}/review`),
        await score(who, id, enough),
        await decide(who, id, "notGranted", "No"),
      ]) {
        expect([answer.status, answer.body.refused]).to.deep.equal([409, "label.conflict"]);
      }
    }
    await score(portugal, id, enough);
    await decide(portugal, id, "granted", "Well done");
    const after = good(await look(colleague, id));
    expect([after.others, after.totals]).to.deep.equal([null, null]);
    expect((await colleague.browser.post(`${at}/${id}/undo`)).body.refused).to.equal("label.conflict");
  });

  it("is taken in review by name, so that the second one knows", async () => {
    const id = await sent();
    const taken = await Promise.all([1, 2].map(() => portugal.browser.post(`${at}/${id}/review`)));
    expect(taken.map(({ status }) => status)).to.deep.equal([200, 200]);
    const [item] = good(await second.browser.get(`${at}?shelf=inReview`)).items;
    expect(item.reviewers).to.have.length(1);
    expect(item.reviewers[0]).to.include({ name: "Paula of the service", own: false, whole: false });
    const { rows } = await front.pool.query(
      "select state, review_began_at is not null as began from label_applications",
    );
    expect(rows).to.deep.equal([{ state: "inReview", began: true }]);
    const acts = await front.pool.query(
      "select act from registry_acts where kind = 'labelApplication' and object_id = $1",
      [id],
    );
    expect(acts.rows).to.deep.equal([{ act: "taken" }]);
  });

  it("keeps points and remarks as they are given, to go on later", async () => {
    const id = await sent();
    expect(good(await score(portugal, id, { work: 4 }, "They measured together.")).mine).to.deep.equal([
      { criterion: "work", points: 4, remark: "They measured together." },
    ]);
    await score(portugal, id, { tools: null }, "To be looked at again");
    await score(portugal, id, { work: 3 }, "They measured apart.");
    expect(good(await look(portugal, id)).mine).to.deep.equal([
      { criterion: "tools", points: null, remark: "To be looked at again" },
      { criterion: "work", points: 3, remark: "They measured apart." },
    ]);
    expect((await score(portugal, id, { work: 6 })).status).to.equal(400);
    expect((await score(portugal, id, { charm: 5 })).status).to.equal(400);
  });

  it("shows what the others gave to who has given points for everything, and to nobody before", async () => {
    const id = await sent();
    await score(portugal, id, enough, "Paula's own words");
    await score(second, id, { work: 2 });
    const before = await look(second, id);
    expect([before.body.others, before.body.totals]).to.deep.equal([null, null]);
    expect(before.text).to.not.contain("Paula's own words");
    const saved = good(await score(second, id, { work: 2, tools: 3, plan: 1 }));
    expect(saved.others[0]).to.include({ name: "Paula of the service" });
    expect(saved.totals).to.deep.equal([
      { criterion: "work", points: 3, leastPoints: 3, enough: true },
      { criterion: "tools", points: 3, leastPoints: 3, enough: true },
      { criterion: "plan", points: 0.5, leastPoints: 0, enough: true },
    ]);
  });

  describe("ends", () => {
    it("with the label where every criterion has its least points by the average", async () => {
      const id = await sent(space.rui.id, { named: true });
      expect((await decide(portugal, id, "granted")).body.refused).to.equal("label.noWholeReview");
      await score(portugal, id, { work: 3, tools: 3 });
      expect((await decide(portugal, id, "granted")).body.refused).to.equal("label.noWholeReview");
      await score(portugal, id, { work: 3, tools: 3, plan: 0 });
      await score(second, id, { work: 2, tools: 5, plan: 0 });
      expect((await decide(portugal, id, "granted")).body.refused).to.equal("label.belowLeast");
      await score(second, id, { work: 3 });
      const view = good(await decide(portugal, id, "granted", "A pleasure to read."));
      expect(view.decided).to.deep.include({
        decision: "granted",
        feedback: "A pleasure to read.",
        by: "Paula of the service",
      });
      expect(view.item).to.include({ state: "granted", points: 7, most: 15 });
      const { rows } = await front.pool.query("select kind, account_id, application_id, named, shown from awards");
      expect(rows).to.deep.equal([
        { kind: "qualityLabel", account_id: space.rui.id, application_id: id, named: true, shown: true },
      ]);
      const [letter, ...more] = await letters();
      expect([letter.kind, letter.to_address, more.length]).to.deep.equal(["qualityLabelGranted", space.rui.email, 0]);
      expect(letter.text).to.contain("/twinspace/two-rivers/quality-label").and.not.contain("pleasure");
    });

    it("without it, and then says why; the letter has none of these words", async () => {
      const id = await sent();
      await portugal.browser.post(`${at}/${id}/review`);
      const silent = await decide(portugal, id, "notGranted", "  ");
      expect([silent.status, silent.body.fields]).to.deep.equal([400, ["feedback"]]);
      good(await decide(portugal, id, "notGranted", "Show more of what the pupils did."));
      const [letter] = await letters();
      expect(letter.kind).to.equal("qualityLabelNotGranted");
      expect(letter.text).to.not.contain("pupils did");
      expect((await front.pool.query("select from awards")).rowCount).to.equal(0);
      const [item] = good(await portugal.browser.get(`${at}?shelf=decided`)).items;
      expect(item).to.include({ id, state: "notGranted" });
    });

    it("once: of two who decide at once, and of two clicks, the second one is told", async () => {
      const id = await sent();
      await score(portugal, id, enough);
      await score(second, id, enough);
      const both = await Promise.all([
        decide(portugal, id, "granted"),
        decide(second, id, "notGranted", "No, thank you."),
      ]);
      expect(both.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
      expect(both.find(({ status }) => status === 409)?.body.refused).to.equal("label.decided");
      expect((await decide(portugal, id, "granted")).body.refused).to.equal("label.decided");
      expect((await score(portugal, id, { work: 0 })).body.refused).to.equal("label.decided");
      expect(await letters()).to.have.length(1);
    });

    it("with the label for one that was improved after it was refused", async () => {
      const first = await sent();
      await score(portugal, first, { work: 1, tools: 3, plan: 2 }, "Too little together.");
      expect((await decide(portugal, first, "granted")).body.refused).to.equal("label.belowLeast");
      good(await decide(portugal, first, "notGranted", "Work together more."));
      const improved = await sent(space.rui.id, { attempt: 2 });
      const view = good(await look(portugal, improved));
      expect([view.item.attempt, view.mine, view.item.reviewers]).to.deep.equal([2, [], []]);
      await score(portugal, improved, enough);
      good(await decide(portugal, improved, "granted", "Much better."));
      const decided = good(await portugal.browser.get(`${at}?shelf=decided`)).items;
      expect(decided.map(({ state }: { state: string }) => state).sort()).to.deep.equal(["granted", "notGranted"]);
    });

    it("not with a label for somebody who is gone", async () => {
      const id = await sent();
      await score(portugal, id, enough);
      await front.pool.query("update accounts set ended_at = now() where id = $1", [space.rui.id]);
      const answer = await decide(portugal, id, "granted");
      await front.pool.query("update accounts set ended_at = null where id = $1", [space.rui.id]);
      expect(answer.body.refused).to.equal("label.applicantGone");
    });
  });

  describe("can be taken back", () => {
    it("within ten minutes, by letter too; the label it gave is revoked for ever and another one may be given", async () => {
      const id = await sent();
      await score(portugal, id, enough);
      const granted = good(await decide(portugal, id, "granted", "Wonderful"));
      expect(granted.undoUntil).to.equal(front.clock.now + undoWithinMs);
      const view = good(await second.browser.post(`${at}/${id}/undo`));
      expect([view.may, view.item.state, view.decided, view.feedback]).to.deep.equal([
        "review",
        "inReview",
        null,
        "Wonderful",
      ]);
      expect((await letters()).map(({ kind }) => kind)).to.deep.equal(["qualityLabelGranted", "decisionUndone"]);
      expect((await second.browser.post(`${at}/${id}/undo`)).body.refused).to.equal("desk.nothingToUndo");
      good(await decide(portugal, id, "granted"));
      const { rows } = await front.pool.query("select revoked_reason from awards order by status_index");
      expect(rows).to.deep.equal([{ revoked_reason: "issuedInError" }, { revoked_reason: null }]);
    });

    it("not later, nor once they have begun anew", async () => {
      const late = await sent();
      await score(portugal, late, enough);
      good(await decide(portugal, late, "granted"));
      front.clock.now += undoWithinMs + 1;
      expect((await portugal.browser.post(`${at}/${late}/undo`)).body.refused).to.equal("desk.tooLate");
      const id = await sent(space.ana.id);
      await portugal.browser.post(`${at}/${id}/review`);
      good(await decide(portugal, id, "notGranted", "Show more."));
      await sent(space.ana.id, { attempt: 2 });
      expect((await portugal.browser.post(`${at}/${id}/undo`)).body.refused).to.equal("desk.followed");
    });
  });

  it("lists the oldest first, page by page, and finds by words", async () => {
    const accounts: string[] = [];
    for (let index = 0; index < 53; index += 1) {
      accounts.push(`teacher-${index}`);
      await front.pool.query("insert into accounts (id, email, name) values ($1, $1, $1) on conflict do nothing", [
        `teacher-${index}`,
      ]);
      await sent(`teacher-${index}`, { at: Date.UTC(2026, 0, 1) + index * 1000 });
    }
    const first = good(await portugal.browser.get(at));
    const rest = good(await portugal.browser.get(`${at}?after=${first.next}`));
    const names = [...first.items, ...rest.items].map(({ applicant }: { applicant: string }) => applicant);
    expect(names).to.deep.equal(accounts);
    expect([rest.next, first.counts.waiting]).to.deep.equal([null, 53]);
    expect(good(await portugal.browser.get(`${at}?words=rivers aveiro`)).items).to.have.length(50);
    expect(good(await portugal.browser.get(`${at}?words=mountains`)).items).to.deep.equal([]);
    expect((await portugal.browser.get(`${at}?after=nonsense`)).body.items).to.deep.equal([]);
    const { text } = await portugal.browser.get(`${at}.csv`);
    expect(text.trim().split("\r\n")).to.have.length(54);
  });

  it("is counted on the desk, with since when the oldest waits", async () => {
    await sent(space.rui.id, { at: Date.UTC(2026, 1, 1) });
    await sent(space.ana.id, { at: Date.UTC(2026, 2, 1) });
    const { waiting } = good(await portugal.browser.get("/api/desk"));
    expect(waiting.find(({ kind }: { kind: string }) => kind === "label")).to.deep.equal({
      ...{ kind: "label", count: 2, oldest: Date.UTC(2026, 1, 1) },
    });
    const others = good(await finland.browser.get("/api/desk")).waiting;
    expect(others.find(({ kind }: { kind: string }) => kind === "label").count).to.equal(0);
  });
});
