import { expect } from "chai";
import { aveiro, type Browser, type FrontDoor, openFrontDoor, oulu, type Person } from "../../support/frontDoor.ts";
import { good } from "../../support/projects.ts";
import { activeProject } from "../../support/rivers.ts";

const dayMs = 86_400_000;
const here = "/api/spaces/rivers";

describe("the visitors of a TwinSpace", function () {
  this.timeout(60_000);
  let front: FrontDoor;
  let ana: Person;
  let mikko: Person;

  before(async () => {
    front = await openFrontDoor();
    ana = await front.person("teacher", "Ana", aveiro);
    mikko = await front.person("teacher", "Mikko", oulu);
    await activeProject(front, ana, mikko);
  });
  after(() => front?.close());

  const dayIn = (days: number) => new Date(front.clock.now + days * dayMs).toISOString().slice(0, 10);
  const invite = (more: object = {}) =>
    ana.browser.post(`${here}/visitors`, { name: "Otto's father", relation: "parent", until: dayIn(90), ...more });
  const tokenIn = (link: string) => new URL(link).hash.slice("#k=".length);
  const visit = async (link: string): Promise<Browser> => {
    const browser = front.browser();
    good(await browser.post("/api/visit", { token: tokenIn(link) }));
    return browser;
  };

  it("come in by a link that is told once and kept nowhere", async () => {
    const { link, visitor, code } = good(await invite());
    expect(visitor).to.include({ state: "open", seenAt: null, email: null, invitedBy: "Ana" });
    expect(code[0]).to.match(/^[01]+$/);
    const { rows } = await front.pool.query("select row_to_json(v)::text as row from visitors v");
    expect(rows.map(({ row }) => row).join()).not.to.include(tokenIn(link));
    const browser = await visit(link);
    expect(good(await browser.get(here)).me).to.include({ role: "visitor", name: "Otto's father" });
    expect(good(await browser.get("/api/me"))).to.include({ me: null });
    const listed = good(await ana.browser.get(`${here}/visitors`)).visitors;
    expect(listed[0].seenAt).to.equal(front.clock.now);
    expect(JSON.stringify(listed)).not.to.include(tokenIn(link));
    expect(front.logged()).not.to.include(tokenIn(link));
  });

  it("see nothing of its members, pupils, visitors, forum, chat or bulletin", async () => {
    const browser = await visit(good(await invite()).link);
    for (const path of [
      ...["members", "visitors", "pupils", "consents", "updates", "forum", "chat", "bulletin", "folders"],
      ...["people-on-materials", "possible-outsiders", "meetings", "calendar"],
    ]) {
      expect((await browser.get(`${here}/${path}`)).status, path).to.equal(403);
    }
    for (const path of ["/api/correspondence", "/api/recipients", "/api/news", "/api/contacts?list=mutual"]) {
      expect((await browser.get(path)).status, path).to.equal(403);
    }
    expect(good(await browser.get(`${here}/search?words=a`)).found).to.deep.equal([]);
    expect(good(await browser.get(`${here}/news`)).news).to.deep.equal([]);
  });

  it("get the link by letter where there is an address", async () => {
    const { link } = good(await invite({ email: "Father@Home.test" }));
    const { rows } = await front.pool.query("select to_address, facts from mails where kind = 'spaceVisit'");
    expect(rows[0]).to.include({ to_address: "father@home.test" });
    expect(rows[0]?.facts.link).to.equal(link);
  });

  it("come until a day, which is at most 400 days away", async () => {
    for (const days of [-2, 402]) {
      const { body } = await invite({ until: dayIn(days) });
      expect(body, String(days)).to.deep.include({ refused: "visitor.badDay", fields: ["until"] });
    }
    const { link, visitor } = good(await invite({ until: dayIn(1) }));
    front.clock.now += 3 * dayMs;
    expect((await front.browser().post("/api/visit", { token: tokenIn(link) })).body.refused).to.equal("visit.invalid");
    const listed = good(await ana.browser.get(`${here}/visitors`)).visitors;
    expect(listed.find(({ id }: { id: string }) => id === visitor.id).state).to.equal("expired");
  });

  it("are out at once when a visit is ended, and when a new link takes the place of theirs", async () => {
    const { link, visitor } = good(await invite());
    const browser = await visit(link);
    const renewed = good(await mikko.browser.post(`${here}/visitors/${visitor.id}/renew`, { until: dayIn(30) }));
    expect((await browser.get(here)).status).to.equal(401);
    expect((await front.browser().post("/api/visit", { token: tokenIn(link) })).body.refused).to.equal("visit.invalid");
    const again = await visit(renewed.link);
    good(await ana.browser.post(`${here}/visitors/${visitor.id}/revoke`));
    expect((await again.get(here)).status).to.equal(401);
    expect((await front.browser().post("/api/visit", { token: tokenIn(renewed.link) })).body.refused).to.equal(
      "visit.invalid",
    );
  });

  it("end the session of whoever was signed in in that browser, and begin none by a made-up link", async () => {
    const browser = front.browser();
    expect((await browser.post("/api/visit", { token: "x".repeat(43) })).status).to.equal(410);
    expect((await browser.post("/api/visit", { token: "short" })).status).to.equal(400);
    expect(browser.cookies.size).to.equal(0);
  });
});
