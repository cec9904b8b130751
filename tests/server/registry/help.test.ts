import { expect } from "chai";
import { aveiro, type FrontDoor, openFrontDoor, oulu, type Person } from "../../support/frontDoor.ts";

const wish = {
  ...{ country: "FI", name: "Aino Korhonen", email: "aino@koulu.test", school: "Kempeleen koulu", teachers: 12 },
  wish: "A Wednesday in March.\nHow do meetings with a whole class go?",
};

describe("Finding help", () => {
  let front: FrontDoor;
  let ambassador: Person;

  before(async () => {
    front = await openFrontDoor();
    await front.person("support", "Tuki");
    ambassador = await front.person("ambassador", "Liisa", oulu);
    await front.person("ambassador", "Rui", aveiro);
    await front.pool.query(
      "insert into support_services (id, kind, country, name) values ('fi', 'nss', 'FI', 'Tukipalvelu')",
    );
    await front.pool.query("update ambassadors set regions = '{FI-14}' where account_id = $1", [ambassador.id]);
  });
  after(() => front.close());
  beforeEach(async () => {
    await front.pool.query("delete from mails");
    await front.pool.query(
      "update support_services set email = 'tuki@fi.test', website = 'https://tuki.test' where id = 'fi'",
    );
  });

  const letters = async () =>
    (await front.pool.query("select to_address, subject, text from mails order by to_address")).rows;

  it("tells everybody the service of a country and who is listed there, and no ambassador's address", async () => {
    const found = await front.browser().get("/api/help?country=FI&region=FI-14");
    expect(found.body.service).to.include({ name: "Tukipalvelu", email: "tuki@fi.test", website: "https://tuki.test" });
    expect(found.body.ambassadors.map(({ name }: { name: string }) => name)).to.deep.equal(["Liisa"]);
    expect(found.body.reachable).to.equal(true);
    expect(found.text).to.not.contain(ambassador.email);
  });

  it("tells the central service where a country has none, and hides who is not listed", async () => {
    const found = await front.browser().get("/api/help?country=BG");
    expect(found.body.service).to.include({ country: null });
    expect(found.body.ambassadors).to.deep.equal([]);
    await front.pool.query("update ambassadors set listed = false where account_id = $1", [ambassador.id]);
    expect((await front.browser().get("/api/help?country=FI")).body.ambassadors).to.deep.equal([]);
    await front.pool.query("update ambassadors set listed = true");
  });

  it("brings a wish to the service by letter, and to the ambassador who was named", async () => {
    const sent = await front.browser().post("/api/help/twilight", { ...wish, ambassador: ambassador.id });
    expect(sent.status).to.equal(204);
    const written = await letters();
    expect(written.map(({ to_address }) => to_address)).to.deep.equal([ambassador.email, "tuki@fi.test"]);
    for (const { subject, text } of written) {
      expect(subject).to.contain("Kempeleen koulu");
      expect(text).to.contain("12 teachers").and.contain("> A Wednesday in March.").and.contain("aino@koulu.test");
    }
  });

  it("writes to who works there when the service has no address, and to the central one when nobody does", async () => {
    await front.pool.query("update support_services set email = ''");
    await front.browser().post("/api/help/twilight", wish);
    expect((await letters()).map(({ to_address }) => to_address)).to.deep.equal(["tuki@support.test"]);
  });

  it("says so when nobody would read it, and promises nothing before", async () => {
    await front.pool.query("update support_services set email = ''");
    await front.pool.query("with gone as (select * from support_staff) delete from support_staff");
    expect((await front.browser().get("/api/help?country=FI")).body.reachable).to.equal(false);
    expect((await front.browser().post("/api/help/twilight", wish)).body.refused).to.equal("help.nobody");
  });

  it("refuses what does not fit, and an ambassador of another country", async () => {
    const browser = front.browser();
    const refused = await browser.post("/api/help/twilight", { ...wish, teachers: 0, wish: " ", email: "nowhere" });
    expect(refused.body.fields).to.have.members(["teachers", "wish", "email"]);
    const rui = (await front.pool.query("select id from accounts where name = 'Rui'")).rows[0].id;
    const foreign = await browser.post("/api/help/twilight", { ...wish, ambassador: rui });
    expect(foreign.body).to.deep.include({ refused: "request.malformed", fields: ["ambassador"] });
    expect(await letters()).to.deep.equal([]);
  });

  it("takes ten wishes an hour from one network", async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 11; n += 1) statuses.push((await front.browser().post("/api/help/twilight", wish)).status);
    expect(statuses.at(-1)).to.equal(429);
  });
});
