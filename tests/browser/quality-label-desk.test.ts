import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { pagePaths } from "../../server/pagePaths.ts";
import { BadgeKeys } from "../../server/projects/badgeKeys.ts";
import { labelPage, labelRoutes } from "../../server/projects/labelRoutes.ts";
import { publicProjectRoutes } from "../../server/projects/publicProjects.ts";
import { rubricToday } from "../../server/qualityLabels/standing.ts";
import { type ActiveSpace, openSpace } from "../support/activeSpace.ts";
import { openChromium, openWindow, type Window } from "../support/chromium.ts";
import { deskPerson } from "../support/desks.ts";
import { type FrontDoor, goodPassword, openFrontDoor, type Person } from "../support/frontDoor.ts";
import { sentApplication } from "../support/sentApplication.ts";
import { desk, expectSound } from "../support/sound.ts";

/** A river between hills, below a sun, as a class might have drawn it. */
function drawnRiver(): Promise<Buffer> {
  const [width, height] = [640, 360];
  const pixels = Buffer.alloc(width * height * 3);
  const hill = (x: number) => 190 - 70 * Math.sin(x / 110) - 20 * Math.sin(x / 37);
  const bank = (x: number) => 270 + 26 * Math.sin(x / 60);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const isSun = (x - 540) ** 2 + (y - 66) ** 2 < 38 ** 2;
      const color = y > bank(x) ? 0x8fc3e6 : y > hill(x) ? 0x2c8a5c : isSun ? 0xffc83d : 0xdff0d8;
      pixels.writeUIntBE(color, (y * width + x) * 3, 3);
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

describe("the desk for Quality Labels, in a browser", function () {
  this.timeout(120_000);
  let folder = "";
  let front: FrontDoor;
  let browser: Browser;
  let window: Window;
  let page: Page;
  let space: ActiveSpace;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "twinlight-labels-"));
    front = await openFrontDoor({
      clientFolder: fileURLToPath(new URL("../../client/dist", import.meta.url)),
      routes: (pool) => [
        ...labelRoutes({ pool, keys: new BadgeKeys(folder), now: Date.now }),
        ...publicProjectRoutes({ pool }),
      ],
      pages: (pool) => [
        ...pagePaths.filter((path) => path !== "/labels/:code").map((path) => ({ path })),
        labelPage({ pool }),
      ],
    });
    space = await openSpace(front);
    const heron = await space.pupil("Heron", "oulu");
    const rubric = (await rubricToday(front.pool)) ?? undefined;
    if (!rubric) throw new Error("There is no rubric");
    await front.pool.query("update accounts set name = 'Rui Costa' where id = $1", [space.rui.id]);
    const river = await drawnRiver();
    await sentApplication(front.pool, {
      ...{ account: space.rui.id, project: space.id, school: space.schools.aveiro, rubric, named: true },
      files: [
        { key: "river", bytes: river, caption: "The river on the measuring day" },
        { key: "heron", pupils: [heron.id] },
      ],
      folder: front.applicationsFolder,
      at: Date.now() - 4 * 86_400_000,
    });
    browser = await openChromium();
    window = await openWindow(browser, { viewport: desk, timezoneId: "Europe/Lisbon" });
    page = window.page;
    await signIn(await deskPerson(front, "Paula Reis", "PT"), "/desk");
  });
  after(async () => {
    await browser?.close();
    await front?.close();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(() => expect(window.complaints.splice(0).join("\n")).to.equal(""));

  async function signIn({ email }: Person, path: string): Promise<void> {
    await page.context().clearCookies();
    await page.goto(`${front.url}${path}`);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(goodPassword);
    await press("Sign in");
  }
  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  const heading = (name: string | RegExp) => page.getByRole("heading", { name }).first().waitFor();
  const shot = async (name: string) => {
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${name}.png` });
  };

  it("counts what waits and lists it", async () => {
    await page.getByRole("link", { name: "Quality Labels to judge" }).click();
    await heading("Quality Labels");
    await page.getByRole("link", { name: "Review: Two rivers, Rui Costa" }).waitFor();
    await expectSound(page, "label-worklist");
  });

  it("is judged beside the evidence; what may not be shown says whom to ask", async () => {
    await page.getByRole("link", { name: "Review: Two rivers, Rui Costa" }).click();
    await heading("Two rivers");
    await page.getByText("Nobody works at it yet.").waitFor();
    await page.getByText("Ask Oulun koulu").first().waitFor();
    expect(await page.getByText("Heron").count()).to.equal(0);
    await expectSound(page, "label-untaken");
    await press("Take in review");
    await page
      .getByRole("group", { name: /^Your points/ })
      .first()
      .waitFor();
    await expectSound(page, "label-review");
  });

  it("takes points by the keyboard, says what is missing, and keeps everything through a reload", async () => {
    const groups = page.getByRole("group", { name: /^Your points/ });
    const count = await groups.count();
    const withLeast = 5;
    await groups.nth(withLeast).getByText("At least 2 for the label").waitFor();
    expect(count).to.be.greaterThan(4);
    for (let index = 0; index < count; index += 1) {
      await groups.nth(index).getByRole("radio").first().focus();
      await page.keyboard.press("Space");
      for (let step = 0; step < (index === withLeast ? 1 : 4); step += 1) await page.keyboard.press("ArrowDown");
    }
    await page.getByText(/^Too few for one criterion/).waitFor();
    const remark = page.getByRole("textbox", { name: /^Remark/ }).first();
    await remark.fill("Show what the pupils did together.");
    await page.getByText("Saved", { exact: true }).waitFor();
    await page.reload();
    await page.getByText(/^Too few for one criterion/).waitFor();
    expect(await remark.inputValue()).to.equal("Show what the pupils did together.");
    expect(await groups.nth(withLeast).getByRole("radio").nth(1).isChecked()).to.equal(true);
    await expectSound(page, "label-scored");
    await page.evaluate("document.querySelector('.label-criterion').scrollIntoView()");
    await shot("quality-label-desk");
  });

  it("is not given with too few points, nor refused without a word", async () => {
    await press("Give the label");
    await page.getByText("The points are not enough for the label").waitFor();
    await press("Do not give it");
    await page.getByText("Write what to improve").waitFor();
    await page.getByLabel("What you write to the teacher").fill("Very good, but for one thing.");
    await expectSound(page, "label-decision");
  });

  it("is given, taken back within ten minutes, and given again", async () => {
    await page
      .getByRole("group", { name: "Your points: Online collaboration of pupils" })
      .getByRole("radio")
      .nth(4)
      .check();
    await page.getByText("Every criterion has its least points").waitFor();
    await press("Give the label");
    await heading("The label was given");
    await page.getByText("Very good, but for one thing.").waitFor();
    await expectSound(page, "label-granted");
    await press("Take the decision back");
    await page.getByRole("button", { name: "Give the label" }).waitFor();
    expect(await page.getByLabel("What you write to the teacher").inputValue()).to.equal(
      "Very good, but for one thing.",
    );
    await press("Give the label");
    await page.getByRole("link", { name: "See the label" }).click();
    await heading("This label holds");
    await page.getByText("Rui Costa").first().waitFor();
    await expectSound(page, "label-page");
  });

  it("is its holder's to show, or not, and without their name", async () => {
    await signIn(space.rui, "/account");
    await heading("My Quality Labels");
    await expectSound(page, "label-mine");
    const named = page.getByRole("switch", { name: "With my name on it" });
    await named.uncheck();
    await page.goto(`${front.url}/projects/all`);
    await page.getByText("One Quality Label").waitFor();
    await page.goto(`${front.url}/projects/two-rivers`);
    await page.getByRole("link", { name: "Quality Label of a teacher of Escola de Aveiro" }).click();
    await heading("This label holds");
    await page.getByText("A teacher of Escola de Aveiro").first().waitFor();
    expect(await page.locator("main").getByText("Rui Costa").count()).to.equal(0);
    await page.goto(`${front.url}/account`);
    await page.getByRole("switch", { name: "Show it on the public pages" }).uncheck();
    await page.goto(`${front.url}/projects/all`);
    await heading("Projects of schools");
    await page.getByRole("heading", { name: "Two rivers" }).waitFor();
    expect(await page.getByText("One Quality Label").count()).to.equal(0);
  });
});
