import { expect } from "chai";
import { findMeeting } from "../../../server/meetings/booking.ts";
import { sightOf } from "../../../server/meetings/replaySight.ts";
import { addMembership } from "../../../server/registry/standing.ts";
import { aveiro, type FrontDoor, openFrontDoor, oulu, type Person } from "../../support/frontDoor.ts";

const lesson = { title: "What lives in our river?", start: "now", timeZone: "Europe/Lisbon" };
const porto = { name: "Escola do Porto", town: "Porto", country: "PT" };

describe("Which school and project a meeting is of", () => {
  let front: FrontDoor;
  let ana: Person;
  let mikko: Person;
  let nuno: Person;
  const ids: Record<string, string> = {};

  /** Ana works at Aveiro and Porto, and is in the project for Porto; Mikko is in it too, Nuno was only asked. */
  before(async () => {
    front = await openFrontDoor();
    ana = await front.person("teacher", "Ana", aveiro);
    mikko = await front.person("teacher", "Mikko", oulu);
    nuno = await front.person("teacher", "Nuno", porto);
    const { rows } = await front.pool.query<{ id: string; town: string }>("select id, town from schools");
    for (const { id, town } of rows) ids[town] = id;
    await addMembership(front.pool, ana.id, ids.Porto ?? "");
    await front.pool.query(
      "insert into projects (id, slug, title, state) values ('p', 'two-rivers', 'Two rivers', 'active')",
    );
    await front.pool.query(
      `insert into project_schools (project_id, school_id, country, service_state)
       select 'p', id, country, case when town = 'Oulu' then 'approved' else 'pending' end from schools`,
    );
    for (const [person, school, state, role] of [
      [ana, ids.Porto, "accepted", "founder"],
      [mikko, ids.Oulu, "accepted", "teacher"],
      [nuno, ids.Porto, "invited", "teacher"],
    ] as const) {
      await front.pool.query(
        "insert into project_members (project_id, account_id, school_id, role, state) values ('p', $1, $2, $4, $3)",
        [person.id, school, state, role],
      );
    }
  });
  after(() => front.close());
  afterEach(() => front.pool.query("update schools set state = 'validated'"));

  const book = (person: Person, more: object = {}) => person.browser.post("/api/bookings", { ...lesson, ...more });
  const schoolOf = async (answer: { body: { meeting: { id: string } } }) =>
    (await findMeeting(front.pool, answer.body.meeting.id))?.schoolId;

  it("says to me at which schools I work", async () => {
    const { me } = (await ana.browser.get("/api/me")).body;
    expect(me.schools.map(({ town, state }: { town: string; state: string }) => [town, state])).to.deep.equal([
      ["Aveiro", "validated"],
      ["Porto", "validated"],
    ]);
  });

  it("is the first of mine, or the one I choose, whose name the links carry", async () => {
    expect(await schoolOf(await book(ana))).to.equal(ids.Aveiro);
    const chosen = await book(ana, { school: ids.Porto });
    expect(await schoolOf(chosen)).to.equal(ids.Porto);
    expect(chosen.body.meeting.school.name).to.equal(porto.name);
    expect(chosen.body.links[1].school.name).to.equal(porto.name);
  });

  it("is never another's school, nor one nobody knows", async () => {
    for (const school of [ids.Oulu, "nowhere"]) {
      const refused = await book(ana, { school });
      expect(refused.body).to.deep.include({ refused: "request.malformed", fields: ["school"] });
    }
  });

  it("is not a school that is suspended; the other one goes on, and who has no other books nothing", async () => {
    await front.pool.query("update schools set state = 'suspended' where id = any($1)", [[ids.Aveiro, ids.Oulu]]);
    const refused = await book(ana, { school: ids.Aveiro });
    expect(refused.status).to.equal(403);
    expect(refused.body.refused).to.equal("booking.schoolSuspended");
    expect(await schoolOf(await book(ana))).to.equal(ids.Porto);
    expect((await book(mikko)).body.refused).to.equal("account.notAllowed");
    const { me } = (await mikko.browser.get("/api/me")).body;
    expect(me.books).to.equal(false);
    expect(me.schools).to.have.length(1);
    expect(me.schools[0].state).to.equal("suspended");
  });

  it("offers my active projects, and takes the school by which I am in the chosen one", async () => {
    expect((await ana.browser.get("/api/bookable-projects")).body.projects).to.deep.equal([
      { id: "p", slug: "two-rivers", title: "Two rivers", school: ids.Porto },
    ]);
    for (const other of [nuno, mikko]) {
      expect((await other.browser.get("/api/bookable-projects")).body.projects).to.deep.equal([]);
    }
    const booked = await book(ana, { project: "p" });
    expect(await schoolOf(booked)).to.equal(ids.Porto);
    expect(booked.body.meeting.project).to.deep.equal({ id: "p", slug: "two-rivers", title: "Two rivers" });
  });

  it("refuses a project I am not in, one that is not active, and a school that is not mine in it", async () => {
    expect((await book(nuno, { project: "p" })).body.fields).to.deep.equal(["project"]);
    expect((await book(ana, { project: "p", school: ids.Aveiro })).body.fields).to.deep.equal(["school"]);
    await front.pool.query("update projects set state = 'closed' where id = 'p'");
    expect((await book(ana, { project: "p" })).body.fields).to.deep.equal(["project"]);
    await front.pool.query("update projects set state = 'active' where id = 'p'");
  });

  it("is not a project's when a plain teacher of it books, who books for nobody but their school", async () => {
    const refused = await book(mikko, { project: "p" });
    expect(refused.status).to.equal(403);
    expect(refused.body).to.deep.include({ refused: "booking.notAdmin", fields: ["project"] });
    expect(await schoolOf(await book(mikko))).to.equal(ids.Oulu);
    await front.pool.query("update project_members set role = 'teacherAdmin' where account_id = $1", [mikko.id]);
    expect(await schoolOf(await book(mikko, { project: "p" }))).to.equal(ids.Oulu);
    await front.pool.query("update project_members set role = 'teacher' where account_id = $1", [mikko.id]);
  });

  it("shows a project's meetings to its teachers alone, without a way in", async () => {
    const { meeting } = (await book(ana, { project: "p", title: "For the project" })).body;
    const shown = (await mikko.browser.get("/api/projects/p/meetings")).body.next;
    expect(shown.find(({ id }: { id: string }) => id === meeting.id)).to.include({
      title: "For the project",
      chair: "Ana",
      mine: false,
      replay: null,
    });
    expect(JSON.stringify(shown)).to.not.contain(meeting.code);
    expect((await nuno.browser.get("/api/projects/p/meetings")).status).to.equal(404);
    expect((await mikko.browser.get("/api/projects/none/meetings")).status).to.equal(404);
  });

  it("lets the project's accepted teachers watch the replay, and nobody who was only asked, left, or lost their school", async () => {
    const { meeting } = (await book(ana, { project: "p", recorded: true })).body;
    await front.pool.query("update meetings set phase = 'ended', ended_at = now() where id = $1", [meeting.id]);
    const watches = async (person: Person) => {
      const { rows } = await front.pool.query("select schools from standings where account_id = $1", [person.id]);
      const actor = {
        account: person.id,
        schools: rows[0].schools,
        serves: [],
        ambassador: false,
        operator: false,
        place: null,
      };
      // Only who asks and their cookies are looked at.
      const context = { caller: { id: person.id, actor }, cookies: { read: () => undefined } };
      const sight = await sightOf(front.pool, context as unknown as Parameters<typeof sightOf>[1], meeting.code);
      return "refused" in sight ? sight.refused : sight.leads ? "leads" : "watches";
    };
    expect(await watches(ana)).to.equal("leads");
    expect(await watches(mikko)).to.equal("watches");
    expect(await watches(nuno)).to.equal("replay.notAllowed");
    await front.pool.query("update schools set state = 'suspended' where id = $1", [ids.Oulu]);
    expect(await watches(mikko)).to.equal("replay.notAllowed");
    await front.pool.query("update schools set state = 'validated'");
    await front.pool.query("update project_schools set service_state = 'pending' where school_id = $1", [ids.Oulu]);
    expect(await watches(mikko)).to.equal("replay.notAllowed");
    await front.pool.query("update project_schools set service_state = 'approved'");
    expect(await watches(mikko)).to.equal("watches");
    await front.pool.query("update project_members set state = 'left' where account_id = $1", [mikko.id]);
    expect(await watches(mikko)).to.equal("replay.notAllowed");
  });
});
