import { expect } from "chai";
import { type FrontDoor, openFrontDoor } from "../../support/frontDoor.ts";
import { good } from "../../support/projects.ts";
import { openTalk, type Talkers } from "../../support/talkers.ts";

interface Shown {
  id: string;
  words: string;
  state: string;
}

describe("updates and the teachers' bulletin of a TwinSpace", () => {
  let front: FrontDoor;
  let talk: Talkers;
  let other: Talkers;

  before(async () => {
    front = await openFrontDoor();
    talk = await openTalk(front);
    other = await openTalk(front, "other-rivers");
  });
  after(() => front.close());
  beforeEach(() => {
    front.clock.now += 1000;
  });

  const post = (words: string, browser = talk.teacher) => browser.post(talk.at("updates"), { words });
  const list = async (browser = talk.teacher): Promise<Shown[]> => good(await browser.get(talk.at("updates"))).updates;
  const idsFor = async (browser = talk.teacher) => (await list(browser)).map(({ id }) => id);
  const news = async (thing: string) => {
    const { rows } = await front.pool.query("select kind, author, seen_by from space_news where thing = $1", [thing]);
    return rows;
  };

  it("are posted by teachers and read by all members", async () => {
    const { update } = good(await post("We begin on Monday."));
    expect(await news(update.id)).to.deep.equal([
      { kind: "updatePosted", author: `account:${talk.rui.id}`, seen_by: "members" },
    ]);
    for (const browser of [talk.expert, talk.observer, talk.pupil.browser]) {
      expect((await post("Me too", browser)).status).to.equal(403);
      expect(await idsFor(browser)).to.include(update.id);
    }
    expect((await talk.parent.browser.get(talk.at("updates"))).status).to.equal(403);
    expect((await other.founder.get(talk.at("updates"))).status).to.equal(404);
  });

  it("of a pupil wait for a teacher, and wait again once they are changed", async () => {
    const { browser } = talk.pupilAdmin;
    const { update } = good(await post("We saw an otter!", browser));
    expect(update.state).to.equal("waiting");
    expect(await idsFor(browser)).to.include(update.id);
    expect(await idsFor()).to.include(update.id);
    for (const reader of [talk.pupil.browser, talk.expert, talk.observer]) {
      expect(await idsFor(reader)).not.to.include(update.id);
    }
    expect(await news(update.id)).to.deep.equal([]);
    const path = talk.at(`updates/${update.id}`);
    for (const hostile of [browser, talk.expert, talk.pupil.browser]) {
      expect((await hostile.post(`${path}/approve`)).status).to.equal(403);
    }
    expect((await other.founder.post(other.at(`updates/${update.id}/approve`))).body.refused).to.equal("thing.unknown");
    good(await talk.teacher.post(`${path}/approve`));
    expect(await idsFor(talk.pupil.browser)).to.include(update.id);
    expect((await news(update.id)).length).to.equal(1);
    good(await browser.patch(path, { words: "We saw something else." }));
    expect(await idsFor(talk.pupil.browser)).not.to.include(update.id);
  });

  it("are changed by their author alone, and kept at the top by admins", async () => {
    const { update } = good(await post("Old words"));
    good(await post("Newer"));
    const path = talk.at(`updates/${update.id}`);
    expect((await talk.founder.patch(path, { words: "Mine now" })).body.refused).to.equal("thing.unknown");
    good(await talk.teacher.patch(path, { words: "New words" }));
    const { earlier } = good(await talk.founder.get(talk.at(`earlier?kind=update&id=${update.id}`)));
    expect(earlier[0].words).to.equal("Old words");
    expect((await talk.teacher.send("PUT", `${path}/pin`, { pinned: true })).status).to.equal(403);
    good(await talk.founder.send("PUT", `${path}/pin`, { pinned: true }));
    expect((await idsFor())[0]).to.equal(update.id);
    good(await talk.founder.send("PUT", `${path}/pin`, { pinned: false }));
  });

  it("come page by page, those at the top once", async () => {
    await front.pool.query(
      `insert into updates (id, project_id, author, words, state, pinned, at)
       select 'many-' || n, $1, $2, 'Words', 'posted', n % 10 = 0, now() - n * interval '1 day' from generate_series(1, 35) n`,
      [talk.id, `account:${talk.ana.id}`],
    );
    const seen: string[] = [];
    let after: string | null = "";
    while (after !== null) {
      const page: { updates: Shown[]; next: string | null } = good(
        await talk.teacher.get(talk.at(`updates${after === "" ? "" : `?after=${after}`}`)),
      );
      seen.push(...page.updates.map(({ id }) => id));
      after = page.next;
    }
    expect(new Set(seen).size).to.equal(seen.length);
    expect(seen.slice(0, 3)).to.deep.equal(["many-10", "many-20", "many-30"]);
    expect(seen.filter((id) => id.startsWith("many-")).length).to.equal(35);
  });

  it("show images of the project, as long as they are there", async () => {
    await front.pool.query(
      `insert into materials (id, project_id, kind, name, alt, sizes, author, created_at, changed_at) values
         ('otter', $1, 'image', 'otter.jpg', 'An otter on a stone', '{320}', $2, now(), now()),
         ('notes', $1, 'file', 'notes.pdf', '', '{}', $2, now(), now())`,
      [talk.id, `account:${talk.rui.id}`],
    );
    const file = await talk.teacher.post(talk.at("updates"), { words: "Look", materials: ["notes"] });
    expect(file.body.fields).to.deep.equal(["materials"]);
    const { update } = good(await talk.teacher.post(talk.at("updates"), { words: "Look", materials: ["otter"] }));
    expect(update.images).to.deep.equal([{ id: "otter", name: "otter.jpg", alt: "An otter on a stone", sizes: [320] }]);
    good(await talk.founder.post(talk.at("hide"), { kind: "material", id: "otter", reason: "A face" }));
    const seen = (await list(talk.pupil.browser)).find(({ id }) => id === update.id);
    expect(seen).to.deep.include({ images: [] });
    const elsewhere = await other.founder.post(other.at("updates"), { words: "Mine", materials: ["otter"] });
    expect(elsewhere.body.fields).to.deep.equal(["materials"]);
  });

  it("take no images that are not the project's own", async () => {
    const given = { words: "Look", materials: ["not-there"] };
    const { status, body } = await talk.teacher.post(talk.at("updates"), given);
    expect(status).to.equal(400);
    expect(body.fields).to.deep.equal(["materials"]);
  });

  it("leave the words of what is hidden to teachers", async () => {
    const { update } = good(await post("A telephone number"));
    good(await talk.founder.post(talk.at("hide"), { kind: "update", id: update.id, reason: "Private" }));
    const seen = await talk.pupil.browser.get(talk.at("updates"));
    expect(seen.text).not.to.include("telephone").and.not.to.include("Private");
    expect((await list()).find(({ id }) => id === update.id)).to.include({ words: "A telephone number" });
  });

  it("keep the bulletin among teachers", async () => {
    const { id } = good(await talk.teacher.post(talk.at("bulletin"), { words: "Whose turn is it?" }));
    expect((await news(id))[0].seen_by).to.equal("teachers");
    expect(good(await talk.founder.get(talk.at("bulletin"))).notes[0]).to.include({ words: "Whose turn is it?" });
    const others = [talk.expert, talk.observer, talk.pupil.browser, talk.pupilAdmin.browser, talk.parent.browser];
    for (const browser of others) {
      expect((await browser.get(talk.at("bulletin"))).status).to.equal(403);
      expect((await browser.post(talk.at("bulletin"), { words: "In" })).status).to.equal(403);
    }
    expect((await other.founder.get(talk.at("bulletin"))).status).to.equal(404);
    expect((await other.founder.delete(other.at(`bulletin/${id}`))).body.refused).to.equal("thing.unknown");
    // The author or an admin; not any other teacher.
    const mine = good(await talk.founder.post(talk.at("bulletin"), { words: "Mine" }));
    expect((await talk.teacher.delete(talk.at(`bulletin/${mine.id}`))).body.refused).to.equal("thing.unknown");
    expect((await talk.teacher.patch(talk.at(`bulletin/${mine.id}`), { words: "No" })).status).to.equal(404);
    good(await talk.teacher.patch(talk.at(`bulletin/${id}`), { words: "It is mine." }));
    good(await talk.founder.delete(talk.at(`bulletin/${id}`)));
    expect(good(await talk.teacher.get(talk.at("bulletin"))).notes.map((note: Shown) => note.id)).not.to.include(id);
  });
});
