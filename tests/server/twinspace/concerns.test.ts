import { expect } from "chai";
import { aveiro, type FrontDoor, openFrontDoor, oulu, type Person } from "../../support/frontDoor.ts";
import { good } from "../../support/projects.ts";
import { openTalk, type Talkers } from "../../support/talkers.ts";

describe("concerns", () => {
  let front: FrontDoor;
  let talk: Talkers;
  let other: Talkers;
  let lead: Person;
  let message: string;

  before(async () => {
    front = await openFrontDoor();
    talk = await openTalk(front);
    other = await openTalk(front, "other-rivers");
    lead = await front.person("lead", "Leonor Lead", aveiro);
    message = good(await talk.pupilAdmin.browser.post(talk.at("chat/messages"), { words: "You smell of river." })).id;
  });
  after(() => front.close());

  const raise = (browser = talk.pupil.browser, about: object = { kind: "message", id: message }, words = "It hurts.") =>
    browser.post(talk.at("concerns"), { about, category: "unkind", words });
  const readers = async (browser = talk.pupil.browser, kind = "message", id = message) =>
    good(await browser.get(talk.at(`concern-readers?kind=${kind}&id=${encodeURIComponent(id)}`)));
  const read = async (browser = lead.browser) => good(await browser.get("/api/concerns")).concerns;
  const letters = async () => {
    const { rows } = await front.pool.query<{ to: string; whole: string }>(
      "select to_address as to, subject || text || html || facts::text as whole from mails where kind = 'spaceConcern'",
    );
    return rows;
  };
  const fresh = () => front.pool.query("delete from mails");

  it("are told to the leads of the reporter's own school, who find them as things read then", async () => {
    expect(await readers()).to.deep.equal({ lead: true, school: "Escola de Aveiro", names: ["Leonor Lead"] });
    expect((await raise()).status).to.equal(204);
    const [concern] = await read();
    expect(concern).to.include({ category: "unkind", words: "It hurts." });
    expect(concern.about).to.deep.equal({ kind: "message", id: message });
    expect(concern.evidence).to.include({ words: "You smell of river.", name: `Otter ${talk.id}` });
    expect(concern.reporter.name).to.equal(`Kingfisher ${talk.id}`);
    good(await talk.pupilAdmin.browser.delete(talk.at(`chat/messages/${message}`)));
    expect((await read())[0].evidence.words).to.equal("You smell of river.");
    good(await talk.pupilAdmin.browser.post(talk.at(`chat/messages/${message}/restore`)));
  });

  it("keep what was removed or changed before anybody told of it", async () => {
    const { browser } = talk.pupilAdmin;
    const { id } = good(await browser.post(talk.at("chat/messages"), { words: "Where do you live?" }));
    good(await browser.delete(talk.at(`chat/messages/${id}`)));
    good(await raise(undefined, { kind: "message", id }, "It is gone already"));
    const discussion = good(await talk.founder.post(talk.at("forum/discussions"), { title: "Rivers", words: "" })).id;
    const thread = good(
      await browser.post(talk.at(`forum/discussions/${discussion}/threads`), { title: "You", words: "Mean words" }),
    ).id;
    good(await browser.patch(talk.at(`forum/threads/${thread}`), { title: "You", words: "Kind words" }));
    front.clock.now += 1000;
    good(await raise(undefined, { kind: "thread", id: thread }, "It was changed"));
    const all = await read();
    const of = (words: string) => all.find((one: { words: string }) => one.words === words).evidence;
    expect(of("It is gone already").words).to.equal("Where do you live?");
    expect(of("It was changed")).to.include({ words: "Kind words", title: "You" });
    expect(of("It was changed").earlier).to.deep.equal(["Mean words"]);
  });

  it("come by a letter that says only that something waits, and soon after by no second one", async () => {
    await raise();
    const sent = await letters();
    expect(sent.map(({ to }) => to)).to.deep.equal([lead.email]);
    for (const word of ["Kingfisher", "Otter", "river", "hurts", "unkind", "TwinSpace", "chat"]) {
      expect(sent[0]?.whole, word).not.to.include(word);
    }
  });

  it("are read by nobody else", async () => {
    expect(await read(talk.founder)).to.deep.equal([]);
    expect(await read(talk.ana.browser)).to.deep.equal([]);
    expect(await read(talk.mikko.browser)).to.deep.equal([]);
    expect(await read(await otherLead())).to.deep.equal([]);
    expect((await talk.pupilAdmin.browser.get("/api/concerns")).status).to.equal(403);
    expect((await talk.parent.browser.get("/api/concerns")).status).to.equal(403);
    expect(await read(talk.expert)).to.deep.equal([]);
  });

  let oulusLead: Person | undefined;
  async function otherLead() {
    oulusLead ??= await front.person("lead", "Liisa Lead", oulu);
    return oulusLead.browser;
  }

  it("leave no trace for whom they are about, or in the log", async () => {
    const before = [
      (await talk.pupilAdmin.browser.get(talk.at("chat"))).text,
      (await front.pool.query("select count(*) from space_news")).rows[0].count,
    ];
    good(await raise(talk.pupil.browser, undefined, "A secret sentence"));
    expect([
      (await talk.pupilAdmin.browser.get(talk.at("chat"))).text,
      (await front.pool.query("select count(*) from space_news")).rows[0].count,
    ]).to.deep.equal(before);
    expect(front.logged()).not.to.include("A secret sentence").and.not.to.include("smell of river");
  });

  it("never reach the person they are about, even as the school's only lead", async () => {
    await fresh();
    const about = { kind: "person", id: `account:${lead.id}` };
    await front.pool.query(
      "insert into project_members (project_id, account_id, school_id, role, state) values ($1, $2, $3, 'teacher', 'accepted')",
      [talk.id, lead.id, talk.schools.aveiro],
    );
    const told = await readers(talk.pupil.browser, "person", about.id);
    expect(told.lead).to.equal(false);
    expect(told.names).not.to.include("Leonor Lead");
    good(await raise(talk.pupil.browser, about, "About the lead"));
    expect((await letters()).map(({ to }) => to)).not.to.include(lead.email);
    expect((await lead.browser.get("/api/concerns")).text).not.to.include("About the lead");
    // Whoever stands in: the staff who were validated first.
    expect((await talk.ana.browser.get("/api/concerns")).text).to.include("About the lead");
  });

  it("of a school without a lead are read by its staff who were validated first, and the reporter is told", async () => {
    await fresh();
    const lonely = await openTalk(front, "lonely-rivers");
    await front.pool.query("update memberships set lead = false where account_id = $1", [lead.id]);
    const pupil = await lonely.newPupil("Heron");
    const about = { kind: "person", id: `pupil:${pupil.id}` };
    const asked = await pupil.browser.get(
      lonely.at(`concern-readers?kind=person&id=${encodeURIComponent(`account:${lonely.rui.id}`)}`),
    );
    expect(asked.body.lead).to.equal(false);
    expect(asked.body.names.length).to.be.within(1, 2);
    good(await lonely.parent.browser.post(lonely.at("concerns"), { about, category: "worry", words: "" }));
    expect((await letters()).length).to.be.within(1, 2);
    await front.pool.query("update memberships set lead = true where account_id = $1", [lead.id]);
  });

  it("can be raised by everybody in the TwinSpace, of what they find there", async () => {
    const people = [talk.founder, talk.teacher, talk.expert, talk.observer, talk.pupilAdmin.browser];
    for (const browser of people) good(await raise(browser));
    const person = { kind: "person", id: `account:${talk.ana.id}` };
    good(await raise(talk.parent.browser, person));
    const note = good(await talk.teacher.post(talk.at("bulletin"), { words: "Among us" })).id;
    const hostile = [
      [talk.pupil.browser, { kind: "bulletin", id: note }],
      [talk.parent.browser, { kind: "message", id: message }],
      [talk.pupil.browser, { kind: "person", id: `account:${other.ana.id}` }],
      [talk.pupil.browser, { kind: "post", id: "not-there" }],
    ] as const;
    for (const [browser, about] of hostile) {
      expect((await raise(browser, about)).body.refused, about.kind).to.equal("thing.unknown");
    }
    expect((await other.pupil.browser.post(talk.at("concerns"), {})).status).to.be.oneOf([400, 404]);
    expect((await front.browser().post(talk.at("concerns"), {})).status).to.equal(401);
  });

  it("can be raised in a closed project too", async () => {
    await front.pool.query("update projects set state = 'closed', closed_at = now() where id = $1", [talk.id]);
    good(await raise(talk.teacher));
    await front.pool.query("update projects set state = 'active', closed_at = null where id = $1", [talk.id]);
  });

  it("come page by page, the newest first", async () => {
    await front.pool.query("delete from concerns");
    await front.pool.query(
      `insert into concerns (id, project_id, school_id, about_kind, about_id, about_author, reporter, category, words, evidence, created_at)
       select 'concern-' || n, $1, $2, 'message', 'm', 'pupil:x', $3, 'other', '',
         '{"title": "", "words": "Then", "author": "pupil:x", "name": "X", "thread": null}', now() - n * interval '1 hour'
       from generate_series(1, 45) n`,
      [talk.id, talk.schools.aveiro, `pupil:${talk.pupil.id}`],
    );
    const seen: string[] = [];
    let after: string | null = "";
    while (after !== null) {
      const page: { concerns: { id: string }[]; next: string | null } = good(
        await lead.browser.get(`/api/concerns${after === "" ? "" : `?after=${after}`}`),
      );
      seen.push(...page.concerns.map(({ id }) => id));
      after = page.next;
    }
    expect(seen).to.deep.equal(Array.from({ length: 45 }, (_, n) => `concern-${n + 1}`));
  });
});
