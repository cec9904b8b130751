import { expect } from "chai";
import { sweepChat } from "../../../server/twinspace/talk/sweep.ts";
import { type FrontDoor, openFrontDoor } from "../../support/frontDoor.ts";
import { good } from "../../support/projects.ts";
import { openTalk, type Talkers } from "../../support/talkers.ts";

describe("the chat of a project", () => {
  let front: FrontDoor;
  let talk: Talkers;
  let other: Talkers;

  before(async () => {
    front = await openFrontDoor();
    talk = await openTalk(front);
    other = await openTalk(front, "other-rivers");
  });
  after(() => front.close());

  const write = (words: string, browser = talk.pupil.browser) => browser.post(talk.at("chat/messages"), { words });
  const chat = async (browser = talk.teacher, query = "") => good(await browser.get(talk.at(`chat${query}`)));
  const words = ({ messages }: { messages: { words: string }[] }) => messages.map((one) => one.words);
  const set = (open: boolean, pupils: boolean, browser = talk.teacher) =>
    browser.send("PUT", talk.at("chat/settings"), { open, pupils });

  it("is written by all members but observers, and read by all members", async () => {
    for (const [i, browser] of [talk.founder, talk.teacher, talk.expert, talk.pupil.browser].entries()) {
      front.clock.now += 1000;
      good(await write(`Hello ${i}`, browser));
    }
    expect((await write("Hello", talk.observer)).status).to.equal(403);
    expect(words(await chat(talk.observer))).to.deep.equal(["Hello 0", "Hello 1", "Hello 2", "Hello 3"]);
    expect((await chat(talk.observer)).mayWrite).to.equal("no");
  });

  it("shows pupils by their alias", async () => {
    const { author } = (await chat()).messages.at(-1);
    expect(author).to.include({ kind: "pupil", name: `Kingfisher ${talk.id}` });
  });

  it("is nothing for visitors and for people of other projects", async () => {
    const { browser } = talk.parent;
    expect((await browser.get(talk.at("chat"))).status).to.equal(403);
    expect((await write("Hello", browser)).status).to.equal(403);
    expect((await other.founder.get(talk.at("chat"))).status).to.equal(404);
    const { id } = (await chat()).messages[0];
    expect((await other.founder.delete(other.at(`chat/messages/${id}`))).body.refused).to.equal("thing.unknown");
  });

  it("can be closed by a teacher, and to pupils alone", async () => {
    expect((await set(false, true, talk.pupil.browser)).status).to.equal(403);
    expect((await set(false, true, talk.expert)).status).to.equal(403);
    good(await set(true, false));
    expect((await write("Hello?")).body.refused).to.equal("chat.pupilsOff");
    expect((await chat(talk.pupil.browser)).mayWrite).to.equal("pupilsOff");
    good(await write("Teachers only", talk.teacher));
    good(await set(false, true));
    expect((await write("Hello?", talk.founder)).body.refused).to.equal("chat.closed");
    good(await set(true, true));
    good(await write("Back"));
  });

  it("stops a flood, and lets the others go on", async () => {
    const { browser } = await talk.newPupil("Magpie");
    const statuses: number[] = [];
    for (let i = 0; i < 20; i += 1) statuses.push((await write(`Flood ${i}`, browser)).status);
    expect(statuses.filter((status) => status === 429).length).to.be.above(0);
    expect((await write("Calm")).status).to.equal(200);
  });

  it("takes a thousand letters and no more, and a script as text", async () => {
    expect((await write("x".repeat(1001), talk.teacher)).status).to.equal(400);
    front.clock.now += 1000;
    good(await write("<img src=x onerror=alert(1)>", talk.teacher));
    expect(words(await chat()).at(-1)).to.equal("<img src=x onerror=alert(1)>");
  });

  it("loads earlier messages page by page, and all that is shown again", async () => {
    await front.pool.query(
      `insert into chat_messages (id, project_id, author, words, at)
       select 'old-' || n, $1, $2, 'Old ' || n, now() - interval '10 days' + n * interval '1 second'
       from generate_series(1, 120) n`,
      [talk.id, `account:${talk.ana.id}`],
    );
    const seen: string[] = [];
    let page = await chat();
    for (;;) {
      seen.unshift(...words(page));
      if (page.earlier === null) break;
      page = await chat(talk.teacher, `?before=${page.earlier}`);
    }
    expect(seen.slice(0, 120)).to.deep.equal(Array.from({ length: 120 }, (_, n) => `Old ${n + 1}`));
    expect(new Set(seen).size).to.equal(seen.length);
    const again = await chat(talk.teacher, `?from=${page.from}`);
    expect(words(again)).to.deep.equal(seen);
    expect(again.earlier).to.equal(null);
  });

  it("erases what is older than 90 days, but not what a concern points at", async () => {
    const day = 86_400_000;
    await front.pool.query(
      `insert into chat_messages (id, project_id, author, words, at) values
         ('held', $1, $2, 'Held', now() - interval '91 days'), ('forgotten', $1, $2, 'Forgotten', now() - interval '91 days'),
         ('kept', $1, $2, 'Kept', now() - interval '89 days')`,
      [talk.id, `account:${talk.ana.id}`],
    );
    good(
      await talk.pupil.browser.post(talk.at("concerns"), {
        about: { kind: "message", id: "held" },
        category: "unkind",
        words: "",
      }),
    );
    expect(await sweepChat(front.pool, Date.now())).to.equal(1);
    const { rows } = await front.pool.query<{ id: string }>(
      "select id from chat_messages where id in ('held', 'forgotten', 'kept') order by id",
    );
    expect(rows.map(({ id }) => id)).to.deep.equal(["held", "kept"]);
    await front.pool.query("update concerns set released_at = now()");
    expect(await sweepChat(front.pool, Date.now() + day)).to.equal(2);
  });
});
