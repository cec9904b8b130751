import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { pagePaths } from "../../server/pagePaths.ts";
import { openChromium, openWindow, type Window } from "../support/chromium.ts";
import { accountNamed, askingOnDesk, deskPerson, projectOnDesk, schoolOnDesk } from "../support/desks.ts";
import { type FrontDoor, goodPassword, openFrontDoor, oulu, type Person } from "../support/frontDoor.ts";
import { expectSound } from "../support/sound.ts";

const phone = { width: 390, height: 844 };
const wide = { width: 1366, height: 768 };
const clientFolder = fileURLToPath(new URL("../../client/dist", import.meta.url));

describe("the desk of a support service, in a browser", function () {
  this.timeout(120_000);
  let front: FrontDoor;
  let browser: Browser;
  let window: Window;
  let page: Page;
  let central: Person;

  before(async () => {
    front = await openFrontDoor({ clientFolder, pages: pagePaths.map((path) => ({ path })) });
    browser = await openChromium();
    window = await openWindow(browser, { viewport: wide, timezoneId: "Europe/Lisbon" });
    page = window.page;
    const paula = await deskPerson(front, "Paula Reis", "PT");
    central = await deskPerson(front, "Carla Central", null);
    const ana = await front.person("teacher", "Ana Sousa");
    const aino = await front.person("teacher", "Aino Virtanen", oulu);
    const { rows } = await front.pool.query(
      `select m.account_id as account, m.school_id as school, s.country from memberships m
       join schools s on s.id = m.school_id where m.account_id = any($1)`,
      [[ana.id, aino.id]],
    );
    await projectOnDesk(front.pool, { title: "Δύο ποτάμια", founders: rows });
    const ines = await accountNamed(front.pool, "Inês Conceição");
    const school = await schoolOnDesk(front.pool, {
      ...{ name: "Escola Básica do Vouga", town: "Águeda", by: ines, principal: "direcao@vouga.test" },
    });
    await askingOnDesk(front.pool, ines, school);
    await schoolOnDesk(front.pool, { name: "Escola de Bragança", town: "Bragança" });
    await schoolOnDesk(front.pool, { name: "СУ „Васил Левски“", town: "Пловдив", country: "BG" });
    await signIn(paula);
  });

  after(async () => {
    await browser?.close();
    await front?.close();
  });

  afterEach(() => expect(window.complaints.join("\n")).to.equal(""));

  async function signIn({ email }: Person): Promise<void> {
    await page.goto(`${front.url}/desk`);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(goodPassword);
    await press("Sign in");
  }

  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  const heading = (name: string | RegExp) => page.getByRole("heading", { name }).waitFor();

  it("shows what waits, one thing with its form, and lets it be validated and taken back", async () => {
    await heading("4 things wait for you");
    expect(await page.getByText("СУ „Васил Левски“").count()).to.equal(0);
    await expectSound(page, "desk");
    await page.getByRole("link", { name: "Escola Básica do Vouga" }).click();
    await heading("Escola Básica do Vouga");
    await page.getByText("direcao@vouga.test").waitFor();
    await expectSound(page, "desk");
    await press("Validate");
    await page.getByText("Done: Escola Básica do Vouga.").waitFor();
    await heading("3 things wait for you");
    await press("Take the decision back");
    await page.getByText("is taken back").waitFor();
    await heading("4 things wait for you");
    await press("Validate");
    await heading("3 things wait for you");
  });

  it("asks for a reason before it refuses, and keeps a note for the desk", async () => {
    await page.getByRole("link", { name: "Escola de Bragança" }).click();
    await heading("Escola de Bragança");
    await page.getByLabel("Note for the desk").fill("Rang them, nobody answered.");
    await press("Note it down");
    await page.getByText("Rang them, nobody answered.").first().waitFor();
    await press("Refuse");
    const dialog = page.getByRole("dialog", { name: "Refuse Escola de Bragança?" });
    await dialog.getByRole("button", { name: "Refuse" }).click();
    await dialog.getByText("Fill this in.").waitFor();
    await expectSound(page, "desk");
    await dialog.getByLabel("Reason").fill("There is no such school.");
    await dialog.getByRole("button", { name: "Refuse" }).click();
    await page.getByText("Why: There is no such school.").waitFor();
    await heading("2 things wait for you");
  });

  it("accepts what is ticked at once", async () => {
    await page.getByRole("checkbox", { name: "Select Δύο ποτάμια" }).check();
    await page.getByRole("checkbox", { name: "Select Inês Conceição" }).check();
    await page.getByText("2 selected").waitFor();
    await press("Validate and approve");
    await page.getByRole("dialog").getByRole("button", { name: "Validate and approve" }).click();
    await page.getByText("2 things are decided.").waitFor();
    await heading("Nothing waits for you");
    await expectSound(page, "desk");
  });

  it("finds what was decided, and goes between list and item on a telephone", async () => {
    await page.setViewportSize(phone);
    await page.goto(`${front.url}/desk`);
    await page.getByLabel("What is shown").selectOption({ label: "Decided" });
    await page.getByLabel("Search").fill("dyo potamia");
    await page.getByRole("link", { name: "Δύο ποτάμια" }).click();
    await page.getByText("Approved by Paula Reis").waitFor();
    expect(await page.getByRole("link", { name: "Δύο ποτάμια" }).isVisible()).to.equal(false);
    await page.getByRole("link", { name: "Back to the list" }).click();
    await page.getByRole("link", { name: "Δύο ποτάμια" }).waitFor();
    await page.setViewportSize(wide);
  });

  it("shows figures as charts with their tables", async () => {
    await page.getByRole("link", { name: "Figures" }).click();
    await heading("Validated schools");
    await page.getByText("As a table").first().click();
    expect(await page.getByRole("table", { name: "Validated schools" }).getByRole("row").count()).to.equal(13);
    await expectSound(page, "desk");
  });

  it("lets the central service edit lists and services, and a national one only what is its own", async () => {
    await page.goto(`${front.url}/desk/lists`);
    await page.getByText("Only the central service sees it.").waitFor();
    await page.goto(`${front.url}/desk/services`);
    await heading(/Portugal|PT/);
    expect(await page.getByRole("button", { name: /^Appoint/ }).count()).to.equal(0);
    await page.context().clearCookies();
    await signIn(central);
    await heading("2 things wait for you");
    await page.getByRole("link", { name: "Services" }).click();
    await press("Add a country's service");
    const adding = page.getByRole("dialog");
    await adding.getByLabel("Country").selectOption({ label: "Bulgaria" });
    await adding.getByLabel("Name").fill("Център за развитие");
    await adding.getByRole("button", { name: "Add" }).click();
    await heading("Център за развитие");
    await press("Appoint somebody to Център за развитие");
    const appointing = page.getByRole("dialog");
    await appointing.getByLabel("E-mail of their account").fill("nobody@nowhere.test");
    await appointing.getByRole("button", { name: "Appoint" }).click();
    await appointing.getByText("Nobody with this e-mail has an account here.").waitFor();
    await appointing.getByLabel("E-mail of their account").fill(central.email);
    await appointing.getByRole("button", { name: "Appoint" }).click();
    await page.getByText("Appointed. They get a letter.").waitFor();
    await expectSound(page, "desk");

    await page.getByRole("link", { name: "Lists" }).click();
    await press("Add an entry");
    const entry = page.getByRole("dialog", { name: "Add an entry" });
    await entry.getByRole("button", { name: "Save" }).click();
    await entry.getByText("2 things need to be mended").waitFor();
    await entry.getByLabel("Code").fill("robotics");
    await entry.getByLabel("In English").fill("Robotics");
    await expectSound(page, "desk");
    await entry.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved: Robotics.").waitFor();
    await press("Edit Robotics");
    const edit = page.getByRole("dialog", { name: "Edit Robotics" });
    await edit.getByLabel("Ends on").fill("2026-01-01");
    await edit.getByRole("button", { name: "Save" }).click();
    await page
      .getByRole("row", { name: /Robotics/ })
      .getByText("ended")
      .first()
      .waitFor();
    await expectSound(page, "desk");
    const offered = await front.browser().get("/api/lists/subject");
    expect(offered.body.entries.some(({ code }: { code: string }) => code === "robotics")).to.equal(false);
  });
});
