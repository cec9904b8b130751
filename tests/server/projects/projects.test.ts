import { expect } from "chai";
import { aveiro, type FrontDoor, openFrontDoor, oulu, type Person } from "../../support/frontDoor.ts";
import {
  agrees,
  changesOf,
  decides,
  good,
  makeContacts,
  schoolOf,
  wholeDraft,
  wholeForm,
} from "../../support/projects.ts";

const braga = { name: "EB de Braga", town: "Braga", country: "PT" };
const volos = { name: "5ο Γυμνάσιο Βόλου", town: "Βόλος", country: "GR" };
const dayMs = 86_400_000;

describe("projects over http", () => {
  let front: FrontDoor;
  let ana: Person;
  let mikko: Person;
  let rui: Person;
  let eleni: Person;
  let portugal: Person;
  let finland: Person;
  let sweden: Person;
  let central: Person;

  before(async () => {
    front = await openFrontDoor();
    ana = await front.person("teacher", "Ana", aveiro);
    mikko = await front.person("teacher", "Mikko", oulu);
    rui = await front.person("teacher", "Rui", braga);
    eleni = await front.person("teacher", "Eleni", volos);
    portugal = await service("Portugal", "PT");
    finland = await service("Finland", "FI");
    sweden = await service("Sweden", "SE");
    central = await service("Central", null);
  });

  after(() => front.close());

  let pairs = 0;

  /** How often one account may choose somebody is limited, so not everything is done by the same two. */
  async function othersCome(): Promise<void> {
    pairs += 1;
    ana = await front.person("teacher", `Ana ${pairs}`, aveiro);
    mikko = await front.person("teacher", `Mikko ${pairs}`, oulu);
  }

  /** Somebody who works for a country's support service, or for the central one. */
  async function service(name: string, country: string | null): Promise<Person> {
    const person = await front.person("support", name, null);
    await front.pool.query("delete from support_staff where account_id = $1", [person.id]);
    if (country !== null) {
      await front.pool.query(
        "insert into support_services (id, kind, country, name) values ($1, 'nss', $2, $3) on conflict do nothing",
        [`nss-${country.toLowerCase()}`, country, `Support service of ${name}`],
      );
    }
    await front.pool.query(
      "insert into support_staff (service_id, account_id) select id, $1 from support_services where country is not distinct from $2",
      [person.id, country],
    );
    return person;
  }

  const look = async ({ browser }: Person, id: string) => good(await browser.get(`/api/projects/${id}`));
  const save = ({ browser }: Person, id: string, changes: object[]) =>
    browser.patch(`/api/projects/${id}`, { changes });
  const act = ({ browser }: Person, id: string, name: string, body: object = {}) =>
    browser.post(`/api/projects/${id}/${name}`, body);
  const letters = async (kind: string) => {
    const { rows } = await front.pool.query<{ to: string }>(
      "select to_address as to from mails where kind = $1 order by created_at, id",
      [kind],
    );
    return rows.map(({ to }) => to);
  };
  const sentBy = async (one: Person, other: Person) => {
    const id = await wholeDraft(front, one, other);
    good(await agrees(one, id));
    good(await agrees(other, id));
    return id;
  };
  const activeOf = async () => {
    const id = await sentBy(ana, mikko);
    await decides(front, portugal, id, "PT");
    await decides(front, finland, id, "FI");
    return id;
  };

  describe("from the draft to the approval", () => {
    let id: string;

    it("ask the partner first, then each country's service, and are active when both have approved", async () => {
      id = await wholeDraft(front, ana, mikko);
      expect((await look(mikko, id)).mine).to.include({ role: "founder", state: "accepted" });
      expect(await decides(front, portugal, id, "PT")).to.deep.equal({ refused: "project.notNow" });

      const sent = good(await agrees(ana, id));
      expect(sent.state).to.equal("awaitingPartner");
      expect(sent.slug).to.equal("two-rivers");
      expect(sent.waits).to.deep.equal([{ for: "founder", account: mikko.id, name: "Mikko" }]);
      expect(await decides(front, finland, id, "FI")).to.deep.equal({ refused: "project.notNow" });
      expect(await letters("projectInvited")).to.deep.equal([mikko.email]);

      const agreed = good(await agrees(mikko, id));
      expect(agreed.state).to.equal("awaitingService");
      expect(agreed.scope).to.equal("european");
      expect(agreed.waits).to.deep.equal([
        { for: "service", country: "FI" },
        { for: "service", country: "PT" },
      ]);
      expect(await letters("projectToService")).to.have.members([portugal.email, finland.email]);

      expect(await decides(front, portugal, id, "PT")).to.equal(undefined);
      expect((await look(ana, id)).state).to.equal("awaitingService");
      expect(await decides(front, portugal, id, "PT"), "twice").to.deep.equal({ refused: "project.notNow" });
      expect(await decides(front, finland, id, "FI")).to.equal(undefined);
      expect((await look(ana, id)).state).to.equal("active");
    });

    it("give both founders the Label and tell both", async () => {
      const { rows } = await front.pool.query("select school_id from awards where project_id = $1", [id]);
      expect(rows).to.have.length(2);
      expect(await letters("projectApproved")).to.have.members([ana.email, mikko.email]);
    });

    it("find the project by its readable address too", async () => {
      expect((await look(mikko, "two-rivers")).id).to.equal(id);
      const second = await wholeDraft(front, ana, mikko);
      expect(good(await agrees(ana, second)).slug).to.equal("two-rivers-2");
    });

    it("are sent once, however often the button is pressed", async () => {
      const doubled = await wholeDraft(front, ana, mikko);
      const before = (await letters("projectInvited")).length;
      const { version } = await look(ana, doubled);
      const answers = await Promise.all([1, 2, 3].map(() => act(ana, doubled, "agree", { version })));
      expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200]);
      expect((await letters("projectInvited")).length).to.equal(before + 1);
    });

    it("are not sent with something missing, and say what", async () => {
      const draft = await wholeDraft(front, ana, mikko);
      good(await save(ana, draft, [{ field: "aims", value: " ", base: 1 }]));
      good(await save(ana, draft, [{ field: "ageMax", value: 8, base: 1 }]));
      const answer = await agrees(ana, draft);
      expect(answer.status).to.equal(400);
      expect(answer.body).to.include({ refused: "project.incomplete" });
      expect(answer.body.fields).to.deep.equal(["aims", "ageMax"]);
      expect((await look(ana, draft)).state).to.equal("draft");
    });

    it("are not agreed to as somebody else has changed them meanwhile", async () => {
      const draft = await wholeDraft(front, ana, mikko);
      const { version } = await look(mikko, draft);
      good(await agrees(ana, draft));
      good(await save(ana, draft, [{ field: "summary", value: "Quite another project.", base: 1 }]));
      expect((await act(mikko, draft, "agree", { version })).body.refused).to.equal("project.changed");
    });

    it("ask everybody again when the form is changed while it waits", async () => {
      const waiting = await sentBy(ana, mikko);
      await decides(front, finland, waiting, "FI");
      good(await save(mikko, waiting, [{ field: "pupilNumber", value: 44, base: 1 }]));
      const changed = await look(ana, waiting);
      expect(changed.state).to.equal("awaitingPartner");
      expect(changed.waits).to.deep.equal([{ for: "founder", account: ana.id, name: "Ana" }]);
      expect(changed.schools.map(({ state }: { state: string }) => state)).to.deep.equal(["pending", "pending"]);
      expect(await letters("projectReset")).to.deep.equal([ana.email]);
      expect(await decides(front, portugal, waiting, "PT")).to.deep.equal({ refused: "project.notNow" });
      good(await save(mikko, waiting, [{ field: "pupilNumber", value: 45, base: 2 }]));
      expect(await letters("projectReset"), "told once").to.deep.equal([ana.email]);
    });

    it("are saved without any effect when nothing is otherwise", async () => {
      const waiting = await sentBy(ana, mikko);
      good(await save(mikko, waiting, changesOf(wholeForm, 1)));
      expect((await look(ana, waiting)).state).to.equal("awaitingService");
    });

    it("are returned with a note and sent again", async () => {
      const waiting = await sentBy(ana, mikko);
      await decides(front, portugal, waiting, "PT");
      expect(await decides(front, finland, waiting, "FI", "return", " ")).to.deep.include({
        refused: "request.malformed",
      });
      await decides(front, finland, waiting, "FI", "return", "Which languages do you speak?");
      const returned = await look(mikko, waiting);
      expect(returned.state).to.equal("returned");
      expect(returned.schools.find((one: { state: string }) => one.state === "returned").note).to.contain("languages");
      expect(await letters("projectReturned")).to.have.members([ana.email, mikko.email]);
      good(await save(ana, waiting, [{ field: "languages", value: ["en", "fi"], base: 1 }]));
      expect(good(await agrees(ana, waiting)).state).to.equal("awaitingPartner");
      expect(good(await agrees(mikko, waiting)).waits).to.have.length(2);
    });

    it("end when the partner declines, and are a draft again when they ask for a change", async () => {
      const asked = await wholeDraft(front, ana, mikko);
      good(await agrees(ana, asked));
      expect((await act(mikko, asked, "ask-change", { note: "" })).status).to.equal(400);
      expect(good(await act(mikko, asked, "ask-change", { note: "Later, please." })).state).to.equal("draft");
      expect((await look(ana, asked)).note).to.deep.equal({ text: "Later, please.", by: "Mikko" });
      good(await agrees(ana, asked));
      expect((await act(ana, asked, "decline")).status, "the one who sent it").to.equal(409);
      expect((await act(mikko, asked, "decline", { note: "No time." })).status).to.equal(204);
      expect((await look(ana, asked)).state).to.equal("declined");
      expect((await agrees(ana, asked)).body.refused).to.equal("project.notNow");
      expect(await letters("projectDeclined")).to.deep.equal([ana.email]);
    });

    it("are withdrawn by either founder while they wait, and not afterwards", async () => {
      const waiting = await sentBy(ana, mikko);
      expect(good(await act(mikko, waiting, "withdraw")).state).to.equal("withdrawn");
      expect((await act(ana, waiting, "withdraw")).status).to.equal(409);
      expect((await save(ana, waiting, [{ field: "title", value: "Again", base: 1 }])).status).to.equal(409);
    });

    it("need one approval when both schools are of one country", async () => {
      const national = await sentBy(ana, rui);
      expect((await look(rui, national)).scope).to.equal("national");
      await decides(front, portugal, national, "PT");
      expect((await look(rui, national)).state).to.equal("active");
    });

    it("go to the central service where a country has none of its own", async () => {
      const greek = await sentBy(ana, eleni);
      expect((await look(eleni, greek)).waits).to.deep.include({ for: "service", country: null });
      await decides(front, portugal, greek, "PT");
      expect(await decides(front, portugal, greek, "GR")).to.deep.equal({ refused: "account.notAllowed" });
      await decides(front, central, greek, "GR");
      expect((await look(eleni, greek)).state).to.equal("active");
    });

    it("have no Label when they are of one school", async () => {
      const other = await front.person("teacher", "Vera", aveiro);
      const own = await sentBy(ana, other);
      expect((await look(ana, own)).scope).to.equal("sameSchool");
      await decides(front, portugal, own, "PT");
      expect((await look(ana, own)).state).to.equal("active");
      const { rowCount } = await front.pool.query("select from awards where project_id = $1", [own]);
      expect(rowCount).to.equal(0);
      expect(await letters("projectApprovedWithoutLabel")).to.have.members([ana.email, other.email]);
    });
  });

  describe("are nobody else's business", () => {
    it("tell a foreign teacher and a signed-out browser nothing, not even that there is one", async () => {
      const id = await sentBy(ana, mikko);
      expect((await rui.browser.get(`/api/projects/${id}`)).status).to.equal(404);
      expect((await save(rui, id, [{ field: "title", value: "Mine now", base: 1 }])).status).to.equal(404);
      for (const name of ["withdraw", "decline", "leave", "close", "join"]) {
        expect((await act(rui, id, name)).status, name).to.equal(404);
      }
      expect((await front.browser().get(`/api/projects/${id}`)).status).to.equal(401);
      expect(good(await rui.browser.get("/api/projects")).projects.map((one: { id: string }) => one.id)).to.not.include(
        id,
      );
    });

    it("show a service its own country's once they were sent on, and no draft", async () => {
      const id = await wholeDraft(front, ana, mikko);
      expect((await portugal.browser.get(`/api/projects/${id}`)).status).to.equal(404);
      expect((await central.browser.get(`/api/projects/${id}`)).status).to.equal(404);
      good(await agrees(ana, id));
      good(await agrees(mikko, id));
      const seen = await look(portugal, id);
      expect(seen.mine).to.equal(null);
      expect(seen.acts).to.deep.equal(["decide"]);
      expect((await sweden.browser.get(`/api/projects/${id}`)).status).to.equal(404);
      expect(await decides(front, sweden, id, "PT")).to.deep.equal({ refused: "account.notAllowed" });
      expect((await save(portugal, id, [{ field: "title", value: "Ours", base: 1 }])).status).to.equal(403);
    });

    it("are begun for a school of one's own, which is validated", async () => {
      const foreign = await ana.browser.post("/api/projects", { school: await schoolOf(mikko) });
      expect(foreign.body.refused).to.equal("project.schoolNotValidated");
      expect((await portugal.browser.post("/api/projects", { school: await schoolOf(ana) })).status).to.equal(403);
      expect((await front.browser().post("/api/projects", { school: "x" })).status).to.equal(401);
    });

    it("are not founded by a suspended school, whoever presses", async () => {
      const lost = await front.person("teacher", "Lea", { name: "Lycée de Brest", town: "Brest", country: "FR" });
      const id = await wholeDraft(front, ana, lost);
      good(await agrees(ana, id));
      await front.pool.query("update schools set state = 'suspended' where name = 'Lycée de Brest'");
      expect((await act(lost, id, "agree", { version: 2 })).status).to.equal(403);
      expect((await lost.browser.post("/api/projects", { school: "x" })).status).to.equal(403);
      expect((await agrees(ana, id)).status, "already said").to.equal(200);
      await front.pool.query("update schools set state = 'validated' where name = 'Lycée de Brest'");
      good(await agrees(lost, id));
      await front.pool.query("update schools set state = 'suspended' where name = 'Lycée de Brest'");
      expect(await decides(front, portugal, id, "PT")).to.deep.equal({ refused: "project.schoolNotValidated" });
    });
  });

  describe("are written by two at once", () => {
    it("save fields one by one, so that two people's changes meet", async () => {
      const id = await wholeDraft(front, ana, mikko);
      const [one, other] = await Promise.all([
        save(ana, id, [{ field: "aims", value: "Ana's aims", base: 1 }]),
        save(mikko, id, [{ field: "workProcess", value: "Mikko's way", base: 1 }]),
      ]);
      expect([good(one).saved, good(other).saved]).to.deep.equal([
        [{ field: "aims", version: 2 }],
        [{ field: "workProcess", version: 2 }],
      ]);
      const { form } = await look(ana, id);
      expect(form.aims).to.include({ value: "Ana's aims", by: "Ana" });
      expect(form.workProcess).to.include({ value: "Mikko's way", by: "Mikko" });
    });

    it("tell who comes second what the first one wrote, take the rest, and keep both", async () => {
      const id = await wholeDraft(front, ana, mikko);
      good(await save(mikko, id, [{ field: "aims", value: "Otters", base: 1 }]));
      const second = good(
        await save(ana, id, [
          { field: "aims", value: "Herons", base: 1 },
          { field: "title", value: "Three rivers", base: 1 },
        ]),
      );
      expect(second.saved).to.deep.equal([{ field: "title", version: 2 }]);
      expect(second.conflicts).to.have.length(1);
      expect(second.conflicts[0]).to.include({ field: "aims", theirs: "Otters", by: "Mikko", version: 2 });
      expect((await look(ana, id)).form.aims.value).to.equal("Otters");
      const history = good(await mikko.browser.get(`/api/projects/${id}/fields/aims`)).versions;
      expect(history.map(({ value, taken }: { value: string; taken: boolean }) => [value, taken])).to.deep.equal([
        ["Herons", false],
        ["Otters", true],
        ["To know water.", true],
      ]);
      const joined = good(await save(ana, id, [{ field: "aims", value: "Otters and herons", base: 2 }]));
      expect(joined.saved).to.deep.equal([{ field: "aims", version: 3 }]);
    });

    it("lose nothing, whatever the two do at the same moment", async () => {
      const id = await wholeDraft(front, ana, mikko);
      const fields = ["aims", "summary", "description", "workProcess", "expectedResults"];
      await Promise.all(
        fields.flatMap((field) => [
          save(ana, id, [{ field, value: `${field} of Ana`, base: 1 }]),
          save(mikko, id, [{ field, value: `${field} of Mikko`, base: 1 }]),
        ]),
      );
      for (const field of fields) {
        const { versions } = good(await ana.browser.get(`/api/projects/${id}/fields/${field}`));
        const kept = versions.map(({ value }: { value: string }) => value);
        expect(kept, field).to.include.members([`${field} of Ana`, `${field} of Mikko`]);
        expect(versions.filter(({ taken }: { taken: boolean }) => !taken)).to.have.length(1);
      }
    });

    it("take the same value again without a word, for an answer that was lost", async () => {
      const id = await wholeDraft(front, ana, mikko);
      const change = [
        { field: "tools", value: [] as string[], base: 1 },
        { field: "title", value: "Rivers", base: 1 },
      ];
      good(await save(ana, id, change));
      const again = good(await save(ana, id, change));
      expect(again.conflicts).to.deep.equal([]);
      expect(again.saved).to.deep.include({ field: "title", version: 2 });
    });

    it("refuse codes that no list has, fields that do not fit, and fields that there are not", async () => {
      const id = await wholeDraft(front, ana, mikko);
      const wrong = await save(ana, id, [{ field: "subjects", value: ["alchemy"], base: 1 }]);
      expect(wrong.body).to.deep.include({ refused: "request.malformed", fields: ["subjects"] });
      for (const change of [
        { field: "ageMin", value: 2, base: 1 },
        { field: "title", value: "x".repeat(121), base: 1 },
        { field: "startDate", value: "2027-02-30", base: 1 },
        { field: "state", value: "active", base: 1 },
        { field: "title", value: "x", base: -1 },
      ]) {
        expect((await save(ana, id, [change])).status, JSON.stringify(change)).to.equal(400);
      }
      expect((await look(ana, id)).form.title.value).to.equal("Two rivers");
    });
  });

  describe("have members", () => {
    before(othersCome);

    it("ask a colleague of another school by e-mail, who says yes first", async () => {
      const { id } = good(
        await ana.browser.post("/api/projects", { school: await schoolOf(ana), origin: "existingPartnership" }),
      );
      const unknown = await act(ana, id, "partner", { email: "nobody@nowhere.test" });
      expect(unknown.body).to.deep.include({ refused: "project.partnerUnknown", fields: ["email"] });
      const olli = await front.person("teacher", "Olli", oulu);
      expect((await act(ana, id, "partner", { account: olli.id })).body.refused, "no contact").to.equal(
        "project.partnerUnknown",
      );
      expect(good(await act(ana, id, "partner", { email: olli.email.toUpperCase() })).waits).to.deep.include({
        for: "founder",
        account: olli.id,
        name: "Olli",
      });
      good(await save(ana, id, changesOf(wholeForm)));
      expect((await agrees(ana, id)).body.refused).to.equal("project.noPartner");
      expect((await save(olli, id, [{ field: "title", value: "Not yet", base: 1 }])).status).to.equal(403);
      expect((await look(olli, id)).acts).to.have.members(["join", "decline"]);
      good(await act(olli, id, "join"));
      expect((await look(olli, id)).acts).to.include.members(["edit", "agree"]);
      expect((await act(ana, id, "partner", { email: mikko.email })).body.refused).to.equal("project.notNow");
    });

    it("take another partner when the first one declines the draft", async () => {
      const { id } = good(await ana.browser.post("/api/projects", { school: await schoolOf(ana) }));
      good(await act(ana, id, "partner", { email: eleni.email }));
      expect((await act(eleni, id, "decline", { note: "Too far." })).status).to.equal(204);
      expect((await eleni.browser.get(`/api/projects/${id}`)).status).to.equal(404);
      await makeContacts(front.pool, ana.id, mikko.id);
      const chosen = good(await act(ana, id, "partner", { account: mikko.id }));
      expect(chosen.schools.map(({ school }: { school: { country: string } }) => school.country)).to.deep.equal([
        "FI",
        "PT",
      ]);
    });

    it("do not tell whether somebody has blocked them", async () => {
      const shy = await front.person("teacher", "Shy", oulu);
      await front.pool.query("insert into contacts (from_account, to_account, state) values ($1, $2, 'blocked')", [
        shy.id,
        ana.id,
      ]);
      const { id } = good(await ana.browser.post("/api/projects", { school: await schoolOf(ana) }));
      expect((await act(ana, id, "partner", { email: shy.email })).body.refused).to.equal("project.partnerUnknown");
    });

    it("invite further partners once active, who have a part when they accept; a new country is told", async () => {
      const id = await activeOf();
      expect(good(await act(ana, id, "members", { email: eleni.email })).members).to.have.length(3);
      expect((await act(mikko, id, "members", { email: eleni.email })).body.refused).to.equal("project.alreadyIn");
      expect((await look(eleni, id)).acts).to.have.members(["join", "decline"]);
      good(await act(eleni, id, "join"));
      const joined = await look(eleni, id);
      expect(joined.mine).to.deep.equal({ account: eleni.id, role: "teacher", state: "accepted" });
      expect(joined.acts).to.have.members(["invite", "leave"]);
      expect(await letters("projectPartnerAdded")).to.deep.equal([central.email]);
      const { rows } = await front.pool.query("select from awards where project_id = $1", [id]);
      expect(rows).to.have.length(3);
      expect((await act(eleni, id, "leave")).status).to.equal(204);
      expect((await eleni.browser.get(`/api/projects/${id}`)).status).to.equal(404);
    });

    it("become administrators, who change the form, and founders stay founders", async () => {
      const id = await activeOf();
      good(await act(ana, id, "members", { email: rui.email }));
      const role = (by: Person, whose: Person, name: string) =>
        by.browser.patch(`/api/projects/${id}/members/${whose.id}`, { role: name });
      expect((await role(ana, rui, "teacherAdmin")).status, "not there yet").to.equal(404);
      good(await act(rui, id, "join"));
      expect((await save(rui, id, [{ field: "title", value: "Mine", base: 1 }])).status).to.equal(403);
      expect((await role(rui, rui, "teacherAdmin")).status).to.equal(403);
      good(await role(mikko, rui, "teacherAdmin"));
      good(await save(rui, id, [{ field: "title", value: "Rivers of three", base: 1 }]));
      expect((await role(rui, ana, "teacher")).status).to.equal(409);
      expect((await role(ana, rui, "founder")).status).to.equal(400);
      expect((await look(rui, id)).acts)
        .to.include.members(["edit", "changeRoles", "leave"])
        .and.not.include("close");
    });

    it("wait for an added country's service where that wants to approve again", async () => {
      await front.pool.query("update support_services set approves_added_partners = true where country = 'SE'");
      const astrid = await front.person("teacher", "Astrid", { name: "Umeå skola", town: "Umeå", country: "SE" });
      const id = await activeOf();
      good(await act(ana, id, "members", { email: astrid.email }));
      good(await act(astrid, id, "join"));
      expect((await look(astrid, id)).acts).to.deep.equal([]);
      expect((await look(ana, id)).waits).to.deep.equal([{ for: "service", country: "SE" }]);
      expect(await decides(front, sweden, id, "SE")).to.equal(undefined);
      expect((await look(astrid, id)).acts).to.have.members(["invite", "leave"]);
    });

    it("answer an invitation within thirty days", async () => {
      const id = await activeOf();
      good(await act(ana, id, "members", { email: eleni.email }));
      front.clock.now += 31 * dayMs;
      expect((await act(eleni, id, "join")).status).to.equal(404);
      expect(good(await act(ana, id, "members", { email: eleni.email })).members).to.have.length(3);
      good(await act(eleni, id, "join"));
    });
  });

  describe("go on and end", () => {
    before(othersCome);

    it("are changed while active, but never emptied", async () => {
      const id = await activeOf();
      good(await save(mikko, id, [{ field: "title", value: "Two rivers and a lake", base: 1 }]));
      expect((await look(ana, id)).state).to.equal("active");
      const emptied = await save(ana, id, [{ field: "title", value: "", base: 2 }]);
      expect(emptied.body).to.deep.include({ refused: "project.incomplete", fields: ["title"] });
    });

    it("are closed by a founder and opened again within twelve months", async () => {
      const id = await activeOf();
      expect((await act(portugal, id, "close")).status).to.equal(403);
      expect(good(await act(mikko, id, "close")).state).to.equal("closed");
      expect((await act(ana, id, "members", { email: eleni.email })).status).to.equal(409);
      expect(good(await act(ana, id, "reopen")).state).to.equal("active");
      good(await act(ana, id, "close"));
      front.clock.now += 400 * dayMs;
      expect((await act(ana, id, "reopen")).body.refused).to.equal("project.tooLate");
    });

    it("are suspended and let go on by a service of their country", async () => {
      const id = await activeOf();
      expect((await act(ana, id, "suspend", { note: "No." })).status).to.equal(403);
      expect((await act(sweden, id, "suspend", { note: "No." })).status).to.equal(404);
      expect(good(await act(finland, id, "suspend", { note: "We look into it." })).state).to.equal("suspended");
      expect((await look(mikko, id)).note.text).to.equal("We look into it.");
      expect((await save(ana, id, [{ field: "title", value: "x", base: 1 }])).status).to.equal(409);
      expect(good(await act(finland, id, "lift", { note: "All is well." })).state).to.equal("active");
    });
  });

  it("are listed in pages, what waits before what is over", async () => {
    const lister = await front.person("teacher", "Lena", oulu);
    const school = await schoolOf(lister);
    const made: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      made.push(good(await lister.browser.post("/api/projects", { school })).id);
      front.clock.now += 1_000;
    }
    good(await act(lister, made[2] ?? "", "withdraw"));
    const { projects, next } = good(await lister.browser.get("/api/projects"));
    expect(projects.map(({ id }: { id: string }) => id)).to.deep.equal([made[1], made[0], made[2]]);
    expect(next).to.equal(null);
    expect(projects[0]).to.deep.include({ mine: true, state: "draft" });
    expect((await lister.browser.get("/api/projects?after=x")).status).to.equal(400);
  });
});
