/** A person's own data, the end of an account, what a pupil made, and closed projects that go into the archive. */
import { expect } from "chai";
import { archiveClosed } from "../../../server/projects/archiving.ts";
import { type ActiveSpace, openSpace } from "../../support/activeSpace.ts";
import { type FrontDoor, goodPassword, openFrontDoor } from "../../support/frontDoor.ts";
import { good } from "../../support/projects.ts";

const dayMs = 86_400_000;

describe("people who leave", function () {
  this.timeout(60_000);
  let front: FrontDoor;
  let space: ActiveSpace;
  const at = () => `/api/spaces/${space.id}`;

  before(async () => {
    front = await openFrontDoor();
    space = await openSpace(front);
  });

  after(() => front.close());

  it("take with them what is kept about them", async () => {
    good(await space.rui.browser.post(`${at()}/updates`, { words: "Rui was here.", materials: [] }));
    const answer = await space.rui.browser.get("/api/me/record");
    expect(answer.headers.get("content-disposition")).to.match(/^attachment/);
    const record = good(answer);
    expect(record.account[0]).to.include({ email: space.rui.email });
    expect(record.projects.map(({ slug }: { slug: string }) => slug)).to.deep.equal([space.id]);
    expect(record.madeInTwinSpaces.updates[0].words).to.equal("Rui was here.");
    expect(answer.text).to.not.match(/argon2|password_hash|token/);
    const { rows } = await front.pool.query("select password_hash as hash from accounts where id = $1", [space.rui.id]);
    expect(answer.text).to.not.include(rows[0].hash);
  });

  it("say their password, and are nobody afterwards; what they made stays", async () => {
    const { browser, id, email } = space.rui;
    expect((await browser.post("/api/me/end", { password: "wrong" })).body).to.deep.include({
      ...{ refused: "account.wrong", fields: ["password"] },
    });
    expect((await browser.post("/api/me/end", { password: goodPassword })).status).to.equal(204);
    expect(good(await browser.get("/api/me")).me).to.equal(null);
    const { updates } = good(await space.ana.browser.get(`${at()}/updates`));
    expect(updates[0]).to.deep.include({ words: "Rui was here." });
    expect(updates[0].author).to.include({ name: "", author: `account:${id}` });
    good(await space.ana.browser.get(`${at()}/members`));
    const { rows } = await front.pool.query("select * from accounts where id = $1", [id]);
    expect(JSON.stringify(rows)).to.not.include("Rui").and.not.include(email);
    expect((await front.browser().post("/api/sign-in", { email, password: goodPassword })).body.refused).to.equal(
      "account.wrong",
    );
  });

  it("hand over first what nobody else could go on with", async () => {
    expect(good(await space.ana.browser.get("/api/me/leaving"))).to.deep.equal({
      ...{ lastOperator: false, projects: [], hasPassword: true },
    });
    expect((await space.mikko.browser.post("/api/me/end", { password: goodPassword })).status).to.equal(204);
    expect(good(await space.ana.browser.get("/api/me/leaving")).projects).to.deep.equal([
      { slug: space.id, title: "Two rivers" },
    ]);
    const refused = await space.ana.browser.post("/api/me/end", { password: goodPassword });
    expect(refused.body.refused).to.equal("account.lastFounder");
    const operator = await front.person("operator", "Otto Operator", null);
    expect((await operator.browser.post("/api/me/end", { password: goodPassword })).body.refused).to.equal(
      "account.lastOperator",
    );
  });

  it("when they are pupils: their own school's teachers have what they made, and nobody else", async () => {
    const there = await openSpace(front, "more-rivers");
    const pupil = await there.pupil("Heron", "oulu");
    good(await pupil.browser.post("/api/spaces/more-rivers/chat/messages", { words: "Hello from Heron" }));
    const path = `/api/spaces/more-rivers/pupils/${pupil.id}/record`;
    const record = good(await there.mikko.browser.get(path));
    expect(record.made.chat.map(({ words }: { words: string }) => words)).to.deep.equal(["Hello from Heron"]);
    expect((await there.ana.browser.get(path)).status).to.equal(404);
    expect((await pupil.browser.get(path)).status).to.equal(403);
    const erase = `/api/spaces/more-rivers/pupils/${pupil.id}/erase`;
    expect((await there.mikko.browser.post(erase)).status, "not while it is not ended").to.equal(404);
    good(await there.mikko.browser.post("/api/spaces/more-rivers/pupils/acts", { act: "end", pupils: [pupil.id] }));
    expect((await there.ana.browser.post(erase)).status).to.equal(404);
    expect((await there.mikko.browser.post(erase)).status).to.equal(204);
    const { rows } = await front.pool.query("select state, alias from pupils where id = $1", [pupil.id]);
    expect(rows).to.deep.equal([{ state: "purged", alias: "" }]);
  });

  it("find a closed project in the archive a year later, told a month before", async () => {
    const there = await openSpace(front, "old-rivers");
    const closed = front.clock.now;
    await front.pool.query(
      "update projects set state = 'closed', closed_at = to_timestamp($1::float8 / 1000) where id = 'old-rivers'",
      [closed],
    );
    const state = async () =>
      (await front.pool.query("select state from projects where id = 'old-rivers'")).rows[0].state;
    const letters = async () =>
      (await front.pool.query("select to_address from mails where kind = 'spaceArchiveSoon' order by 1")).rows.map(
        ({ to_address }) => to_address,
      );
    await archiveClosed(front.pool, "https://here.test", closed + 300 * dayMs);
    expect(await letters()).to.deep.equal([]);
    await archiveClosed(front.pool, "https://here.test", closed + 336 * dayMs);
    await archiveClosed(front.pool, "https://here.test", closed + 350 * dayMs);
    expect(await letters()).to.deep.equal([there.ana.email, there.mikko.email].sort());
    expect(await state()).to.equal("closed");
    await archiveClosed(front.pool, "https://here.test", closed + 367 * dayMs);
    expect(await state()).to.equal("archived");
    expect(await letters()).to.have.length(2);
    good(await there.ana.browser.get("/api/spaces/old-rivers"));
    expect(
      (await there.ana.browser.post("/api/spaces/old-rivers/updates", { words: "Late", materials: [] })).body.refused,
    ).to.equal("space.readOnly");
  });
});
