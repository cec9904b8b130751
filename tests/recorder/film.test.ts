import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { filmWorker, makeFilm } from "../../recorder/film.ts";
import { chapterList, concatList } from "../../recorder/filmJoin.ts";
import { type Boss, openBoss, queueFilm } from "../../storage/jobs.ts";
import { eventually } from "../support/eventually.ts";
import { freshPool } from "../support/meetings.ts";
import { type RecordedMeeting, recordedMeeting } from "../support/recordedMeeting.ts";
import { decodingErrors, FFMPEG, probe } from "../support/sampleMedia.ts";

const run = promisify(execFile);

describe("The film of a meeting", function () {
  this.timeout(60_000);

  let database: Awaited<ReturnType<typeof freshPool>>;
  let mediaFolder = "";
  const never = new AbortController().signal;
  const world = () => ({ pool: database.pool, mediaFolder, ffmpegPath: FFMPEG });

  beforeEach(async () => {
    database = await freshPool();
    mediaFolder = await mkdtemp(join(tmpdir(), "twinlight-film-"));
  });
  afterEach(async () => {
    await database.end();
    await rm(mediaFolder, { recursive: true });
  });

  async function meetingOfThree(): Promise<RecordedMeeting> {
    const meeting = await recordedMeeting(database.pool, mediaFolder, { ines: {}, olli: {} });
    meeting.story.jumps(1_000);
    await meeting.turn({ seat: "ana", ms: 2_000, colour: "red" });
    meeting.story.jumps(60_000);
    await meeting.turn({ seat: "ines", ms: 1_500, colour: null });
    meeting.story.jumps(500);
    await meeting.turn({ seat: "olli", ms: 2_000, colour: "blue", silent: true, screen: "yellow" });
    meeting.story.ended();
    await meeting.keep();
    return meeting;
  }

  const filmRow = async (meeting: string) =>
    (await database.pool.query("select state, percent, path, bytes from films where meeting_id = $1", [meeting]))
      .rows[0];

  /** Of a moment in the film: its middle pixel, as red, green, blue. */
  async function colourAt(path: string, seconds: number): Promise<number[]> {
    const { stdout } = await run(
      FFMPEG,
      [
        "-v",
        "error",
        "-ss",
        String(seconds),
        "-i",
        path,
        "-frames:v",
        "1",
        "-vf",
        "scale=1:1",
        "-f",
        "rawvideo",
      ].concat(["-pix_fmt", "rgb24", "pipe:1"]),
      { encoding: "buffer" },
    );
    return [...stdout.subarray(0, 3)];
  }

  it("joins the turns in order, also those without a picture and without sound, and decodes from end to end", async () => {
    const meeting = await meetingOfThree();
    expect(await makeFilm(world(), meeting.id, "a", never)).to.equal("made");

    const row = await filmRow(meeting.id);
    expect(row).to.include({ state: "ready", percent: 100 });
    const path = join(mediaFolder, row.path);
    expect((await stat(path)).size).to.equal(row.bytes);
    expect(await decodingErrors(path)).to.equal("");
    const { durationS, streams } = await probe(path);
    // The minute in which nobody spoke is cut out.
    expect(durationS).to.be.closeTo(5.5, 0.2);
    expect(streams.map(({ codec }) => codec)).to.deep.equal(["opus", "vp8"]);
    expect(await colourAt(path, 1)).to.satisfy(([r = 0, , b = 0]: number[]) => r > 200 && b < 60, "red first");
    expect(await colourAt(path, 2.8)).to.satisfy(
      ([r = 0, g = 0, b = 0]: number[]) => r < 90 && g < 90 && b < 90,
      "then the board of who had no camera",
    );
    expect(await colourAt(path, 4.5)).to.satisfy(([r = 0, , b = 0]: number[]) => b > 200 && r < 60, "then blue");
  });

  it("has a chapter a turn, with its number and moment and nobody's name", async () => {
    const meeting = await meetingOfThree();
    await makeFilm(world(), meeting.id, "a", never);
    const path = join(mediaFolder, (await filmRow(meeting.id)).path);
    const { stderr } = await run(FFMPEG, ["-hide_banner", "-i", path]).catch((fault) => fault);
    const titles = [...String(stderr).matchAll(/title\s*:\s*(.*)/g)].map(([, title]) => title);
    expect(titles).to.deep.equal(["Turn 1, at 0:01", "Turn 2, at 1:03", "Turn 3, at 1:05"]);
    expect(String(stderr)).not.to.match(/Ana|Ines|Olli/i);
  });

  it("stays one of sound alone when nobody had a camera", async () => {
    const meeting = await recordedMeeting(database.pool, mediaFolder, {});
    await meeting.turn({ seat: "ana", ms: 1_000, colour: null });
    await meeting.turn({ seat: "ana", ms: 1_000, colour: null });
    meeting.story.ended();
    await meeting.keep();
    await makeFilm(world(), meeting.id, "a", never);
    const { streams } = await probe(join(mediaFolder, (await filmRow(meeting.id)).path));
    expect(streams.map(({ codec }) => codec)).to.deep.equal(["opus"]);
  });

  it("is made once: asked again it is there, and when its file is gone it is made anew", async () => {
    const meeting = await meetingOfThree();
    await makeFilm(world(), meeting.id, "a", never);
    expect(await makeFilm(world(), meeting.id, "b", never)).to.equal("isThere");
    await rm(join(mediaFolder, (await filmRow(meeting.id)).path));
    expect(await makeFilm(world(), meeting.id, "c", never)).to.equal("made");
  });

  it("leaves nothing but the film behind, and nothing when it is ended in the middle", async () => {
    const meeting = await meetingOfThree();
    const ending = new AbortController();
    const making = makeFilm(world(), meeting.id, "a", ending.signal).catch((fault) => fault);
    await eventually(async () => (await readdir(join(mediaFolder, "films"))).length > 0);
    ending.abort();
    expect(await making).to.be.an("error");
    expect(await readdir(join(mediaFolder, "films"))).to.deep.equal([]);
    await makeFilm(world(), meeting.id, "b", never);
    expect(await readdir(join(mediaFolder, "films"))).to.deep.equal([`${meeting.id}.webm`]);
  });

  it("has nothing to join when nobody spoke", async () => {
    const meeting = await recordedMeeting(database.pool, mediaFolder, {});
    meeting.story.ended();
    await meeting.keep();
    expect(await makeFilm(world(), meeting.id, "a", never)).to.equal("nothingToJoin");
    expect(await filmRow(meeting.id)).to.equal(undefined);
  });

  it("puts parts of one turn into one chapter, and quotes what a path may hold", () => {
    const pieces = [
      { number: 1, startMs: 0, lengthMs: 1000, path: "/it's/1.webm" },
      { number: 1, startMs: 1200, lengthMs: 500, path: "/2.webm" },
      { number: 2, startMs: 3_725_000, lengthMs: 250, path: "/3.webm" },
    ];
    expect(chapterList(pieces)).to.equal(
      ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=1500\ntitle=Turn 1, at 0:00\n" +
        "[CHAPTER]\nTIMEBASE=1/1000\nSTART=1500\nEND=1750\ntitle=Turn 2, at 1:02:05\n",
    );
    expect(concatList(pieces)).to.contain("file '/it'\\''s/1.webm'\nduration 1.000\n");
  });

  describe("taken from the queue", () => {
    let boss: Boss;
    const faults: unknown[] = [];
    const working = () => filmWorker({ ...world(), boss, fault: (_meeting, cause) => void faults.push(cause) });

    beforeEach(async () => {
      faults.length = 0;
      boss = await openBoss(database.url, { supervises: true, fault: (cause) => void faults.push(cause) });
    });
    afterEach(() => boss.stop({ graceful: false }));

    it("is made when it is asked for", async () => {
      const worker = await working();
      const meeting = await meetingOfThree();
      await queueFilm(boss, database.pool, meeting.id);
      await eventually(async () => (await filmRow(meeting.id))?.state === "ready");
      await worker.stop();
      expect(faults).to.deep.equal([]);
    });

    it("is made at the next start for a meeting that ended when nobody could ask, and over what was left half made", async () => {
      const meeting = await meetingOfThree();
      await database.pool.query("insert into films (meeting_id, state, percent) values ($1, 'working', 40)", [
        meeting.id,
      ]);
      const folder = join(mediaFolder, "films");
      await run("mkdir", ["-p", join(folder, `${meeting.id}.dead.making`)]);
      await writeFile(join(folder, `${meeting.id}.dead.part.webm`), "half");
      const worker = await working();
      await eventually(async () => (await filmRow(meeting.id))?.state === "ready");
      await worker.stop();
      expect(await readdir(folder)).to.deep.equal([`${meeting.id}.webm`]);
    });

    it("is tried again after a failure, which is said meanwhile", async () => {
      const meeting = await meetingOfThree();
      const broken = await filmWorker({
        ...world(),
        ...{ boss, ffmpegPath: "/bin/false", fault: (_meeting, cause) => void faults.push(cause) },
      });
      await eventually(async () => (await filmRow(meeting.id))?.state === "failed");
      expect(String(faults[0])).to.contain("ffmpeg ended with 1");
      await broken.stop();
      const worker = await working();
      await eventually(async () => (await filmRow(meeting.id))?.state === "ready");
      await worker.stop();
    });
  });
});
