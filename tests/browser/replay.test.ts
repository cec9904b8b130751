import { createHash, randomBytes } from "node:crypto";
import { copyFile, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { replayPage, replayRoutes } from "../../server/meetings/replays.ts";
import type { Pool } from "../../storage/pool.ts";
import { findings, openChromium, openWindow, scrollsSideways, type Window } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { type FrontDoor, openFrontDoor, type Person } from "../support/frontDoor.ts";
import { type RecordedMeeting, recordedMeeting } from "../support/recordedMeeting.ts";

const clientFolder = process.env.CLIENT_FOLDER ?? fileURLToPath(new URL("../../client/dist", import.meta.url));
const desktop = { width: 1366, height: 768 };

describe("the replay's page", function () {
  this.timeout(120_000);

  const resume = randomBytes(24).toString("base64url");
  const guest = `guest:${createHash("sha256").update(resume).digest("base64url")}`;
  let front: FrontDoor;
  let browser: Browser;
  let mediaFolder = "";
  let ana: Person;
  let meeting: RecordedMeeting;
  let window: Window;

  before(async () => {
    mediaFolder = await mkdtemp(join(tmpdir(), "twinlight-replay-"));
    const jobs = {
      film: async (id: string) =>
        void (await front.pool.query("insert into films (meeting_id, state) values ($1, 'queued')", [id])),
      close: async () => {},
    };
    const world = (pool: Pool) => ({ pool, mediaFolder, now: Date.now, jobs });
    front = await openFrontDoor({
      clientFolder,
      routes: (pool) => replayRoutes(world(pool)),
      pages: (pool) => [{ path: "/" }, replayPage({ pool })],
    });
    ana = await front.person("teacher", "Ana");
    browser = await openChromium();
    meeting = await filmedMeeting();
  });
  after(async () => {
    await browser?.close();
    await front?.close();
    await rm(mediaFolder, { recursive: true });
  });

  beforeEach(async () => {
    window = await openWindow(browser, { viewport: desktop, permissions: ["clipboard-read", "clipboard-write"] });
    await window.context.addInitScript(`
      globalThis.asked = 0;
      if (navigator.mediaDevices) navigator.mediaDevices.getUserMedia = () => { globalThis.asked += 1; return Promise.reject(); };
    `);
    await window.context.addCookies([...ana.browser.cookies].map(([name, value]) => ({ name, value, url: front.url })));
  });
  afterEach(async () => {
    const asked = await window.page.evaluate("globalThis.asked ?? 0");
    await window.context.close();
    expect(window.complaints.join("\n")).to.equal("");
    expect(asked, "no camera and no microphone").to.equal(0);
  });

  /**
   * 0:05 red (Ana, 2 s), 0:07 blue (Ines, 2 s, and a yellow screen), a pause of three minutes in which everything is
   * stopped for a minute, 3:09 sound alone (Olli, 2 s), 3:11 green and white at once (Ana and Ines, 2 s).
   */
  async function filmedMeeting(): Promise<RecordedMeeting> {
    const made = await recordedMeeting(front.pool, mediaFolder, { ines: { identity: guest }, olli: {} });
    await front.pool.query("update meetings set chair_account = $2 where id = $1", [made.id, ana.id]);
    const { story } = made;
    story.jumps(5_000).says("olli", "Hello from Oulu").raises("ana").raises("ines");
    await made.turn({ seat: "ana", ms: 2_000, colour: "red" });
    story.says("olli", "What a jar").reacts("olli");
    await made.turn({ seat: "ines", ms: 2_000, colour: "blue", screen: "yellow" });
    story.jumps(60_000).freezes().jumps(60_000).resumes().jumps(60_000);
    await made.turn({ seat: "olli", ms: 2_000, colour: null });
    story.ended();
    await made.keep();
    return made;
  }

  const open = async (code: string, search = ""): Promise<Page> => {
    await window.page.goto(`${front.url}/r/${code}${search}`);
    await slider(window.page).waitFor();
    return window.page;
  };
  const slider = (page: Page) => page.getByRole("slider", { name: "Position" });
  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
  const positionMs = async (page: Page) => Number(await slider(page).inputValue());
  const at = (page: Page, fromMs: number, toMs: number) =>
    eventually(async () => {
      const ms = await positionMs(page);
      return ms >= fromMs && ms <= toMs;
    });

  /** The colours that are seen now, by what is nearest: of speakers first, then of screens. */
  async function colours(page: Page): Promise<string[]> {
    return page.evaluate(`(() => {
      const shown = [...document.querySelectorAll(".replay-stage figure:not([data-ready]) video")];
      const known = { red: [255, 0, 0], blue: [0, 0, 255], yellow: [255, 255, 0], green: [0, 128, 0], white: [255, 255, 255], black: [0, 0, 0] };
      return shown.map((video) => {
        if (video.dataset.hidden) return "face";
        const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
        const drawing = canvas.getContext("2d");
        drawing.drawImage(video, 0, 0, 1, 1);
        const [r, g, b] = drawing.getImageData(0, 0, 1, 1).data;
        const far = ([a, c, d]) => (a - r) ** 2 + (c - g) ** 2 + (d - b) ** 2;
        return Object.entries(known).sort(([, a], [, c]) => far(a) - far(c))[0][0];
      });
    })()`);
  }
  const sees = (page: Page, ...expected: string[]) =>
    eventually(async () => expect(await colours(page)).to.have.members(expected) && true);

  it("stands at the first turn's first picture, plays through the turns by itself, and ends", async () => {
    const page = await open(meeting.code);
    await sees(page, "red");
    await at(page, 5_000, 5_100);
    await button(page, "Play").click();
    await sees(page, "red");
    await sees(page, "blue", "yellow");
    await page.getByText("Nobody spoke for 1 minute").first().waitFor();
    await page.getByText("Everything was stopped for 1 minute").waitFor();
    await sees(page, "face");
    await page.getByText("This is the end of the meeting.").waitFor();
    await at(page, 191_000, 191_100);
    expect(await button(page, "Play").count()).to.equal(1);
    await button(page, "Play").click();
    await sees(page, "red");
  });

  it("shows the next turn without a dark moment in between", async () => {
    const page = await open(meeting.code);
    await sees(page, "red");
    await page.evaluate(`(() => {
      globalThis.seen = [];
      const look = () => {
        const [video] = document.querySelectorAll(".replay-stage .speaker:not([data-ready]) video");
        globalThis.seen.push(video && video.readyState >= 2 ? video.dataset.file : "nothing");
        if (Number(document.querySelector("input[type=range]").value) < 8500) requestAnimationFrame(look);
      };
      look();
    })()`);
    await button(page, "Play").click();
    await at(page, 8_500, 200_000);
    const seen = (await page.evaluate("globalThis.seen")) as string[];
    const [red, blue] = [meeting.files[0]?.id, meeting.files[1]?.id];
    expect([...new Set(seen)]).to.deep.equal([red, blue]);
  });

  it("goes to a turn from the list, to any moment by the slider, and to the moment in its address", async () => {
    const page = await open(meeting.code, "?t=7");
    await sees(page, "blue", "yellow");
    await at(page, 7_000, 7_000);
    const turns = page.getByRole("list", { name: "Turns" });
    expect(await turns.getByRole("button").count()).to.equal(3);
    await turns.getByRole("button").first().click();
    await sees(page, "red");
    expect(await turns.locator("[aria-current]").textContent()).to.contain("Ana");
    await turns.getByRole("button").nth(2).click();
    await sees(page, "face");
    await slider(page).fill("100000");
    await page.getByText("Everything was stopped for 1 minute").waitFor();
    expect(await slider(page).getAttribute("aria-valuetext")).to.equal("1:40 of 3:11");
    await slider(page).fill("8000");
    await sees(page, "blue", "yellow");
  });

  it("goes by keys: play, back and on, turn by turn, faster, and says which they are", async () => {
    const page = await open(meeting.code);
    await sees(page, "red");
    const press = (key: string) => page.keyboard.press(key);
    await press("n");
    await at(page, 7_000, 7_000);
    await sees(page, "blue", "yellow");
    await press("p");
    await at(page, 5_000, 5_000);
    await press("l");
    await at(page, 15_000, 15_000);
    await press("j");
    await at(page, 5_000, 5_000);
    await press("ArrowRight");
    await at(page, 10_000, 10_000);
    await slider(page).focus();
    await press("ArrowLeft");
    await at(page, 5_000, 5_000);
    await press(">");
    await page.getByRole("button", { name: "Speed 1.25×" }).waitFor();
    await press("k");
    await button(page, "Pause").waitFor();
    await at(page, 5_300, 200_000);
    await press(" ");
    await button(page, "Play").waitFor();
    await press("?");
    const help = page.getByRole("dialog", { name: "Keyboard" });
    await help.getByText("10 seconds back and on").waitFor();
    expect(await findings(page)).to.deep.equal([]);
    await press("Escape");
    await help.waitFor({ state: "detached" });
  });

  it("shows chat, hands and reactions as they were at that moment", async () => {
    const page = await open(meeting.code, "?t=5");
    const chat = page.getByRole("list", { name: "Chat" });
    await page.getByText("Hands up then: 1st Ines").waitFor();
    expect(await chat.getByText("Hello from Oulu").count()).to.equal(1);
    expect(await chat.getByText("What a jar").count()).to.equal(0);
    await page.keyboard.press("n");
    await chat.getByText("What a jar").waitFor();
    await page.getByText("Olli: Applause").waitFor();
    expect(await page.getByText("Hands up then").count()).to.equal(0);
    await chat.getByRole("button", { name: "Go to 0:05" }).click();
    await at(page, 5_000, 5_000);
    await chat.getByText("What a jar").waitFor({ state: "detached" });
  });

  it("copies the link to this moment, and says the stop in words and as a table", async () => {
    const page = await open(meeting.code, "?t=8");
    await at(page, 8_000, 8_000);
    await button(page, "Keep this moment").click();
    await page.getByText("The link to 0:08 is copied.").waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).to.equal(`${front.url}/r/${meeting.code}?t=8`);
    await page.getByText("Everything was stopped at 1:09, for 1 minute.").waitFor();
    await button(page, "As a table").click();
    const row = page.getByRole("row", { name: /^Ines/ });
    expect(await row.textContent()).to.equal("Ines10:020:02");
  });

  it("shows who spoke at once side by side", async () => {
    const two = await recordedMeeting(front.pool, mediaFolder, { ines: {} }, { capacity: 2 });
    await front.pool.query("update meetings set chair_account = $2 where id = $1", [two.id, ana.id]);
    two.story.raises("ana").raises("ines");
    const [first, second] = [two.story.turnOf("ana"), two.story.turnOf("ines")];
    await two.turn({ seat: "ana", ms: 2_000, colour: "green" });
    two.story.now -= 2_000;
    await two.turn({ seat: "ines", ms: 2_000, colour: "white" });
    two.story.ended();
    await two.keep();
    expect(first).not.to.equal(second);
    const page = await open(two.code);
    await sees(page, "green", "white");
    await button(page, "Play").click();
    await at(page, 500, 2_100);
    await sees(page, "green", "white");
    const apart = (await page.evaluate(`(() => {
      const [a, b] = [...document.querySelectorAll(".replay-stage video")].map(({ currentTime }) => currentTime);
      return Math.abs(a - b);
    })()`)) as number;
    expect(apart).to.be.lessThan(0.4);
  });

  it("has nothing for axe to find and is cut off nowhere, light and dark, on a phone and on a projector", async () => {
    const page = await open(meeting.code, "?t=7");
    await sees(page, "blue", "yellow");
    for (const [width, height, colorScheme] of [
      [1366, 768, "light"],
      [390, 844, "dark"],
      [1920, 1080, "dark"],
      [320, 640, "light"],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      expect((await findings(page)).join("\n"), `${width} ${colorScheme}`).to.equal("");
      expect(await scrollsSideways(page), String(width)).to.equal(false);
    }
    await slider(page).fill("40000");
    await page.getByText("Nobody spoke for 1 minute").first().waitFor();
    await button(page, "As a table").click();
    expect((await findings(page)).join("\n")).to.equal("");
  });

  it("is opened by its chair to who was in the room, whose tab then shows it without an account", async () => {
    const pupil = await openWindow(browser, { viewport: { width: 390, height: 844 } });
    try {
      const came = await pupil.page.goto(`${front.url}/r/${meeting.code}`);
      expect(came?.status()).to.equal(403);
      await pupil.page.getByRole("heading", { name: "You may not watch this replay" }).waitFor();
      expect((await findings(pupil.page)).join("\n")).to.equal("");

      const page = await open(meeting.code);
      await page.getByRole("button", { name: /Who may watch/ }).click();
      await page.getByRole("menuitemradio", { name: "Who was in the room" }).click();
      await page.getByText("Everybody who was in the room may watch now.").waitFor();

      await pupil.page.reload();
      await pupil.page.getByRole("heading", { name: "You may not watch this replay" }).waitFor();
      await pupil.page.evaluate(`sessionStorage.setItem("twinlight.resume.${meeting.code}", "${resume}")`);
      await pupil.page.reload();
      await slider(pupil.page).waitFor();
      await sees(pupil.page, "red");
      expect(await pupil.page.getByRole("button", { name: "Download" }).count()).to.equal(0);
      expect(await pupil.page.getByRole("button", { name: /Who may watch/ }).count()).to.equal(0);

      await page.getByRole("button", { name: /Who may watch/ }).click();
      await page.getByRole("menuitemradio", { name: "Only you" }).click();
      await page.getByText("Only you may watch now.").waitFor();
      expect((await pupil.page.reload())?.status()).to.equal(403);
      expect(pupil.complaints.join("\n")).to.equal("");
    } finally {
      await pupil.context.close();
      await front.pool.query("update meetings set replay_audience = 'chair' where id = $1", [meeting.id]);
    }
  });

  it("asks again before it is opened to whoever has the link", async () => {
    const page = await open(meeting.code);
    await page.getByRole("button", { name: /Who may watch/ }).click();
    await page.getByRole("menuitemradio", { name: "Whoever has the link" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    expect(await audienceOf(meeting.id)).to.equal("chair");
    await page.getByRole("button", { name: /Who may watch/ }).click();
    await page.getByRole("menuitemradio", { name: "Whoever has the link" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Open it" }).click();
    await page.getByText("Whoever has the link may watch now.").waitFor();
    expect(await audienceOf(meeting.id)).to.equal("link");
    await front.pool.query("update meetings set replay_audience = 'chair' where id = $1", [meeting.id]);
  });

  const audienceOf = async (id: string) =>
    (await front.pool.query("select replay_audience as audience from meetings where id = $1", [id])).rows[0].audience;

  it("has the film put together, says how far it is, and saves it and the shared screen", async () => {
    const page = await open(meeting.code);
    const change = (state: string, percent: number) =>
      front.pool.query("update films set state = $2, percent = $3, path = $4, bytes = $5 where meeting_id = $1", [
        ...[meeting.id, state, percent, meeting.files[0]?.path.slice(mediaFolder.length + 1), meeting.files[0]?.bytes],
      ]);
    await button(page, "Download").click();
    const dialog = page.getByRole("dialog", { name: "Download" });
    await dialog.getByRole("button", { name: "Put it together" }).click();
    await dialog.getByText("It is put together next.").waitFor();
    await change("working", 40);
    await dialog.getByText("It is being put together: 40 %").waitFor();
    await change("ready", 100);
    const film = dialog.getByRole("link", { name: /^Save the film/ });
    await film.waitFor();
    expect((await findings(page)).join("\n")).to.equal("");
    const [saved] = await Promise.all([page.waitForEvent("download"), film.click()]);
    expect(saved.suggestedFilename()).to.equal(`twinlight-${meeting.code}.webm`);
    expect((await stat(await saved.path())).size).to.equal(meeting.files[0]?.bytes);
    const [screen] = await Promise.all([
      page.waitForEvent("download"),
      dialog.getByRole("link", { name: /^Save the screen of Ines at 0:07/ }).click(),
    ]);
    expect(screen.suggestedFilename()).to.match(/-screen\.webm$/);
  });

  it("shows the part so far while the meeting runs, and goes on by itself when there is more", async () => {
    const live = await recordedMeeting(front.pool, mediaFolder, { ines: {} }, { startedAt: Date.now() - 4_000 });
    await front.pool.query("update meetings set chair_account = $2 where id = $1", [live.id, ana.id]);
    await live.turn({ seat: "ana", ms: 2_000, colour: "red" });
    // Ines speaks now: her file is there as far as it was written.
    await live.turn({ seat: "ines", ms: 3_000, colour: "blue", speaksOn: true });
    const { id = "", path = "" } = live.files[1] ?? {};
    await copyFile(path, `${path}.whole`);
    const whole = await readFile(`${path}.whole`);
    await writeFile(path, whole.subarray(0, Math.floor(whole.length / 3)));
    await front.pool.query(
      "update recordings set state = 'writing', bytes = null, length_ms = 1000, ended_at = null where id = $1",
      [id],
    );
    await live.keep();

    const page = await open(live.code);
    await page.getByText("The meeting is still running.").waitFor();
    await sees(page, "red");
    await button(page, "Play").click();
    await sees(page, "blue");
    await page.getByText("You have seen everything so far. It goes on by itself.").waitFor();
    await writeFile(path, whole);
    live.story.finishes("ines").says("ana", "One more");
    await live.turn({ seat: "ana", ms: 1_500, colour: "green" });
    await front.pool.query("update recordings set state = 'finished', bytes = $2, length_ms = 3000 where id = $1", [
      ...[id, whole.length],
    ]);
    await live.keep();
    await sees(page, "green");
    await page.getByRole("list", { name: "Chat" }).getByText("One more").waitFor();
    expect(await page.getByRole("list", { name: "Turns" }).getByRole("button").count()).to.equal(3);
  });

  it("says that nobody spoke, that there is nothing, and goes on when a file is gone", async () => {
    const silent = await recordedMeeting(front.pool, mediaFolder, {});
    await front.pool.query("update meetings set chair_account = $2 where id = $1", [silent.id, ana.id]);
    silent.story.says("ana", "Is anybody here").jumps(9_000).ended();
    await silent.keep();
    const page = await open(silent.code);
    await page.getByText("Nobody spoke in this meeting").waitFor();
    expect((await findings(page)).join("\n")).to.equal("");

    const came = await page.goto(`${front.url}/r/no-such-meeting`);
    expect(came?.status()).to.equal(404);
    await page.getByRole("heading", { name: "There is nothing recorded here" }).waitFor();

    const torn = await recordedMeeting(front.pool, mediaFolder, { ines: {} });
    await front.pool.query("update meetings set chair_account = $2 where id = $1", [torn.id, ana.id]);
    await torn.turn({ seat: "ana", ms: 1_000, colour: "red" });
    await torn.turn({ seat: "ines", ms: 1_000, colour: "blue" });
    torn.story.ended();
    await torn.keep();
    await writeFile(torn.files[0]?.path ?? "", "this is no film");
    await open(torn.code);
    await page.getByText("This turn cannot be played.").waitFor();
    await button(page, "Play").click();
    await sees(page, "blue");
    await page.getByText("This is the end of the meeting.").waitFor();
  });
});
