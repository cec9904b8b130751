import { createHash, randomBytes } from "node:crypto";
import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Replay } from "../../protocol/http/replays.ts";
import { replayPage, replayRoutes } from "../../server/meetings/replays.ts";
import type { Pool } from "../../storage/pool.ts";
import { type Browser, type FrontDoor, openFrontDoor, type Person } from "../support/frontDoor.ts";
import { type RecordedMeeting, recordedMeeting } from "../support/recordedMeeting.ts";

describe("The replay over http", function () {
  this.timeout(60_000);

  const resume = randomBytes(24).toString("base64url");
  const guest = `guest:${createHash("sha256").update(resume).digest("base64url")}`;
  const filmsAsked: string[] = [];
  let front: FrontDoor;
  let mediaFolder = "";
  let meeting: RecordedMeeting;
  let ana: Person;
  let mikko: Person;

  /** Ana leads, Mikko comes by account, Ines as a guest; Nuno only waits, Olli was removed. */
  before(async () => {
    mediaFolder = await mkdtemp(join(tmpdir(), "twinlight-replays-"));
    const world = (pool: Pool) => ({
      ...{ pool, mediaFolder, now: Date.now },
      jobs: { film: async (id: string) => void filmsAsked.push(id), close: async () => {} },
    });
    await writeFile(join(mediaFolder, "index.html"), "<!doctype html>");
    front = await openFrontDoor({
      clientFolder: mediaFolder,
      routes: (pool) => replayRoutes(world(pool)),
      pages: (pool) => [replayPage({ pool })],
    });
    ana = await front.person("teacher", "Ana");
    mikko = await front.person("teacher", "Mikko");
    meeting = await recordedMeeting(front.pool, mediaFolder, {
      mikko: { identity: `account:${mikko.id}`, kind: "adult" },
      ines: { identity: guest },
      olli: { identity: guestOf("o") },
    });
    await front.pool.query("update meetings set chair_account = $2 where id = $1", [meeting.id, ana.id]);
    meeting.story.does("ana", { type: "lobby.switch", on: true }).with("nuno", { identity: guestOf("n") });
    meeting.story.says("ines", "We found an otter track");
    await meeting.turn({ seat: "ines", ms: 1_000, colour: "red" });
    meeting.story.removes("olli");
    await meeting.turn({ seat: "mikko", ms: 1_000, colour: "blue", screen: "green" });
    await meeting.keep();
  });
  after(async () => {
    await front.close();
    await rm(mediaFolder, { recursive: true });
  });
  beforeEach(() => audience("chair"));

  const secretOf = (letter: string) => letter.repeat(32);
  const guestOf = (letter: string) => `guest:${createHash("sha256").update(secretOf(letter)).digest("base64url")}`;
  const audience = (who: string) =>
    front.pool.query("update meetings set replay_audience = $2 where id = $1", [meeting.id, who]);
  const address = () => `/api/replays/${meeting.code}`;
  const fileAddress = (place = 0) => `${address()}/files/${meeting.files[place]?.id}`;
  const replayFor = async (browser: Browser, after?: number): Promise<Replay> => {
    const answer = await browser.get(`${address()}${after === undefined ? "" : `?after=${after}`}`);
    expect(answer.status).to.equal(200);
    return answer.body;
  };
  async function withPass(secret: string): Promise<{ browser: Browser; status: number }> {
    const browser = front.browser();
    const { status } = await browser.post(`${address()}/pass`, { resume: secret });
    return { browser, status };
  }
  const ranges = ["bytes=0-0", "bytes=0-", "bytes=100-199", "bytes=-50", "bytes=0-9,20-29", "bytes=99999999-"];
  /** What somebody gets of data, page, every range, the film. */
  async function statusesFor(browser: Browser): Promise<number[]> {
    const answers = [await browser.get(address()), await browser.get(`/r/${meeting.code}`)];
    for (const range of ranges) answers.push(await browser.get(fileAddress(), { range }));
    answers.push(await browser.get(`${fileAddress()}?bytes=100`));
    answers.push(await browser.send("HEAD", fileAddress()));
    return answers.map(({ status }) => status);
  }

  it("tells the chair everything at once: the log, its words, the files on the meeting's clock", async () => {
    const replay = await replayFor(ana.browser);
    expect(replay).to.include({ code: meeting.code, phase: "open", perspective: "lead", leads: true, from: 0 });
    expect(replay.openedAt).to.equal(meeting.openedAt);
    expect(replay.log.map(({ event }) => event.type)).to.include.members(["lobby.knocked", "floor.turnStarted"]);
    expect(Object.values(replay.contents)).to.include.members(["Ines", "We found an otter track"]);
    expect(
      replay.files.map(({ kind, hasPicture, hasSound, state }) => ({ kind, hasPicture, hasSound, state })),
    ).to.deep.equal([
      { kind: "speaker", hasPicture: true, hasSound: true, state: "finished" },
      { kind: "speaker", hasPicture: true, hasSound: true, state: "finished" },
      { kind: "screen", hasPicture: true, hasSound: false, state: "finished" },
    ]);
    const turns = replay.log.filter(({ event }) => event.type === "floor.turnStarted");
    expect(replay.files[0]?.startMs).to.equal((turns[0]?.at ?? 0) - meeting.openedAt);
    expect(replay.files[0]?.lengthMs).to.be.closeTo(1_000, 60);
    expect(replay.film).to.deep.equal({ state: "none", percent: 0, bytes: null });
  });

  it("refuses page, data and every byte range to whoever may not watch", async () => {
    const all = (status: number) => [status, status, ...ranges.map(() => status), status, status];
    expect(await statusesFor(front.browser())).to.deep.equal(all(403));
    expect(await statusesFor(mikko.browser)).to.deep.equal(all(403));
    expect((await withPass(resume)).status).to.equal(403);
    const refused = await front.browser().get(fileAddress(), { range: "bytes=0-9" });
    expect(refused.body.refused).to.equal("replay.notAllowed");
  });

  it("lets who held a seat watch once it is opened to them, by account or as a guest; nobody else", async () => {
    await audience("participants");
    const allowed = [200, 200, 206, 206, 206, 206, 200, 416, 200, 200];
    expect(await statusesFor(mikko.browser)).to.deep.equal(allowed);
    const ines = await withPass(resume);
    expect(ines.status).to.equal(204);
    expect(await statusesFor(ines.browser)).to.deep.equal(allowed);
    expect([...ines.browser.cookies.keys()]).to.deep.equal([`watch-${meeting.code}`]);

    expect((await withPass(secretOf("n"))).status, "only waited").to.equal(403);
    expect((await withPass(secretOf("o"))).status, "was removed").to.equal(403);
    expect((await withPass(secretOf("x"))).status, "was never there").to.equal(403);
    const other = await front.person("teacher", "Carla");
    expect((await other.browser.get(address())).status).to.equal(403);
  });

  it("shows the room to who was in it: no lobby, no identities, nothing of the film", async () => {
    await audience("participants");
    const replay = await replayFor(mikko.browser);
    expect(replay).to.include({ perspective: "room", leads: false, film: null });
    const types = replay.log.map(({ event }) => event.type);
    expect(types).to.include("floor.turnStarted");
    expect(types.filter((type) => type.startsWith("lobby."))).to.deep.equal([]);
    expect(JSON.stringify(replay)).not.to.match(/guest:|account:/);
    expect(Object.values(replay.contents)).not.to.include("Nuno");
    expect(Object.values((await replayFor(ana.browser)).contents)).to.include("Nuno");
  });

  it("is closed again at once, also for who has a pass", async () => {
    await audience("participants");
    const ines = await withPass(resume);
    expect((await ines.browser.get(fileAddress())).status).to.equal(200);
    const closed = await ana.browser.post(`${address()}/audience`, { audience: "chair" });
    expect(closed.body).to.deep.equal({ audience: "chair" });
    expect((await ines.browser.get(fileAddress(), { range: "bytes=0-9" })).status).to.equal(403);
    expect((await mikko.browser.get(fileAddress(), { range: "bytes=0-9" })).status).to.equal(403);
  });

  it("is for everybody with the link if the chair says so, and never for the operator", async () => {
    const opened = await ana.browser.post(`${address()}/audience`, { audience: "link" });
    expect(opened.status).to.equal(200);
    expect((await front.browser().get(address())).status).to.equal(200);
    expect((await front.browser().get(fileAddress(), { range: "bytes=0-9" })).status).to.equal(206);
    const operator = await front.person("operator", "Root");
    expect((await statusesFor(operator.browser)).every((status) => status === 403)).to.equal(true);
  });

  it("lets nobody but the chair open, close or download it", async () => {
    await audience("link");
    for (const browser of [front.browser(), mikko.browser]) {
      const statuses = [
        await browser.post(`${address()}/audience`, { audience: "link" }),
        await browser.post(`${address()}/film`),
        await browser.get(`${address()}/film`),
        await browser.get(`${fileAddress()}?download=1`),
      ].map(({ status }) => status);
      expect(statuses.every((status) => status === 403 || status === 401)).to.equal(true);
    }
    const saved = await ana.browser.get(`${fileAddress(2)}?download=1`);
    expect(saved.headers.get("content-disposition")).to.match(/^attachment; filename=twinlight-.*-screen\.webm$/);
  });

  it("answers byte ranges with just those bytes, kept by no cache", async () => {
    const whole = await readFile(meeting.files[0]?.path ?? "");
    const answer = await fetch(front.url + fileAddress(), {
      headers: { range: "bytes=100-199", cookie: [...ana.browser.cookies].map((pair) => pair.join("=")).join("; ") },
    });
    expect(answer.status).to.equal(206);
    expect(answer.headers.get("content-range")).to.equal(`bytes 100-199/${whole.length}`);
    expect(answer.headers.get("content-type")).to.equal("video/webm");
    expect(answer.headers.get("cache-control")).to.equal("private, no-store");
    expect(Buffer.from(await answer.arrayBuffer()).equals(whole.subarray(100, 200))).to.equal(true);
  });

  it("gives of a file that still grows what is there, and the same bytes for as long as they are asked for by number", async () => {
    const { id = "", path = "", bytes = 0 } = meeting.files[1] ?? {};
    const row = (await front.pool.query("select * from recordings where id = $1", [id])).rows[0];
    await front.pool.query("update recordings set state = 'writing', bytes = null, length_ms = null where id = $1", [
      id,
    ]);
    try {
      const before = (await replayFor(ana.browser)).files.find((file) => file.id === id);
      expect(before).to.include({ state: "writing", bytes });
      expect(before?.lengthMs).to.be.within(200, 1_000);
      await appendFile(path, Buffer.alloc(500));
      const after = (await replayFor(ana.browser)).files.find((file) => file.id === id);
      expect(after?.bytes).to.equal(bytes + 500);
      const capped = await ana.browser.get(`${fileAddress(1)}?bytes=${bytes}`, { range: "bytes=0-9" });
      expect(capped.headers.get("content-range")).to.equal(`bytes 0-9/${bytes}`);
      const toTheEnd = await ana.browser.get(`${fileAddress(1)}?bytes=${bytes}`, { range: `bytes=${bytes - 5}-` });
      expect(toTheEnd.headers.get("content-length")).to.equal("5");
      const beyond = await ana.browser.get(`${fileAddress(1)}?bytes=${bytes}`, { range: `bytes=${bytes}-` });
      expect(beyond.status).to.equal(416);
      const grown = await ana.browser.get(fileAddress(1), { range: "bytes=0-9" });
      expect(grown.headers.get("content-range")).to.equal(`bytes 0-9/${bytes + 500}`);
    } finally {
      await front.pool.query("update recordings set state = 'finished', bytes = $2, length_ms = $3 where id = $1", [
        ...[id, row.bytes, row.length_ms],
      ]);
    }
  });

  it("gives files of this meeting by their ids alone", async () => {
    const other = await recordedMeeting(front.pool, mediaFolder, {});
    await other.turn({ seat: "ana", ms: 1_000, colour: "red" });
    await other.keep();
    expect((await ana.browser.get(`${address()}/files/${other.files[0]?.id}`)).status).to.equal(404);
    expect((await ana.browser.get(`${address()}/files/nothing`)).status).to.equal(404);
    for (const sly of ["..%2f..%2fpackage.json", "%2e%2e", "..%5c..", "a.webm"]) {
      expect((await ana.browser.get(`${address()}/files/${sly}`)).status).to.be.oneOf([400, 404]);
    }
    expect((await ana.browser.get("/api/replays/no-such-meeting")).body.refused).to.equal("meeting.unknown");
  });

  it("grows while the meeting runs: who has the first events is told the later ones only", async () => {
    const before = await replayFor(ana.browser);
    const known = before.log.length;
    expect((await replayFor(ana.browser, known)).log).to.deep.equal([]);
    meeting.story.says("mikko", "And a beaver");
    await meeting.turn({ seat: "ana", ms: 1_000, colour: "white" });
    await meeting.keep();
    const news = await replayFor(ana.browser, known);
    expect(news.from).to.equal(known);
    expect(news.log[0]?.event.type).to.equal("chat.messageSent");
    expect(Object.values(news.contents)).to.deep.equal(["And a beaver"]);
    expect(news.files.length).to.equal(before.files.length + 1);
    expect((await replayFor(ana.browser, 9_999)).from, "who has too much begins anew").to.equal(0);
  });

  it("has a film when the meeting has ended: asked for, worked on, ready", async () => {
    const early = await ana.browser.post(`${address()}/film`);
    expect(early.body.refused).to.equal("replay.stillRunning");
    meeting.story.ended();
    await meeting.keep();
    expect((await replayFor(ana.browser)).phase).to.equal("ended");

    expect((await ana.browser.get(`${address()}/film`)).body.refused).to.equal("replay.notReady");
    expect((await ana.browser.post(`${address()}/film`)).status).to.equal(200);
    expect(filmsAsked).to.deep.equal([meeting.id]);
    await front.pool.query("insert into films (meeting_id, state, percent) values ($1, 'working', 40)", [meeting.id]);
    expect((await ana.browser.post(`${address()}/film`)).body).to.deep.equal({
      state: "working",
      percent: 40,
      bytes: null,
    });
    expect(filmsAsked.length, "not asked for twice").to.equal(1);
    const { path = "", bytes = 0 } = meeting.files[0] ?? {};
    await front.pool.query(
      "update films set state = 'ready', percent = 100, path = $2, bytes = $3 where meeting_id = $1",
      [...[meeting.id, path.slice(mediaFolder.length + 1), bytes]],
    );
    expect((await replayFor(ana.browser)).film).to.deep.equal({ state: "ready", percent: 100, bytes });
    const film = await ana.browser.get(`${address()}/film`);
    expect(film.headers.get("content-disposition")).to.equal(`attachment; filename=twinlight-${meeting.code}.webm`);
    expect(film.headers.get("content-length")).to.equal(String(bytes));
  });

  it("has nothing for a meeting that was not recorded, not even its log", async () => {
    const plain = await recordedMeeting(front.pool, mediaFolder, {}, { recorded: false });
    await front.pool.query("update meetings set chair_account = $2 where id = $1", [...[plain.id, ana.id]]);
    await plain.keep();
    const answer = await ana.browser.get(`/api/replays/${plain.code}`);
    expect(answer.status).to.equal(404);
    expect(answer.body.refused).to.equal("replay.none");
  });

  it("writes nobody's name and no secret into the log", () => {
    expect(front.logged()).not.to.match(/otter|Ines|guest:/);
    expect(front.logged()).not.to.contain(resume);
  });
});
