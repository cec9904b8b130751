import { expect } from "chai";
import { eraseRemovedMail } from "../../../server/twinspace/correspondence/reading.ts";
import { aveiro, type Browser, type FrontDoor, openFrontDoor, oulu, type Person } from "../../support/frontDoor.ts";
import { good } from "../../support/projects.ts";
import { activeProject, joins, pupilAndVisitor } from "../../support/rivers.ts";

const mail = "/api/correspondence";

describe("mail between members", function () {
  this.timeout(60_000);
  let front: FrontDoor;
  let ana: Person;
  let mikko: Person;
  let rui: Person;
  let stranger: Person;
  let pupil: Browser;
  let visitor: Browser;

  before(async () => {
    front = await openFrontDoor();
    ana = await front.person("teacher", "Ana", aveiro);
    mikko = await front.person("teacher", "Mikko", oulu);
    rui = await front.person("teacher", "Rui", aveiro);
    stranger = await front.person("teacher", "Stranger", oulu);
    await activeProject(front, ana, mikko);
    await joins(front, rui, "teacher");
    ({ pupil, visitor } = await pupilAndVisitor(front));
  });
  after(() => front?.close());

  const write = ({ browser }: Person, to: readonly string[], subject = "Samples", words = "When do we measure?") =>
    browser.post(mail, { project: "rivers", to, subject, words });
  const box = async ({ browser }: Person, which = "open") =>
    good(await browser.get(`${mail}?box=${which}`)).conversations;
  const answer = ({ browser }: Person, id: string, words: string) => browser.post(`${mail}/${id}/messages`, { words });

  it("is offered with the adults of one's own active projects", async () => {
    const { projects } = good(await ana.browser.get("/api/recipients"));
    expect(projects).to.have.length(1);
    expect(projects[0].people.map((one: { name: string }) => one.name)).to.deep.equal(["Mikko", "Rui"]);
    expect(good(await stranger.browser.get("/api/recipients")).projects).to.deep.equal([]);
  });

  it("goes to several, counts as unread until it was read, and is answered to all of them", async () => {
    const { conversation } = good(await write(ana, [mikko.id, rui.id]));
    expect((await box(mikko))[0]).to.include({ id: conversation, subject: "Samples", unread: 1, from: "Ana" });
    expect(good(await mikko.browser.get("/api/news/counts"))).to.include({ mail: 1, mails: true });
    good(await mikko.browser.post(`${mail}/${conversation}/read`));
    expect(good(await mikko.browser.get("/api/news/counts")).mail).to.equal(0);
    front.clock.now += 1000;
    good(await answer(mikko, conversation, "On Monday."));
    const view = good(await rui.browser.get(`${mail}/${conversation}`));
    expect(view.messages.map((one: { words: string }) => one.words)).to.deep.equal([
      "On Monday.",
      "When do we measure?",
    ]);
    expect((await box(ana))[0]).to.include({ unread: 1, begins: "On Monday." });
    expect((await stranger.browser.get(`${mail}/${conversation}`)).status).to.equal(404);
    expect((await answer(stranger, conversation, "Me too")).status).to.equal(404);
  });

  it("is archived and removed by each for themselves, and comes back with the next answer", async () => {
    const { conversation } = good(await write(ana, [mikko.id], "Archive"));
    good(await mikko.browser.post(`${mail}/${conversation}/box`, { box: "archived" }));
    expect((await box(mikko, "archived")).map((one: { id: string }) => one.id)).to.include(conversation);
    front.clock.now += 1000;
    good(await answer(ana, conversation, "Second"));
    expect((await box(mikko, "archived")).map((one: { id: string }) => one.id)).not.to.include(conversation);
    good(await mikko.browser.delete(`${mail}/${conversation}`));
    expect((await mikko.browser.get(`${mail}/${conversation}`)).status).to.equal(404);
    expect(good(await ana.browser.get(`${mail}/${conversation}`)).messages).to.have.length(2);
    front.clock.now += 1000;
    good(await answer(ana, conversation, "Third"));
    const { messages } = good(await mikko.browser.get(`${mail}/${conversation}`));
    expect(messages.map((one: { words: string }) => one.words)).to.deep.equal(["Third"]);
  });

  it("lets no pupil or visitor be written to or write", async () => {
    const before = await count(front);
    for (const id of ["otter", "pupil:otter", "parent", "visitor:parent"]) {
      const { status } = await write(ana, [id]);
      expect([400], id).to.include(status);
      expect((await write(ana, [mikko.id, id])).status, id).to.equal(400);
    }
    for (const browser of [pupil, visitor]) {
      const body = { project: "rivers", to: [ana.id], subject: "Hello", words: "Hello" };
      expect((await browser.post(mail, body)).status).to.equal(403);
      expect((await browser.get(mail)).status).to.equal(403);
      expect((await browser.get("/api/recipients")).status).to.equal(403);
      expect((await browser.get("/api/news/counts")).status).to.equal(403);
    }
    expect(await count(front)).to.equal(before);
  });

  it("goes to nobody outside of the project, and to nobody any more who left it", async () => {
    expect((await write(ana, [stranger.id])).body.refused).to.equal("correspondence.nobody");
    expect((await write(stranger, [ana.id])).body.refused).to.equal("correspondence.over");
    const { conversation } = good(await write(ana, [rui.id], "Leaving"));
    good(await rui.browser.post("/api/projects/rivers/leave"));
    expect((await answer(ana, conversation, "Still there?")).body.refused).to.equal("correspondence.over");
    expect((await answer(rui, conversation, "Gone")).body.refused).to.equal("correspondence.over");
    const view = good(await rui.browser.get(`${mail}/${conversation}`));
    expect(view).to.include({ open: false });
    expect(view.messages).to.have.length(1);
  });

  it("can be what a concern is about, for who has a copy of it", async () => {
    const { conversation } = good(await write(ana, [mikko.id], "Worrying", "Words that worry"));
    const [message] = good(await mikko.browser.get(`${mail}/${conversation}`)).messages;
    const about = { about: { kind: "mail", id: message.id }, category: "worry", words: "" };
    await joins(front, stranger, "teacher");
    expect((await stranger.browser.post("/api/spaces/rivers/concerns", about)).body.refused).to.equal("thing.unknown");
    good(await mikko.browser.post("/api/spaces/rivers/concerns", about));
    const { rows } = await front.pool.query("select evidence, about_author as author from concerns");
    expect(rows[0]?.evidence).to.include({ title: "Worrying", words: "Words that worry" });
    expect(rows[0]?.author).to.equal(`account:${ana.id}`);
    // What it points at outlives its copies.
    for (const { browser } of [ana, mikko]) good(await browser.delete(`${mail}/${conversation}`));
    await eraseRemovedMail(front.pool, front.clock.now + 40 * 86_400_000);
    const kept = await front.pool.query("select from conversation_messages where id = $1", [message.id]);
    expect(kept.rowCount).to.equal(1);
  });

  it("is erased a month after its last copy was removed", async () => {
    const { conversation } = good(await write(ana, [mikko.id], "Erased"));
    for (const { browser } of [ana, mikko]) good(await browser.delete(`${mail}/${conversation}`));
    const left = async () =>
      (await front.pool.query("select from conversations where id = $1", [conversation])).rowCount;
    await eraseRemovedMail(front.pool, front.clock.now + 20 * 86_400_000);
    expect(await left()).to.equal(1);
    await eraseRemovedMail(front.pool, front.clock.now + 40 * 86_400_000);
    expect(await left()).to.equal(0);
  });

  it("does not reach who has blocked its writer, who is not told so", async () => {
    await front.pool.query(
      "insert into contacts (from_account, to_account, state) values ($1, $2, 'blocked') on conflict (from_account, to_account) do update set state = 'blocked'",
      [mikko.id, ana.id],
    );
    const { conversation } = good(await write(ana, [mikko.id], "Blocked"));
    expect((await box(mikko)).map((one: { subject: string }) => one.subject)).not.to.include("Blocked");
    expect((await mikko.browser.get(`${mail}/${conversation}`)).status).to.equal(404);
    expect(good(await ana.browser.get(`${mail}/${conversation}`)).messages).to.have.length(1);
    expect((await write(mikko, [ana.id])).body.refused).to.equal("correspondence.nobody");
  });
});

async function count({ pool }: FrontDoor): Promise<number> {
  const { rows } = await pool.query("select count(*) from conversation_messages");
  return rows[0]?.count;
}
