import { expect } from "chai";
import { aveiro, type FrontDoor, openFrontDoor, oulu, type Person } from "../../support/frontDoor.ts";
import { good, makeContacts, schoolOf } from "../../support/projects.ts";
import { activeProject, joins } from "../../support/rivers.ts";

const dayMs = 86_400_000;
const here = "/api/spaces/rivers";

describe("the members of a TwinSpace", function () {
  this.timeout(60_000);
  let front: FrontDoor;
  let ana: Person;
  let mikko: Person;
  let rui: Person;
  let eva: Person;
  let olli: Person;

  before(async () => {
    front = await openFrontDoor();
    ana = await front.person("teacher", "Ana", aveiro);
    mikko = await front.person("teacher", "Mikko", oulu);
    rui = await front.person("teacher", "Rui", aveiro);
    // Work at no school.
    eva = await front.person("ambassador", "Eva", null);
    olli = await front.person("ambassador", "Olli", null);
    await activeProject(front, ana, mikko);
  });
  after(() => front?.close());

  const roleOf = async (person: Person) => {
    const { rows } = await front.pool.query(
      "select role, state from project_members where account_id = $1 and project_id = 'rivers'",
      [person.id],
    );
    return rows[0];
  };
  const invite = (by: Person, body: object) => by.browser.post(`${here}/invitations`, body);
  const answer = (by: Person, accept: boolean) => by.browser.post(`${here}/invitation`, { accept });
  const changes = (by: Person, of: Person, role: string) =>
    by.browser.patch(`/api/projects/rivers/members/${of.id}`, { role });

  it("invites an expert by e-mail, who reads what they are asked and comes in by saying yes", async () => {
    expect((await invite(ana, { email: "nobody@nowhere.test", role: "expert" })).body.refused).to.equal(
      "project.partnerUnknown",
    );
    good(await invite(ana, { email: eva.email, role: "expert", note: "Water insects, please." }));
    expect((await invite(ana, { email: eva.email, role: "expert" })).body.refused).to.equal("project.alreadyIn");
    const { rows } = await front.pool.query("select kind, facts from mails where account_id = $1", [eva.id]);
    const letter = rows.find(({ kind }) => kind === "spaceInvited");
    expect(letter.facts.link).to.match(/\/twinspace\/rivers\/invitation$/);

    expect((await eva.browser.get(here)).status).to.equal(404);
    const asked = good(await eva.browser.get(`${here}/invitation`));
    expect(asked).to.include({ role: "expert", by: "Ana", note: "Water insects, please.", slug: "rivers" });
    expect((await olli.browser.get(`${here}/invitation`)).body.refused).to.equal("invitation.invalid");
    good(await answer(eva, true));
    expect(good(await eva.browser.get(here)).me.role).to.equal("expert");
    expect((await answer(eva, false)).body.refused).to.equal("invitation.invalid");
    const listed = good(await eva.browser.get("/api/projects"));
    expect(listed.projects[0]).to.include({ slug: "rivers", role: "expert", member: "accepted" });
    expect(listed.projects[0].schools).to.have.length(2);
  });

  it("invites a contact as an observer, takes it back, and sends it again", async () => {
    await makeContacts(front.pool, mikko.id, olli.id);
    const { people } = good(await mikko.browser.get(`${here}/possible-outsiders`));
    expect(people.map((one: { name: string }) => one.name)).to.include("Olli");
    good(await invite(mikko, { account: olli.id, role: "observer" }));
    good(await mikko.browser.delete(`${here}/invitations/${olli.id}`));
    expect((await answer(olli, true)).body.refused).to.equal("invitation.invalid");
    good(await invite(mikko, { account: olli.id, role: "observer" }));
    front.clock.now += 31 * dayMs;
    const listed = good(await ana.browser.get(`${here}/members`)).invitations;
    expect(listed).to.have.length(1);
    expect(listed[0]).to.include({ account: olli.id, role: "observer", expired: true });
    expect((await answer(olli, true)).body.refused).to.equal("invitation.invalid");
    good(await ana.browser.post(`${here}/invitations/${olli.id}/again`));
    good(await answer(olli, true));
    expect(await roleOf(olli)).to.deep.equal({ role: "observer", state: "accepted" });
  });

  it("lets nobody below an administrator invite an expert, change a role or take somebody out", async () => {
    await joins(front, rui, "teacher");
    for (const person of [rui, eva, olli]) {
      expect((await invite(person, { email: rui.email, role: "observer" })).status, person.email).to.equal(403);
      expect((await changes(person, eva, "observer")).status, person.email).to.equal(403);
      expect((await person.browser.delete(`/api/projects/rivers/members/${eva.id}`)).status).to.equal(403);
    }
  });

  it("changes roles, but never a founder's, and makes no teacher of who has no school", async () => {
    good(await changes(ana, rui, "teacherAdmin"));
    expect((await changes(rui, ana, "observer")).body.refused).to.equal("member.founder");
    expect((await changes(mikko, ana, "teacher")).body.refused).to.equal("member.founder");
    expect((await rui.browser.delete(`/api/projects/rivers/members/${ana.id}`)).body.refused).to.equal(
      "member.founder",
    );
    expect((await changes(ana, rui, "founder")).status).to.equal(400);
    expect((await changes(ana, eva, "teacher")).body.refused).to.equal("member.needsSchool");
    good(await changes(rui, eva, "observer"));
    expect((await roleOf(eva)).role).to.equal("observer");
    expect((await ana.browser.post("/api/projects/rivers/leave")).status).to.equal(403);
  });

  it("keeps the last way to administer it, should both founders have left their schools", async () => {
    const school = await schoolOf(ana);
    await front.pool.query("update memberships set state = 'ended' where account_id = any($1)", [[ana.id, mikko.id]]);
    expect((await ana.browser.get(here)).status).to.equal(404);
    expect((await rui.browser.post("/api/projects/rivers/leave")).body.refused).to.equal("member.lastAdmin");
    expect((await changes(rui, rui, "teacher")).body.refused).to.equal("member.lastAdmin");
    await front.pool.query("update memberships set state = 'active' where account_id = any($1)", [[ana.id, mikko.id]]);
    expect(await schoolOf(ana)).to.equal(school);
    good(await changes(rui, rui, "teacher"));
  });

  it("takes somebody out, and lets somebody leave; both may be invited again", async () => {
    good(await ana.browser.delete(`/api/projects/rivers/members/${eva.id}`));
    expect((await eva.browser.get(here)).status).to.equal(404);
    good(await olli.browser.post("/api/projects/rivers/leave"));
    expect((await olli.browser.get(here)).status).to.equal(404);
    good(await invite(ana, { email: eva.email, role: "expert" }));
    good(await answer(eva, true));
    const { members } = good(await eva.browser.get(`${here}/members`));
    expect(members.map((one: { name: string }) => one.name).sort()).to.deep.equal(["Ana", "Eva", "Mikko", "Rui"]);
    expect(good(await eva.browser.get(`${here}/members`)).invitations).to.deep.equal([]);
  });
});
