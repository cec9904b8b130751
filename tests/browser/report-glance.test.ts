/** A report card at a glance in real browsers: charts and their tables, on a desk and a telephone, on a screen and on paper. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { pageModules, pagePaths } from "../../server/pagePaths.ts";
import { type ActiveSpace, openSpace } from "../support/activeSpace.ts";
import { openChromium, openWindow, type Window } from "../support/chromium.ts";
import { type FrontDoor, openFrontDoor } from "../support/frontDoor.ts";
import { givenEntry, openCard } from "../support/reports.ts";
import { desk, expectSound } from "../support/sound.ts";

const clientFolder = process.env.CLIENT_FOLDER ?? fileURLToPath(new URL("../../client/dist", import.meta.url));
const dayMs = 86_400_000;
const longName = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkschule am Unterlauf";

describe("a report card at a glance", function () {
  this.timeout(180_000);
  let front: FrontDoor;
  let space: ActiveSpace;
  let browser: Browser;
  let teacher: Window;
  let page: Page;

  before(async () => {
    front = await openFrontDoor({
      clientFolder,
      pages: pagePaths.map((path) => ({ path, module: pageModules[path] })),
    });
    space = await openSpace(front);
    browser = await openChromium();
    teacher = await openWindow(browser, { viewport: desk });
    page = teacher.page;
    teacher.context.setDefaultTimeout(20_000);
    await teacher.context.addCookies(
      [...space.ana.browser.cookies].map(([name, value]) => ({ name, value, url: front.url })),
    );
    if (process.env.TEST_SHOTS) mkdirSync(process.env.TEST_SHOTS, { recursive: true });
  });
  after(async () => {
    await browser?.close();
    await front?.close();
  });
  afterEach(() => expect(teacher.complaints.splice(0).join("\n")).to.equal(""));

  const at = () => `${front.url}/twinspace/${space.id}/report/glance`;
  const go = async () => {
    await page.goto(at());
    await page.getByRole("heading", { level: 1, name: "At a glance" }).waitFor();
  };
  const figure = (name: string) => page.getByRole("figure", { name, exact: true });
  const theSwitch = (name: "As a table" | "As a chart") => page.getByRole("button", { name, exact: true });

  /** A school year of two schools: fourteen entries by hand, two by meetings. */
  async function aYear(): Promise<void> {
    const { aveiro, oulu } = space.schools;
    const start = Date.UTC(2026, 8, 10, 12);
    await openCard(front.pool, space.id, start - 5 * dayMs);
    await front.pool.query(
      `insert into report_plan (id, project_id, position, kind, words, target, counted, made_at)
       values ('plan-m', $1, 0, 'result', 'Meetings of both classes', 4, 'meetings', now()),
         ('plan-p', $1, 1, 'result', 'Posters about what lives in the rivers', 10, 'entries', now()),
         ('plan-l', $1, 2, 'result', 'Letters', 40, 'entries', now()),
         ('plan-a', $1, 3, 'aim', 'Pupils know what lives in cold water', null, 'entries', now())`,
      [space.id],
    );
    const link = { kind: "link" as const, link: "https://example.org/otter", words: "The otter film" };
    for (let n = 0; n < 14; n += 1) {
      const byOulu = n % 7 > 3;
      await givenEntry(front.pool, {
        project: space.id,
        author: byOulu ? space.mikko.id : space.ana.id,
        school: byOulu ? oulu : aveiro,
        kind: n === 6 ? "milestone" : n === 9 ? "result" : n === 12 ? "dissemination" : "activity",
        at: start + n * 15 * dayMs,
        body: {
          title: n === 0 ? `We wrote to ${longName}` : `We measured the rivers, ${n}`,
          done: "The Vouga is short and warm, the Oulujoki long and cold.",
          pupils: [{ school: byOulu ? oulu : aveiro, ageMin: byOulu ? 11 : 10, ageMax: 12, count: 18 + n }],
          plan: n % 2 === 0 ? [{ item: n % 4 === 0 ? "plan-p" : "plan-l", amount: 2 }] : [],
          criteria: n % 3 === 0 ? ["ql-2023.collaboration", "ql-2023.online"] : n === 5 ? ["ql-2023.results"] : [],
          evidence: n % 3 === 0 || n === 5 ? [link] : [],
        },
      });
    }
    for (const days of [20, 95]) {
      await givenEntry(front.pool, {
        ...{ project: space.id, author: null, kind: "meeting", at: start + days * dayMs },
        counts: {
          ...{ openedAt: start + days * dayMs, lengthMs: 2_520_000, adults: 3, pupils: 41, classes: 0, turns: 14 },
          ...{ spokeMs: 2_340_000, messages: 0 },
          schools: [
            { school: aveiro, adults: 2, pupils: 20, classes: 0, turns: 8, spokeMs: 900_000 },
            { school: oulu, adults: 1, pupils: 21, classes: 0, turns: 6, spokeMs: 1_440_000 },
          ],
        },
      });
    }
  }

  it("says what to do while there is nothing to count", async () => {
    await openCard(front.pool, space.id, Date.now());
    await go();
    await page.getByText("There is nothing to count yet").waitFor();
    await expectSound(page, "glance-empty");
  });

  it("shows who wrote and spoke, the months, the plan and what is missing, with the number at each bar", async () => {
    await aYear();
    await page.setViewportSize(desk);
    await go();
    await page.getByText("Escola de Aveiro wrote 8 of 14 entries.").waitFor();
    const wrote = figure("Who wrote the 14 entries").getByRole("img");
    expect(await wrote.getAttribute("aria-label")).to.match(
      /^Who wrote the 14 entries: (Escola de Aveiro 8 and Oulun koulu 6|Oulun koulu 6 and Escola de Aveiro 8)$/,
    );
    await page.getByText(/Oulun koulu spoke 48 mins? of 78 mins?\./).waitFor();
    await page.getByText("2 of 4", { exact: true }).waitFor();
    await page
      .getByText("14 of 40", { exact: true })
      .or(page.getByText("6 of 40", { exact: true }))
      .first()
      .waitFor();
    await page.getByText("2 meetings wrote their own entries.").waitFor();
    await page.getByRole("region", { name: "What is missing" }).getByText("Nothing is shown for").first().waitFor();
    await page
      .getByText(/^Nothing is shown for .*Data protection/)
      .first()
      .waitFor();
    await expectSound(page, "glance");
  });

  it("shows every chart as a table and back, by keyboard, and remembers it", async () => {
    await page.setViewportSize(desk);
    await go();
    await page.getByText("Escola de Aveiro wrote 8 of 14 entries.").waitFor();
    await theSwitch("As a table").focus();
    await page.keyboard.press("Enter");
    const table = figure("Who wrote the 14 entries").getByRole("table");
    await table.waitFor();
    expect(await table.getByRole("row").allTextContents()).to.have.members([
      "SchoolEntries",
      "Escola de Aveiro8",
      "Oulun koulu6",
      "All together14",
    ]);
    expect(await page.getByRole("img").filter({ hasText: "" }).count()).to.equal(
      await page.locator(".flag[role=img]").count(),
    );
    await expectSound(page, "glance-tables");
    await page.setViewportSize(desk);
    await page.reload();
    await figure("Who wrote the 14 entries").getByRole("table").waitFor();
    await theSwitch("As a chart").focus();
    await page.keyboard.press("Space");
    await figure("Who wrote the 14 entries").getByRole("img").waitFor();
    expect(await page.getByRole("table").count()).to.equal(0);
  });

  it("divides the months by kind, too, and its tables add up", async () => {
    await go();
    await page.getByLabel("Divided by").selectOption({ label: "Kind of entry" });
    await theSwitch("As a table").click();
    const months = figure("Month by month").getByRole("table");
    await months.waitFor();
    const heads = await months.getByRole("columnheader").allTextContents();
    expect(heads).to.include.members(["Month", "Activity", "Meeting", "Result", "All together"]);
    const last = months.getByRole("row").last();
    const numbers = (await last.getByRole("cell").allTextContents()).map(Number);
    expect(numbers.at(-1)).to.equal(16);
    expect(numbers.slice(0, -1).reduce((sum, one) => sum + one, 0)).to.equal(16);
    await theSwitch("As a chart").click();
  });

  it("stands beside the report card in short, with a way to all of it", async () => {
    await page.goto(`${front.url}/twinspace/${space.id}/report`);
    await figure("Who wrote the 14 entries").waitFor();
    await page.getByRole("link", { name: "All figures" }).click();
    await page.waitForURL(at());
  });

  it("is clean on paper: black on white, without buttons and ways elsewhere, the patterns kept", async () => {
    for (const [path, name] of [
      ["/glance", "glance"],
      ["", "card"],
    ] as const) {
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      await page.goto(`${front.url}/twinspace/${space.id}/report${path}`);
      await page.getByRole("figure", { name: "Who wrote the 14 entries" }).waitFor();
      expect(await page.getByRole("button").count(), name).to.equal(0);
      expect(await page.getByRole("navigation").count(), name).to.equal(0);
      const [background, color] = await page.evaluate<[string, string]>(
        "[getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(document.querySelector('h1')).color]",
      );
      expect(background, name).to.equal("rgb(255, 255, 255)");
      expect(color, name).to.equal("rgb(0, 0, 0)");
      expect(await page.locator(".split-bar svg.chart-box").first().isVisible()).to.equal(true);
      if (process.env.TEST_SHOTS) {
        writeFileSync(
          join(process.env.TEST_SHOTS, `print-${name}.pdf`),
          await page.pdf({ format: "A4", printBackground: false }),
        );
      }
    }
    await page.emulateMedia({ media: "screen" });
  });

  it("is printed as a document, too", async () => {
    await go();
    const [saved] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Print or PDF" }).click(),
    ]);
    expect(saved.suggestedFilename()).to.equal("two-rivers-report.pdf");
    if (process.env.TEST_SHOTS) await saved.saveAs(join(process.env.TEST_SHOTS, "report.pdf"));
    else await saved.delete();
    if (process.env.PICTURES) {
      await page.emulateMedia({ colorScheme: "light" });
      await page.setViewportSize(desk);
      await page.screenshot({ path: join(process.env.PICTURES, "report-at-a-glance.png") });
    }
  });
});
