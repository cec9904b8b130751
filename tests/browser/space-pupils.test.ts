import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { pageModules, pagePaths } from "../../server/pagePaths.ts";
import { type ActiveProject, openActiveProject } from "../support/activeProject.ts";
import { openChromium, openWindow, type Window } from "../support/chromium.ts";
import { type FrontDoor, openFrontDoor } from "../support/frontDoor.ts";
import { expectSound } from "../support/sound.ts";

const clientFolder = process.env.CLIENT_FOLDER ?? fileURLToPath(new URL("../../client/dist", import.meta.url));
const desk = { width: 1366, height: 768 };
const phone = { width: 390, height: 844 };
const roster = ["Beatriz Carvalho", "Tomás Figueiredo", "Inês Nogueira", "Duarte Vasconcelos"];

const pagesOf = (pdf: Buffer): number => pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;

/** One card, read off the page as a child reads it off the paper. */
interface Card {
  name: string;
  code: string;
  secret: string[];
}

describe("pupils and their cards", function () {
  this.timeout(180_000);
  let front: FrontDoor;
  let browser: Browser;
  let project: ActiveProject;
  let slug = "";
  let here: Window;
  let cards: Card[];

  before(async () => {
    front = await openFrontDoor({
      clientFolder,
      pages: pagePaths.map((path) => ({ path, module: pageModules[path] })),
    });
    project = await openActiveProject(front);
    slug = (await front.pool.query("select slug from projects where id = $1", [project.id])).rows[0].slug;
    browser = await openChromium();
    here = await openWindow(browser, { viewport: desk });
    here.context.setDefaultTimeout(20_000);
    await here.context.addCookies(
      [...project.ana.browser.cookies].map(([name, value]) => ({ name, value, url: front.url })),
    );
  });

  after(async () => {
    await browser?.close();
    await front?.close();
  });

  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

  /** For who wants to look: `SHOTS` is a folder. For the guide: `PICTURES` is docs/pictures. */
  async function shot(page: Page, name: string, picture?: string): Promise<void> {
    const { SHOTS, PICTURES } = process.env;
    if (SHOTS) {
      mkdirSync(SHOTS, { recursive: true });
      for (const scheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
        await page.screenshot({ path: `${SHOTS}/${name}-${scheme}.png`, fullPage: true });
      }
      await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    }
    if (PICTURES && picture) await page.screenshot({ path: `${PICTURES}/${picture}.png` });
  }

  async function readCards(page: Page): Promise<Card[]> {
    await page.getByRole("heading", { level: 1, name: "Login cards" }).waitFor();
    const read: Card[] = [];
    for (const card of await page.locator(".login-card").all()) {
      const texts = (selector: string) => card.locator(selector).allInnerTexts();
      read.push({
        name: (await texts(".login-card__name"))[0] ?? "",
        code: (await texts(".login-card__code"))[0] ?? "",
        secret: [...(await texts(".login-card__secret li > :last-child")), ...(await texts(".login-card__word"))],
      });
    }
    return read;
  }

  it("are made from a pasted list", async () => {
    const { page } = here;
    await page.goto(`${front.url}/twinspace/${slug}/pupils`);
    await page.getByText("No pupils yet.").waitFor();
    await expectSound(page, "no-pupils");
    await button(page, "Add pupils").click();
    const list = page.getByRole("textbox", { name: "Class list" });
    await button(page, "Go on to the aliases").click();
    await page.getByText("Paste or write at least one name.").waitFor();
    await list.fill(`${roster[0]}\n;Fox\n${roster[2]}`);
    await button(page, "Go on to the aliases").click();
    await page.getByText("Line 2: the name is missing or too long.").waitFor();
    await list.fill([roster[0], `${roster[1]};Tomás F.;6A`, roster[2], roster[3]].join("\n"));
    await page.getByRole("textbox", { name: "Year or class" }).fill("5B");
    await expectSound(page, "add-pupils");
    await shot(page, "1-list");
    await button(page, "Go on to the aliases").click();
    await page.getByRole("heading", { name: "4 pupils" }).waitFor();
  });

  it("have aliases that do not tell their names", async () => {
    const { page } = here;
    const alias = (name = "") => page.getByRole("textbox", { name: `Alias of ${name}`, exact: true });
    expect(await alias(roster[0]).inputValue()).to.match(/^\p{Lu}[\p{L} ]+ \d+$/u);
    await page.getByText("A part of the name is in it.").waitFor();
    await alias(roster[3]).fill("Duarte Vasconcelos");
    await page.getByText("This is the name. Choose another alias.").waitFor();
    await button(page, "Make 4 accounts").click();
    await page.getByText("1 alias has to be mended first.").waitFor();
    await expectSound(page, "aliases");
    await alias(roster[3]).fill("Lighthouse 8");
    await shot(page, "2-aliases", "pupils-aliases");
    await button(page, "Make 4 accounts").click();
    cards = await readCards(page);
    expect(cards.map(({ name }) => name)).to.deep.equal(roster);
    for (const { code, secret } of cards) {
      expect(code).to.match(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
      expect(secret).to.have.length(3);
    }
  });

  it("get cards that fit on paper, and are gone when they are left", async () => {
    const { page } = here;
    await expectSound(page, "cards");
    await shot(page, "3-cards", "pupils-cards");
    const pdf = await page.pdf({
      preferCSSPageSize: true,
      ...(process.env.SHOTS ? { path: `${process.env.SHOTS}/cards.pdf` } : {}),
    });
    expect(pagesOf(pdf)).to.equal(1);
    if (process.env.SHOTS) {
      await page.emulateMedia({ media: "print" });
      await page.setViewportSize({ width: 794, height: 1123 });
      await page.screenshot({ path: `${process.env.SHOTS}/3-print.png` });
      await page.emulateMedia({ media: null });
      await page.setViewportSize(desk);
    }
    const more = (count: number) =>
      page.evaluate(`(() => {
        const list = document.querySelector(".login-cards");
        while (list.children.length < ${count}) list.append(list.firstElementChild.cloneNode(true));
      })()`);
    await more(8);
    expect(pagesOf(await page.pdf({ preferCSSPageSize: true })), "eight on a sheet").to.equal(1);
    await more(9);
    expect(pagesOf(await page.pdf({ preferCSSPageSize: true }))).to.equal(2);
    // As printing says it is done.
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    await page.reload();
    await page.getByText("Cards are shown once, right after they are made.", { exact: false }).waitFor();
    expect(await page.locator(".login-card").count()).to.equal(0);
    await page.getByRole("row", { name: new RegExp(roster[2] ?? "") }).waitFor();
    await expectSound(page, "pupils");
    await shot(page, "4-pupils");
  });

  it("sign in on a phone with nothing but fingers", async () => {
    const { context, page, complaints } = await openWindow(browser, {
      viewport: phone,
      hasTouch: true,
      isMobile: true,
    });
    context.setDefaultTimeout(20_000);
    await page.goto(front.url);
    await page.getByRole("link", { name: "Pupils: sign in with your card" }).tap();
    const code = page.getByRole("textbox", { name: "Your code" });
    await code.fill("2222-2223");
    await button(page, "Go on").tap();
    await page.getByText("This code is not right.", { exact: false }).waitFor();
    await expectSound(page, "code");
    await shot(page, "5-code");
    await code.fill((cards[0]?.code ?? "").toLowerCase().replace("-", "  "));
    await button(page, "Go on").tap();
    await page.getByRole("heading", { level: 1, name: "Tap your three pictures" }).waitFor();
    const [first = "", second = "", third = ""] = cards[0]?.secret ?? [];
    for (const name of [third, second, first]) await button(page, name).tap();
    await button(page, "Go in").tap();
    await page.getByText("That was not right.", { exact: false }).waitFor();
    await button(page, first).tap();
    await button(page, third).tap();
    await button(page, "Take one back").tap();
    await button(page, second).tap();
    await expectSound(page, "pictures");
    await shot(page, "6-pictures", "pupil-sign-in");
    await button(page, third).tap();
    await button(page, "Go in").tap();
    await page.waitForURL(`${front.url}/twinspace/${slug}`);
    await page.goto(front.url);
    await page.getByRole("heading", { level: 1, name: /^Hello, / }).waitFor();
    await expectSound(page, "hello");
    await shot(page, "7-hello");
    await button(page, "This is not me").tap();
    await page.waitForURL(`${front.url}/pupil`);
    expect(complaints).to.deep.equal([]);
    await context.close();
  });

  it("sign in from the card's code with nothing but a keyboard", async () => {
    const { context, page, complaints } = await openWindow(browser, { viewport: desk });
    context.setDefaultTimeout(20_000);
    await page.goto(`${front.url}/pupil#${cards[1]?.code.replace("-", "")}`);
    await page.getByRole("heading", { level: 1, name: "Tap your three pictures" }).waitFor();
    expect(new URL(page.url()).hash, "the next child does not find it there").to.equal("");
    await shot(page, "8-pictures-desk");
    for (const name of cards[1]?.secret ?? []) await tabTo(page, name);
    await page.keyboard.press("Enter");
    await page.waitForURL(`${front.url}/twinspace/${slug}`);
    expect(complaints).to.deep.equal([]);
    await context.close();
  });

  /** Tabs, forwards, until the button of this name has the focus, and presses it. */
  async function tabTo(page: Page, name: string): Promise<void> {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press("Tab");
      const focused = await page.evaluate("document.activeElement.innerText || document.activeElement.ariaLabel || ''");
      if (String(focused).trim() === name) return page.keyboard.press("Enter");
    }
    expect.fail(`No button ${name} can be reached by keyboard`);
  }

  it("are told in words how long to wait, and are unlocked by their teacher", async () => {
    const { context, page } = await openWindow(browser, { viewport: phone });
    context.setDefaultTimeout(20_000);
    const code = cards[3]?.code.replace("-", "") ?? "";
    await front.pool.query(
      `insert into pupil_tries (code, wrong, wrong_in_all, at) values ($1, 5, 5, to_timestamp($2::float8 / 1000))
       on conflict (code) do update set wrong = 5, at = excluded.at`,
      [code, front.clock.now],
    );
    await page.goto(`${front.url}/pupil#${code}`);
    for (const name of cards[3]?.secret ?? []) await button(page, name).click();
    await button(page, "Go in").click();
    await page.getByText("Too many wrong tries. Wait 1 minute, or ask your teacher.").waitFor();
    await expectSound(page, "wait");
    await shot(page, "9-wait");
    await front.pool.query("update pupil_tries set wrong = 20 where code = $1", [code]);
    await here.page.reload();
    const row = here.page.getByRole("row", { name: new RegExp(roster[3] ?? "") });
    await row.getByText("Locked: too many wrong tries").waitFor();
    await row.getByRole("button", { name: `What to do with ${roster[3]}` }).click();
    await here.page.getByRole("menuitem", { name: "Unlock" }).click();
    await here.page.getByText("1 pupil unlocked.").waitFor();
    await row.getByText("Can sign in").waitFor();
    await context.close();
  });

  it("are found, changed, ended with an undo, and get a new card", async () => {
    const { page } = here;
    await page.getByRole("searchbox", { name: "Search" }).fill("ines");
    const row = page.getByRole("row", { name: /Inês Nogueira/ });
    await page.getByText(roster[0] ?? "").waitFor({ state: "detached" });
    await row.getByRole("button").click();
    await page.getByRole("menuitem", { name: "Change…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Alias" }).fill("Inês Nogueira");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.getByText("This is the name. Choose another alias.").waitFor();
    await expectSound(page, "change");
    await dialog.getByRole("textbox", { name: "Alias" }).fill("Owl 77");
    await dialog.getByRole("button", { name: "Save" }).click();
    await page.getByText("Owl 77").waitFor();
    await page.getByRole("checkbox", { name: `Choose ${roster[2]}` }).check();
    await button(page, "End").click();
    await page.getByText("1 pupil ended. The name is kept for 90 days, then erased.").waitFor();
    await button(page, "Undo").click();
    await page.getByText("1 pupil is back.").waitFor();
    await page.getByRole("checkbox", { name: `Choose ${roster[2]}` }).check();
    await button(page, "New cards…").click();
    await page.getByRole("radio", { name: "A word and a number" }).check();
    await expectSound(page, "new-cards");
    await button(page, "Make new cards").click();
    const [card] = await readCards(page);
    expect(card?.secret[0]).to.match(/^\p{Ll}+ \d\d$/u);
    await shot(page, "10-word-card");
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    await button(page, "I have them").click();
    await page.getByText(roster[0] ?? "").waitFor();
  });

  it("have consents, recorded one by one and for many, on a phone too", async () => {
    const { page } = here;
    await page.goto(`${front.url}/twinspace/${slug}/consents`);
    const cell = (kind: string, name = "") => page.getByRole("combobox", { name: `${kind}, ${name}`, exact: true });
    await cell("Recording", roster[0]).selectOption({ label: "No" });
    await page.getByText("Recorded.").waitFor();
    await page.getByRole("checkbox", { name: "Choose everybody shown" }).check();
    await button(page, "Record for 4 pupils…").click();
    const dialog = page.getByRole("dialog");
    await button(page, "Record").click();
    await dialog.getByText("Choose at least one.").waitFor();
    await dialog.getByRole("checkbox", { name: "Pictures inside" }).check();
    await dialog.getByRole("textbox", { name: "Where the paper is" }).fill("Folder 3");
    await dialog.getByLabel("Valid until").fill("2027-06-30");
    await expectSound(page, "record-consents");
    await button(page, "Record").click();
    await dialog.waitFor({ state: "detached" });
    await page.locator(".consent-cell").getByText("Folder 3").first().waitFor();
    expect(await cell("Pictures inside", roster[1]).inputValue()).to.equal("yes");
    expect(await cell("Recording", roster[0]).inputValue()).to.equal("no");
    await expectSound(page, "consents");
    await shot(page, "11-consents");
    await page.setViewportSize(phone);
    await expectSound(page, "consents on a phone");
    await shot(page, "12-consents-phone");
    await page.goto(`${front.url}/twinspace/${slug}/pupils`);
    await page.getByRole("row", { name: /Inês Nogueira/ }).waitFor();
    await page.setViewportSize(desk);
    await shot(page, "14-pupils-desk", "pupils");
    await page.setViewportSize(phone);
    await expectSound(page, "pupils on a phone");
    await shot(page, "13-pupils-phone");
    expect(here.complaints).to.deep.equal([]);
  });
});
