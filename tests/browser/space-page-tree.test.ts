/** The pages of a TwinSpace around their editor, in real browsers: a teacher keeps them in order, a pupil finds what is for them. */
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import type { PageList, StepsAnswer } from "../../protocol/twinspace/pages.ts";
import { type ActiveSpace, openSpace } from "../support/activeSpace.ts";
import { openChromium, openWindow, type Window } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { Browser as Client, invitedPerson } from "../support/frontDoor.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { desk, expectSound, phone } from "../support/sound.ts";

const clientFolder = process.env.CLIENT_FOLDER ?? fileURLToPath(new URL("../../client/dist", import.meta.url));

describe("the pages of a TwinSpace", function () {
  this.timeout(180_000);
  let server: TestServer;
  let space: ActiveSpace;
  let browser: Browser;
  let ana: Window;
  let pupil: Window;
  let pupilAsks: Client;

  before(async () => {
    server = await startTestServer({ CLIENT_FOLDER: clientFolder });
    const client = () => new Client(server.url);
    space = await openSpace({
      ...{ pool: server.pool, browser: client },
      person: (role, name, school = null) => invitedPerson(server.pool, client(), role, name, school),
    });
    browser = await openChromium();
    ana = await windowOf(space.ana.browser, desk);
    pupilAsks = (await space.pupil("Kingfisher", "oulu")).browser;
    pupil = await windowOf(pupilAsks, phone);
    if (process.env.TEST_SHOTS) mkdirSync(process.env.TEST_SHOTS, { recursive: true });
  });

  after(async () => {
    await browser?.close();
    await server?.end();
  });

  afterEach(() => {
    expect([ana, pupil].flatMap(({ complaints }) => complaints.splice(0)).join("\n")).to.equal("");
  });

  async function windowOf(own: Client, viewport: { width: number; height: number }): Promise<Window> {
    const window = await openWindow(browser, { viewport });
    window.context.setDefaultTimeout(20_000);
    await window.context.addCookies([...own.cookies].map(([name, value]) => ({ name, value, url: server.url })));
    return window;
  }

  const at = () => `/api/spaces/${space.id}/pages`;
  const go = (page: Page, to: string) => page.goto(`${server.url}/twinspace/${space.id}/pages${to}`);
  const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).first().click();
  const menu = async (page: Page, button: string, act: string) => {
    await press(page, button);
    await page.getByRole("menuitem", { name: act, exact: true }).click();
  };
  const treeOf = (page: Page) => page.getByRole("list", { name: "Pages of this project" });

  async function make(title: string, more: object = {}): Promise<string> {
    const body = { title, parent: null, view: "members", edit: "teachers", state: "shown", ...more };
    const answer = await space.ana.browser.post(at(), body);
    expect(answer.status, answer.text).to.equal(200);
    return (answer.body as { id: string }).id;
  }

  /** Writes into a page that is at this version, by http as an editor does; answers with the next version. */
  async function write(id: string, version: number, from: number, text: string, to = from): Promise<number> {
    const step = { stepType: "replace", from, to, slice: { content: [{ type: "text", text }] } };
    const clientId = "a-test-that-writes";
    const answer = await space.ana.browser.post(`${at()}/${id}/steps`, { version, steps: [step], clientId });
    const taken = answer.body as StepsAnswer;
    expect(taken.taken, answer.text).to.equal(true);
    return taken.version;
  }

  const linesOf = async (who: Client): Promise<PageList["pages"]> => ((await who.get(at())).body as PageList).pages;

  it("are made by a form that says what follows, and shown to all by one press when they are ready", async () => {
    const { page } = ana;
    await make("Rivers");
    await go(page, "");
    await press(page, "New page");
    await page.getByLabel("Title").fill("What we measure");
    await page.getByLabel("Where it stands").selectOption({ label: "Under Rivers" });
    await page.getByText("The staffroom. No pupil, expert, observer or visitor sees it.").waitFor();
    await press(page, "Make the page");
    await page.getByRole("textbox", { name: "Text of the page" }).waitFor();
    const id = (await linesOf(space.ana.browser)).find(({ title }) => title === "What we measure")?.id ?? "";

    await go(pupil.page, "");
    await treeOf(pupil.page).getByRole("link", { name: "Rivers" }).waitFor();
    expect(await pupil.page.getByText("What we measure").count()).to.equal(0);

    await go(page, `/${id}`);
    await page.getByText("This is a draft.").waitFor();
    await expectSound(page, "page-draft");
    await press(page, "Show it to everybody in the project");
    await page.getByText("This is a draft.").waitFor({ state: "detached" });
    await treeOf(pupil.page).getByRole("link", { name: "What we measure" }).waitFor();
  });

  it("are read by a pupil who finds the way and has nothing to edit", async () => {
    const { page } = pupil;
    await expectSound(page, "pages-pupil");
    await treeOf(page).getByRole("link", { name: "Rivers" }).click();
    await page.getByRole("heading", { name: "Rivers", level: 1 }).waitFor();
    await page.getByRole("navigation", { name: "Sub-pages" }).getByRole("link", { name: "What we measure" }).click();
    await page.getByRole("heading", { name: "What we measure", level: 1 }).waitFor();
    const path = page.getByRole("navigation", { name: "Where this page stands" });
    expect(await path.getByRole("link").allTextContents()).to.deep.equal(["Pages", "Rivers"]);
    expect(await page.getByRole("link", { name: "Edit" }).count()).to.equal(0);
    await press(page, "More about the page What we measure");
    expect(await page.getByRole("menuitem").allTextContents()).to.deep.equal(["Tell somebody"]);
    await page.keyboard.press("Escape");
    await expectSound(page, "page-pupil");
  });

  it("are nowhere for a pupil when they are for teachers only", async () => {
    const hidden = await make("What we say to parents", { view: "teachers" });
    await make("Below it", { parent: hidden });
    await go(ana.page, "");
    await treeOf(ana.page).getByText("Teachers only").first().waitFor();
    await expectSound(ana.page, "pages-staffroom");
    expect((await linesOf(pupilAsks)).map(({ title }) => title)).to.deep.equal(["Rivers", "What we measure"]);
    await go(pupil.page, `/${hidden}`);
    await pupil.page.getByText("This page is not here").waitFor();
    await expectSound(pupil.page, "page-gone");
    await pupil.page.getByRole("link", { name: "All pages" }).click();
    await treeOf(pupil.page).waitFor();
    expect(await pupil.page.getByText("What we say to parents").count()).to.equal(0);
    await space.ana.browser.delete(`${at()}/${hidden}`);
  });

  it("are moved, archived and brought back by a menu, by the keyboard", async () => {
    const { page } = ana;
    await go(page, "");
    const sub = treeOf(page).getByRole("list", { name: "Rivers" });
    await sub.getByRole("link", { name: "What we measure" }).waitFor();
    await page.getByRole("button", { name: "Move What we measure" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "Move under…" }).press("Enter");
    await page.getByLabel("Where it stands").selectOption({ label: "At the top" });
    await expectSound(page, "pages-move");
    await page.getByLabel("Where it stands").focus();
    await page.getByRole("dialog").getByRole("button", { name: "Move", exact: true }).press("Enter");
    await sub.waitFor({ state: "detached" });
    await menu(page, "Move What we measure", "Move up");
    const first = () => treeOf(page).getByRole("link").first().textContent();
    await eventually(async () => (await first()) === "What we measure");
    await menu(page, "Move What we measure", "Archive");
    await treeOf(page).getByText("Archived", { exact: true }).waitFor();
    await menu(page, "Move What we measure", "Bring back from the archive");
    await treeOf(page).getByText("Archived", { exact: true }).waitFor({ state: "detached" });
  });

  it("are removed with all below them, brought back at once, and later from below the list", async () => {
    const { page } = ana;
    const rivers = (await linesOf(space.ana.browser)).find(({ title }) => title === "Rivers")?.id ?? "";
    await make("The Vouga", { parent: rivers });
    await go(page, `/${rivers}`);
    const remove = async () => {
      await menu(page, "More about the page Rivers", "Remove…");
      await page.getByText("It goes with all its sub-pages.").waitFor();
      await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
      await page.getByText("Removed: Rivers").waitFor();
    };
    await remove();
    expect((await linesOf(pupilAsks)).map(({ title }) => title)).to.deep.equal(["What we measure"]);
    await expectSound(page, "page-removed");
    await press(page, "Undo");
    await page.getByRole("heading", { name: "Rivers", level: 1 }).waitFor();
    await remove();
    await go(page, "");
    await page.getByText("Removed pages").click();
    await press(page, "Bring back: Rivers");
    await treeOf(page).getByRole("list", { name: "Rivers" }).getByRole("link", { name: "The Vouga" }).waitFor();
  });

  it("tell what was changed since the version before, and are brought back, and forth again", async () => {
    const { page } = ana;
    const id = await make("Otters");
    let version = await write(id, 0, 1, "Otters sleep by day.");
    // Other stretches of writing: as if an hour lay between them.
    const wait = () =>
      server.pool.query(
        "update page_changes set ended_at = ended_at - interval '1 hour', began_at = began_at - interval '1 hour' where page_id = $1",
        [id],
      );
    await wait();
    version = await write(id, version, 14, "on the bank ");
    await wait();
    version = await write(id, version, 1, "Nothing is left", 33);
    await go(page, `/${id}/history`);
    const versions = page.getByRole("list", { name: "Versions" }).getByRole("button");
    await versions.nth(2).waitFor();
    await versions.nth(1).click();
    const change = page.locator(".page-difference");
    expect(await change.locator("ins").textContent()).to.contain("Added: on the bank");
    expect(await change.locator("del").count()).to.equal(0);
    await expectSound(page, "page-version");
    await press(page, "Bring this version back");
    await page.getByText("The page is again as it was").waitFor();
    await go(pupil.page, `/${id}`);
    await pupil.page.getByText("Otters sleep on the bank by day.").waitFor();
    await press(page, "Undo");
    await pupil.page.getByText("Nothing is left").waitFor();
  });

  it("show nothing that could harm, whatever stands in them", async () => {
    const id = await make("Hostile");
    const link = (href: string, text: string) => ({ type: "text", text, marks: [{ type: "link", attrs: { href } }] });
    const doc = {
      type: "doc",
      content: [
        {
          type: "paragraph",
          content: [{ type: "text", text: "<img src=x onerror=alert(1)><script>alert(2)</script>" }],
        },
        { type: "paragraph", content: [link("javascript:alert(3)", "first"), link("data:text/html,x", "second")] },
        { type: "paragraph", content: [link("https://example.org/a", "your bank")] },
        { type: "script", content: [{ type: "text", text: "alert(4)" }] },
        { type: "iframe", attrs: { src: "https://example.org" } },
        { type: "paragraph", attrs: { onclick: "alert(5)", style: "position: fixed" } },
        { type: "image", attrs: { material: "not-here", alt: "A heron", caption: "By the water" } },
        { type: "video", attrs: { material: "not-here", caption: "" } },
        { type: "file", attrs: { material: "../../account", title: "A list" } },
        { type: "paragraph", content: [{ type: "text", text: "x".repeat(400) }] },
      ],
    };
    const { page } = pupil;
    const dialogs: string[] = [];
    page.on("dialog", (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    // The server keeps no such text; here it is as if it did.
    await page.route(`**${at()}/${id}`, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: { ...(await answer.json()), doc } });
    });
    await go(page, `/${id}`);
    const text = page.locator(".text");
    await text.getByText("<script>alert(2)</script>").waitFor();
    await text.getByText("This picture is not here any more.").waitFor();
    await text.getByText("A heron").waitFor();
    await text.getByText("This film is not here any more").waitFor();
    await expectSound(page, "page-hostile");
    expect(await text.locator("script, iframe, [onclick], [onerror], [style]").count()).to.equal(0);
    const links = await text.getByRole("link").evaluateAll((all) => all.map((each) => each.getAttribute("href")));
    expect(links).to.deep.equal([
      "https://example.org/a",
      `/api/spaces/${space.id}/materials/..%2F..%2Faccount/file?download=1`,
    ]);
    const outside = text.getByRole("link", { name: /your bank/ });
    expect(await outside.textContent()).to.contain("example.org");
    expect(await outside.getAttribute("target")).to.equal("_blank");
    expect(await outside.getAttribute("rel")).to.contain("noopener");
    expect(dialogs).to.deep.equal([]);
  });

  it("come in parts where there are very many, and are moved among them", async () => {
    await server.pool.query(
      `insert into pages (id, project_id, parent_id, position, title, view, edit, state, author, made_at, changed_at)
       select 'many-' || n, $1, case when n <= 4 then null else 'many-1' end, n, 'Day ' || n, 'members', 'teachers', 'shown',
         $2, now(), now()
       from generate_series(1, 520) n`,
      [space.id, `account:${space.ana.id}`],
    );
    await server.pool.query(
      `insert into page_texts (page_id, doc)
       select id, '{"type": "doc", "content": [{"type": "paragraph"}]}' from pages where id like 'many-%'`,
    );
    const { page } = ana;
    await go(page, "");
    await menu(page, "Move Day 2", "Move under…");
    await page.getByRole("button", { name: "Under Day 3", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("Where it will stand: Under Day 3").waitFor();
    await expectSound(page, "pages-move-far");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByText("Where it will stand: At the top").waitFor();
    await press(page, "Under Day 3");
    await press(page, "Move it here");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    const { body } = await space.ana.browser.get(`${at()}/many-2`);
    expect(body).to.deep.include({ parent: "many-3" });

    await page.getByRole("button", { name: "Show what is below Day 1", exact: true }).click();
    const sub = treeOf(page).getByRole("list", { name: "Day 1", exact: true });
    await sub.getByRole("link", { name: "Day 150", exact: true }).waitFor();
    expect(await sub.getByRole("link", { name: "Day 250", exact: true }).count()).to.equal(0);
    await press(page, "Show more");
    await sub.getByRole("link", { name: "Day 250", exact: true }).waitFor();

    await go(page, "/many-300");
    await page.getByRole("link", { name: "New sub-page" }).click();
    const chosen = page.getByLabel("Where it stands").locator("option:checked");
    expect(((await chosen.textContent()) ?? "").trim()).to.equal("Under Day 300");
  });
});
