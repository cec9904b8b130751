import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { writeLabelCode } from "../../domain/projects/labelCode.ts";
import { BadgeKeys } from "../../server/projects/badgeKeys.ts";
import { labelPage, labelRoutes } from "../../server/projects/labelRoutes.ts";
import { projectPage, publicProjectRoutes } from "../../server/projects/publicProjects.ts";
import { appointToService } from "../../server/registry/standing.ts";
import { openChromium, openWindow, type Window } from "../support/chromium.ts";
import { aveiro, type FrontDoor, openFrontDoor, oulu } from "../support/frontDoor.ts";
import { type LabelledProject, labelledProject, tarnovo, volos } from "../support/labelledProject.ts";
import { readPdf } from "../support/pdfText.ts";
import { expectSound } from "../support/sound.ts";

const desktop = { width: 1366, height: 768 };

describe("the public pages of projects and labels", function () {
  this.timeout(120_000);
  let folder = "";
  let front: FrontDoor;
  let browser: Browser;
  let visitor: Window;
  let rivers: LabelledProject;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "twinlight-labels-"));
    front = await openFrontDoor({
      clientFolder: fileURLToPath(new URL("../../client/dist", import.meta.url)),
      routes: (pool) => [
        ...labelRoutes({ pool, keys: new BadgeKeys(folder), now: Date.now }),
        ...publicProjectRoutes({ pool }),
      ],
      pages: (pool) => [{ path: "/labels" }, labelPage({ pool }), { path: "/projects/all" }, projectPage({ pool })],
    });
    await front.person("operator", "Olga");
    rivers = await labelledProject(front.pool, {
      slug: "two-rivers",
      founders: [volos, tarnovo],
      languages: ["en", "el"],
    });
    await labelledProject(front.pool, {
      slug: "stars",
      title: "Ο ουρανός πάνω από το σχολείο",
      founders: [volos, oulu],
      ages: [15, 18],
      subjects: ["physics"],
      summary: "",
    });
    browser = await openChromium();
    visitor = await openWindow(browser, { viewport: desktop });
  });
  after(async () => {
    await browser?.close();
    await front?.close();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(() => {
    expect(visitor.complaints.join("\n")).to.equal("");
  });

  const code = () => writeLabelCode(rivers.codes[0] ?? "");
  const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });

  it("explain the label, and take its code as it was read from paper", async () => {
    const { page } = visitor;
    await page.goto(`${front.url}/labels`);
    await heading(page, "The eTwinning Label").waitFor();
    await expectSound(page, "labels");
    const box = page.getByRole("textbox", { name: "Code of the label" });
    await page.getByRole("button", { name: "Check the label" }).click();
    await page.getByText("Write the code first.").waitFor();
    await box.fill(code().replace(/.$/, (last) => (last === "2" ? "3" : "2")));
    await page.keyboard.press("Enter");
    await page.getByText("There is no such label.").waitFor();
    expect(await box.evaluate((element) => element === element.ownerDocument.activeElement)).to.equal(true);
    await expectSound(page, "labels");
    await box.fill(code().toLowerCase().replace("-", " "));
    await page.keyboard.press("Enter");
    await heading(page, "This label holds").waitFor();
  });

  it("say whether a label holds, and what it is for", async () => {
    const { page } = visitor;
    await page.goto(`${front.url}/labels/${code()}`);
    await heading(page, "This label holds").waitFor();
    const facts = page.getByRole("region", { name: "What the label says" });
    for (const words of [
      volos.name,
      tarnovo.name,
      "Two rivers",
      "20 November 2026",
      "Central support service",
      code(),
    ]) {
      await facts.getByText(words).waitFor();
    }
    await expectSound(page, "labels");
    expect(await page.getByRole("button", { name: "Take the label back…" }).count()).to.equal(0);
    for (const [name, file] of [
      ["Download as PDF", `etwinning-label-${code()}.pdf`],
      ["Download the badge", `etwinning-label-${code()}.svg`],
      ["Signed credential for wallets (JWT)", `etwinning-label-${code()}.jwt`],
    ] as const) {
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name }).click()]);
      expect(download.suggestedFilename()).to.equal(file);
    }
  });

  it("print a label as one sheet of A4 and nothing else, in the dark too", async () => {
    const { page } = visitor;
    await page.goto(`${front.url}/labels/${code()}`);
    await heading(page, "This label holds").waitFor();
    await page.emulateMedia({ colorScheme: "dark" });
    const printed = readPdf(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
    expect(printed.pages).to.equal(1);
    const [width = 0, height = 0] = printed.size;
    expect([Math.round(width), Math.round(height)]).to.deep.equal([842, 595]);
    await page.emulateMedia({ media: "print" });
    expect(await page.getByRole("link", { name: "Download as PDF" }).isVisible()).to.equal(false);
    expect(await page.getByRole("heading", { level: 1 }).isVisible()).to.equal(false);
    expect(await page.getByText("This label is given to").isVisible()).to.equal(true);
    await page.emulateMedia({ media: null });
  });

  it("help on when there is no such label", async () => {
    const { page } = visitor;
    await page.goto(`${front.url}/labels/KKKKK-KKKKK`);
    await heading(page, "No such label").waitFor();
    expect(await page.getByRole("textbox", { name: "Code of the label" }).inputValue()).to.equal("KKKKK-KKKKK");
    await expectSound(page, "labels");
  });

  it("let the support service take one back, and say so to everybody at once", async () => {
    const project = await labelledProject(front.pool, { founders: [aveiro, oulu] });
    const address = `${front.url}/labels/${writeLabelCode(project.codes[0] ?? "")}`;
    const sofia = await front.person("support", "Sofia", null);
    await front.pool.query("delete from support_staff where account_id = $1", [sofia.id]);
    await appointToService(front.pool, sofia.id, "PT", null);
    const { page, context } = await openWindow(browser, { viewport: desktop });
    await context.addCookies([...sofia.browser.cookies].map(([name, value]) => ({ name, value, url: front.url })));
    await page.goto(address);
    await page.getByRole("button", { name: "Take the label back…" }).click();
    const dialog = page.getByRole("dialog", { name: "Take this label back?" });
    await dialog.getByLabel("Note for the support services").fill("As written in the letter");
    await dialog.getByRole("button", { name: "Take it back" }).click();
    await dialog.getByText("Choose one.").last().waitFor();
    expect(await dialog.getByLabel("Note for the support services").inputValue()).to.equal("As written in the letter");
    await expectSound(page, "labels");
    await dialog.getByLabel("Why").selectOption({ label: "The rules for the label were not kept" });
    await dialog.getByRole("button", { name: "Take it back" }).click();
    await heading(page, "This label holds no longer").waitFor();
    await context.close();

    await visitor.page.goto(address);
    await heading(visitor.page, "This label holds no longer").waitFor();
    await visitor.page.getByText("The rules for the label were not kept.").waitFor();
    expect(await visitor.page.content()).to.not.contain("letter");
    expect(await visitor.page.getByRole("link", { name: "Download as PDF" }).count()).to.equal(0);
    await expectSound(visitor.page, "labels");
  });

  it("show the projects that run now, found by what one looks for, at an address to share", async () => {
    const { page } = visitor;
    await page.goto(`${front.url}/projects/all`);
    const list = page.getByRole("list", { name: "Projects", exact: true });
    await list.getByRole("link", { name: "Two rivers" }).first().waitFor();
    await expectSound(page, "labels");
    await page.getByLabel("Age of pupils").selectOption("16");
    await list.getByRole("link", { name: "Two rivers" }).first().waitFor({ state: "detached" });
    expect(await list.getByRole("link").allTextContents()).to.deep.equal(["Ο ουρανός πάνω από το σχολείο"]);
    await page.reload();
    await page.getByText("One project.").waitFor();
    expect(await page.getByLabel("Age of pupils").inputValue()).to.equal("16");
    await page.getByLabel("Country").selectOption({ label: "Portugal" });
    await page.getByText("No project fits").waitFor();
    await expectSound(page, "labels");
    await page.getByRole("button", { name: "Show all projects" }).click();
    await list.getByRole("link", { name: "Two rivers" }).first().waitFor();
    expect(page.url()).to.equal(`${front.url}/projects/all`);
    await list.getByRole("link", { name: "Ο ουρανός πάνω από το σχολείο" }).click();
    await heading(page, "Ο ουρανός πάνω από το σχολείο").waitFor();
  });

  it("tell everybody what a project is about, and that it has the label", async () => {
    const { page } = visitor;
    await page.goto(`${front.url}/projects/two-rivers`);
    await heading(page, "Two rivers").waitFor();
    expect(await page.title()).to.equal("Two rivers · Twinlight");
    await page.getByText("We measure two rivers on the same day.").waitFor();
    const facts = page.getByRole("region", { name: "About the project" });
    await facts.getByText("English and Greek").waitFor();
    await facts.getByText("10 to 12 years").waitFor();
    expect(await page.getByRole("list", { name: "Schools" }).getByRole("listitem").count()).to.equal(2);
    await expectSound(page, "labels");
    await page.getByRole("link", { name: `eTwinning Label of ${volos.name}` }).click();
    await heading(page, "This label holds").waitFor();
    await page.goBack();
    await facts.getByRole("link", { name: "Has the eTwinning Label" }).click();
    await heading(page, "The eTwinning Label").waitFor();
    await page.goto(`${front.url}/projects/nothing`);
    await heading(page, "There is no such project here").waitFor();
    await expectSound(page, "labels");
  });
});
