import { expect } from "chai";
import { addNews, type News } from "../../../server/twinspace/news.ts";
import { aveiro, type Browser, type FrontDoor, openFrontDoor, oulu, type Person } from "../../support/frontDoor.ts";
import { good } from "../../support/projects.ts";
import { activeProject, joins, pupilAndVisitor } from "../../support/rivers.ts";

const hourMs = 3_600_000;
const here = "/api/spaces/rivers";

describe("what is new in a TwinSpace", function () {
  this.timeout(60_000);
  let front: FrontDoor;
  let ana: Person;
  let mikko: Person;
  let rui: Person;
  let pupil: Browser;
  let visitor: Browser;

  before(async () => {
    front = await openFrontDoor();
    ana = await front.person("teacher", "Ana", aveiro);
    mikko = await front.person("teacher", "Mikko", oulu);
    rui = await front.person("teacher", "Rui", aveiro);
    await activeProject(front, ana, mikko);
    await joins(front, rui, "observer");
    ({ pupil, visitor } = await pupilAndVisitor(front));
    await page("open", "visitors", "shown", "visitors");
    await page("inside", "members", "shown", "members");
    await page("staffroom", "teachers", "shown", "teachers");
    await page("draft", "members", "draft", "members");
    await page("hidden", "members", "shown", "members");
    await front.pool.query("update pages set hidden_at = now(), hidden_reason = 'x' where id = 'hidden'");
    await front.pool.query(
      `insert into bulletin_notes (id, project_id, author, words, at)
       values ('note', 'rivers', $1, 'About a pupil', now())`,
      [`account:${ana.id}`],
    );
    await add({ kind: "bulletinPosted", thing: "note", seenBy: "teachers" });
  });
  after(() => front?.close());

  const add = (news: Omit<News, "project" | "by">, now = front.clock.now) =>
    addNews(front.pool, { project: "rivers", by: `account:${ana.id}`, ...news }, now);

  async function page(id: string, view: string, state: string, seenBy: News["seenBy"]): Promise<void> {
    await front.pool.query(
      `insert into pages (id, project_id, position, title, view, edit, state, author, made_at, changed_at)
       values ($1, 'rivers', 1, $2, $3, 'author', $4, $5, now(), now())`,
      [id, `The page ${id}`, view, state, `account:${ana.id}`],
    );
    await add({ kind: "pageMade", thing: id, seenBy });
  }

  const seen = async (browser: Browser) =>
    (good(await browser.get(`${here}/news`)).news as { title: string; kind: string }[])
      .map(({ title, kind }) => title || kind)
      .sort();

  it("is shown to each as far as they may see it, and never what one did oneself", async () => {
    expect(await seen(mikko.browser)).to.deep.equal([
      "The page draft",
      "The page inside",
      "The page open",
      "The page staffroom",
      "bulletinPosted",
    ]);
    expect(await seen(rui.browser)).to.deep.equal(["The page inside", "The page open"]);
    expect(await seen(pupil)).to.deep.equal(["The page inside", "The page open"]);
    expect(await seen(visitor)).to.deep.equal(["The page open"]);
    expect(await seen(ana.browser)).to.deep.equal([]);
  });

  it("is nowhere any more once it was closed to somebody, whoever was told of it before", async () => {
    await front.pool.query("update pages set view = 'members' where id = 'open'");
    expect(await seen(visitor)).to.deep.equal([]);
    await front.pool.query("update pages set view = 'visitors' where id = 'open'");
  });

  it("is marked from the last visit on, and stays so within the same one", async () => {
    const since = async () => good(await mikko.browser.get(`${here}/news`)).since;
    expect(await since()).to.equal(null);
    const first = front.clock.now;
    good(await mikko.browser.post(`${here}/visited`));
    front.clock.now += 5 * 60_000;
    expect(await since()).to.equal(null);
    front.clock.now += hourMs;
    expect(await since()).to.equal(first);
    good(await mikko.browser.post(`${here}/visited`));
    front.clock.now += 60_000;
    expect(await since()).to.equal(first);
  });

  it("comes in pages, without one twice or missing", async () => {
    for (let i = 0; i < 75; i += 1) {
      const id = `many-${i}`;
      await front.pool.query(
        `insert into materials (id, project_id, kind, name, link, author, created_at, changed_at)
         values ($1, 'rivers', 'link', $1, 'https://rivers.test', $2, now(), now())`,
        [id, `account:${ana.id}`],
      );
      // Many in the same moment.
      await add({ kind: "materialAdded", thing: id, seenBy: "members" }, front.clock.now + Math.floor(i / 10));
    }
    const titles: string[] = [];
    let after: string | null = "";
    while (after !== null) {
      const answer = good(await rui.browser.get(`${here}/news${after === "" ? "" : `?after=${after}`}`));
      titles.push(...answer.news.map(({ title }: { title: string }) => title));
      after = answer.next;
    }
    expect(titles.filter((title) => title.startsWith("many-"))).to.have.length(75);
    expect(new Set(titles).size).to.equal(titles.length);
    const mine: string[] = [];
    after = "";
    while (after !== null) {
      const answer = good(await rui.browser.get(`/api/news${after === "" ? "" : `?after=${after}`}`));
      mine.push(...answer.news.map(({ title }: { title: string }) => title));
      after = answer.next;
    }
    expect(mine).to.deep.equal(titles);
    expect((await rui.browser.get(`${here}/news?after=bm9uc2Vuc2U`)).body.refused).to.equal("request.malformed");
    expect((await rui.browser.get("/api/news?after=bm9uc2Vuc2U")).body.refused).to.equal("request.malformed");
  });

  it("is counted at the bell until it was looked at", async () => {
    expect(good(await rui.browser.get("/api/news/counts")).news).to.equal(50);
    front.clock.now += 1000;
    good(await rui.browser.post("/api/news/seen"));
    front.clock.now += 1000;
    expect(good(await rui.browser.get("/api/news/counts")).news).to.equal(0);
    await add({ kind: "pageChanged", thing: "inside", seenBy: "members" }, front.clock.now - 500);
    expect(good(await rui.browser.get("/api/news/counts")).news).to.equal(1);
  });

  it("is found by words as far as somebody may see it", async () => {
    const found = async (browser: Browser) =>
      (good(await browser.get(`${here}/search?words=page`)).found as { title: string }[])
        .map(({ title }) => title)
        .sort();
    expect(await found(visitor)).to.deep.equal(["The page open"]);
    expect(await found(pupil)).to.deep.equal(["The page inside", "The page open"]);
    expect(await found(mikko.browser))
      .to.include("The page staffroom")
      .and.not.to.include("The page hidden");
  });

  it("tells its teachers which first steps are done", async () => {
    expect(good(await ana.browser.get(`${here}/news`)).beginnings).to.deep.equal({
      ...{ page: true, pupils: true, meeting: false, calendar: false, update: false, entry: false },
    });
    expect(good(await mikko.browser.get(`${here}/news`)).beginnings.pupils).to.equal(false);
    expect(good(await pupil.get(`${here}/news`)).beginnings).to.equal(null);
  });
});
