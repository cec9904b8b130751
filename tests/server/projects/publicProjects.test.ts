import { expect } from "chai";
import { writeLabelCode } from "../../../domain/projects/labelCode.ts";
import { publicProjectRoutes } from "../../../server/projects/publicProjects.ts";
import { type FrontDoor, openFrontDoor } from "../../support/frontDoor.ts";
import { addSchool, joinProject, labelledProject, tarnovo, volos, zilina } from "../../support/labelledProject.ts";

describe("What everybody may read of projects", function () {
  this.timeout(60_000);

  let front: FrontDoor;

  before(async () => {
    front = await openFrontDoor({ routes: (pool) => publicProjectRoutes({ pool }) });
  });
  after(() => front.close());
  beforeEach(async () => {
    await front.pool.query("delete from awards");
    await front.pool.query("delete from projects");
  });

  const get = (path: string) => front.browser().get(path);
  const find = async (query: string) => (await get(`/api/public/projects?${query}`)).body;
  const slugs = async (query = "") => (await find(query)).projects.map(({ slug }: { slug: string }) => slug);

  it("is what it is called and about, and its schools; never a person nor what only members read", async () => {
    const project = await labelledProject(front.pool, { slug: "rivers", languages: ["en", "el"], ages: [9, 11] });
    const ana = await front.person("teacher", "Ana", volos);
    await front.pool.query(
      `insert into project_members (project_id, account_id, school_id, role, state, agreed)
       values ($1, $2, $3, 'founder', 'accepted', true)`,
      [project.id, ana.id, project.schools[0]],
    );
    const { status, body, text } = await get("/api/public/projects/rivers");
    expect(status).to.equal(200);
    expect(body).to.deep.equal({
      slug: "rivers",
      title: "Two rivers",
      summary: "We measure two rivers on the same day.",
      state: "active",
      activatedAt: Date.UTC(2026, 10, 20, 10),
      schools: [volos, tarnovo].map((school, index) => ({
        ...school,
        label: writeLabelCode(project.codes[index] ?? ""),
        qualityLabels: [],
      })),
      languages: ["en", "el"],
      subjects: ["biology"],
      ageMin: 9,
      ageMax: 11,
      labelled: true,
      reported: false,
    });
    for (const nobodys of ["Ana", ana.email, ana.id, project.id, "only for members"]) {
      expect(text).to.not.contain(nobodys);
      expect(JSON.stringify(await find(""))).to.not.contain(nobodys);
    }
  });

  it("is nothing before it was approved, nor while it is suspended", async () => {
    for (const state of [
      "draft",
      "awaitingPartner",
      "awaitingService",
      "returned",
      "refused",
      "withdrawn",
      "suspended",
    ]) {
      await labelledProject(front.pool, { slug: `state-${state.toLowerCase()}`, state });
      expect((await get(`/api/public/projects/state-${state.toLowerCase()}`)).status, state).to.equal(404);
    }
    for (const state of ["closed", "archived"]) {
      await labelledProject(front.pool, { slug: `state-${state}`, state });
      expect((await get(`/api/public/projects/state-${state}`)).body.state).to.equal(state);
    }
    expect(await slugs()).to.deep.equal([]);
  });

  it("can be found by country, language, subject and age, and by all of them", async () => {
    await labelledProject(front.pool, { slug: "a", languages: ["en"], subjects: ["biology"], ages: [6, 9] });
    await labelledProject(front.pool, { slug: "b", languages: ["en", "sk"], ages: [9, 14], founders: [volos, zilina] });
    await labelledProject(front.pool, { slug: "c", subjects: ["music"], ages: [15, 19], founders: [tarnovo, zilina] });
    const found = async (query: string) => (await slugs(query)).sort().join();
    expect(await found("")).to.equal("a,b,c");
    expect(await found("country=GR")).to.equal("a,b");
    expect(await found("country=SK")).to.equal("b,c");
    expect(await found("country=FI")).to.equal("");
    expect(await found("language=sk")).to.equal("b");
    expect(await found("subject=biology")).to.equal("a,b");
    expect(await found("age=9")).to.equal("a,b");
    expect(await found("age=16")).to.equal("c");
    expect(await found("country=SK&language=en&subject=music&age=15")).to.equal("c");
    expect((await get("/api/public/projects?country=Greece")).status).to.equal(400);
    expect((await get("/api/public/projects?age=x&more=1")).body.fields).to.have.members(["more", "age"]);
  });

  it("shows the labels that hold, and none that was taken back", async () => {
    const project = await labelledProject(front.pool, { slug: "rivers" });
    await front.pool.query("update awards set revoked_at = now(), revoked_reason = 'schoolLeft' where code = $1", [
      project.codes[0],
    ]);
    const { body } = await get("/api/public/projects/rivers");
    expect(body.schools.map(({ label }: { label: string }) => label)).to.deep.equal([
      null,
      writeLabelCode(project.codes[1] ?? ""),
    ]);
    expect(body.labelled).to.equal(true);
    await front.pool.query(
      "update awards set revoked_at = now(), revoked_reason = 'schoolLeft' where revoked_at is null",
    );
    expect((await get("/api/public/projects/rivers")).body.labelled).to.equal(false);
  });

  it("counts a school that joined later once it is approved", async () => {
    const project = await labelledProject(front.pool, { slug: "rivers" });
    await joinProject(front.pool, project.id, await addSchool(front.pool, zilina), false, "pending");
    expect(await slugs("country=SK")).to.deep.equal([]);
    await front.pool.query("update project_schools set service_state = 'approved' where not founder");
    expect(await slugs("country=SK")).to.deep.equal(["rivers"]);
    expect((await get("/api/public/projects/rivers")).body.schools.at(-1)).to.deep.equal({
      ...zilina,
      label: null,
      qualityLabels: [],
    });
  });

  it("comes in pages, newest first, and a project that is added meanwhile moves nothing", async () => {
    await front.pool.query(
      `insert into projects (id, slug, title, state, activated_at)
       select 'many-' || n, 'many-' || lpad(n::text, 3, '0'), 'Many', 'active',
         timestamptz '2026-01-01' + (n / 3) * interval '1 microsecond'
       from generate_series(1, 60) n`,
    );
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { projects, next } = await find(after === null ? "" : `after=${after}`);
      seen.push(...projects.map(({ slug }: { slug: string }) => slug));
      after = next;
      await labelledProject(front.pool, {});
    } while (after !== null);
    expect(seen).to.have.length(60);
    expect(new Set(seen).size).to.equal(60);
    const moments = seen.map((slug) => Math.floor(Number(slug.slice(5)) / 3));
    expect(moments).to.deep.equal(moments.toSorted((one, other) => other - one));
    expect((await find("after=AAAA")).projects).to.have.length(24);
  });
});
