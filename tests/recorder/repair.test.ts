import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { concat } from "../../frames/webm/ebml.ts";
import { planRepair, repaired } from "../../frames/webm/repair.ts";
import { WebmWriter } from "../../frames/webm/write.ts";
import { repairWebm } from "../../recorder/repair.ts";

/** A file that was never finished: 20 s, with key frames of 100 kB among small frames, larger than any window onto it. */
function unfinished(): Uint8Array {
  const pieces: Uint8Array[] = [];
  const writer = new WebmWriter({ expect: ["audio", "video"], write: (bytes) => pieces.push(bytes) });
  for (let ms = 0; ms < 20_000; ms += 20) {
    const keyFrame = ms % 2000 === 0;
    const picture = new Uint8Array(keyFrame ? 100_000 : 900).fill(ms & 255);
    if (ms % 60 === 0 || keyFrame) {
      writer.add({ kind: "video", timeMs: ms, keyFrame, width: 320, height: 240, parts: [picture] });
    }
    writer.add({ kind: "audio", timeMs: ms, parts: [new Uint8Array(80).fill(0x78)] });
  }
  writer.flush();
  return concat(pieces);
}

describe("Repairing a file on disk", () => {
  const whole = unfinished();
  let folder = "";
  let path = "";

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "twinlight-repair-"));
    path = join(folder, "turn.webm");
  });

  afterEach(() => rm(folder, { recursive: true }));

  it("does to it what it would do to its bytes in memory, wherever it is torn", async () => {
    for (const share of [0.0003, 0.1, 0.37, 0.5, 0.777, 0.9999, 1]) {
      const torn = whole.subarray(0, Math.floor(whole.length * share));
      const plan = planRepair(torn);
      await writeFile(path, torn);
      const answer = await repairWebm(path);
      if ("refused" in plan) {
        expect(answer).to.deep.equal(plan);
        continue;
      }
      const mended = repaired(torn, plan);
      const { durationMs, tracks } = plan;
      expect(answer).to.deep.equal({
        outcome: "repaired",
        durationMs,
        byteLength: mended.length,
        cutBytes: torn.length - plan.cutAt,
        tracks,
      });
      expect(Buffer.compare(await readFile(path), mended), `share ${share}`).to.equal(0);
    }
  });

  it("leaves a finished file as it is", async () => {
    await writeFile(path, whole);
    const first = await repairWebm(path);
    const finished = await readFile(path);
    const second = await repairWebm(path);
    expect(second).to.deep.equal({ ...first, outcome: "wasFinished", cutBytes: 0 });
    expect(Buffer.compare(await readFile(path), finished)).to.equal(0);
  });

  it("finishes what an earlier repair left halfway", async () => {
    await writeFile(path, whole);
    await repairWebm(path);
    const finished = await readFile(path);
    const plan = planRepair(whole);
    if ("refused" in plan) throw new Error(plan.refused);
    await writeFile(path, whole);
    await appendFile(path, plan.tail.subarray(0, 11));
    await repairWebm(path);
    expect(Buffer.compare(await readFile(path), finished)).to.equal(0);
    await writeFile(path, concat([whole, plan.tail]));
    await repairWebm(path);
    expect(Buffer.compare(await readFile(path), finished)).to.equal(0);
  });

  it("refuses what is not ours and what is empty, without touching it", async () => {
    await writeFile(path, "not a film at all");
    expect(await repairWebm(path)).to.deep.equal({ refused: "notOurs" });
    expect(await readFile(path, "utf8")).to.equal("not a film at all");
    await writeFile(path, "");
    expect(await repairWebm(path)).to.deep.equal({ refused: "notOurs" });
    await writeFile(path, whole);
    await truncate(path, 290);
    expect(await repairWebm(path)).to.deep.equal({ refused: "empty" });
  });

  it("throws when there is no such file", async () => {
    const fault = await repairWebm(join(folder, "none.webm")).catch((error: unknown) => error);
    expect(fault).to.have.property("code", "ENOENT");
  });
});
