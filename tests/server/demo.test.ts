import { expect } from "chai";
import { demoPeople } from "../../server/demo/people.ts";
import { Browser } from "../support/frontDoor.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

describe("The demo's world", function () {
  this.timeout(60_000);
  let server: TestServer;

  before(async () => {
    server = await startTestServer({ TWINLIGHT_DEMO: "1" });
  });
  after(() => server.end());

  const all = async <T>(sql: string): Promise<T[]> =>
    (await server.pool.query<{ row: T }>(sql)).rows.map(({ row }) => row);
  const world = async () => ({
    schools: await all("select jsonb_build_array(name, state) as row from schools order by country, name"),
    places: await all(
      `select jsonb_build_array(a.email, m.state, m.lead) as row
       from memberships m join accounts a on a.id = m.account_id order by a.email`,
    ),
    projects: await all("select jsonb_build_array(title, state) as row from projects order by title"),
    labels: await all("select code as row from awards order by code"),
    meetings: await all("select jsonb_build_array(code, project_id is not null) as row from meetings order by code"),
    notices: await all("select title as row from notices"),
    pupils: await all("select jsonb_build_array(alias, login_code) as row from pupils order by alias"),
    pages: await all("select jsonb_build_array(title, view) as row from pages order by title"),
    dates: await all("select title as row from calendar_items order by title"),
  });

  it("has schools that were validated, and some that wait in three scripts", async () => {
    const { schools, places } = await world();
    expect(schools).to.deep.equal([
      ["СУ „Христо Ботев“", "submitted"],
      ["Oulun koulu", "validated"],
      ["3ο Γυμνάσιο Βόλου", "submitted"],
      ["Escola Básica de São João", "submitted"],
      ["Escola de Aveiro", "validated"],
    ]);
    expect(places).to.deep.include(["ana@aveiro.demo", "active", false]);
    expect(places).to.deep.include(["lead.fi@demo", "active", true]);
    expect(places).to.deep.include(["rita@aveiro.demo", "evidenceWanted", false]);
  });

  it("has a project that both support services approved, with a label for each school and its meetings", async () => {
    const { projects, labels, meetings, notices } = await world();
    expect(projects).to.deep.equal([
      ["Light in the north, light in the south", "draft"],
      ["Two rivers", "active"],
    ]);
    expect(labels).to.have.length(2);
    expect(meetings).to.deep.equal([
      ["two-rivers", true],
      ["two-rivers-1", true],
    ]);
    expect(notices).to.have.length(1);
    const { rows } = await server.pool.query(
      "select a.email from project_schools s join accounts a on a.id = s.service_by",
    );
    expect(rows.map(({ email }) => email).sort()).to.deep.equal(["nss.fi@demo", "nss.pt@demo"]);
  });

  it("wrote every letter that a person's clicks would have", async () => {
    const kinds = new Set(await all<string>("select kind as row from mails"));
    for (const kind of ["schoolSubmitted", "schoolValidated", "principalNotice", "evidenceWanted", "projectApproved"]) {
      expect([...kinds]).to.include(kind);
    }
  });

  it("has a TwinSpace with pages, dates, and pupils who sign in by the cards that are told", async () => {
    const { pages, pupils, dates } = await world();
    expect(pages).to.deep.include(["How we measure", "visitors"]);
    expect(dates).to.include("Measuring day at both rivers");
    expect(pupils).to.have.length(4);
    for (const [, code = "", word = ""] of (server.greeting ?? "").matchAll(/ {2}(\S{9}) {2}word "(.+)" {2}/g)) {
      const answer = await new Browser(server.url).post("/api/pupil/sign-in", { code, secret: word });
      expect(answer.status, answer.text).to.equal(200);
    }
    expect(server.greeting).to.match(/(.*word ".*){4}/s);
    const site = await new Browser(server.url).get("/p/two-rivers");
    expect(site.status).to.equal(200);
    expect(site.text).to.include("Our year with two rivers");
  });

  it("is told to whoever started it: everybody they can be, and where to go", () => {
    for (const { email } of demoPeople) expect(server.greeting).to.contain(email);
    for (const path of [
      "/m/two-rivers",
      "/r/two-rivers-1",
      "/projects/two-rivers",
      "/desk",
      "/labels",
      "/help",
      "/pupil",
      "/p/two-rivers",
    ]) {
      expect(server.greeting).to.contain(`${server.url}${path}`);
    }
  });

  it("is found again and left as it is by the next start", async () => {
    const before = await world();
    await server.restart();
    expect(await world()).to.deep.equal(before);
  });
});
