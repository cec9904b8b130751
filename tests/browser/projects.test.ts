import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { Browser, Locator, Page } from "playwright-core";
import { pageModules, pagePaths } from "../../server/pagePaths.ts";
import { openChromium, openWindow, type Window } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { aveiro, type FrontDoor, goodPassword, openFrontDoor, oulu, type Person } from "../support/frontDoor.ts";
import { decides, makeContacts } from "../support/projects.ts";
import { expectSound } from "../support/sound.ts";

const clientFolder = process.env.CLIENT_FOLDER ?? fileURLToPath(new URL("../../client/dist", import.meta.url));
const desk = { width: 1366, height: 768 };
/** What a browser says of a connection that the test has cut. */
const aboutLostConnections = /net::ERR_/;

describe("a project that two register", function () {
  this.timeout(180_000);
  let front: FrontDoor;
  let browser: Browser;
  let ana: Person;
  let mikko: Person;
  let here: Window;
  let there: Window;
  let id = "";

  before(async () => {
    front = await openFrontDoor({
      clientFolder,
      pages: pagePaths.map((path) => ({ path, module: pageModules[path] })),
    });
    ana = await front.person("teacher", "Ana Conceição", aveiro);
    mikko = await front.person("teacher", "Mikko Väisänen", oulu);
    await makeContacts(front.pool, ana.id, mikko.id);
    browser = await openChromium();
    here = await windowOf(ana);
    there = await windowOf(mikko);
  });

  after(async () => {
    await browser?.close();
    await front?.close();
  });

  afterEach(() => {
    const complaints = [here, there].flatMap((window) => window.complaints.splice(0));
    expect(complaints.filter((text) => !aboutLostConnections.test(text)).join("\n")).to.equal("");
  });

  async function windowOf({ browser: own }: Person): Promise<Window> {
    const window = await openWindow(browser, { viewport: desk });
    window.context.setDefaultTimeout(20_000);
    await window.context.addCookies([...own.cookies].map(([name, value]) => ({ name, value, url: front.url })));
    return window;
  }

  const button = (page: Page | Locator, name: string) => page.getByRole("button", { name, exact: true });
  const link = (page: Page, name: string) => page.getByRole("link", { name, exact: true });
  const box = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });
  const step = (page: Page, name: string) =>
    page
      .getByRole("navigation", { name: "Steps" })
      .getByRole("link", { name: new RegExp(name) })
      .click();
  const saved = (page: Page) => page.getByText("Everything is saved").waitFor();
  const storedAs = async (field: string): Promise<unknown> => {
    const { rows } = await front.pool.query(`select ${field} as value from projects where id = $1`, [id]);
    return rows[0]?.value;
  };

  it("is begun where there is none yet, with a school of one's own", async () => {
    const { page } = here;
    await page.goto(`${front.url}/projects`);
    await page.getByText("No project yet.").waitFor();
    await expectSound(page, "none");
    await link(page, "Register a project").click();
    await page.getByLabel("Your school in this project").waitFor();
    await expectSound(page, "new");
    await page.getByRole("radio", { name: "We already work together" }).check();
    await button(page, "Begin the draft").click();
    await page.getByRole("heading", { level: 1, name: "A draft without a title" }).waitFor();
    id = new URL(page.url()).pathname.split("/")[2] ?? "";
    await expectSound(page, "school");
  });

  it("gets its one partner from the contacts", async () => {
    const { page } = here;
    await link(page, "Next: Partner").click();
    await button(page, "Ask by e-mail").click();
    await page
      .getByText("This is no e-mail address", { exact: false })
      .or(page.locator(".field__error"))
      .first()
      .waitFor();
    await expectSound(page, "partner");
    await page.getByLabel("One of my contacts").selectOption({ label: "Mikko Väisänen, Oulun koulu" });
    await button(page, "Choose as partner").click();
    await page.getByText("Mikko Väisänen writes with you.").waitFor();
  });

  it("is found by the partner and written by both, who see each other's words", async () => {
    await step(here.page, "The idea");
    await box(here.page, "Title").fill("Two rivers, one sea");
    await saved(here.page);
    expect(await storedAs("title")).to.equal("Two rivers, one sea");

    const { page } = there;
    await page.goto(`${front.url}/projects`);
    await link(page, "Two rivers, one sea").click();
    await link(page, "Write the form").click();
    await step(page, "Aims and plan");
    await box(page, "Aims").fill("To know what lives in cold water.");
    await saved(page);
    await step(here.page, "Aims and plan");
    await eventually(async () => (await box(here.page, "Aims").inputValue()) === "To know what lives in cold water.");
  });

  it("shows both versions where two wrote at once, and joins them", async () => {
    const { page } = here;
    let isCut = true;
    await page.route(`**/api/projects/${id}`, (route) =>
      isCut && route.request().method() === "PATCH" ? route.abort() : route.continue(),
    );
    await box(page, "Work process").fill("We write letters.");
    await page.getByText("No connection.").waitFor();
    await box(there.page, "Work process").fill("We meet by video.");
    await saved(there.page);
    isCut = false;
    const conflict = page.getByRole("alert", { name: "Work process: two versions" });
    await conflict.waitFor();
    expect(await conflict.textContent()).to.contain("Mikko Väisänen changed this field while you wrote");
    expect(await box(page, "Work process").inputValue(), "what I wrote stays").to.equal("We write letters.");
    await expectSound(page, "conflict");
    await button(conflict, "Join both").click();
    await saved(page);
    expect(await storedAs("work_process")).to.equal("We meet by video.\n\nWe write letters.");
    await eventually(
      async () => (await box(there.page, "Work process").inputValue()) === "We meet by video.\n\nWe write letters.",
    );
  });

  it("survives a lost session: what was written is offered after signing in again", async () => {
    const { page } = here;
    await front.pool.query("delete from sessions where account_id = $1", [ana.id]);
    await box(page, "Expected results").fill("A book of both rivers, with recordings.");
    await page.getByText("You were signed out.").waitFor();
    await expectSound(page, "signed-out");
    await button(page, "Sign in again").click();
    await page.getByLabel("E-mail").fill(ana.email);
    await page.getByLabel("Password").fill(goodPassword);
    await button(page, "Sign in").click();
    const offer = page.getByRole("alert", { name: "On this device there is a field that was never saved." });
    await offer.waitFor();
    expect(await box(page, "Expected results").inputValue()).to.equal("");
    expect(await offer.textContent()).to.contain("Expected results");
    await expectSound(page, "kept");
    await button(offer, "Put it back").click();
    await saved(page);
    expect(await storedAs("expected_results")).to.equal("A book of both rivers, with recordings.");
    await page.reload();
    await box(page, "Expected results").waitFor();
    expect(await offer.count(), "nothing is left to offer").to.equal(0);
  });

  it("survives a closed tab", async () => {
    const tab = await here.context.newPage();
    await tab.goto(`${front.url}/projects/${id}/edit#idea`);
    await box(tab, "Public summary").fill("Two classes watch what lives in their rivers.");
    await tab.close({ runBeforeUnload: true });
    await eventually(async () => (await storedAs("summary")) === "Two classes watch what lives in their rivers.");
  });

  it("says in each step what is missing, works by the keyboard, and is submitted from the preview", async () => {
    const { page } = here;
    await step(page, "Preview");
    await page.getByText("Still missing").waitFor();
    expect(await button(page, "Submit to the partner").count()).to.equal(0);
    await expectSound(page, "preview-missing");

    await step(page, "The idea");
    await box(page, "Description").fill("A year at the Vouga and the Oulujoki.");
    await step(page, "Pupils and languages");
    await page.locator("summary", { hasText: "Nothing chosen yet" }).first().focus();
    await page.keyboard.press("Enter");
    await page.getByRole("checkbox", { name: "English", exact: true }).focus();
    await page.keyboard.press("Space");
    await page.getByLabel("Youngest pupils, years").selectOption("12");
    await page.getByLabel("Oldest pupils, years").selectOption("10");
    await page.getByText("The oldest cannot be younger than the youngest.").waitFor();
    await expectSound(page, "pupils");
    await page.getByLabel("Oldest pupils, years").selectOption("14");
    await page.getByLabel("Number of pupils").fill("many");
    await page.getByText("A whole number from 1 to 100,000.").waitFor();
    await page.getByLabel("Number of pupils").fill("41");
    await step(page, "Subjects and tools");
    await page.locator("summary", { hasText: "Nothing chosen yet" }).first().click();
    await page.getByRole("checkbox", { name: "Biology", exact: true }).check();
    await step(page, "Aims and plan");
    await page.getByLabel("First day").fill("2027-01-11");
    await saved(page);
    await expectSound(page, "plan");
    await step(page, "Preview");
    await button(page, "Submit to the partner").waitFor();
    await expectSound(page, "preview");
    await button(page, "Submit to the partner").dblclick();
    await page.getByText("Waiting for Mikko Väisänen").first().waitFor();
    await expectSound(page, "waiting");
    expect(new URL(page.url()).pathname).to.equal("/projects/two-rivers-one-sea");
  });

  it("waits for the partner's yes, and then for both support services by name", async () => {
    const { page } = there;
    await page.goto(`${front.url}/projects`);
    await page.getByRole("list", { name: "Waits for you" }).getByText("Two rivers, one sea").waitFor();
    await expectSound(page, "list");
    await link(page, "Two rivers, one sea").click();
    await button(page, "Ask for a change").waitFor();
    await expectSound(page, "to-agree");
    await button(page, "Agree").click();
    await page.getByText("Waiting for the central support service").waitFor();
    for (const [country, name] of [
      ["FI", "Finland"],
      ["PT", "Portugal"],
    ]) {
      await front.pool.query("insert into support_services (id, kind, country, name) values ($1, 'nss', $2, $3)", [
        `nss-${country}`,
        country,
        `Support service ${name}`,
      ]);
    }
    await page.reload();
    await page.getByText("Waiting for the support service of Finland").waitFor();
    await page.getByText("Waiting for the support service of Portugal").waitFor();
    await expectSound(page, "at-services");
  });

  it("is active when both have approved, with its members and what can be done", async () => {
    const central = await front.person("support", "Central", null);
    for (const country of ["PT", "FI"]) {
      expect(await decides(front, central, id, country)).to.equal(undefined);
    }
    const { page } = here;
    await page.goto(`${front.url}/projects/two-rivers-one-sea`);
    await page.getByRole("list", { name: "Members" }).getByText("Mikko Väisänen").waitFor();
    await page.getByText("Meet, work, and keep").waitFor();
    await expectSound(page, "active");
    await button(page, "Invite a partner").click();
    await page.getByRole("dialog", { name: "Invite a partner" }).waitFor();
    await expectSound(page, "invite");
    const dialog = page.getByRole("dialog", { name: "Invite a partner" });
    const rui = await front.person("teacher", "Rui", { name: "EB de Braga", town: "Braga", country: "PT" });
    await dialog.getByLabel("A colleague of another school, by e-mail").fill(rui.email);
    await button(dialog, "Ask by e-mail").click();
    await page.getByText(`${rui.email} is invited.`).waitFor();
    const third = await windowOf(rui);
    await third.page.goto(`${front.url}/projects`);
    await third.page.getByText("You are invited").waitFor();
    await link(third.page, "Two rivers, one sea").click();
    await button(third.page, "Take part").waitFor();
    await expectSound(third.page, "invited");
    await button(third.page, "Take part").click();
    await button(third.page, "Leave the project").waitFor();
    await page.reload();
    await button(page, "Make administrator: Rui").click();
    await button(page, "Make teacher: Rui").waitFor();
    await expectSound(page, "members");
    await third.page.reload();
    await link(third.page, "Write the form").waitFor();
    await third.context.close();
    await button(page, "Close the project").click();
    await button(page.getByRole("dialog"), "Close the project").click();
    await button(page, "Open it again").waitFor();
  });
});
