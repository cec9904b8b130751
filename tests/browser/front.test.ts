import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { addMembership } from "../../server/registry/standing.ts";
import { findings, openChromium, openWindow, scrollsSideways, type Window } from "../support/chromium.ts";
import { desk, phone } from "../support/people.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

describe("the front page, the help and whose a meeting is", function () {
  this.timeout(120_000);
  let server: TestServer;
  let browser: Browser;
  let visitor: Window;
  let ana: Window;
  let mikko: Window;

  before(async () => {
    server = await startTestServer({ TWINLIGHT_DEMO: "1" });
    browser = await openChromium();
    visitor = await openWindow(browser, { viewport: desk, locale: "fi-FI" });
    [ana, mikko] = [await signedIn("ana@aveiro.demo"), await signedIn("mikko@oulu.demo")];
  });
  after(async () => {
    await browser?.close();
    await server?.end();
  });
  afterEach(() => {
    expect([visitor, ana, mikko].flatMap(({ complaints }) => complaints.splice(0)).join("\n")).to.equal("");
  });

  async function signedIn(email: string): Promise<Window> {
    const opened = await openWindow(browser, { viewport: desk, timezoneId: "Europe/Lisbon" });
    const { page } = opened;
    await page.goto(server.url);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill("twinlight-demo");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await heading(page, /^Good day/).waitFor();
    return opened;
  }

  const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });

  /** Nothing for axe to find and nothing cut off, large and small, light and dark. */
  async function isSound(page: Page): Promise<void> {
    for (const viewport of [phone, desk]) {
      await page.setViewportSize(viewport);
      for (const colorScheme of ["dark", "light"] as const) {
        await page.emulateMedia({ colorScheme });
        expect((await findings(page)).join("\n"), `${page.url()} ${viewport.width} ${colorScheme}`).to.equal("");
      }
      expect(await scrollsSideways(page), `${page.url()} at ${viewport.width}`).to.equal(false);
    }
  }

  it("says on one screen what this is, and hides neither the code box nor the way in", async () => {
    const { page } = visitor;
    await page.goto(server.url);
    for (const box of [
      page.getByRole("textbox", { name: "Meeting code" }),
      page.getByRole("button", { name: "Go to the meeting" }),
      page.getByRole("button", { name: "Sign in", exact: true }),
      page.getByRole("link", { name: "Register your school" }),
    ]) {
      const place = await box.boundingBox();
      expect((place?.y ?? 9_999) + (place?.height ?? 0)).to.be.lessThan(desk.height);
    }
    for (const [name, path] of [
      ["Find help", "/find-help"],
      ["Ask for a twilight session", "/find-help#twilight"],
      ["Projects", "/projects/all"],
      ["Labels", "/labels"],
      ["Help", "/help"],
    ] as const) {
      expect(await page.getByRole("link", { name, exact: true }).getAttribute("href")).to.equal(path);
    }
    await isSound(page);
  });

  it("opens every page of the help from its list, each with a title and its pictures", async () => {
    const { page } = visitor;
    await page.goto(`${server.url}/help`);
    await heading(page, "Guide").waitFor();
    await isSound(page);
    const list = page.getByRole("navigation", { name: "Pages of the help" });
    const names = await list.getByRole("link").allTextContents();
    expect(names.length).to.be.greaterThan(7);
    for (const name of names) {
      await list.getByRole("link", { name, exact: true }).click();
      await heading(page, name).waitFor();
      expect(await page.getByRole("heading", { level: 1 }).count()).to.equal(1);
      for (const picture of await page.locator(".guide__picture").all()) await picture.scrollIntoViewIfNeeded();
      await page.waitForFunction(
        "[...document.querySelectorAll('.guide__picture')].every((one) => one.complete && one.naturalWidth > 100)",
      );
    }
    await page.goto(`${server.url}/help/booking`);
    await isSound(page);
  });

  it("finds words in the help and leads to their place", async () => {
    const { page } = visitor;
    await page.goto(`${server.url}/help`);
    await page.getByLabel("Search the help").fill("call off nothing zzz");
    await page.getByText("Nothing in the help has all of these words.").waitFor();
    await page.getByLabel("Search the help").fill("who may watch");
    await isSound(page);
    await page.getByRole("link", { name: "Watching a meeting again: Who may watch" }).click();
    await heading(page, "Watching a meeting again").waitFor();
    expect(page.url()).to.match(/\/help\/replay#who-may-watch$/);
    const place = await page.getByRole("heading", { name: "Who may watch" }).boundingBox();
    expect(place?.y ?? -1).to.be.within(-1, desk.height);
  });

  it("says that there is no such page in the help", async () => {
    const { page } = visitor;
    await page.goto(`${server.url}/help/nothing`);
    await heading(page, "The help has no such page").waitFor();
    await isSound(page);
  });

  it("shows who helps where the visitor is, and sends a wish for a twilight session by letter", async () => {
    const { page } = visitor;
    await page.goto(`${server.url}/find-help`);
    await page.getByText("Kansallinen tukipalvelu").waitFor();
    expect(await page.getByLabel("Your country").inputValue()).to.equal("FI");
    await page.getByRole("list", { name: "Ambassadors" }).getByText("Ambassador").waitFor();
    expect(await page.content()).to.not.contain("ambassador@demo");
    await isSound(page);

    await page.getByLabel("Your name").fill("Aino Korhonen");
    await page.getByLabel("How many of you").fill("");
    await page.getByRole("button", { name: "Send the wish" }).click();
    await page.getByText("A number from 1 to 1000.", { exact: true }).waitFor();
    expect(await page.getByLabel("Your name").inputValue()).to.equal("Aino Korhonen");
    await isSound(page);
    await page.getByLabel("Your e-mail").fill("aino@kempele.test");
    await page.getByLabel("Your school").fill("Kempeleen koulu");
    await page.getByLabel("How many of you").fill("12");
    await page.getByLabel("What you would like").fill("A Wednesday in March, about meetings with a whole class.");
    await page.getByLabel("To", { exact: true }).selectOption({ label: "The support service and Ambassador" });
    await page.getByRole("button", { name: "Send the wish" }).click();
    await page.getByText("Your wish is on its way. They answer to aino@kempele.test.").waitFor();
    const { rows } = await server.pool.query(
      "select to_address from mails where kind = 'twilightAsked' order by to_address",
    );
    expect(rows.map(({ to_address }) => to_address)).to.deep.equal(["ambassador@demo", "nss.fi@demo"]);
  });

  it("shows at home what there is besides the meetings: projects, schools, and the desk for a service", async () => {
    const { page } = ana;
    await page.goto(server.url);
    await page.getByRole("list", { name: "My projects" }).getByRole("link", { name: "Two rivers" }).waitFor();
    await page.getByRole("list", { name: "My schools" }).getByText("Escola de Aveiro").waitFor();
    await isSound(page);
    const service = await signedIn("nss.pt@demo");
    await service.page.getByRole("list", { name: "Desk" }).getByText("one school").waitFor();
    await isSound(service.page);
    await service.context.close();
  });

  it("asks who works at two schools for which one, and carries its name in the links", async () => {
    const { page } = ana;
    await page.goto(`${server.url}/meetings/new`);
    await page.getByLabel("Project").waitFor();
    expect(await page.getByLabel("For which of your schools").count()).to.equal(0);

    const { rows } = await server.pool.query<{ account: string; school: string }>(
      `select a.id as account, s.id as school from accounts a, schools s
       where a.email = 'ana@aveiro.demo' and s.name = 'Oulun koulu'`,
    );
    await addMembership(server.pool, rows[0]?.account ?? "", rows[0]?.school ?? "");
    await page.reload();
    await page.getByLabel("Title").fill("Ice on the river");
    await page.getByLabel("For which of your schools").selectOption({ label: "Oulun koulu, Oulu" });
    await isSound(page);
    await page.getByRole("button", { name: "Start now" }).click();
    await heading(page, "Ice on the river").waitFor();
    await page.getByRole("list", { name: "Links" }).getByText("Pupil, Oulun koulu").waitFor();
    await isSound(page);
  });

  it("books for a project, whose school is then known, and shows it on both pages", async () => {
    const { page } = ana;
    await page.goto(`${server.url}/projects/two-rivers`);
    await page.getByRole("region", { name: "Meetings" }).getByRole("link", { name: "Book a meeting" }).click();
    await page.getByLabel("Project").waitFor();
    await page.waitForFunction("document.querySelector('[name=project]').selectedOptions[0].text === 'Two rivers'");
    expect(await page.getByLabel("For which of your schools").count()).to.equal(0);
    await page.getByLabel("Title").fill("Birds in February");
    await page.getByRole("button", { name: "Start now" }).click();
    await heading(page, "Birds in February").waitFor();
    await page.getByRole("list", { name: "Links" }).getByText("Pupil, Escola de Aveiro").waitFor();
    await page.getByRole("link", { name: "Two rivers" }).click();
    await page.getByRole("list", { name: "Meetings" }).getByText("Birds in February").waitFor();
    await isSound(page);
  });

  it("lets the project's other teacher watch the replay, and says so to who leads", async () => {
    await mikko.page.goto(`${server.url}/r/two-rivers-1`);
    await heading(mikko.page, "What lives in our river?").waitFor();
    await ana.page.goto(`${server.url}/r/two-rivers-1`);
    await ana.page.getByText("You and the project's teachers").first().waitFor();
  });

  it("finds a school by a part of its name with the keyboard alone, and closes the list without its dialog", async () => {
    const { page } = ana;
    await page.goto(server.url);
    await page.getByRole("link", { name: "Links of", exact: false }).first().click();
    await page.getByRole("button", { name: "Make a link" }).click();
    const dialog = page.getByRole("dialog", { name: "Make a link" });
    const school = dialog.getByRole("combobox", { name: "School" });
    await school.focus();
    await page.keyboard.type("oulu");
    await dialog.getByRole("option", { name: "Oulun koulu, Oulu" }).waitFor();
    await isSound(page);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    expect(await school.inputValue()).to.equal("Oulun koulu, Oulu");
    await page.keyboard.press("ArrowDown");
    await dialog.getByRole("option").filter({ hasText: "Escola de Aveiro" }).waitFor();
    await page.keyboard.press("Escape");
    expect(await school.getAttribute("aria-expanded")).to.equal("false");
    expect(await school.inputValue()).to.equal("Oulun koulu, Oulu");
    await page.keyboard.type("nowhere at all");
    await dialog.getByText("No school with these words.").waitFor();
    await page.keyboard.press("Tab");
    expect(await school.inputValue()).to.equal("Oulun koulu, Oulu");
    await dialog.getByRole("button", { name: "Make the link" }).click();
    await page.getByText("The link for Pupil, Oulun koulu is made.").waitFor();
  });

  it("says to the staff of a suspended school why nothing can be booked, and where to ask", async () => {
    await server.pool.query("update schools set state = 'suspended' where name = 'Oulun koulu'");
    const { page } = mikko;
    await page.goto(`${server.url}/meetings/new`);
    await page.getByText("Your school is suspended by its support service.").waitFor();
    await isSound(page);
    await page.getByRole("link", { name: "Find the support service" }).click();
    await heading(page, "Find help").waitFor();
    await server.pool.query("update schools set state = 'validated' where name = 'Oulun koulu'");
  });
});
