import { expect } from "chai";
import { type FrontDoor, openFrontDoor, type Person } from "../../support/frontDoor.ts";

describe("A request made by another site's page", () => {
  let front: FrontDoor;
  let ana: Person;
  before(async () => {
    front = await openFrontDoor({ publicUrl: "https://meet.example.org" });
    ana = await front.person("teacher", "Ana");
  });
  after(() => front.close());

  const change = (headers: Record<string, string>) => ana.browser.send("PATCH", "/api/me", { language: "pt" }, headers);

  const foreign: [string, Record<string, string>][] = [
    ["another site", { "sec-fetch-site": "cross-site" }],
    ["a neighbour on the same domain", { "sec-fetch-site": "same-site" }],
    ["another site, says an older browser", { origin: "https://evil.example" }],
    ["our host on another port", { origin: "http://127.0.0.1:1" }],
    ["a page without an origin", { origin: "null" }],
    ["a name that begins like ours", { origin: "https://meet.example.org.evil.example" }],
    ["no address at all", { origin: "evil" }],
  ];
  for (const [what, headers] of foreign) {
    it(`changes nothing: ${what}`, async () => {
      const { status, body } = await change(headers);
      expect(status).to.equal(403);
      expect(body.refused).to.equal("request.crossSite");
    });
  }

  it("is told from one of our own", async () => {
    expect((await change({ "sec-fetch-site": "same-origin" })).status).to.equal(200);
    expect((await change({ origin: "https://meet.example.org" })).status).to.equal(200);
    expect((await change({ origin: front.url })).status).to.equal(200);
    expect((await change({})).status).to.equal(200);
  });

  it("cannot even sign somebody out or in", async () => {
    const headers = { "sec-fetch-site": "cross-site", "content-type": "text/plain" };
    for (const path of ["/api/sign-out", "/api/sign-in", "/api/invitations/answer", "/api/bookings"]) {
      expect((await ana.browser.post(path, "{}", headers)).status, path).to.equal(403);
    }
    expect((await ana.browser.get("/api/me")).body.me.name).to.equal("Ana");
  });

  it("changes nothing by a GET either, for no GET changes anything", async () => {
    const { body } = await ana.browser.post("/api/bookings", { title: "Rivers", start: "now", timeZone: "UTC" });
    const others = [await front.person("operator", "Otto"), await front.person("support", "Paula")];
    const before = await everythingKept();
    let answered = 0;
    for (const { path } of front.routes.filter(({ method }) => method === "get")) {
      const address = path.replace(":meeting", body.meeting.id).replace(":link", body.links[0].id);
      for (const { browser } of [ana, ...others]) {
        const { status } = await browser.get(address);
        expect(status, path).to.be.below(500);
        if (status === 200) answered += 1;
      }
    }
    expect(answered).to.be.above(30);
    expect(await everythingKept()).to.deep.equal(before);
  });

  async function everythingKept(): Promise<unknown[]> {
    const kept: unknown[] = [];
    for (const table of [
      "accounts",
      "sessions",
      "invitations",
      "account_acts",
      "schools",
      "meetings",
      "meeting_links",
      "memberships",
      "projects",
      "contacts",
      "notices",
      "awards",
    ]) {
      const { rows } = await front.pool.query(`select t::text as line from ${table} t order by 1`);
      kept.push(rows);
    }
    return kept;
  }
});
