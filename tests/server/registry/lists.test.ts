import { expect } from "chai";
import { listNames } from "../../../protocol/http/lists.ts";
import { unknownCodes } from "../../../server/registry/lists.ts";
import { deskPerson } from "../../support/desks.ts";
import { type FrontDoor, openFrontDoor, type Person } from "../../support/frontDoor.ts";

describe("the reference lists", () => {
  let front: FrontDoor;
  let central: Person;
  let national: Person;

  before(async () => {
    front = await openFrontDoor();
    central = await deskPerson(front, "Carla", null);
    national = await deskPerson(front, "Paula", "PT");
  });
  after(() => front?.close());

  interface Entry {
    code: string;
    labels: Record<string, string>;
    facts: Record<string, unknown>;
  }
  const entriesOf = async (list: string): Promise<Entry[]> =>
    (await front.browser().get(`/api/lists/${list}`)).body.entries;
  const codesOf = async (list: string) => (await entriesOf(list)).map(({ code }) => code);

  it("are all there for everybody, and English everywhere", async () => {
    for (const list of listNames) {
      const entries = await entriesOf(list);
      expect(entries.length, list).to.be.greaterThan(0);
      for (const { code, labels } of entries) expect(labels.en, `${list} ${code}`).to.be.a("string").and.not.equal("");
    }
    expect((await front.browser().get("/api/lists/pupil")).status).to.equal(400);
  });

  it("have translations, regions by country, and one rubric that is valid now", async () => {
    const music = (await entriesOf("subject")).find(({ code }) => code === "music");
    expect(music?.labels).to.deep.equal({ en: "Music", fi: "Musiikki", pt: "Música" });
    const finnish = (await front.browser().get("/api/lists/region?country=FI")).body.entries;
    expect(finnish.every(({ facts }: Entry) => facts.country === "FI")).to.equal(true);
    expect(await codesOf("rubric")).to.deep.equal(["ql-2023"]);
    const criteria = await entriesOf("criterion");
    expect(criteria.every(({ facts }) => facts.rubric === "ql-2023")).to.equal(true);
    expect(criteria.find(({ code }) => code === "ql-2023.safety")?.facts.leastPoints).to.equal(2);
  });

  it("know which codes may not be chosen today", async () => {
    expect(await unknownCodes(front.pool, "subject", ["music", "alchemy", "alchemy"])).to.deep.equal(["alchemy"]);
    expect(await unknownCodes(front.pool, "rubric", ["ql-2014"])).to.deep.equal(["ql-2014"]);
    expect(await unknownCodes(front.pool, "subject", [])).to.deep.equal([]);
  });

  it("are edited by the central service and by nobody else", async () => {
    const added = { code: "robotics", labels: { en: "Robotics" } };
    expect((await national.browser.post("/api/desk/lists/subject", added)).status).to.equal(403);
    expect((await front.browser().post("/api/desk/lists/subject", added)).status).to.equal(401);
    expect((await central.browser.post("/api/desk/lists/subject", added)).status).to.equal(200);
    expect((await central.browser.post("/api/desk/lists/subject", added)).body.refused).to.equal("list.codeTaken");
    expect(await codesOf("subject")).to.include("robotics");
  });

  it("translate an entry and end it, after which it is still there to be read and cannot be chosen", async () => {
    const change = {
      ...{ labels: { en: "Robotics", fi: "Robotiikka" }, sort: 0, facts: {} },
      ...{ validFrom: null, validUntil: "2026-01-01" },
    };
    const put = (body: unknown) => central.browser.send("PUT", "/api/desk/lists/subject/robotics", body);
    expect((await put({ ...change, labels: { fi: "Robotiikka" } })).status).to.equal(400);
    expect((await put({ ...change, validFrom: "2026-02-01" })).body.fields).to.deep.equal(["validUntil"]);
    expect((await put({ ...change, validUntil: "2026-02-31" })).status).to.equal(400);
    expect((await put(change)).status).to.equal(200);
    expect(await codesOf("subject")).to.not.include("robotics");
    const found = await central.browser.get("/api/desk/lists/subject?words=robotiikka");
    expect(found.body.entries.map(({ code }: Entry) => code)).to.deep.equal(["robotics"]);
    expect((await central.browser.delete("/api/desk/lists/subject/robotics")).status).to.equal(404);
  });

  it("take only the facts that a list has", async () => {
    const post = async (list: string, body: unknown) =>
      (await central.browser.post(`/api/desk/lists/${list}`, body)).body;
    const labels = { en: "Somewhere" };
    expect((await post("region", { code: "PT-99", labels })).fields).to.deep.equal(["facts"]);
    expect((await post("region", { code: "PT-99", labels, facts: { country: "ZZ" } })).fields).to.deep.equal([
      "facts.country",
    ]);
    expect((await post("country", { code: "portugal", labels, facts: { group: "plus" } })).fields).to.deep.equal([
      "code",
    ]);
    expect((await post("tool", { code: "x", labels, facts: { price: 3 } })).fields).to.deep.equal(["facts"]);
    expect((await post("region", { code: "PT-99", labels, facts: { country: "PT" } })).code).to.equal("PT-99");
  });

  it("come page by page to whoever edits them, each entry once", async () => {
    const seen: string[] = [];
    let after = "";
    do {
      const page = await central.browser.get(`/api/desk/lists/region${after && `?after=${after}`}`);
      seen.push(...page.body.entries.map(({ code }: Entry) => code));
      after = page.body.next ?? "";
    } while (after !== "");
    expect(seen.length).to.be.greaterThan(100);
    expect(new Set(seen).size).to.equal(seen.length);
  });
});

describe("support services", () => {
  let front: FrontDoor;
  let central: Person;
  let national: Person;
  let teacher: Person;

  before(async () => {
    front = await openFrontDoor();
    central = await deskPerson(front, "Carla", null);
    national = await deskPerson(front, "Paula", "PT");
    teacher = await front.person("teacher", "Ana");
  });
  after(() => front?.close());

  interface Shown {
    id: string;
    country: string | null;
    name: string;
    staff: { account: string }[];
  }
  const shown = async (by: Person): Promise<Shown[]> => (await by.browser.get("/api/desk/services")).body.services;
  const ofCountry = async (country: string | null) => (await shown(central)).find((one) => one.country === country);

  it("are seen by who works there, and all of them by the central one", async () => {
    expect((await shown(national)).map(({ country }) => country)).to.deep.equal(["PT"]);
    expect((await shown(central)).map(({ country }) => country)).to.deep.equal([null, "PT"]);
  });

  it("say of themselves what they like, but a foreign one's is not there", async () => {
    const facts = {
      ...{ name: "Direção-Geral", email: "etw@service.test", website: "https://service.test" },
      ...{ languages: ["pt", "en"], approvesAddedPartners: true },
    };
    const portugal = await ofCountry("PT");
    const put = (by: Person, id: string | undefined, body: unknown) =>
      by.browser.send("PUT", `/api/desk/services/${id}`, body);
    expect((await put(national, portugal?.id, facts)).body.services[0].name).to.equal("Direção-Geral");
    expect((await put(national, "css", facts)).status).to.equal(404);
    expect((await put(teacher, portugal?.id, facts)).status).to.equal(403);
    expect((await put(national, portugal?.id, { ...facts, languages: ["xx"] })).body.fields).to.deep.equal([
      "languages",
    ]);
    expect((await put(national, portugal?.id, { ...facts, website: "javascript:alert(1)" })).status).to.equal(400);
  });

  it("are made and staffed by the central one, with effect from the next request", async () => {
    const made = await central.browser.post("/api/desk/services", { country: "FI", name: "Opetushallitus" });
    expect(made.status, made.text).to.equal(200);
    const twice = await central.browser.post("/api/desk/services", { country: "FI", name: "Another" });
    expect(twice.body.refused).to.equal("service.exists");
    const finland = await ofCountry("FI");
    const staff = `/api/desk/services/${finland?.id}/staff`;
    expect((await national.browser.post(staff, { email: teacher.email })).status).to.equal(403);
    expect((await central.browser.post(staff, { email: "nobody@x.test" })).body.refused).to.equal("service.noAccount");
    expect((await teacher.browser.get("/api/desk")).status).to.equal(403);
    await central.browser.post(staff, { email: teacher.email });
    await central.browser.post(staff, { email: teacher.email });
    expect((await teacher.browser.get("/api/desk")).body.countries).to.deep.equal(["FI"]);
    const { rows } = await front.pool.query("select 1 from mails where account_id = $1 and kind = 'serviceAppointed'", [
      teacher.id,
    ]);
    expect(rows.length).to.equal(1);
    expect((await central.browser.delete(`${staff}/${teacher.id}`)).status).to.equal(200);
    expect((await teacher.browser.get("/api/desk")).status).to.equal(403);
  });

  it("keep somebody in the central one", async () => {
    const dismissed = await central.browser.delete(`/api/desk/services/css/staff/${central.id}`);
    expect(dismissed.body.refused).to.equal("service.lastOne");
  });
});
