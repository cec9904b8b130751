import { setTimeout as wait } from "node:timers/promises";
import { expect } from "chai";
import { eventually } from "../support/eventually.ts";
import { People, type Person } from "../support/people.ts";
import { Started } from "../support/started.ts";

const code = "two-rivers";
/** As fast as one person may write for long. */
const paceMs = 1_700;

describe("A meeting, whatever is killed under it", function () {
  this.timeout(120_000);
  let demo: Started;
  let people: People;
  let ana: Person;
  let ines: Person;
  let matti: Person;
  let late: Person;

  before(async () => {
    demo = await Started.run("demo");
    people = await People.open(() => demo.url);
    ana = await people.somebody({ signedInAs: "ana@aveiro.demo" });
    [ines, matti, late] = [await people.somebody(), await people.somebody(), await people.somebody()];
    await ana.joins(code);
    await ana.isInRoom();
    for (const [person, name] of [
      [ines, "Inês M."],
      [matti, "Matti"],
      [late, "Late"],
    ] as const) {
      await person.joins(code, name);
      await ana.button(`Admit ${name}`).waitFor();
      if (person !== late) await ana.press(`Admit ${name}`);
      person.losesConnections = true;
    }
    ana.losesConnections = true;
    await ines.raisesHand();
    await matti.raisesHand();
    await ana.seesPicture("Inês M.", 60_000);
  });
  after(async () => {
    await people?.close();
    await demo?.remove();
  });
  afterEach(async function () {
    if (this.currentTest?.isFailed()) await people.leavePictures(this.currentTest.title);
    expect(people.complaints().join("\n")).to.equal("");
  });

  /** The same floor, queue, lobby, roles and chat as before, and media that flow. Nobody pressed anything. */
  async function goesOn(written: readonly string[]): Promise<void> {
    await ana.seesPicture("Inês M.", 30_000);
    await matti.seesPicture("Inês M.", 30_000);
    await ines.button("Finish turn").waitFor();
    await matti.sees("You are next");
    await late.isInLobby();
    await ana.button("Admit Late").waitFor();
    await ana.button("End turn").waitFor();
    for (const person of [ana, ines]) await person.seesQueue("Matti");
    await ana.seesPeople("Ana (you)", "Inês M.", "Matti");
    for (const person of [ana, ines, matti]) await person.readsAll(written);
  }

  /** Writes until told to stop; answers with what the server had taken, in order. */
  function writesOn(person: Person, word: string) {
    let stopped = false;
    const taken: string[] = [];
    const writing = (async () => {
      while (!stopped) {
        const text = `${word} ${taken.length + 1}`;
        await person.says(text, 60_000);
        taken.push(text);
        await wait(paceMs);
      }
    })();
    return {
      taken,
      async stop(): Promise<string[]> {
        stopped = true;
        await writing;
        return taken;
      },
    };
  }

  it("goes on by itself after the server was killed in mid-turn, with everything that was taken", async () => {
    const writing = writesOn(matti, "river");
    await eventually(() => writing.taken.length >= 2);
    const before = demo.pidOf("server/main.ts") ?? 0;
    process.kill(before, "SIGKILL");
    await eventually(() => ![undefined, before].includes(demo.pidOf("server/main.ts")));
    await demo.isReady();
    const backAt = performance.now();
    await ana.seesPicture("Inês M.", 30_000);
    note(`frames ${Math.round(performance.now() - backAt)} ms after the server was back`);
    const count = writing.taken.length;
    await eventually(() => writing.taken.length > count + 2);
    await goesOn(await writing.stop());
  });

  it("has its media again after their worker was killed, twice in a row", async () => {
    const written = await ana.messages();
    for (let kill = 0; kill < 2; kill += 1) {
      const before = demo.workersOf("server/main.ts");
      expect(before).to.have.lengthOf(1);
      for (const pid of before) process.kill(pid, "SIGKILL");
      const killedAt = performance.now();
      await eventually(() => demo.workersOf("server/main.ts").some((pid) => !before.includes(pid)));
      await ana.seesPicture("Inês M.", 30_000);
      note(`frames ${Math.round(performance.now() - killedAt)} ms after the worker was killed`);
      await goesOn(written);
    }
  });

  it("says that the recording is interrupted while its recorder is gone, and that it goes on, twice in a row", async () => {
    const written = await ana.messages();
    const interruptions = () => ana.happened(code, "recording.interrupted");
    for (let kill = 0; kill < 2; kill += 1) {
      await ines.recordingIs("Recorded");
      const before = demo.pidOf("recorder/main.ts") ?? 0;
      process.kill(before, "SIGKILL");
      await ines.recordingIs("Recording interrupted");
      await ines.recordingIs("Recorded");
      await goesOn(written);
    }
    const workers = demo.workersOf("recorder/main.ts");
    expect(workers).to.have.lengthOf(1);
    const count = await interruptions();
    for (const pid of workers) process.kill(pid, "SIGKILL");
    // A new worker may be there before anybody could read that the old one is gone: the log has it.
    await eventually(async () => (await interruptions()) > count);
    await ines.recordingIs("Recorded");
    await goesOn(written);
  });

  it("waits for its database when that was killed, and goes on with everything that was taken", async () => {
    const written = await ana.messages();
    const writing = writesOn(matti, "lake");
    await eventually(() => writing.taken.length >= 2);
    process.kill(demo.postgresPid(), "SIGKILL");
    const count = writing.taken.length;
    await eventually(() => writing.taken.length > count + 2, 60_000);
    await goesOn([...written, ...(await writing.stop())]);
  });

  it("is seen again from its beginning to its end, across every gap", async () => {
    await ines.finishesTurn();
    await matti.finishesTurn();
    await ana.press("End meeting for all");
    await ana.confirms("End meeting");
    await ana.page.getByRole("link", { name: "Watch the replay" }).click();
    await ana.list("Turns").waitFor();
    expect(await ana.list("Turns").getByRole("listitem").count()).to.be.at.least(2);
    await ana.page.getByRole("slider", { name: "Position" }).waitFor();
    // Up to twice as fast.
    for (const _ of [1, 2, 3]) await ana.page.locator("body").press(">");
    await ana.press("Play");
    await ana.page.getByText("This is the end of the meeting.").waitFor({ timeout: 90_000 });
    await ana.isSound();
  });

  it("ends with everything that ran for it, with code 0", async () => {
    expect(await demo.ends()).to.equal(0);
    expect(demo.running()).to.deep.equal([]);
  });
});

/** How long it took here; no more than that, since a busy machine takes longer. */
function note(text: string): void {
  if (process.env.TEST_LOG) process.stderr.write(`${text}\n`);
}
