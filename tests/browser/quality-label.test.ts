/** A teacher applies for the Quality Label: from the questions to a refusal with its reasons, and the label the second time. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { Browser, Locator, Page } from "playwright-core";
import { newId } from "../../server/ids.ts";
import { pagePaths } from "../../server/pagePaths.ts";
import { BadgeKeys } from "../../server/projects/badgeKeys.ts";
import { labelPage, labelRoutes } from "../../server/projects/labelRoutes.ts";
import { type ActiveSpace, openSpace } from "../support/activeSpace.ts";
import { openChromium, openWindow, type Window } from "../support/chromium.ts";
import { deskPerson } from "../support/desks.ts";
import { type FrontDoor, goodPassword, openFrontDoor, type Person } from "../support/frontDoor.ts";
import { good } from "../support/projects.ts";
import { openCard } from "../support/reports.ts";
import { desk, expectSound, phone } from "../support/sound.ts";

const codes = ["collaboration", "technology", "pedagogy", "curriculum", "results", "online", "ict", "safety"].map(
  (name) => `ql-2023.${name}`,
);

describe("applying for the Quality Label, in a browser", function () {
  this.timeout(120_000);
  let folder = "";
  let front: FrontDoor;
  let browser: Browser;
  let window: Window;
  let page: Page;
  let space: ActiveSpace;
  let paula: Person;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "twinlight-labels-"));
    front = await openFrontDoor({
      clientFolder: fileURLToPath(new URL("../../client/dist", import.meta.url)),
      routes: (pool) => labelRoutes({ pool, keys: new BadgeKeys(folder), now: Date.now }),
      pages: (pool) => [
        ...pagePaths.filter((path) => path !== "/labels/:code").map((path) => ({ path })),
        labelPage({ pool }),
      ],
    });
    space = await openSpace(front);
    await openCard(front.pool, space.id, Date.now());
    await front.pool.query("update accounts set name = 'Mikko Laine' where id = $1", [space.mikko.id]);
    paula = await deskPerson(front, "Paula Reis", "PT");
    browser = await openChromium();
    window = await openWindow(browser, { viewport: desk, timezoneId: "Europe/Lisbon" });
    page = window.page;
    await signIn(space.ana, "/account");
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
  const open = () => page.goto(`${front.url}/twinspace/two-rivers/report/quality-label`);
  const saved = () => page.getByText("Saved", { exact: true }).waitFor();
  const words = (): Locator => page.getByRole("textbox", { name: /^Your words/ });
  const shown = (criterion: string): Locator => page.getByRole("group", { name: `Shown for it: ${criterion}` });
  const shot = async (name: string) => {
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${name}.png` });
  };

  /** An entry of Mikko's, with a link to be seen. */
  async function entry(title: string, criteria: readonly string[], readers = "services"): Promise<void> {
    const body = {
      ...{ title, criteria, done: "Both classes measured their river on the same day and compared by video." },
      evidence: [{ kind: "link", link: "https://example.org/levels", words: "Our table of levels" }],
    };
    await front.pool.query(
      `insert into report_entries (id, project_id, kind, state, readers, author, school_id, body, day, made_at, shared_at, changed_at)
       values ($1, $2, 'activity', 'shared', $3, $4, $5, $6, '2026-11-02', now(), now(), now())`,
      [newId(), space.id, readers, `account:${space.mikko.id}`, space.schools.oulu, JSON.stringify(body)],
    );
  }

  it("is led to from the account, and not possible in a national project, which is told what is", async () => {
    await page.getByText("You hold none yet.").waitFor();
    await expectSound(page, "apply-none");
    await front.pool.query("update projects set scope = 'national'");
    await open();
    await heading("This label is for projects of schools in different countries");
    await page.getByRole("link", { name: "Find a partner in another country" }).waitFor();
    expect(await page.getByRole("button", { name: "Begin an application" }).count()).to.equal(0);
    await expectSound(page, "apply-national");
    await front.pool.query("update projects set scope = 'european'");
  });

  it("begins from the report card, and says where nothing is tagged yet", async () => {
    await page.goto(`${front.url}/twinspace/two-rivers/report`);
    await page.getByRole("link", { name: /^Quality Label/ }).click();
    await page.getByText("One criterion: your words").or(page.getByText("8 criteria: for each")).waitFor();
    await expectSound(page, "apply-begin");
    await press("Begin an application");
    await heading("Five questions first");
    await page.getByText("0 of 9 parts ready").first().waitFor();
    await page.getByText("Nothing tagged yet: tag an entry.").nth(7).waitFor();
    await expectSound(page, "apply-empty");
  });

  it("asks five questions by the keyboard; a no says what would help", async () => {
    const questions = page.locator(".label-gate").getByRole("group");
    expect(await questions.count()).to.equal(5);
    for (let index = 0; index < 5; index += 1) {
      await questions.nth(index).getByRole("radio", { name: "Yes" }).focus();
      await page.keyboard.press("Space");
    }
    await page.keyboard.press("ArrowDown");
    await page.getByText("Look at who is on the pictures").waitFor();
    await page.getByText("One is a no").waitFor();
    await page.keyboard.press("ArrowUp");
    await page.getByText("1 of 9 parts ready").first().waitFor();
    await saved();
  });

  it("keeps what is written without a connection and through a reload", async () => {
    await page.route("**/api/spaces/**/quality-label", (route) =>
      route.request().method() === "PATCH" ? route.abort() : route.continue(),
    );
    await words().first().fill("We measured the same river from two ends.");
    await page.getByText("Waiting for the connection: kept here.").waitFor();
    // Leaving, the page tries once more in a way that no longer asks the window: it may have arrived.
    await page.reload();
    await heading("Five questions first");
    expect(await words().first().inputValue()).to.equal("We measured the same river from two ends.");
    await page.unroute("**/api/spaces/**/quality-label");
    await saved();
    await page.reload();
    await heading("Five questions first");
    expect(await words().first().inputValue()).to.equal("We measured the same river from two ends.");
    // Aborted on purpose.
    window.complaints.splice(0);
  });

  it("keeps what is written when the session has lapsed", async () => {
    await page.context().clearCookies();
    await words().nth(1).fill("The pupils chose the tools.");
    await page.getByText("You are signed out. What you wrote is kept here.").waitFor();
    window.complaints.splice(0);
    await page.getByRole("link", { name: "Sign in again" }).click();
    await page.getByLabel("E-mail").fill(space.ana.email);
    await page.getByLabel("Password", { exact: true }).fill(goodPassword);
    await press("Sign in");
    await heading("Five questions first");
    await saved();
    expect(await words().nth(1).inputValue()).to.equal("The pupils chose the tools.");
  });

  it("shows both texts where the same criterion was written in two windows", async () => {
    const view = good(await space.ana.browser.get("/api/spaces/two-rivers/quality-label"));
    const base = view.application.version;
    const answers = { [codes[1] ?? ""]: "Written on the telephone." };
    good(await space.ana.browser.patch("/api/spaces/two-rivers/quality-label", { base, changes: { answers } }));
    await words().nth(1).fill("Written on the desk.");
    await page.getByText("You wrote something else here in another window meanwhile.").waitFor();
    await expectSound(page, "apply-two-windows");
    await press("Join both");
    await saved();
    expect(await words().nth(1).inputValue()).to.equal("Written on the telephone.\n\nWritten on the desk.");
  });

  it("offers what is tagged, and says what is not shared", async () => {
    await entry("A day at two rivers", codes);
    await entry("Between us", [codes[5] ?? ""], "partners");
    await page.reload();
    const online = shown("Online collaboration of pupils");
    await online.getByText("This criterion needs points: show at least one thing.").waitFor();
    await online.getByText("One more entry is tagged, but not shared").waitFor();
    await online.getByRole("checkbox", { name: "A day at two rivers" }).check();
    await online.getByRole("checkbox", { name: "Our table of levels" }).check();
    await saved();
    await page.reload();
    await shown("Online collaboration of pupils").getByText("by Mikko Laine").first().waitFor();
    expect(await online.getByRole("checkbox", { name: "Our table of levels" }).isChecked()).to.equal(true);
    await online.scrollIntoViewIfNeeded();
    await expectSound(page, "apply-written");
    await online.evaluate((part) => part.closest("section")?.scrollIntoView());
    await shot("quality-label");
  });

  it("says what is missing before it can be sent, and leads there", async () => {
    await press("Look at it and send");
    await heading("As reviewers will see it");
    await page.getByText("Before it can be sent").waitFor();
    expect(await page.getByRole("button", { name: "Send it" }).count()).to.equal(0);
    await expectSound(page, "apply-missing");
    const missing = page.getByRole("link", { name: /Something to show$/ }).first();
    await missing.focus();
    await page.keyboard.press("Enter");
    await heading("Five questions first");
    expect(await page.evaluate("document.activeElement?.id")).to.match(/^criterion-ql-2023\./);
  });

  it("is looked at as reviewers will see it, and sent", async () => {
    const count = await words().count();
    for (let index = 0; index < count; index += 1) {
      if ((await words().nth(index).inputValue()) === "") await words().nth(index).fill(`What we did, ${index}.`);
      const box = page
        .getByRole("group", { name: /^Shown for it/ })
        .nth(index)
        .getByRole("checkbox", { name: "A day at two rivers" });
      await box.check();
    }
    await page.getByText("Everything is there").waitFor();
    await press("Look at it and send");
    await heading("As reviewers will see it");
    await page.getByText("Both classes measured their river").first().waitFor();
    await expectSound(page, "apply-preview");
    await page.getByRole("switch", { name: /my name may stand on the label/ }).check();
    await press("Send it");
    await page.getByRole("dialog", { name: "Send this application?" }).waitFor();
    await page.getByText("It is number 1 of the 4").waitFor();
    await expectSound(page, "apply-dialog");
    await press("Yes, send it");
    await heading("It is sent");
    await expectSound(page, "apply-sent");
  });

  it("is taken back while nobody has begun, and begun again with its words", async () => {
    await press("Take it back");
    await page.getByText("it does not count").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Take it back" }).click();
    await heading("You took it back");
    await expectSound(page, "apply-withdrawn");
    // The clock of this server stands still otherwise, and the newest is the one that was begun last.
    front.clock.now += 60_000;
    await press("Apply again");
    await heading("Five questions first");
    expect(await words().first().inputValue()).to.equal("We measured the same river from two ends.");
    await answerAndSend();
  });

  async function answerAndSend(): Promise<void> {
    for (const question of await page.locator(".label-gate").getByRole("group").all()) {
      await question.getByRole("radio", { name: "Yes" }).check();
    }
    await page.getByText("Everything is there").waitFor();
    await press("Look at it and send");
    await press("Send it");
    await press("Yes, send it");
    await heading("It is sent");
  }

  /** By the service of Portugal. */
  async function decide(points: number, decision: string, feedback: string, remark = ""): Promise<void> {
    const { items } = good(await paula.browser.get("/api/desk/quality-labels"));
    const at = `/api/desk/quality-labels/${items[0].id}`;
    good(await paula.browser.post(`${at}/review`));
    const scores = codes.map((criterion) => ({ criterion, points, remark: criterion === codes[5] ? remark : "" }));
    good(await paula.browser.send("PUT", `${at}/scores`, { scores }));
    good(await paula.browser.post(`${at}/decision`, { decision, feedback }));
  }

  it("says why it was not granted, and takes the words over into the next one", async () => {
    await decide(1, "notGranted", "Show more of what the pupils did together.", "Who worked with whom?");
    await page.reload();
    await heading("Not granted this time");
    await page.getByText("Show more of what the pupils did together.").waitFor();
    await page.getByText("The label needs at least 2.").first().waitFor();
    await expectSound(page, "apply-refused");
    await page.getByText("What you sent", { exact: true }).click();
    await page.getByText("Both classes measured their river").first().waitFor();
    await press("Apply again");
    await heading("What the service wrote last time");
    await page.getByText("Who worked with whom?").waitFor();
    expect(await words().first().inputValue()).to.equal("We measured the same river from two ends.");
    await expectSound(page, "apply-again");
    await page.setViewportSize(phone);
    await words().nth(5).fill("Pairs of pupils, one from each school, wrote together.");
    await saved();
    await answerAndSend();
    await page.setViewportSize(desk);
  });

  it("leads to the label once it is granted", async () => {
    await decide(4, "granted", "Well done.");
    await page.reload();
    await heading("You have the Quality Label");
    await expectSound(page, "apply-granted");
    await page.getByRole("link", { name: "Open the label" }).click();
    await heading("This label holds");
  });
});
