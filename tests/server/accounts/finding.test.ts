import { expect } from "chai";
import type { People, Schools } from "../../../protocol/http/accounts.ts";
import { aveiro, type FrontDoor, openFrontDoor, oulu, type Person } from "../../support/frontDoor.ts";

describe("People and schools found by words", () => {
  let front: FrontDoor;
  let operator: Person;
  let ines: Person;

  before(async () => {
    front = await openFrontDoor();
    operator = await front.person("operator", "Olga");
    ines = await front.person("teacher", "Inês Sousa", aveiro);
    await front.person("teacher", "Mikko", oulu);
    await front.person("teacher", "Ελένη", { name: "3ο Γυμνάσιο", town: "Βόλος", country: "GR" });
    await front.pool.query(
      `insert into accounts (id, email, name, password_hash, ended_at)
       select 'p' || n, 'p' || n || '@many.test', 'Person ' || (n / 2), case when n % 3 > 0 then 'x' end,
         case when n % 7 = 0 then now() end
       from generate_series(1, 130) n`,
    );
    await front.pool.query(
      `insert into schools (id, name, town, country, state)
       select 's' || n, 'School ' || (n / 2), 'Many', 'SE', case when n = 9 then 'submitted' else 'validated' end
       from generate_series(1, 230) n`,
    );
  });
  after(() => front.close());

  const people = async (query = ""): Promise<People> =>
    (await operator.browser.get(`/api/operate/people${query}`)).body;
  const names = async (words: string) =>
    (await people(`?words=${encodeURIComponent(words)}`)).people.map(({ name }) => name);

  it("come page by page, each once, who has not answered first and who has ended last", async () => {
    const seen: People["people"] = [];
    let page = await people();
    seen.push(...page.people);
    while (page.next !== null) {
      expect(page.people).to.have.length(50);
      page = await people(`?after=${page.next}`);
      seen.push(...page.people);
    }
    expect(seen).to.have.length(134);
    expect(new Set(seen.map(({ id }) => id)).size).to.equal(134);
    const rank = { invited: 0, active: 1, ended: 2 };
    const ranks = seen.map(({ state }) => rank[state]);
    expect(ranks).to.deep.equal(ranks.toSorted());
  });

  it("are found by name, e-mail and school, whatever the case, the accents and the script", async () => {
    expect(await names("INES")).to.deep.equal(["Inês Sousa"]);
    expect(await names("aveiro ines")).to.deep.equal(["Inês Sousa"]);
    expect(await names("mikko@teacher")).to.deep.equal(["Mikko"]);
    expect(await names("volos")).to.deep.equal(["Ελένη"]);
    expect(await names("Βόλος")).to.deep.equal(["Ελένη"]);
    expect(await names("nobody at all")).to.deep.equal([]);
  });

  it("take no sign as anything but itself, and no cursor that is none", async () => {
    expect(await names("so_sa")).to.deep.equal([]);
    expect(await names("i%sousa")).to.deep.equal([]);
    expect(await names("ines %")).to.deep.equal(["Inês Sousa"]);
    const refused = await operator.browser.get("/api/operate/people?after=bm90aGluZw");
    expect(refused.body).to.deep.include({ refused: "request.malformed", fields: ["after"] });
    expect((await operator.browser.get("/api/operate/people?after=%00")).status).to.equal(400);
  });

  it("are the operator's alone, schools to choose from are for whoever is signed in", async () => {
    for (const path of ["/api/operate/people", "/api/operate/schools"]) {
      expect((await ines.browser.get(path)).status).to.equal(403);
      expect((await front.browser().get(path)).status).to.equal(401);
    }
    expect((await front.browser().get("/api/schools")).status).to.equal(401);
  });

  it("list the operator's schools with how many accounts each has", async () => {
    const found = await operator.browser.get("/api/operate/schools?words=aveiro");
    expect(found.body.schools).to.have.length(1);
    expect(found.body.schools[0]).to.include({ name: aveiro.name, accounts: 1 });
    const first = (await operator.browser.get("/api/operate/schools?words=school")).body;
    const second = (await operator.browser.get(`/api/operate/schools?words=school&after=${first.next}`)).body;
    const ids = [...first.schools, ...second.schools].map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).to.equal(100);
  });

  it("offer at most 200 validated schools, and find the others by words", async () => {
    const schools = async (words: string): Promise<Schools["schools"]> =>
      (await ines.browser.get(`/api/schools?words=${encodeURIComponent(words)}`)).body.schools;
    expect(await schools("")).to.have.length(200);
    expect((await schools("oulun")).map(({ name }) => name)).to.deep.equal([oulu.name]);
    expect((await schools("school 4 many")).map(({ id }) => id))
      .to.include("s8")
      .and.not.include("s9");
    expect(await schools("gymnasio volos")).to.have.length(1);
  });
});
