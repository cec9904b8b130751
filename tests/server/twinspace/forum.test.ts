import { expect } from "chai";
import { findAccount } from "../../../server/accounts/accounts.ts";
import { isRefused } from "../../../server/http/route.ts";
import { spaceFor } from "../../../server/twinspace/insider.ts";
import { threadsFound } from "../../../server/twinspace/talk/threads.ts";
import { type FrontDoor, openFrontDoor } from "../../support/frontDoor.ts";
import { good } from "../../support/projects.ts";
import { openTalk, type Talkers } from "../../support/talkers.ts";

describe("the forum of a TwinSpace", () => {
  let front: FrontDoor;
  let talk: Talkers;
  let other: Talkers;
  let discussion: string;
  let thread: string;

  before(async () => {
    front = await openFrontDoor();
    talk = await openTalk(front);
    other = await openTalk(front, "other-rivers");
    discussion = good(
      await talk.founder.post(talk.at("forum/discussions"), { title: "What lives there", words: "Say what you saw." }),
    ).id;
    thread = good(
      await talk.pupilAdmin.browser.post(talk.at(`forum/discussions/${discussion}/threads`), {
        title: "Otters in the Vouga",
        words: "Has anybody seen one?",
      }),
    ).id;
  });
  after(() => front.close());

  const read = async (browser = talk.teacher) => good(await browser.get(talk.at(`forum/threads/${thread}`)));
  const answer = (words: string, browser = talk.pupil.browser) =>
    browser.post(talk.at(`forum/threads/${thread}/posts`), { words });

  it("lets each do what the table says, and nobody more", async () => {
    const open = { title: "Mine", words: "" };
    const start = { title: "Mine", words: "Words" };
    const threads = talk.at(`forum/discussions/${discussion}/threads`);
    for (const browser of [talk.teacher, talk.observer, talk.pupil.browser, talk.pupilAdmin.browser]) {
      expect((await browser.post(talk.at("forum/discussions"), open)).status).to.equal(403);
    }
    for (const browser of [talk.observer, talk.pupil.browser]) {
      expect((await browser.post(threads, start)).status).to.equal(403);
    }
    for (const browser of [talk.teacher, talk.expert, talk.observer, talk.pupil.browser]) {
      expect((await answer("Yes", browser)).status).to.equal(200);
    }
    expect((await talk.expert.post(talk.at("forum/discussions"), open)).status).to.equal(200);
  });

  it("shows nothing of it to visitors and to people of other projects", async () => {
    for (const path of ["forum", `forum/discussions/${discussion}`, `forum/threads/${thread}`]) {
      expect((await talk.parent.browser.get(talk.at(path))).status, path).to.equal(403);
      expect((await other.founder.get(talk.at(path))).status, path).to.equal(404);
    }
    // By the address of their own project, with the ids of this one.
    for (const path of [`forum/discussions/${discussion}`, `forum/threads/${thread}`]) {
      expect((await other.founder.get(other.at(path))).body.refused).to.equal("thing.unknown");
    }
    for (const [path, body] of [
      [`forum/discussions/${discussion}/threads`, { title: "In", words: "In" }],
      [`forum/threads/${thread}/posts`, { words: "In" }],
    ] as const) {
      expect((await other.founder.post(other.at(path), body)).body.refused).to.equal("thing.unknown");
    }
    expect((await other.founder.delete(other.at(`forum/threads/${thread}`))).body.refused).to.equal("thing.unknown");
  });

  it("keeps a script as the text it is, and leaves out what nobody sees", async () => {
    const { id } = good(await answer("<script>alert(1)</script>\u0000\u0007 fine"));
    const { posts } = await read();
    expect(posts.find((post: { id: string }) => post.id === id).words).to.equal("<script>alert(1)</script> fine");
  });

  it("refuses words that are none, or too many", async () => {
    for (const words of ["", "  \n ", "x".repeat(4001)]) {
      const { status, body } = await answer(words);
      expect(status).to.equal(400);
      expect(body.fields).to.deep.equal(["words"]);
    }
    expect((await answer("x".repeat(4000))).status).to.equal(200);
  });

  it("lets nobody change the words of others, and keeps one's own earlier ones for teachers", async () => {
    const { id } = good(await answer("I saw too."));
    const path = talk.at(`forum/posts/${id}`);
    for (const browser of [talk.founder, talk.teacher, talk.pupilAdmin.browser]) {
      expect((await browser.patch(path, { words: "Not mine" })).body.refused).to.equal("thing.unknown");
    }
    expect((await talk.teacher.delete(path)).body.refused).to.equal("thing.unknown");
    good(await talk.pupil.browser.patch(path, { words: "I saw two." }));
    const post = (await read()).posts.find((one: { id: string }) => one.id === id);
    expect(post.words).to.equal("I saw two.");
    expect(post.editedAt).to.be.a("number");
    const earlier = talk.at(`earlier?kind=post&id=${id}`);
    expect(good(await talk.teacher.get(earlier)).earlier[0].words).to.equal("I saw too.");
    expect((await talk.pupil.browser.get(earlier)).status).to.equal(403);
    expect(good(await other.teacher.get(other.at(`earlier?kind=post&id=${id}`))).earlier).to.deep.equal([]);
  });

  it("takes away what its author or an admin removes, until that one takes it back", async () => {
    const { id } = good(await answer("Gone soon"));
    const path = talk.at(`forum/posts/${id}`);
    good(await talk.founder.delete(path));
    expect((await read()).posts.map((post: { id: string }) => post.id)).not.to.include(id);
    expect((await talk.pupil.browser.post(`${path}/restore`)).body.refused).to.equal("thing.unknown");
    good(await talk.founder.post(`${path}/restore`));
    expect((await read()).posts.map((post: { id: string }) => post.id)).to.include(id);
  });

  it("puts a sentence in the place of what a teacher hides, with the words for teachers alone", async () => {
    const { id } = good(await answer("Where do you live?"));
    const hide = { kind: "post", id, reason: "Too private" };
    expect((await talk.pupil.browser.post(talk.at("hide"), hide)).status).to.equal(403);
    expect((await talk.expert.post(talk.at("hide"), hide)).status).to.equal(403);
    expect((await other.teacher.post(other.at("hide"), hide)).body.refused).to.equal("thing.unknown");
    good(await talk.teacher.post(talk.at("hide"), hide));
    const of = async (browser = talk.teacher) =>
      (await read(browser)).posts.find((post: { id: string }) => post.id === id);
    for (const browser of [talk.pupil.browser, talk.expert, talk.observer]) {
      expect(await of(browser))
        .to.include({ words: "" })
        .and.have.property("hidden")
        .deep.equal({ reason: null });
    }
    expect(await of()).to.include({ words: "Where do you live?" });
    expect((await of()).hidden).to.deep.equal({ reason: "Too private" });
    good(await talk.founder.post(talk.at("show"), { kind: "post", id }));
    expect((await of(talk.observer)).words).to.equal("Where do you live?");
  });

  it("hides a whole thread with its answers", async () => {
    good(await talk.teacher.post(talk.at("hide"), { kind: "thread", id: thread, reason: "To be looked at" }));
    const seen = await read(talk.pupil.browser);
    expect(seen.posts).to.deep.equal([]);
    expect(seen.thread).to.include({ title: "", words: "" });
    expect((await answer("Still here?")).body.refused).to.equal("thing.unknown");
    expect((await read()).posts).not.to.deep.equal([]);
    const listed = await talk.pupil.browser.get(talk.at(`forum/discussions/${discussion}`));
    expect(listed.text).not.to.include("Otters");
    good(await talk.teacher.post(talk.at("show"), { kind: "thread", id: thread }));
  });

  it("counts what somebody has not read yet", async () => {
    const { observer } = talk;
    const freshOf = async () =>
      good(await observer.get(talk.at(`forum/discussions/${discussion}`))).threads.find(
        (one: { id: string }) => one.id === thread,
      ).fresh;
    const shown = await read(observer);
    good(await observer.post(talk.at(`forum/threads/${thread}/read`), { upTo: shown.thread.lastAt }));
    expect(await freshOf()).to.equal(0);
    front.clock.now += 1000;
    good(await answer("One more"));
    good(await answer("My own", observer));
    expect(await freshOf()).to.equal(1);
  });

  it("takes no answers in a locked thread, from nobody", async () => {
    const keeping = talk.at(`forum/threads/${thread}/keeping`);
    expect((await talk.pupilAdmin.browser.send("PUT", keeping, { locked: true, pinned: true })).status).to.equal(403);
    good(await talk.teacher.send("PUT", keeping, { locked: true, pinned: true }));
    expect((await answer("Late", talk.founder)).body.refused).to.equal("thread.locked");
    good(await talk.teacher.send("PUT", keeping, { locked: false, pinned: false }));
    good(await answer("In time", talk.founder));
  });

  it("shows the newest answers first, and the earlier ones page by page", async () => {
    const { id } = good(
      await talk.teacher.post(talk.at(`forum/discussions/${discussion}/threads`), { title: "Long", words: "Long" }),
    );
    await front.pool.query(
      `insert into posts (id, project_id, thread_id, author, words, at)
       select 'many-' || n, $1, $2, $3, 'Answer ' || n, now() + n * interval '1 second' from generate_series(1, 70) n`,
      [talk.id, id, `account:${talk.ana.id}`],
    );
    const seen: string[] = [];
    let before: string | null = "";
    while (before !== null) {
      const page: { posts: { words: string }[]; earlier: string | null } = good(
        await talk.teacher.get(talk.at(`forum/threads/${id}${before === "" ? "" : `?before=${before}`}`)),
      );
      seen.unshift(...page.posts.map(({ words }) => words));
      before = page.earlier;
    }
    expect(seen).to.deep.equal(Array.from({ length: 70 }, (_, n) => `Answer ${n + 1}`));
  });

  it("finds threads by words in them or in their answers, and nothing that is hidden", async () => {
    good(await answer("A kingfisher, très près de l'eau"));
    const caller = await findAccount(front.pool, talk.ana.id);
    if (!caller) throw new Error("There is no Ana");
    const who = { caller: { ...caller, session: Buffer.alloc(0), owesSecondFactor: false }, place: null };
    const space = await spaceFor(front.pool, "forum.read", who, talk.id, front.clock.now);
    if (isRefused(space)) throw new Error(space.refused);
    const found = async (words: string) => (await threadsFound(front.pool, space, words, 5)).map(({ id }) => id);
    expect(await found("KINGF tres")).to.deep.equal([thread]);
    expect(await found("otters vouga")).to.deep.equal([thread]);
    expect(await found("'; drop table posts; -- :* & |")).to.deep.equal([]);
    expect(await found("")).to.deep.equal([]);
    good(await talk.teacher.post(talk.at("hide"), { kind: "thread", id: thread, reason: "Away" }));
    expect(await found("kingfisher")).to.deep.equal([]);
    good(await talk.teacher.post(talk.at("show"), { kind: "thread", id: thread }));
  });

  it("is only read once the project is closed", async () => {
    await front.pool.query("update projects set state = 'closed', closed_at = now() where id = $1", [talk.id]);
    expect((await answer("Too late", talk.founder)).body.refused).to.equal("space.readOnly");
    const { mayReply, posts } = await read();
    expect(mayReply).to.equal(false);
    expect(posts.some((post: { mayEdit: boolean; mayRemove: boolean }) => post.mayEdit || post.mayRemove)).to.equal(
      false,
    );
    await front.pool.query("update projects set state = 'active', closed_at = null where id = $1", [talk.id]);
  });
});
