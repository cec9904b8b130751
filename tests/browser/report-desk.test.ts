/** Report cards on the desk of a support service, in a real browser. */
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { pageModules, pagePaths } from "../../server/pagePaths.ts";
import { type ActiveSpace, openSpace } from "../support/activeSpace.ts";
import { openChromium, openWindow, type Window } from "../support/chromium.ts";
import { deskPerson } from "../support/desks.ts";
import { type FrontDoor, openFrontDoor, type Person } from "../support/frontDoor.ts";
import { givenEntry, openCard } from "../support/reports.ts";
import { desk, expectSound } from "../support/sound.ts";

const clientFolder = process.env.CLIENT_FOLDER ?? fileURLToPath(new URL("../../client/dist", import.meta.url));
const day = 86_400_000;

describe("the report cards on a desk", function () {
  this.timeout(180_000);
  let front: FrontDoor;
  let rivers: ActiveSpace;
  let paula: Person;
  let browser: Browser;
  let window: Window;
  let page: Page;

  before(async () => {
    front = await openFrontDoor({
      clientFolder,
      pages: pagePaths.map((path) => ({ path, module: pageModules[path] })),
    });
    rivers = await openSpace(front);
    paula = await deskPerson(front, "Paula", "PT");
    await cards();
    browser = await openChromium();
    window = await openWindow(browser, { viewport: desk });
    window.context.setDefaultTimeout(15_000);
    await window.context.addCookies(
      [...paula.browser.cookies].map(([name, value]) => ({ name, value, url: front.url })),
    );
    page = window.page;
    if (process.env.TEST_SHOTS) mkdirSync(process.env.TEST_SHOTS, { recursive: true });
  });
  after(async () => {
    await browser?.close();
    await front?.close();
  });
  afterEach(() => expect(window.complaints.splice(0).join("\n")).to.equal(""));

  /** One that asks, two that are silent, one that has sent its final entry. */
  async function cards(): Promise<void> {
    const now = Date.now();
    const titles = ["Letters from the coast", "Old songs, new ears", "Речни истории"];
    await openCard(front.pool, rivers.id, now - 30 * day);
    for (const [n, title] of titles.entries()) {
      const slug = `project-${n}`;
      await front.pool.query(
        `insert into projects (id, slug, title, summary, state, scope, created_by, activated_at)
         values ($1, $1, $2, '', 'active', 'european', $3, to_timestamp($4::float8 / 1000))`,
        [slug, title, rivers.ana.id, now - 80 * day],
      );
      await front.pool.query(
        `insert into project_schools (project_id, school_id, country, founder, service_state)
         values ($1, $2, 'PT', true, 'approved'), ($1, $3, 'FI', true, 'approved')`,
        [slug, rivers.schools.aveiro, rivers.schools.oulu],
      );
      await front.pool.query(
        `insert into project_members (project_id, account_id, school_id, role, state, agreed)
         values ($1, $2, $3, 'founder', 'accepted', true)`,
        [slug, rivers.ana.id, rivers.schools.aveiro],
      );
      await openCard(front.pool, slug, now - (70 + n) * day);
    }
    const by = { author: rivers.ana.id, school: rivers.schools.aveiro };
    const pupils = [{ school: rivers.schools.aveiro, ageMin: 12, ageMax: 13, count: 28 }];
    await givenEntry(front.pool, {
      ...{ project: rivers.id, ...by, kind: "activity", at: now - 9 * day },
      body: { title: "We measured the Vouga", done: "Thirteen degrees, and salty up to the bridge.", pupils },
    });
    await givenEntry(front.pool, {
      ...{ project: rivers.id, ...by, kind: "question", at: now - 4 * day, asks: "PT" },
      body: { title: "Oulu has moved house", question: "Their school is closed until May. May we go on alone?" },
    });
    await givenEntry(front.pool, {
      ...{ project: rivers.id, ...by, readers: "partners", at: now - 3 * day },
      body: { title: "Only among us" },
    });
    await givenEntry(front.pool, {
      ...{ project: "project-0", ...by, kind: "final", at: now - 5 * day },
      body: { title: "How it went", pupils },
    });
  }

  const button = (name: string | RegExp) => page.getByRole("button", { name }).first();
  const sees = (text: string | RegExp) => page.getByText(text).first().waitFor();
  const rows = () => page.getByRole("rowheader").allTextContents();

  it("lists what waits first, with one next step for each", async () => {
    await page.goto(`${front.url}/desk`);
    await page
      .getByRole("link", { name: /Questions/ })
      .first()
      .waitFor();
    await page.goto(`${front.url}/desk/reports`);
    await page.getByRole("table").waitFor();
    expect(await rows()).to.deep.equal([
      "Two rivers",
      "Речни истории",
      "Old songs, new ears",
      "Letters from the coast",
    ]);
    await page.getByRole("link", { name: "Answer Two rivers" }).waitFor();
    await page.getByRole("link", { name: "Read Letters from the coast" }).waitFor();
    await button("Remind Old songs, new ears").waitFor();
    await expectSound(page, "report-desk-list");
    if (process.env.PICTURES) {
      await page.emulateMedia({ colorScheme: "light" });
      await page.screenshot({
        path: fileURLToPath(new URL("../../docs/pictures/report-cards-desk.png", import.meta.url)),
      });
    }
  });

  it("is narrowed down, and stays so on the way back", async () => {
    await page.getByLabel("Show", { exact: true }).selectOption("silent");
    await page.getByText("2 of 2").waitFor();
    expect(await rows()).to.have.length(2);
    await page.getByRole("link", { name: "Речни истории", exact: true }).click();
    await page.getByRole("link", { name: "Next project" }).waitFor();
    await expectSound(page, "report-desk-empty");
    await page.getByRole("link", { name: "All report cards" }).click();
    await page.getByText("2 of 2").waitFor();
    expect(new URL(page.url()).search).to.equal("?show=silent");
  });

  it("reminds the teachers of silent projects, and says how many", async () => {
    await button("Select all shown").click();
    await page.getByRole("button", { name: "Remind", exact: true }).first().click();
    await page.getByRole("dialog").getByRole("button", { name: "Remind", exact: true }).click();
    await sees("The teachers of 2 projects are reminded.");
    const { rows: letters } = await front.pool.query("select from mails where kind = 'reportServiceReminds'");
    expect(letters).to.have.length(2);
  });

  it("answers a question in place; what is typed survives a reload and a refusal", async () => {
    await page.goto(`${front.url}/desk/reports`);
    await page.getByRole("link", { name: "Answer Two rivers" }).click();
    await sees("Their school is closed until May.");
    expect(await page.getByText("Only among us").count()).to.equal(0);
    await expectSound(page, "report-desk-card");
    await button("Answer: Oulu has moved house").press("Enter");
    await button("Send").click();
    await sees("Write something first.");
    await page.getByLabel("Your words").fill("Go on until they are back.");
    await page.reload();
    expect(await page.getByLabel("Your words").inputValue()).to.equal("Go on until they are back.");
    await expectSound(page, "report-desk-answer");
    await button("Send").click();
    await sees("It was sent.");
    await page.locator(".comment__words", { hasText: "Go on until they are back." }).waitFor();
    await page.getByText(/^Waits for you/).waitFor({ state: "detached" });
  });

  it("marks several cards as read, and back", async () => {
    await page.goto(`${front.url}/desk/reports?show=unread`);
    await page.getByText("2 of 2").waitFor();
    await page.getByRole("checkbox", { name: "Select Two rivers" }).check();
    await page.getByRole("checkbox", { name: "Select Letters from the coast" }).check();
    await button("Mark as read").click();
    await sees("3 entries are marked as read.");
    await sees("Nothing fits");
    await button("Undo").click();
    await page.getByText("2 of 2").waitFor();
  });

  it("shows its figures by school year", async () => {
    await page.goto(`${front.url}/desk/figures`);
    await sees("Report cards by school year");
    await page.getByRole("columnheader", { name: "Final reports" }).waitFor();
    await expectSound(page, "report-desk-figures");
  });
});
