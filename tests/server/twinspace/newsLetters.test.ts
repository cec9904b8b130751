import { expect } from "chai";
import { addNews } from "../../../server/twinspace/news.ts";
import { lastSeven, writeNewsLetters } from "../../../server/twinspace/newsLetters/writing.ts";
import { aveiro, type FrontDoor, openFrontDoor, oulu, type Person } from "../../support/frontDoor.ts";
import { good } from "../../support/projects.ts";
import { activeProject, joins } from "../../support/rivers.ts";

const hourMs = 3_600_000;
const at = (iso: string) => Date.parse(iso);

describe("seven in the morning", () => {
  it("is the last one where somebody lives", () => {
    expect(lastSeven(at("2027-01-12T06:59:00Z"), "Europe/Lisbon")).to.equal(at("2027-01-11T07:00:00Z"));
    expect(lastSeven(at("2027-01-12T07:00:00Z"), "Europe/Lisbon")).to.equal(at("2027-01-12T07:00:00Z"));
    expect(lastSeven(at("2027-01-12T06:59:00Z"), "Europe/Helsinki")).to.equal(at("2027-01-12T05:00:00Z"));
    // The night in which the clocks go forward.
    expect(lastSeven(at("2027-03-28T12:00:00Z"), "Europe/Helsinki")).to.equal(at("2027-03-28T04:00:00Z"));
  });
});

describe("letters about what is new", function () {
  this.timeout(60_000);
  let front: FrontDoor;
  let ana: Person;
  let mikko: Person;
  let rui: Person;
  const monday = at("2027-01-11T12:00:00Z");

  before(async () => {
    front = await openFrontDoor();
    ana = await front.person("teacher", "Ana", aveiro);
    mikko = await front.person("teacher", "Mikko", oulu);
    rui = await front.person("teacher", "Rui", aveiro);
    await activeProject(front, ana, mikko);
    await joins(front, rui, "teacher");
    await front.pool.query("update accounts set time_zone = 'Europe/Lisbon'");
    await front.pool.query("update accounts set time_zone = 'Europe/Helsinki' where id = $1", [mikko.id]);
    await front.pool.query(
      `insert into pupils (id, project_id, school_id, alias, picture, login_code, secret_kind)
       select 'otter', 'rivers', id, 'Otter', 'fox', 'otter-1', 'word' from schools where name = $1`,
      [aveiro.name],
    );
  });
  after(() => front?.close());

  const letters = async ({ id }: Person) => {
    const { rows } = await front.pool.query(
      "select subject, text, facts from mails where account_id = $1 and kind = 'spaceNews' order by created_at",
      [id],
    );
    return rows;
  };
  const write = (now: number) => writeNewsLetters(front.pool, front.url, now);
  const material = async (id: string, name: string, now: number, by = `account:${ana.id}`) => {
    await front.pool.query(
      `insert into materials (id, project_id, kind, name, link, author, created_at, changed_at)
       values ($1, 'rivers', 'link', $2, 'https://rivers.test', $3, to_timestamp($4::float8 / 1000), to_timestamp($4::float8 / 1000))`,
      [id, name, by, now],
    );
    await addNews(front.pool, { project: "rivers", by, kind: "materialAdded", thing: id, seenBy: "members" }, now);
  };

  it("come once a day at seven where the reader lives, only when there is something, and never to who did it", async () => {
    await material("map", "Map of the Vouga", monday);
    expect(await write(monday + hourMs)).to.equal(0);
    expect(await write(at("2027-01-12T04:59:00Z"))).to.equal(0);
    expect(await write(at("2027-01-12T05:00:00Z"))).to.equal(1);
    expect(await write(at("2027-01-12T07:10:00Z"))).to.equal(1);
    expect(await write(at("2027-01-12T09:00:00Z"))).to.equal(0);
    expect(await letters(ana)).to.deep.equal([]);
    const [letter] = await letters(mikko);
    expect(letter.text).to.include("Two rivers").and.to.include("New material: Map of the Vouga (Ana)");
    expect(await letters(rui)).to.have.length(1);
    expect(await write(at("2027-01-13T09:00:00Z"))).to.equal(0);
  });

  it("leave out what was hidden or removed since, and what only others may see", async () => {
    const now = at("2027-01-13T12:00:00Z");
    await material("hidden", "A secret name", now);
    await material("gone", "A removed name", now);
    await material("kept", "A kept name", now);
    await front.pool.query("update materials set hidden_at = now(), hidden_reason = 'x' where id = 'hidden'");
    await front.pool.query("update materials set removed_at = now() where id = 'gone'");
    await write(at("2027-01-14T09:00:00Z"));
    const text = (await letters(mikko)).at(-1)?.text;
    expect(text).to.include("A kept name").and.not.to.include("secret").and.not.to.include("removed");
  });

  it("name no pupil, and go to none", async () => {
    await material("by-otter", "Photo of the bridge", at("2027-01-14T12:00:00Z"), "pupil:otter");
    await write(at("2027-01-15T09:00:00Z"));
    const text = (await letters(mikko)).at(-1)?.text;
    expect(text).to.include("Photo of the bridge").and.not.to.include("Otter");
    const { rows } = await front.pool.query(
      "select count(*) from mails where kind = 'spaceNews' and account_id is null",
    );
    expect(rows[0]?.count).to.equal(0);
  });

  it("come at once where somebody chose so, and not at all where they chose that", async () => {
    front.clock.now = at("2027-01-16T10:00:00Z");
    good(await mikko.browser.post("/api/news/choices", { subject: "materials", choice: "atOnce" }));
    good(await rui.browser.post("/api/news/choices", { subject: "materials", choice: "never" }));
    const [before, ruis] = [(await letters(mikko)).length, (await letters(rui)).length];
    await material("quick", "Quick", at("2027-01-16T11:00:00Z"));
    expect(await write(at("2027-01-16T11:02:00Z"))).to.equal(1);
    expect(await write(at("2027-01-16T11:04:00Z"))).to.equal(0);
    await write(at("2027-01-17T09:00:00Z"));
    expect(await letters(mikko)).to.have.length(before + 1);
    expect(await letters(rui)).to.have.length(ruis);
  });

  it("tell of unread mail, and not of what was read meanwhile", async () => {
    front.clock.now = at("2027-01-17T12:00:00Z");
    const begin = (subject: string) =>
      ana.browser.post("/api/correspondence", { project: "rivers", to: [rui.id], subject, words: "Words" });
    const read = good(await begin("Read already")).conversation;
    good(await begin("Not read yet"));
    good(await rui.browser.post(`/api/correspondence/${read}/read`));
    await write(at("2027-01-18T09:00:00Z"));
    const text = (await letters(rui)).at(-1)?.text;
    expect(text)
      .to.include("Mail from Ana: Not read yet")
      .and.not.to.include("Read already")
      .and.not.to.include("Words");
  });

  it("end by the link that stands in them", async () => {
    const link = new URL((await letters(rui)).at(-1)?.facts.stopLink);
    expect(link.pathname).to.equal("/news/stop");
    const token = link.hash.slice("#k=".length);
    good(await front.browser().post("/api/news/stop", { token }));
    const choices = good(await rui.browser.get("/api/news/choices"));
    expect(new Set(Object.values(choices))).to.deep.equal(new Set(["never"]));
    const before = (await letters(rui)).length;
    await material("later", "Later", at("2027-01-18T12:00:00Z"));
    await write(at("2027-01-19T09:00:00Z"));
    expect(await letters(rui)).to.have.length(before);
    expect((await front.browser().post("/api/news/stop", { token: "x".repeat(43) })).status).to.equal(404);
  });

  it("are not written to who left the project", async () => {
    good(await mikko.browser.post("/api/news/choices", { subject: "materials", choice: "daily" }));
    await front.pool.query("update project_members set state = 'left' where account_id = $1", [mikko.id]);
    const before = (await letters(mikko)).length;
    await material("after", "After", at("2027-01-19T12:00:00Z"));
    await write(at("2027-01-20T09:00:00Z"));
    expect(await letters(mikko)).to.have.length(before);
  });
});
