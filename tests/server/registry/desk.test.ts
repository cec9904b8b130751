import { expect } from "chai";
import type { DeskItem } from "../../../protocol/http/desk.ts";
import { cell } from "../../../server/registry/desk/csv.ts";
import { accountNamed, askingOnDesk, deskPerson, projectOnDesk, schoolOnDesk } from "../../support/desks.ts";
import { type Answer, type FrontDoor, openFrontDoor, oulu, type Person } from "../../support/frontDoor.ts";

describe("a support service's desk", () => {
  let front: FrontDoor;
  let paula: Person;
  let matti: Person;
  let carla: Person;
  let teacher: Person;

  before(async () => {
    front = await openFrontDoor();
    paula = await deskPerson(front, "Paula", "PT");
    matti = await deskPerson(front, "Matti", "FI");
    carla = await deskPerson(front, "Carla", null);
    teacher = await front.person("teacher", "Ana");
  });
  after(() => front?.close());

  const ref = (kind: string, id: string, country = "PT") => ({ kind, id, country });
  const decide = (by: Person, items: unknown[], decision: unknown): Promise<Answer> =>
    by.browser.post("/api/desk/decisions", { items, decision });
  const accept = (by: Person, ...items: unknown[]) => decide(by, items, { act: "accept" });
  const stateOf = async (table: "schools" | "memberships" | "projects", id: string): Promise<string> =>
    (await front.pool.query(`select state from ${table} where id = $1`, [id])).rows[0].state;
  const lettersTo = async (account: string): Promise<string[]> =>
    (
      await front.pool.query("select kind from mails where account_id = $1 order by created_at, id", [account])
    ).rows.map(({ kind }) => kind);
  const listed = async (by: Person, query = ""): Promise<DeskItem[]> => {
    const answer = await by.browser.get(`/api/desk/items${query}`);
    expect(answer.status, answer.text).to.equal(200);
    return answer.body.items;
  };
  const titles = (items: readonly DeskItem[]) => items.map(({ title }) => title);

  it("shows what waits in its own country, oldest first, and nothing of another", async () => {
    const school = await schoolOnDesk(front.pool, { name: "Escola do Mar" });
    await schoolOnDesk(front.pool, { name: "Meren koulu", country: "FI", town: "Oulu" });
    await askingOnDesk(front.pool, await accountNamed(front.pool, "Inês"), school);
    expect(titles(await listed(paula))).to.deep.equal(["Escola do Mar", "Inês"]);
    expect(titles(await listed(matti))).to.deep.equal(["Meren koulu"]);
    expect(titles(await listed(carla))).to.include.members(["Escola do Mar", "Meren koulu", "Inês"]);
    expect(titles(await listed(carla, "?country=FI"))).to.deep.equal(["Meren koulu"]);
    expect((await paula.browser.get("/api/desk/items?country=FI")).status).to.equal(403);
    const desk = await paula.browser.get("/api/desk");
    expect(desk.body.countries).to.deep.equal(["PT"]);
    expect(desk.body.waiting.find(({ kind }: { kind: string }) => kind === "school").count).to.equal(1);
  });

  it("shows nothing to a teacher, to nobody signed out and to the operator, whatever they ask for", async () => {
    const operator = await front.person("operator", "Olga");
    const school = await schoolOnDesk(front.pool);
    for (const path of [
      "",
      "/items",
      "/items.csv",
      `/items/school/${school}/PT`,
      "/figures",
      "/services",
      "/lists/subject",
    ]) {
      expect((await teacher.browser.get(`/api/desk${path}`)).status, path).to.equal(403);
      expect((await operator.browser.get(`/api/desk${path}`)).status, path).to.equal(403);
      expect((await front.browser().get(`/api/desk${path}`)).status, path).to.equal(401);
    }
    expect((await accept(teacher, ref("school", school))).status).to.equal(403);
    expect(await stateOf("schools", school)).to.equal("submitted");
  });

  it("is not reached through the id of another country's school, under its own country or under that one", async () => {
    const school = await schoolOnDesk(front.pool, { name: "Escola Alheia" });
    expect((await matti.browser.get(`/api/desk/items/school/${school}/PT`)).status).to.equal(403);
    expect((await matti.browser.get(`/api/desk/items/school/${school}/FI`)).status).to.equal(404);
    expect((await accept(matti, ref("school", school, "PT"))).status).to.equal(403);
    expect((await accept(matti, ref("school", school, "FI"))).status).to.equal(404);
    expect((await matti.browser.post("/api/desk/undo", { item: ref("school", school, "FI") })).status).to.equal(404);
    const note = { item: ref("school", school, "FI"), note: "I was here" };
    expect((await matti.browser.post("/api/desk/notes", note)).status).to.equal(404);
    expect(await stateOf("schools", school)).to.equal("submitted");
  });

  it("accepts several at once, and none of them when one is foreign or cannot be", async () => {
    const [one, two] = [await schoolOnDesk(front.pool), await schoolOnDesk(front.pool)];
    const foreign = await schoolOnDesk(front.pool, { country: "FI" });
    const done = await schoolOnDesk(front.pool, { state: "validated" });
    expect((await accept(paula, ref("school", one), ref("school", foreign, "FI"))).status).to.equal(403);
    expect((await accept(paula, ref("school", one), ref("school", foreign))).status).to.equal(404);
    const stuck = await accept(paula, ref("school", one), ref("school", done), ref("school", two));
    expect(stuck.body)
      .to.include({ refused: "school.notNow" })
      .and.to.deep.include({ fields: ["items.1"] });
    expect([await stateOf("schools", one), await stateOf("schools", two)]).to.deep.equal(["submitted", "submitted"]);
    const both = await accept(paula, ref("school", one), ref("school", two));
    expect(both.body.count).to.equal(2);
    expect([await stateOf("schools", one), await stateOf("schools", two)]).to.deep.equal(["validated", "validated"]);
    const refusing = await decide(paula, [ref("school", one), ref("school", two)], { act: "refuse", reason: "Both" });
    expect(refusing.status).to.equal(400);
  });

  it("validates a school once, however fast somebody presses, and tells its people and the principal once", async () => {
    const ines = await accountNamed(front.pool, "Inês");
    const school = await schoolOnDesk(front.pool, { by: ines, principal: "head@vouga.test" });
    const answers = await Promise.all([1, 2, 3].map(() => accept(paula, ref("school", school))));
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409, 409]);
    expect(await lettersTo(ines)).to.deep.equal(["schoolValidated"]);
    const { rows } = await front.pool.query("select kind from mails where to_address = 'head@vouga.test'");
    expect(rows).to.deep.equal([{ kind: "principalNotice" }]);
  });

  it("refuses, suspends and lifts, each with its letter, and wants a reason where one is read", async () => {
    const ines = await accountNamed(front.pool, "Inês");
    const school = await schoolOnDesk(front.pool, { by: ines });
    expect((await decide(paula, [ref("school", school)], { act: "refuse", reason: "  " })).status).to.equal(400);
    expect((await decide(paula, [ref("school", school)], { act: "suspend", reason: "why" })).body.refused).to.equal(
      "school.notNow",
    );
    await accept(paula, ref("school", school));
    await decide(paula, [ref("school", school)], { act: "suspend", reason: "Who answers there?" });
    const seen = await paula.browser.get(`/api/desk/items/school/${school}/PT`);
    expect(seen.body).to.deep.include({ reason: "Who answers there?", offers: ["restore"] });
    expect(seen.body.acts[0]).to.deep.include({ act: "suspend", by: "Paula", note: "Who answers there?" });
    await decide(carla, [ref("school", school)], { act: "restore" });
    expect(await stateOf("schools", school)).to.equal("validated");
    expect(await lettersTo(ines)).to.deep.equal(["schoolValidated", "schoolSuspended", "schoolRestored"]);
  });

  it("asks a person for evidence, validates and ends their place", async () => {
    const school = await schoolOnDesk(front.pool, { state: "validated" });
    const ines = await accountNamed(front.pool, "Inês");
    const place = await askingOnDesk(front.pool, ines, school);
    await decide(paula, [ref("person", place)], { act: "wantEvidence", reason: "A letter of the head" });
    expect(await stateOf("memberships", place)).to.equal("evidenceWanted");
    await accept(paula, ref("person", place));
    await decide(paula, [ref("person", place)], { act: "end", reason: "Left in June" });
    expect(await stateOf("memberships", place)).to.equal("ended");
    expect(await lettersTo(ines)).to.deep.equal(["evidenceWanted", "personValidated", "placeEnded"]);
  });

  it("shows evidence to the country's own service alone, and deletes it once the person is decided", async () => {
    const ines = await front.person("ambassador", "Rita", null);
    const place = await askingOnDesk(front.pool, ines.id, await schoolOnDesk(front.pool, { state: "validated" }));
    await decide(paula, [ref("person", place)], { act: "wantEvidence", reason: "A letter of the head" });
    const given = await fetch(`${front.url}/api/memberships/${place}/evidence`, {
      method: "POST",
      headers: { cookie: [...ines.browser.cookies].map((pair) => pair.join("=")).join("; ") },
      body: "%PDF-1.7 shows that Rita works there",
    });
    expect(given.status).to.equal(200);
    const [item] = await listed(paula, "?words=rita");
    expect(item).to.include({ state: "asked", evidence: true });
    const seenBy = async (by: Person) =>
      (await by.browser.get(`/api/desk/items/person/${place}/PT`)).body.person.evidence;
    expect(await seenBy(paula)).to.include({ type: "application/pdf", foreign: false });
    expect(await seenBy(carla)).to.include({ foreign: true });
    expect((await paula.browser.get(`/api/memberships/${place}/evidence`)).status).to.equal(200);
    await accept(paula, ref("person", place));
    expect(await seenBy(paula)).to.equal(null);
    expect((await paula.browser.get(`/api/memberships/${place}/evidence`)).status).to.equal(404);
    expect(await lettersTo(ines.id)).to.include.members(["personValidated", "evidenceDeleted"]);
  });

  it("takes a decision back, tells so, and not twice", async () => {
    const ines = await accountNamed(front.pool, "Inês");
    const school = await schoolOnDesk(front.pool, { by: ines });
    await accept(paula, ref("school", school));
    const seen = await paula.browser.get(`/api/desk/items/school/${school}/PT`);
    expect(seen.body.undoUntil).to.be.greaterThan(front.clock.now);
    const undone = await paula.browser.post("/api/desk/undo", { item: ref("school", school) });
    expect(undone.status, undone.text).to.equal(200);
    expect(undone.body.item.state).to.equal("submitted");
    expect(undone.body.undoUntil).to.equal(null);
    expect(await lettersTo(ines)).to.deep.equal(["schoolValidated", "decisionUndone"]);
    const again = await paula.browser.post("/api/desk/undo", { item: ref("school", school) });
    expect(again.body.refused).to.equal("desk.nothingToUndo");
  });

  it("takes nothing back after ten minutes, nor once a meeting stands on it", async () => {
    const ines = await accountNamed(front.pool, "Inês");
    const school = await schoolOnDesk(front.pool, { by: ines });
    const place = await askingOnDesk(front.pool, ines, school);
    await accept(paula, ref("school", school));
    await accept(paula, ref("person", place));
    await front.pool.query("update desk_decisions set at = at - interval '11 minutes' where object_id = $1", [school]);
    const late = await paula.browser.post("/api/desk/undo", { item: ref("school", school) });
    expect(late.body.refused).to.equal("desk.tooLate");
    await front.pool.query(
      `insert into meetings (id, code, title, starts_at, length_minutes, settings, chair_account, school_id)
       values ('m-after', 'aaa-bbb', 'Rivers', now(), 60, '{}', $1, $2)`,
      [ines, school],
    );
    const built = await paula.browser.post("/api/desk/undo", { item: ref("person", place) });
    expect(built.body.refused).to.equal("desk.followed");
    expect(await stateOf("memberships", place)).to.equal("active");
  });

  it("keeps notes that only desks read", async () => {
    const school = await schoolOnDesk(front.pool);
    const noted = await paula.browser.post("/api/desk/notes", { item: ref("school", school), note: "Rang them." });
    expect(noted.body.acts[0]).to.deep.include({ act: "noted", by: "Paula", note: "Rang them." });
  });

  describe("with projects of two countries", () => {
    let founders: { account: string; school: string; country: string }[];

    before(async () => {
      const ana = { account: teacher.id, school: await schoolOf(teacher), country: "PT" };
      const aino = await front.person("teacher", "Aino", oulu);
      founders = [ana, { account: aino.id, school: await schoolOf(aino), country: "FI" }];
    });

    async function schoolOf({ id }: Person): Promise<string> {
      const { rows } = await front.pool.query("select school_id from memberships where account_id = $1", [id]);
      return rows[0].school_id;
    }

    it("shows a project to both services and begins it when both have approved", async () => {
      const project = await projectOnDesk(front.pool, { title: "Βόλος και Porto", founders });
      expect(titles(await listed(paula, "?kind=project"))).to.deep.equal(["Βόλος και Porto"]);
      expect(titles(await listed(matti, "?kind=project&words=volos"))).to.deep.equal(["Βόλος και Porto"]);
      expect(titles(await listed(matti, "?kind=project&words=aveiro%20volos"))).to.deep.equal(["Βόλος και Porto"]);
      expect(await listed(matti, "?kind=project&words=helsinki")).to.deep.equal([]);
      expect((await accept(matti, ref("project", project, "PT"))).status).to.equal(403);
      const approved = await accept(paula, ref("project", project, "PT"));
      expect(approved.status, approved.text).to.equal(200);
      expect(await stateOf("projects", project)).to.equal("awaitingService");
      expect(await listed(paula, "?kind=project")).to.deep.equal([]);
      const back = await paula.browser.post("/api/desk/undo", { item: ref("project", project, "PT") });
      expect(back.status, back.text).to.equal(200);
      expect(back.body.offers).to.deep.equal(["accept", "return", "refuse"]);
      await accept(paula, ref("project", project, "PT"));
      await accept(matti, ref("project", project, "FI"));
      expect(await stateOf("projects", project)).to.equal("active");
      const open = await matti.browser.post("/api/desk/undo", { item: ref("project", project, "FI") });
      expect(open.body.refused).to.equal("desk.projectOpen");
      expect(await lettersTo(teacher.id)).to.include("projectApproved");
    });

    it("returns a project with a note, and takes that back while nobody has changed it", async () => {
      const project = await projectOnDesk(front.pool, { founders });
      const returned = await decide(paula, [ref("project", project)], { act: "return", reason: "Which pupils?" });
      expect(returned.status, returned.text).to.equal(200);
      expect(await stateOf("projects", project)).to.equal("returned");
      const back = await paula.browser.post("/api/desk/undo", { item: ref("project", project) });
      expect(back.status, back.text).to.equal(200);
      expect(await stateOf("projects", project)).to.equal("awaitingService");
      await decide(paula, [ref("project", project)], { act: "return", reason: "Which pupils?" });
      await front.pool.query("update projects set version = version + 1 where id = $1", [project]);
      const changed = await paula.browser.post("/api/desk/undo", { item: ref("project", project) });
      expect(changed.body.refused).to.equal("desk.followed");
    });

    it("lets one person say yes for both countries, and not where two persons are asked for", async () => {
      const both = await deskPerson(front, "Bea", "PT", "FI");
      const project = await projectOnDesk(front.pool, { founders });
      await accept(both, ref("project", project, "PT"));
      await accept(both, ref("project", project, "FI"));
      expect(await stateOf("projects", project)).to.equal("active");
    });
  });

  it("goes on page by page through rows of the same moment, each once", async () => {
    await front.pool.query(
      `insert into schools (id, name, town, country, state, state_at)
       select 'es-' || n, 'Colegio ' || n, 'León', 'ES', 'submitted', '2026-01-01 00:00:00.123456+00'
       from generate_series(1, 120) n`,
    );
    const seen: string[] = [];
    let after = "";
    do {
      const page = await carla.browser.get(`/api/desk/items?country=ES${after && `&after=${after}`}`);
      seen.push(...page.body.items.map(({ id }: DeskItem) => id));
      after = page.body.next ?? "";
    } while (after !== "");
    expect(seen.length).to.equal(120);
    expect(new Set(seen).size).to.equal(120);
    expect((await carla.browser.get("/api/desk/items?country=ES&after=AAAA")).body).to.deep.equal({
      items: [],
      next: null,
    });
  });

  it("shows what was decided, newest first", async () => {
    const school = await schoolOnDesk(front.pool, { country: "EE", name: "Tartu kool" });
    const tiiu = await deskPerson(front, "Tiiu", "EE");
    await accept(tiiu, ref("school", school, "EE"));
    expect(await listed(tiiu)).to.deep.equal([]);
    expect(titles(await listed(tiiu, "?shelf=decided"))).to.deep.equal(["Tartu kool"]);
  });

  it("writes its worklist as a file in which no name is a formula", async () => {
    await schoolOnDesk(front.pool, { country: "LV", name: '=HYPERLINK("http://x.test";"Skola")', town: "Rīga" });
    await schoolOnDesk(front.pool, { country: "LV", name: 'Skola, kas "runā"', town: "-Rīga" });
    const answer = await carla.browser.get("/api/desk/items.csv?country=LV");
    expect(answer.headers.get("content-type")).to.equal("text/csv; charset=utf-8");
    expect(answer.headers.get("content-disposition")).to.contain("waiting.csv");
    const lines = answer.text.replace("\ufeff", "").trimEnd().split("\r\n");
    expect(lines.length).to.equal(3);
    expect(lines[1]).to.contain(`"'=HYPERLINK(""http://x.test"";""Skola"")"`);
    expect(lines[2]).to.contain(`"Skola, kas ""runā""","'-Rīga"`);
    for (const text of ["=1", "+1", "-1", "@x", "\t=1", " =1", "\u200b=1", "＝1", "|x", "\n=1"]) {
      expect(cell(text), JSON.stringify(text)).to.match(/^"'/);
    }
    expect(cell("Escola 1+1")).to.equal('"Escola 1+1"');
  });

  it("counts schools, people and projects by month", async () => {
    const { body } = await paula.browser.get("/api/desk/figures");
    expect(body.months.length).to.equal(12);
    const last = body.months.at(-1);
    expect(last.schools).to.be.greaterThan(0);
    expect(last.schoolsTotal).to.be.at.least(last.schools);
    expect((await paula.browser.get("/api/desk/figures?country=FI")).status).to.equal(403);
    expect((await carla.browser.get("/api/desk/figures?country=FI")).status).to.equal(200);
  });
});

describe("a desk that asks for two persons", () => {
  it("refuses the second approval of whoever gave the first", async () => {
    const front = await openFrontDoor({ twoPersons: true });
    try {
      const both = await deskPerson(front, "Bea", "PT", "FI");
      const other = await deskPerson(front, "Matti", "FI");
      const ana = await front.person("teacher", "Ana");
      const aino = await front.person("teacher", "Aino", oulu);
      const { rows } = await front.pool.query(
        `select m.account_id as account, m.school_id as school, s.country from memberships m
         join schools s on s.id = m.school_id where m.account_id = any($1)`,
        [[ana.id, aino.id]],
      );
      const project = await projectOnDesk(front.pool, { founders: rows });
      const item = (country: string) => ({
        items: [{ kind: "project", id: project, country }],
        decision: { act: "accept" },
      });
      expect((await both.browser.post("/api/desk/decisions", item("PT"))).status).to.equal(200);
      expect((await both.browser.post("/api/desk/decisions", item("FI"))).body.refused).to.equal("desk.samePerson");
      expect((await other.browser.post("/api/desk/decisions", item("FI"))).status).to.equal(200);
    } finally {
      await front.close();
    }
  });
});
