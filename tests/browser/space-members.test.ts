import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { Browser, Locator, Page } from "playwright-core";
import { sessionCookie } from "../../server/accounts/sessions.ts";
import { hashOfToken } from "../../server/accounts/tokens.ts";
import { pageModules, pagePaths } from "../../server/pagePaths.ts";
import { addNews } from "../../server/twinspace/news.ts";
import { openChromium, openWindow, type Window } from "../support/chromium.ts";
import { aveiro, type FrontDoor, openFrontDoor, oulu, type Person } from "../support/frontDoor.ts";
import { activeProject, joins } from "../support/rivers.ts";
import { expectSound } from "../support/sound.ts";

const clientFolder = process.env.CLIENT_FOLDER ?? fileURLToPath(new URL("../../client/dist", import.meta.url));
const desk = { width: 1366, height: 768 };
/** No server behind the line to a TwinSpace here, and what somebody may not see is asked for and refused. */
const expected = /net::ERR_|WebSocket connection to|status of (40[034]|410)|socket\.io/;

describe("the members of a TwinSpace, their mail and their news", function () {
  this.timeout(180_000);
  let front: FrontDoor;
  let browser: Browser;
  let ana: Person;
  let mikko: Person;
  let rui: Person;
  let eva: Person;
  let anas: Window;
  let mikkos: Window;
  let evas: Window;

  before(async () => {
    front = await openFrontDoor({
      clientFolder,
      pages: pagePaths.map((path) => ({ path, module: pageModules[path] })),
    });
    ana = await front.person("teacher", "Ana Conceição", aveiro);
    mikko = await front.person("teacher", "Mikko Väisänen", oulu);
    rui = await front.person("teacher", "Rui Pereira", aveiro);
    eva = await front.person("ambassador", "Eva Lind", null);
    await activeProject(front, ana, mikko);
    await joins(front, rui, "teacher");
    await front.pool.query(
      `insert into pupils (id, project_id, school_id, alias, picture, login_code, secret_kind)
       select 'otter', 'rivers', id, 'Otter', 'fish', 'otter-1', 'word' from schools where name = $1`,
      [aveiro.name],
    );
    browser = await openChromium();
    anas = await windowOf(ana);
    mikkos = await windowOf(mikko);
    evas = await windowOf(eva);
  });

  after(async () => {
    await browser?.close();
    await front?.close();
  });

  afterEach(() => {
    const complaints = [anas, mikkos, evas].flatMap((window) => window.complaints.splice(0));
    expect(complaints.filter((text) => !expected.test(text)).join("\n")).to.equal("");
  });

  async function windowOf(person?: Person): Promise<Window> {
    const window = await openWindow(browser, { viewport: desk });
    window.context.setDefaultTimeout(20_000);
    const cookies = [...(person?.browser.cookies ?? [])].map(([name, value]) => ({ name, value, url: front.url }));
    if (cookies.length > 0) await window.context.addCookies(cookies);
    return window;
  }

  const button = (page: Page | Locator, name: string) => page.getByRole("button", { name, exact: true });
  const link = (page: Page | Locator, name: string) => page.getByRole("link", { name, exact: true });
  const box = (page: Page | Locator, name: string) => page.getByRole("textbox", { name, exact: true });
  /** For the guide, when it is asked for. */
  const picture = async (page: Page, name: string) => {
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${name}.png` });
  };
  const at = (path = "") => `${front.url}/twinspace/rivers${path}`;

  it("stand by school, with their roles, and pupils by their alias", async () => {
    const { page } = anas;
    await page.goto(at("/members"));
    await page.getByText("Rui Pereira").first().waitFor();
    await page.getByText("Otter").waitFor();
    await expectSound(page, "members");
  });

  it("get another role from a founder, who reads first what each may", async () => {
    const { page } = anas;
    const row = page.getByRole("listitem").filter({ hasText: "Rui Pereira" });
    await row.getByRole("button", { name: /Rui Pereira/ }).click();
    await page.getByRole("menuitem", { name: "Change role…" }).click();
    await page.getByText("Not: book meetings, change others' pages, change roles", { exact: false }).waitFor();
    await expectSound(page, "members-role");
    await page.getByRole("radio", { name: "Teacher and administrator" }).check();
    await button(page, "Save the role").click();
    await page.getByText("Rui Pereira: Teacher and administrator.").waitFor();
    await row.getByText("Teacher and administrator").waitFor();
  });

  it("are joined by an expert, who answers on the letter's page", async () => {
    const { page } = anas;
    await button(page, "Invite an expert or observer").click();
    await button(page, "Send the invitation").click();
    await page.locator(".field__error").waitFor();
    await box(page, "Their e-mail").fill(eva.email);
    await box(page, "What you write to them (optional)").fill("Come and look at our water insects.");
    await expectSound(page, "members-invite");
    await button(page, "Send the invitation").click();
    await page.getByText("has a letter now", { exact: false }).waitFor();
    await page.getByRole("heading", { name: "Invited", exact: true }).waitFor();

    const { page: hers } = evas;
    const { rows } = await front.pool.query("select facts from mails where kind = 'spaceInvited'");
    await hers.goto(rows[0]?.facts.link);
    await hers.getByText("Come and look at our water insects.").waitFor();
    await expectSound(hers, "members-invited");
    await button(hers, "Accept").click();
    await hers.getByRole("heading", { level: 1, name: "Two rivers" }).waitFor();
    await hers.goto(`${front.url}/projects`);
    await link(hers, "Two rivers").first().waitFor();
    await expectSound(hers, "members-expert-projects");
  });

  it("let a visitor in, who sees the front and nothing else, until it is ended", async () => {
    const { page } = anas;
    await page.goto(at("/members"));
    await button(page, "Invite a visitor").click();
    await button(page, "Make the link").click();
    await page.locator(".field__error").waitFor();
    await box(page, "Their name").fill("Otto's father");
    await expectSound(page, "visitors-invite");
    await button(page, "Make the link").click();
    const address = await page.getByLabel("Link", { exact: true }).inputValue();
    await expectSound(page, "visitors-link");
    await page.keyboard.press("Escape");

    const visitor = await windowOf();
    await visitor.page.goto(address);
    await expectSound(visitor.page, "visit");
    await button(visitor.page, "Look inside").click();
    await visitor.page.getByText("You look in as a visitor", { exact: false }).waitFor();
    await expectSound(visitor.page, "visit-home");
    expect(await link(visitor.page, "Members").count()).to.equal(0);
    await visitor.page.goto(at("/members"));
    await visitor.page.waitForLoadState("networkidle");
    expect(await visitor.page.getByText("Otter").count()).to.equal(0);
    expect(await visitor.page.getByText("Rui Pereira").count()).to.equal(0);

    await page.reload();
    await button(page, "End the visit of Otto's father").click();
    await page.getByText("The visit of Otto's father has ended.").waitFor();
    await visitor.page.goto(at());
    await button(visitor.page, "Sign in").first().waitFor();
    await visitor.page.goto(address);
    await button(visitor.page, "Look inside").click();
    await visitor.page.getByText("does not open anything any more", { exact: false }).waitFor();
    await visitor.context.close();
  });

  it("write to each other, and what is typed survives a reload", async () => {
    const { page } = anas;
    await page.goto(`${front.url}/mail`);
    await page.getByText("Nothing here yet.").waitFor();
    await expectSound(page, "mail-none");
    await link(page, "Write").click();
    await button(page, "Send").click();
    await page.locator(".field__error").first().waitFor();
    await box(page, "Subject").fill("Samples of March");
    await box(page, "Your message").fill("When do you measure?\nWe begin on Monday.");
    await page.reload();
    expect(await box(page, "Subject").inputValue()).to.equal("Samples of March");
    await page.locator("summary").first().click();
    await page.getByRole("checkbox", { name: /Mikko/ }).check();
    await expectSound(page, "mail-new");
    await button(page, "Send").click();
    await page.getByRole("heading", { level: 1, name: "Samples of March" }).waitFor();
    await expectSound(page, "mail-conversation");

    const { page: his } = mikkos;
    front.clock.now += 60_000;
    await his.goto(at());
    await link(his, "Mail: 1 unread").click();
    await expectSound(his, "mail-unread");
    await link(his, "Samples of March").click();
    await box(his, "Answer").fill("On Tuesday.");
    await button(his, "Send").click();
    await his.getByText("On Tuesday.").first().waitFor();
    await page.reload();
    await page.getByText("On Tuesday.").waitFor();
    await picture(page, "twinspace-mail");
  });

  it("find what is new on Home and at the bell, and choose the letters", async () => {
    const { page } = mikkos;
    await page.goto(at());
    await page.getByRole("heading", { name: "First steps" }).waitFor();
    await front.pool.query(
      `insert into materials (id, project_id, kind, name, link, author, created_at, changed_at)
       values ('map', 'rivers', 'link', 'Map of the Vouga', 'https://rivers.test', $1, now(), now())`,
      [`account:${ana.id}`],
    );
    const news = { project: "rivers", by: `account:${ana.id}`, kind: "materialAdded", thing: "map", seenBy: "members" };
    front.clock.now += 3_600_000;
    await addNews(front.pool, news as Parameters<typeof addNews>[1], front.clock.now - 60_000);
    await front.pool.query(
      `insert into calendar_items (id, project_id, kind, title, whole_days, starts_at, ends_at, time_zone, author, made_at, changed_at)
       values ('spring', 'rivers', 'activity', 'Spring measuring', false, now() + interval '3 days',
         now() + interval '3 days 2 hours', 'UTC', $1, now(), now())`,
      [`account:${ana.id}`],
    );
    await page.reload();
    await link(page, "Map of the Vouga").waitFor();
    await page.getByText("Spring measuring").waitFor();
    await page.getByText("new", { exact: true }).first().waitFor();
    await expectSound(page, "space-home");
    await picture(page, "twinspace-home");
    await page.getByRole("link", { name: /^What is new: / }).click();
    await link(page, "Map of the Vouga").waitFor();
    await expectSound(page, "news");
    await link(page, "Choose what comes by letter").click();
    await page.getByLabel("Materials", { exact: true }).selectOption({ label: "At once" });
    await page.getByText("Saved.").waitFor();
    await expectSound(page, "news-letters");
  });

  it("find few and large ways on a pupil's Home", async () => {
    await front.pool.query(
      "insert into sessions (token_hash, pupil_id, expires_at) values ($1, 'otter', now() + interval '1 hour')",
      [hashOfToken("otter")],
    );
    const pupil = await windowOf();
    await pupil.context.addCookies([{ name: sessionCookie, value: "otter", url: front.url }]);
    await pupil.page.goto(at());
    await pupil.page.getByRole("heading", { level: 1, name: "Hello, Otter" }).waitFor();
    await link(pupil.page, "Map of the Vouga").waitFor();
    await expectSound(pupil.page, "space-home-pupil");
    expect(await pupil.page.getByRole("link", { name: /^Mail/ }).count()).to.equal(0);
    await pupil.page.goto(`${front.url}/mail`);
    await button(pupil.page, "Sign in").first().waitFor();
    await pupil.page.goto(at("/members"));
    await pupil.page.getByText("Rui Pereira").first().waitFor();
    expect(await pupil.page.getByText("Visitors", { exact: true }).count()).to.equal(0);
    await expectSound(pupil.page, "members-pupil");
    await pupil.context.close();
  });

  it("search everything at once", async () => {
    const { page } = mikkos;
    await page.goto(at());
    await page.getByRole("searchbox", { name: "Search this TwinSpace" }).fill("vouga");
    await button(page, "Search").click();
    await link(page, "Map of the Vouga").waitFor();
    await expectSound(page, "space-search");
    await page.getByRole("searchbox", { name: "Search this TwinSpace" }).fill("nothing like it");
    await button(page, "Search").click();
    await page.getByText("Nothing has these words.").waitFor();
  });
});
