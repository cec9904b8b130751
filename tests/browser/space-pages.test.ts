/** Pages of a TwinSpace in real browsers, on a whole server: two teachers who write at once, and a pupil who reads. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { type ActiveSpace, openSpace } from "../support/activeSpace.ts";
import { openChromium, openWindow, type Window } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { Browser as Client, invitedPerson } from "../support/frontDoor.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { desk, expectSound, phone } from "../support/sound.ts";

const clientFolder = process.env.CLIENT_FOLDER ?? fileURLToPath(new URL("../../client/dist", import.meta.url));
/** What a browser says of a connection that the test has cut. */
const aboutLostConnections = /net::ERR_|WebSocket connection to/;

describe("a page that two teachers write and a pupil reads", function () {
  this.timeout(240_000);
  let server: TestServer;
  let space: ActiveSpace;
  let browser: Browser;
  let ana: Window;
  let mikko: Window;
  let pupil: Window;
  let path = "";

  before(async () => {
    server = await startTestServer({ CLIENT_FOLDER: clientFolder });
    const client = () => new Client(server.url);
    space = await openSpace({
      ...{ pool: server.pool, browser: client },
      person: (role, name, school = null) => invitedPerson(server.pool, client(), role, name, school),
    });
    await server.pool.query("update accounts set name = 'Ana Sousa' where id = $1", [space.ana.id]);
    await server.pool.query("update accounts set name = 'Mikko Väisänen' where id = $1", [space.mikko.id]);
    browser = await openChromium();
    ana = await windowOf(space.ana.browser, desk);
    mikko = await windowOf(space.mikko.browser, desk);
    pupil = await windowOf((await space.pupil("Kingfisher", "oulu")).browser, phone);
    if (process.env.TEST_SHOTS) mkdirSync(process.env.TEST_SHOTS, { recursive: true });
  });

  after(async () => {
    await browser?.close();
    await server?.end();
  });

  afterEach(() => {
    const complaints = [ana, mikko, pupil].flatMap((window) => window.complaints.splice(0));
    expect(complaints.filter((text) => !aboutLostConnections.test(text)).join("\n")).to.equal("");
  });

  async function windowOf(own: Client, viewport: { width: number; height: number }): Promise<Window> {
    const window = await openWindow(browser, { viewport });
    window.context.setDefaultTimeout(20_000);
    await window.context.addCookies([...own.cookies].map(([name, value]) => ({ name, value, url: server.url })));
    return window;
  }

  const go = (page: Page, to: string) => page.goto(`${server.url}/twinspace/${space.id}${to}`);
  const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).first().click();
  const menu = async (page: Page, of: string, act: string) => {
    await press(page, `More about ${of}`);
    await page.getByRole("menuitem", { name: act, exact: true }).click();
  };
  const text = (page: Page) => page.getByRole("textbox", { name: "Text of the page" });
  const saved = (page: Page) => page.getByText("Saved", { exact: true }).waitFor();
  const has = (page: Page, words: string) =>
    eventually(async () => ((await text(page).textContent()) ?? "").includes(words), 20_000);
  const writes = async (page: Page, words: string) => {
    await text(page).focus();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(words);
  };

  /** For the guide: `PICTURES` is docs/pictures. */
  async function picture(page: Page, name: string): Promise<void> {
    const folder = process.env.PICTURES;
    if (!folder) return;
    await page.emulateMedia({ colorScheme: "light" });
    await page.screenshot({ path: join(folder, `${name}.png`) });
  }

  it("is made where there is none yet, by the keyboard alone", async () => {
    const { page } = ana;
    await go(page, "/pages");
    await page.getByText("There is no page yet").waitFor();
    await expectSound(page, "pages-none");
    await page.getByRole("button", { name: "New page" }).focus();
    await page.keyboard.press("Enter");
    await page.getByLabel("Title").waitFor();
    await expectSound(page, "pages-new");
    await page.getByLabel("Title").focus();
    await page.keyboard.press("Enter");
    await page.getByText("Fill this in.").waitFor();
    await page.keyboard.type("What lives in our rivers");
    await page.getByLabel("It is a draft").uncheck();
    await page.getByLabel("Title").focus();
    await page.keyboard.press("Enter");
    await text(page).waitFor();
    path = new URL(page.url()).pathname.replace(`/twinspace/${space.id}`, "").replace(/\/edit$/, "");
    await text(page).focus();
    await page.keyboard.type("## The Vouga");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+b");
    await page.keyboard.type("Otters");
    await page.keyboard.press("Control+b");
    await page.keyboard.type(" and eels live here.");
    await saved(page);
    expect(await text(page).getByRole("heading", { name: "The Vouga", level: 2 }).count()).to.equal(1);
    expect(await text(page).locator("strong").textContent()).to.equal("Otters");
    await expectSound(page, "pages-editor");
  });

  it("has one stop of Tab for its tools, and arrows from one to the next", async () => {
    const { page } = ana;
    const undo = page.getByRole("button", { name: "Undo" });
    await undo.focus();
    await page.keyboard.press("End");
    expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).to.equal("What it shows");
    await page.keyboard.press("ArrowRight");
    expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).to.equal("Undo");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).to.equal("Bold");
  });

  it("takes what both write at once, and shows each the other", async () => {
    await go(mikko.page, `${path}/edit`);
    await has(mikko.page, "Otters and eels");
    await mikko.page.getByRole("status").getByText("Ana Sousa", { exact: true }).waitFor();
    await ana.page.getByRole("status").getByText("Mikko Väisänen", { exact: true }).waitFor();
    await text(mikko.page).focus();
    await mikko.page.keyboard.press("Control+Home");
    await Promise.all([
      writes(ana.page, " Ana was here, and she saw every one of them."),
      mikko.page.keyboard.type("Mikko writes at the top. "),
    ]);
    for (const { page } of [ana, mikko]) {
      await has(page, "Ana was here, and she saw every one of them.");
      await has(page, "Mikko writes at the top.");
      await saved(page);
    }
    await ana.page.locator(".caret__name", { hasText: "Mikko Väisänen" }).waitFor();
    await mikko.page.locator(".caret__name", { hasText: "Ana Sousa" }).waitFor();
    await expectSound(ana.page, "pages-two");
    await picture(ana.page, "twinspace-pages");
  });

  it("undoes only what one wrote oneself", async () => {
    await ana.page.getByRole("button", { name: "Undo" }).click();
    await eventually(async () => !(await text(mikko.page).textContent())?.includes("Ana was here, and she saw every"));
    await has(ana.page, "Mikko writes at the top.");
    await ana.page.getByRole("button", { name: "Redo" }).click();
    await has(mikko.page, "Ana was here, and she saw every one of them.");
  });

  it("keeps what is written without a connection, also through a reload, and sends it when it is back", async () => {
    await mikko.context.setOffline(true);
    await writes(mikko.page, " Mikko is on a train.");
    await mikko.page.getByText("No connection: your text is kept here").waitFor();
    await expectSound(mikko.page, "pages-offline");
    await writes(ana.page, " Ana goes on.");
    await saved(ana.page);
    await mikko.context.setOffline(false);
    await has(mikko.page, "Ana goes on.");
    await has(ana.page, "Mikko is on a train.");
    await saved(mikko.page);

    // Every way for what is written is shut, also while the page is loaded again: it can only come from this device.
    const ways = /\/(socket\.io|api\/.*\/steps)/;
    await mikko.page.route(ways, (route) => route.abort());
    await mikko.page.reload();
    await has(mikko.page, "Mikko is on a train.");
    await writes(mikko.page, " The train is in a tunnel.");
    await mikko.page.getByText("No connection: your text is kept here").waitFor();
    await writes(ana.page, " Ana wrote meanwhile.");
    await saved(ana.page);
    await mikko.page.reload();
    const again = mikko.page.getByRole("button", { name: "Do it again" });
    await again.waitFor();
    expect(await text(ana.page).textContent()).not.to.contain("The train is in a tunnel.");
    await mikko.page.unroute(ways);
    await again.click();
    for (const { page } of [mikko, ana]) {
      await has(page, "The train is in a tunnel.");
      await has(page, "Ana wrote meanwhile.");
    }
    expect(((await text(ana.page).textContent()) ?? "").split("in a tunnel").length, "written once").to.equal(2);
  });

  it("works where sockets are blocked", async () => {
    await mikko.page.route(/\/socket\.io/, (route) => route.abort());
    await mikko.page.reload();
    await has(mikko.page, "Ana wrote meanwhile.");
    await writes(mikko.page, " By http alone.");
    await saved(mikko.page);
    await has(ana.page, "By http alone.");
    await writes(ana.page, " It arrives.");
    await has(mikko.page, "It arrives.");
    await mikko.page.unroute(/\/socket\.io/);
  });

  it("is read by a pupil, who sees it change and cannot write", async () => {
    const { page } = pupil;
    await go(page, path);
    await page.getByRole("heading", { name: "What lives in our rivers", level: 1 }).waitFor();
    await page.getByText("It arrives.").waitFor();
    expect(await page.getByRole("link", { name: "Edit" }).count()).to.equal(0);
    await writes(ana.page, " Seen at once.");
    await page.getByText("Seen at once.").waitFor();
    await expectSound(page, "pages-read");
    await go(page, `${path}/edit`);
    await page.getByText("You can read this page, and not change it.").waitFor();
  });

  it("makes links that say where they lead", async () => {
    const { page } = ana;
    await text(page).focus();
    await page.keyboard.press("Control+End");
    await page.keyboard.press("Control+k");
    await page.getByLabel("Where it leads").fill("not an address");
    await press(page, "Set the link");
    await page.getByText("This is no address.").waitFor();
    await expectSound(page, "pages-link");
    await page.getByLabel("Where it leads").fill("example.org/otters");
    await page.getByLabel("Words of the link").fill("Otters of Europe");
    await press(page, "Set the link");
    await saved(page);
    await press(page, "Finish editing");
    const link = page.getByRole("link", { name: /Otters of Europe/ });
    await link.waitFor();
    expect(await link.getAttribute("rel")).to.contain("noopener");
    expect(await link.textContent()).to.contain("example.org");
  });

  it("tells who changed it, and is brought back to what it was", async () => {
    const { page } = ana;
    await menu(page, "the page What lives in our rivers", "Title and who sees it");
    await page.getByRole("dialog").getByLabel("Title").fill("Our rivers");
    await page.getByRole("dialog").getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("heading", { name: "Our rivers", level: 1 }).waitFor();
    await go(page, `${path}/edit`);
    await text(page).focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("Everything is gone.");
    await saved(page);
    await press(page, "Finish editing");
    await page.getByText("Everything is gone.").waitFor();
    await menu(page, "the page Our rivers", "History");
    await page.getByRole("list", { name: "Versions" }).waitFor();
    await expectSound(page, "pages-history");
    const versions = page.getByRole("list", { name: "Versions" }).getByRole("button");
    await versions.first().click();
    await page.getByRole("heading", { name: "What was changed" }).waitFor();
    await expectSound(page, "pages-version");
    expect(await versions.count(), "written, another title, written").to.equal(3);
    await versions.nth(2).click();
    await press(page, "Bring this version back");
    await page.getByText("The page is again as it was").waitFor();
    const asStored = async () => (await space.ana.browser.get(`/api/spaces/${space.id}${path}`)).text;
    await eventually(async () => (await asStored()).includes("Otters of Europe"));
    await press(page, "Undo");
    await eventually(async () => (await asStored()).includes("Everything is gone."));
  });

  it("is found in the tree, moved, archived, removed and brought back", async () => {
    const { page } = ana;
    await go(page, "/pages");
    await press(page, "New page");
    await page.getByLabel("Title").fill("Fish");
    await page.getByLabel("Where it stands").selectOption({ label: "Under Our rivers" });
    await press(page, "Make the page");
    await text(page).waitFor();
    await go(page, "/pages");
    await page.getByRole("link", { name: "Fish" }).waitFor();
    await page.getByText("Draft", { exact: true }).waitFor();
    await expectSound(page, "pages-tree");
    await press(page, "Move Fish");
    await page.getByRole("menuitem", { name: "Move under…" }).click();
    await page.getByLabel("Where it stands").selectOption({ label: "At the top" });
    await page.getByRole("dialog").getByRole("button", { name: "Move", exact: true }).click();
    await eventually(async () => (await page.locator(".page-tree .page-tree").count()) === 0);
    await press(page, "Move Fish");
    await page.getByRole("menuitem", { name: "Move up" }).click();
    await eventually(async () => (await page.locator(".page-row__title").first().textContent()) === "Fish");
    await press(page, "Move Fish");
    await page.getByRole("menuitem", { name: "Archive" }).click();
    await page.getByText("Archived", { exact: true }).waitFor();
    await page.getByRole("link", { name: "Fish" }).click();
    await menu(page, "the page Fish", "Remove…");
    await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
    await page.getByText("Removed: Fish").waitFor();
    await press(page, "Undo");
    await page.getByRole("heading", { name: "Fish", level: 1 }).waitFor();
  });
});
