import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import sharp from "sharp";
import { lookAtFilm, materialFilmWorker } from "../../recorder/materialFilms.ts";
import { forgetWords } from "../../server/twinspace/materials/films.ts";
import { openBoss } from "../../storage/jobs.ts";
import { eventually } from "../support/eventually.ts";
import { freshPool } from "../support/meetings.ts";
import { decodingErrors, FFMPEG } from "../support/sampleMedia.ts";

const run = promisify(execFile);
const where = "+40.6400-008.6500/";

describe("A film that somebody brought", function () {
  this.timeout(60_000);
  let database: Awaited<ReturnType<typeof freshPool>>;
  let materialsFolder = "";
  const never = new AbortController().signal;
  const path = (name: string) => join(materialsFolder, "project", name);
  const world = () => ({ pool: database.pool, materialsFolder, ffmpegPath: FFMPEG });

  beforeEach(async () => {
    database = await freshPool();
    materialsFolder = await mkdtemp(join(tmpdir(), "twinlight-films-"));
    await mkdir(path(""));
    await database.pool.query(
      `insert into accounts (id, email, name) values ('ana', 'ana@x.test', 'Ana');
       insert into projects (id, slug, title, summary, state, scope, created_by, activated_at, languages, subjects)
       values ('project', 'project', 'Rivers', 'Rivers', 'active', 'european', 'ana', now(), '{en}', '{}')`,
    );
  });
  afterEach(async () => {
    await database.end();
    await rm(materialsFolder, { recursive: true });
  });

  /** A second of picture and tone, and words around it that nobody is to read. */
  async function film(id: string, type: string, format: readonly string[]): Promise<void> {
    await run(
      FFMPEG,
      [
        ["-v", "error", "-f", "lavfi", "-i", "testsrc=size=640x360:rate=20:duration=1"],
        ["-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000:duration=1"],
        [
          "-metadata",
          `location=${where}`,
          "-metadata",
          "artist=Somebody's mother",
          "-metadata:s:v:0",
          "title=Our garden",
        ],
        [...format, path(id)],
      ].flat(),
    );
    const { length } = await readFile(path(id));
    await database.pool.query(
      `insert into materials (id, project_id, kind, name, type, bytes, stored_bytes, author, created_at, changed_at, film_state)
       values ($1, 'project', 'video', $1, $2, $3, $3, 'account:ana', now(), now(), 'queued')`,
      [id, type, length],
    );
  }

  const mp4 = ["-c:v", "mpeg4", "-c:a", "aac", "-movflags", "use_metadata_tags", "-f", "mp4"];
  const webm = ["-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus", "-f", "webm"];
  const mov = ["-c:v", "mpeg4", "-c:a", "aac", "-f", "mov"];
  const row = async (id: string) =>
    (
      await database.pool.query(
        "select type, bytes, stored_bytes as stored, sizes, film_state as state from materials where id = $1",
        [id],
      )
    ).rows[0];

  for (const [id, type, format] of [
    ["one", "video/mp4", mp4],
    ["two", "video/webm", webm],
    ["three", "video/quicktime", mov],
  ] as const) {
    it(`keeps picture and sound and nothing else: ${type}`, async () => {
      await film(id, type, format);
      const before = await readFile(path(id));
      expect(before.includes("Our garden") || before.includes("Somebody's mother"), "the test's own film").to.equal(
        true,
      );
      expect(await lookAtFilm(world(), id, never)).to.equal("looked");
      const after = await readFile(path(id));
      for (const words of [where, "Somebody's mother", "Our garden"])
        expect(after.includes(words), words).to.equal(false);
      expect(await decodingErrors(path(id))).to.equal("");
      const { state, bytes, stored, sizes, type: kept } = await row(id);
      expect({ state, bytes, sizes }).to.deep.equal({ state: "ready", bytes: after.length, sizes: [320, 1280] });
      expect(kept).to.equal(type === "video/quicktime" ? "video/mp4" : type);
      expect(stored).to.be.greaterThan(bytes);
      const { width, height, format: picture } = await sharp(await readFile(path(`${id}.320`))).metadata();
      expect({ width, height, picture }).to.deep.equal({ width: 320, height: 180, picture: "webp" });
      expect((await readdir(path(""))).sort()).to.deep.equal([id, `${id}.1280`, `${id}.320`].sort());
      expect(await lookAtFilm(world(), id, never), "done once").to.equal("nothingToDo");
    });
  }

  it("plays as before when the server has overwritten the words in it", async () => {
    await film("four", "video/mp4", mp4);
    const before = (await readFile(path("four"))).length;
    await forgetWords(path("four"), "video/mp4");
    const after = await readFile(path("four"));
    expect(after.length).to.equal(before);
    for (const words of [where, "Somebody's mother", "Our garden"])
      expect(after.includes(words), words).to.equal(false);
    expect(await decodingErrors(path("four"))).to.equal("");
  });

  it("is looked at by the worker, also when it was left from before; a broken one stays as it is", async () => {
    await film("five", "video/mp4", mp4);
    await film("six", "video/mp4", mp4);
    const whole = await readFile(path("six"));
    await writeFile(path("six"), whole.subarray(0, 400));
    const faults: string[] = [];
    const boss = await openBoss(database.url, { supervises: false, fault: () => {} });
    const worker = await materialFilmWorker({ ...world(), boss, fault: (material) => faults.push(material) });
    await eventually(
      async () => (await row("five")).state === "ready" && (await row("six")).state === "failed",
      30_000,
    );
    expect(faults).to.deep.equal(["six"]);
    expect((await readFile(path("six"))).length).to.equal(400);
    await worker.stop();
    await boss.stop({ graceful: false });
  });
});
