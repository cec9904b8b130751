/** A report card in real browsers: a teacher with a telephone, another one at a desk. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { Browser, Locator, Page } from "playwright-core";
import { pageModules, pagePaths } from "../../server/pagePaths.ts";
import { sealRosterName } from "../../server/twinspace/pupils/rosterNames.ts";
import { type ActiveSpace, openSpace } from "../support/activeSpace.ts";
import { openChromium, openWindow, type Window } from "../support/chromium.ts";
import { deskPerson } from "../support/desks.ts";
import { eventually } from "../support/eventually.ts";
import { type FrontDoor, openFrontDoor, type Person } from "../support/frontDoor.ts";
import { good } from "../support/projects.ts";
import { openCard } from "../support/reports.ts";
import { desk, expectSound, phone } from "../support/sound.ts";

const clientFolder = process.env.CLIENT_FOLDER ?? fileURLToPath(new URL("../../client/dist", import.meta.url));
/** What a browser says of a connection that the test has cut. */
const aboutLostConnections = /net::ERR_/;
const dayMs = 86_400_000;

describe("the report card of a project", function () {
  this.timeout(240_000);
  let front: FrontDoor;
  let space: ActiveSpace;
  let paula: Person;
  let browser: Browser;
  /** Ana has a telephone, Mikko a desk. */
  let ana: Window;
  let mikko: Window;

  before(async () => {
    front = await openFrontDoor({
      clientFolder,
      pages: pagePaths.map((path) => ({ path, module: pageModules[path] })),
    });
    space = await openSpace(front);
    paula = await deskPerson(front, "Paula", "PT");
    await openCard(front.pool, space.id, Date.now() - 30 * dayMs);
    await front.pool.query("insert into twin_spaces (project_id) values ($1) on conflict do nothing", [space.id]);
    await front.pool.query("update accounts set name = $2 where id = $1", [space.ana.id, "Ana Conceição"]);
    await front.pool.query("update accounts set name = $2 where id = $1", [space.mikko.id, "Mikko Väisänen"]);
    await front.pool.query(
      `update projects set aims = 'Pupils know what lives in cold water. They ask each other in English.',
         expected_results = 'Four meetings of both classes; one exhibition in each town; ten pages', start_date = $2, end_date = $3
       where id = $1`,
      [space.id, dayFromNow(-40), dayFromNow(200)],
    );
    browser = await openChromium();
    ana = await windowOf(space.ana, phone);
    mikko = await windowOf(space.mikko, desk);
    if (process.env.TEST_SHOTS) mkdirSync(process.env.TEST_SHOTS, { recursive: true });
  });

  after(async () => {
    await browser?.close();
    await front?.close();
  });

  afterEach(() => {
    const complaints = [ana, mikko].flatMap((window) => window.complaints.splice(0));
    expect(complaints.filter((text) => !aboutLostConnections.test(text)).join("\n")).to.equal("");
  });

  async function windowOf({ browser: own }: Person, viewport: { width: number; height: number }): Promise<Window> {
    const window = await openWindow(browser, { viewport });
    window.context.setDefaultTimeout(20_000);
    await window.context.addCookies([...own.cookies].map(([name, value]) => ({ name, value, url: front.url })));
    return window;
  }

  const dayFromNow = (days: number) => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);
  const go = (page: Page, path = "") => page.goto(`${front.url}/twinspace/${space.id}/report${path}`);
  const button = (page: Page | Locator, name: string) => page.getByRole("button", { name, exact: true });
  const press = (page: Page, name: string) => button(page, name).first().click();
  const box = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });
  const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
  const saved = (page: Page) => page.getByText("Saved", { exact: true }).waitFor();
  const begin = async (page: Page, kind: string) => {
    await go(page);
    await press(page, "Write an entry");
    await page.getByRole("button", { name: new RegExp(`^${kind}`) }).click();
    await page.waitForURL(/\/edit$/);
  };
  const bodies = async (): Promise<{ title: string; done: string; pupils: { count: number }[] }[]> =>
    (await front.pool.query("select body from report_entries where removed_at is null order by made_at")).rows.map(
      ({ body }) => body,
    );
  const entryWith = async (title: string) =>
    (
      await front.pool.query(
        "select id, state, readers, removed_at as removed from report_entries where body ->> 'title' = $1",
        [title],
      )
    ).rows[0];

  /** For the guide: `PICTURES` is docs/pictures. */
  async function picture(page: Page, name: string, tidy: () => Promise<void>): Promise<void> {
    const folder = process.env.PICTURES;
    if (!folder) return;
    await tidy();
    await page.emulateMedia({ colorScheme: "light" });
    await page.reload();
    await page.getByRole("heading", { name: "At a glance" }).waitFor();
    await page.locator(".split-bar").last().waitFor();
    await page.screenshot({ path: join(folder, `${name}.png`) });
  }
  /** To be looked at, in more sizes than are checked. */
  async function shots(page: Page, name: string): Promise<void> {
    const folder = process.env.TEST_SHOTS;
    if (!folder) return;
    const before = page.viewportSize();
    for (const [size, colorScheme] of [
      [{ width: 1366, height: 768 }, "dark"],
      [{ width: 390, height: 844 }, "light"],
      [{ width: 1920, height: 1080 }, "light"],
    ] as const) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${folder}/${name}-${size.width}-${colorScheme}.png`, fullPage: true });
    }
    await page.evaluate("document.documentElement.dir = 'rtl'");
    await page.setViewportSize(desk);
    await page.screenshot({ path: `${folder}/${name}-rtl.png`, fullPage: true });
    await page.setViewportSize(phone);
    await page.screenshot({ path: `${folder}/${name}-rtl-390.png`, fullPage: true });
    await page.evaluate("document.documentElement.dir = ''");
    if (before) await page.setViewportSize(before);
  }

  it("says what to do while nothing stands in it, and by when something is wanted", async () => {
    const { page } = ana;
    await page.goto(`${front.url}/projects/${space.id}`);
    await page.getByRole("link", { name: "Open the report card" }).click();
    await sees(page, "Nothing has been written yet");
    await sees(page, /Your interim entry is due on /);
    await expectSound(page, "report-none");
    await press(page, "Write the first entry");
    await page.getByRole("dialog", { name: "What do you want to tell?" }).waitFor();
    await expectSound(page, "report-kinds");
    await press(page, "Close");
  });

  it("is given an activity from a telephone with seven presses", async () => {
    const { page } = ana;
    let presses = 0;
    const tap = async (what: Locator) => {
      presses += 1;
      await what.click();
    };
    await go(page);
    await tap(button(page, "Write the first entry"));
    await tap(page.getByRole("button", { name: /^Activity/ }));
    // The title has the focus: it is written at once.
    await eventually(async () => page.evaluate("document.activeElement?.getAttribute('name') === 'title'"));
    await page.keyboard.type("We measured both rivers on the same day");
    await tap(box(page, "What was done"));
    await page.keyboard.type("Aveiro: 13 °C and salty. Oulu: 0 °C under 40 cm of ice.");
    await tap(box(page, "Pupils of Escola de Aveiro"));
    await page.keyboard.type("22");
    await tap(box(page, "Pupils of Oulun koulu"));
    await page.keyboard.type("19");
    await tap(button(page, "Share"));
    await page.waitForURL(/\/report$/);
    await page.getByRole("heading", { name: "We measured both rivers on the same day" }).waitFor();
    await sees(page, "41 pupils");
    expect(presses).to.be.at.most(7);
    expect(await entryWith("We measured both rivers on the same day")).to.include({
      state: "shared",
      readers: "services",
    });
  });

  it("keeps a draft through a reload, a lost line and a lapsed session", async () => {
    const { page } = ana;
    await begin(page, "Activity");
    await box(page, "Title").fill("Bread of two towns");
    await saved(page);
    await ana.context.setOffline(true);
    await box(page, "What was done").fill("We baked it together, each at home.");
    await sees(page, "Waiting for the connection: kept here.");
    await expectSound(page, "report-form-offline");
    await ana.context.setOffline(false);
    await saved(page);
    await eventually(async () => (await bodies()).some(({ done }) => done === "We baked it together, each at home."));

    // The server is not reached before the reload: what was typed comes back from this tab.
    await page.route("**/report/entries/*", (route) =>
      route.request().method() === "PATCH" ? route.abort() : route.continue(),
    );
    await box(page, "What was done").fill("We baked it together, each at home. It was rye here.");
    await sees(page, "Waiting for the connection: kept here.");
    await page.unroute("**/report/entries/*");
    await page.route("**/report/entries/*", (route) =>
      route.request().method() === "PATCH" ? route.abort() : route.continue(),
    );
    await page.reload();
    expect(await box(page, "What was done").inputValue()).to.equal(
      "We baked it together, each at home. It was rye here.",
    );
    await page.unroute("**/report/entries/*");
    await saved(page);

    // Signed out meanwhile, and in again.
    const cookies = await ana.context.cookies();
    await ana.context.clearCookies();
    await box(page, "Title").fill("Bread of our two towns");
    await sees(page, "You are signed out. What you wrote is kept here.");
    await ana.context.addCookies(cookies);
    await page.getByRole("link", { name: "Sign in again" }).click();
    await box(page, "Title").waitFor();
    expect(await box(page, "Title").inputValue()).to.equal("Bread of our two towns");
    await saved(page);
    expect((await bodies()).map(({ title }) => title)).to.include("Bread of our two towns");
  });

  it("shows drafts on top to both, and takes an empty one away by itself", async () => {
    await go(mikko.page);
    await mikko.page.getByRole("link", { name: "Bread of our two towns" }).waitFor();
    const before = (await bodies()).length;
    await begin(ana.page, "Result");
    await ana.page.getByRole("link", { name: "Report card", exact: true }).last().click();
    await sees(ana.page, "Not shared yet");
    await eventually(async () => (await bodies()).length === before);
    await ana.page.getByRole("link", { name: "Go on writing" }).click();
    expect(await box(ana.page, "Title").inputValue()).to.equal("Bread of our two towns");
  });

  it("says beside its field what is missing, and asks once where a pupil seems to be named", async () => {
    const { page } = ana;
    const { id } = await space.pupil("Seagull", "aveiro");
    const name = "Benedita Carvalhal";
    await front.pool.query("update pupils set roster_name = $2 where id = $1", [
      id,
      sealRosterName(front.secrets, id, name),
    ]);
    await box(page, "Title").fill("");
    await press(page, "Share");
    await sees(page, "Fill this in.");
    await expectSound(page, "report-form-missing");
    await box(page, "Title").fill("Bread of two towns");
    await box(page, "What was done").fill("We baked it together. Benedita Carvalhal brought rye.");
    await press(page, "Share");
    await page.getByRole("dialog", { name: "Your text seems to name a pupil" }).waitFor();
    await expectSound(page, "report-naming");
    await press(page, "Change it");
    await box(page, "What was done").fill("We baked it together. One of us brought rye.");
    await page.getByRole("radio", { name: "The partners only" }).check();
    await press(page, "Share with the partners");
    await page.waitForURL(/\/report$/);
    await sees(page, "Partners only");
    expect(await entryWith("Bread of two towns")).to.include({ state: "shared", readers: "partners" });
  });

  it("asks the same of what is written into an entry that others read already, and keeps it back until it is answered", async () => {
    const { page } = ana;
    await page.getByRole("link", { name: "Bread of two towns" }).click();
    await page.getByRole("link", { name: "Edit" }).click();
    await box(page, "What was done").fill("Benedita Carvalhal brought rye.");
    await page.getByRole("dialog", { name: "Your text seems to name a pupil" }).waitFor();
    await press(page, "Change it");
    await sees(page, "Something cannot be saved as it is: look for what is marked.");
    expect((await bodies()).map(({ done }) => done)).to.not.include("Benedita Carvalhal brought rye.");
    await box(page, "What was done").fill("Benedita Carvalhal, the baker, brought rye.");
    await press(page, "Save anyway");
    await saved(page);
    expect((await bodies()).map(({ done }) => done)).to.include("Benedita Carvalhal, the baker, brought rye.");
    await box(page, "What was done").fill("We baked it together. One of us brought rye.");
    await saved(page);
    await page.getByRole("link", { name: "Finish" }).click();
    await page.getByRole("heading", { level: 1, name: "Bread of two towns" }).waitFor();
  });

  it("has a plan that the registered form proposes, moved by keyboard, with the way back", async () => {
    const { page } = mikko;
    await go(page, "/plan");
    await sees(page, "From your registered form");
    await shots(page, "plan-proposed");
    await press(page, "Take all of them");
    const aims = page.getByRole("region", { name: "Aims" });
    const lines = (part: Locator) => part.getByRole("textbox", { name: /^Line/ });
    await eventually(async () => (await lines(aims).count()) === 2);
    const first = await lines(aims).first().inputValue();
    await button(aims, `Move down: ${first}`).focus();
    await page.keyboard.press("Enter");
    expect(await lines(aims).nth(1).inputValue()).to.equal(first);
    const results = page.getByRole("region", { name: "Results" });
    await press(page, "Add a result");
    await page.keyboard.type("A song in two languages");
    await results.getByRole("button", { name: /^Take away: A song/ }).click();
    await press(page, "Undo");
    await eventually(async () => (await lines(results).last().inputValue()) === "A song in two languages");
    // Not saved yet, and not lost.
    await page.reload();
    await eventually(async () => (await lines(results).last().inputValue()) === "A song in two languages");
    await expectSound(page, "report-plan");
    await shots(page, "plan");
    await press(page, "Save the plan");
    await saved(page);
    const { rows } = await front.pool.query(
      "select words from report_plan where project_id = $1 and removed_at is null order by position",
      [space.id],
    );
    expect(rows.map(({ words }) => words)).to.include("A song in two languages");
    expect(rows[1]?.words).to.equal(first);
  });

  it("puts two plans together that were written at once", async () => {
    await go(ana.page, "/plan");
    await press(ana.page, "Add an aim");
    await ana.page.keyboard.type("To be brave");
    await press(mikko.page, "Add a result");
    await mikko.page.keyboard.type("A map");
    await press(mikko.page, "Save the plan");
    await saved(mikko.page);
    await press(ana.page, "Save the plan");
    await sees(ana.page, /Both are put together below/);
    await press(ana.page, "Save the plan");
    await saved(ana.page);
    const { rows } = await front.pool.query("select words from report_plan where removed_at is null");
    expect(rows.map(({ words }) => words)).to.include.members(["To be brave", "A map"]);
  });

  it("has an interim entry that two write at once, and neither loses a word", async () => {
    await begin(ana.page, "Interim entry");
    const path = new URL(ana.page.url()).pathname;
    await mikko.page.goto(front.url + path);
    await box(mikko.page, "What was done").waitFor();
    await box(ana.page, "Title").fill("Half-way down the river");
    await saved(ana.page);
    await box(mikko.page, "What was difficult").fill("Ice.");
    await saved(mikko.page);
    // The same field from both sides.
    await box(ana.page, "What was learned, and how you know").fill("To measure.");
    await saved(ana.page);
    await box(mikko.page, "What was learned, and how you know").fill("To ask in English.");
    const both = mikko.page.getByRole("alert", { name: /What was learned/ });
    await both.waitFor();
    expect(await both.textContent())
      .to.include("To measure.")
      .and.include("To ask in English.");
    await expectSound(mikko.page, "report-conflict");
    await button(both, "Join both").click();
    await saved(mikko.page);
    expect(await box(mikko.page, "What was learned, and how you know").inputValue()).to.equal(
      "To measure.\n\nTo ask in English.",
    );
    expect(await box(mikko.page, "Title").inputValue()).to.equal("Half-way down the river");
    await shots(mikko.page, "form-interim");
    // What both have counted of their own school stands beside each other.
    await box(mikko.page, "Pupils of Oulun koulu").fill("18");
    await saved(mikko.page);
    await box(ana.page, "Pupils of Escola de Aveiro").fill("21");
    await saved(ana.page);
    await eventually(async () => {
      const interim = (await bodies()).find(({ title }) => title === "Half-way down the river");
      return (
        (interim?.pupils ?? [])
          .map(({ count }) => count)
          .sort()
          .join() === "18,21"
      );
    });
  });

  it("shows links, and lines of the plan that an entry brought forward", async () => {
    const { page } = ana;
    const at = `/api/spaces/${space.id}`;
    const otters = { title: "Otters", parent: null, view: "members", edit: "teachers", state: "shown" };
    good(await space.ana.browser.post(`${at}/pages`, otters));
    good(
      await space.ana.browser.post(`${at}/materials`, {
        ...{ link: "https://example.org/map", name: "Map of both rivers", folder: null },
      }),
    );
    await begin(page, "Result");
    await box(page, "Title").fill("The exhibition is open");
    await box(page, "What was done").fill("In the town hall, for two weeks.");
    await page.getByRole("checkbox", { name: /exhibition/ }).check();
    await press(page, "A link");
    await box(page, "Address").fill("example.org/river");
    await box(page, "What it is").fill("The newspaper about it");
    await press(page, "Add");
    await sees(page, "The newspaper about it");
    await press(page, "A page");
    await press(page, "Otters");
    await press(page, "Picture or file");
    await page.getByRole("button", { name: /Map of both rivers/ }).click();
    await page.getByRole("button", { name: "Take away: Map of both rivers" }).waitFor();
    await press(page, "A moment of a replay");
    await sees(page, "There is no meeting with a replay yet.");
    await expectSound(page, "report-moment");
    await press(page, "Close");
    await saved(page);
    await expectSound(page, "report-form");
    await shots(page, "form");
    await press(page, "Share");
    await page.waitForURL(/\/report$/);
    await page.getByRole("link", { name: "The exhibition is open" }).click();
    await page.getByRole("heading", { level: 1, name: "The exhibition is open" }).waitFor();
    for (const name of ["The newspaper about it", "Otters", "Map of both rivers"]) {
      await page.getByRole("link", { name }).waitFor();
    }
    await sees(page, /exhibition in each town: 1/);
    await expectSound(page, "report-entry");
  });

  it("offers a date of the calendar that nobody has told of, and not again if nobody wants to", async () => {
    const { page } = ana;
    await front.pool.query(
      `insert into calendar_items
         (id, project_id, author, kind, title, whole_days, starts_at, ends_at, time_zone, made_at, changed_at)
       values ('river-day', $1, $2, 'activity', 'River day', true, $3::timestamptz,
         $3::timestamptz + interval '1 day', 'Europe/Lisbon', now(), now())`,
      [space.id, `account:${space.ana.id}`, `${dayFromNow(-3)}T00:00:00Z`],
    );
    await go(page);
    await press(page, "Do not ask again: River day");
    await sees(page, "It is not asked again.");
    await page.getByRole("button", { name: "Write its entry: River day" }).waitFor({ state: "detached" });
    await press(page, "Undo");
    await page.getByRole("button", { name: "Write its entry: River day" }).click();
    await page.waitForURL(/\/edit$/);
    expect(await box(page, "Title").inputValue()).to.equal("River day");
    expect(await page.getByLabel("On which day").inputValue()).to.equal(dayFromNow(-3));
  });

  it("takes an entry back, removes one and brings it back", async () => {
    const { page } = ana;
    await go(page, `/entry/${(await entryWith("The exhibition is open")).id}`);
    await press(page, "More about The exhibition is open");
    await page.getByRole("menuitem", { name: "Take back" }).click();
    await sees(page, "Draft");
    expect(await entryWith("The exhibition is open")).to.include({ state: "draft" });
    await press(page, "More about The exhibition is open");
    await page.getByRole("menuitem", { name: "Remove" }).click();
    await sees(page, "The entry was removed.");
    expect((await entryWith("The exhibition is open")).removed).to.not.equal(null);
    await press(page, "Undo");
    await page.getByRole("heading", { level: 1, name: "The exhibition is open" }).waitFor();
    expect((await entryWith("The exhibition is open")).removed).to.equal(null);
  });

  it("stands there whole: questions, meetings, what services say, how it goes", async () => {
    await begin(ana.page, "Question");
    await box(ana.page, "Title").fill("May we show the otter film on our public page?");
    await box(ana.page, "Question to the support service").fill("Two pupils have no consent for public pictures.");
    await press(ana.page, "Share");
    await ana.page.waitForURL(/\/report$/);
    await sees(ana.page, /Waiting for the support service/);
    await front.pool.query(
      `insert into report_entries (id, project_id, kind, state, readers, author, body, counts, day, made_at, shared_at, changed_at)
       values ('meeting-1', $1, 'meeting', 'shared', 'services', null, '{"title":"What lives in our river?"}', $2, $3, now(), now(), now())`,
      [space.id, meetingCounts(), dayFromNow(-2)],
    );
    const { id } = await entryWith("We measured both rivers on the same day");
    good(
      await paula.browser.post(`/api/desk/reports/${space.id}/comments`, {
        ...{ entry: id, kind: "praise", words: "The shared water table is a lovely idea." },
      }),
    );
    await go(mikko.page);
    await sees(mikko.page, "The shared water table is a lovely idea.");
    await sees(mikko.page, "What lives in our river?");
    await mikko.page.getByRole("link", { name: "Add what you learned" }).first().waitFor();
    await expectSound(mikko.page, "report-card");
    await shots(mikko.page, "card");
    await picture(mikko.page, "report-card", tidied);
    await mikko.page.getByLabel("Show", { exact: true }).selectOption("question");
    await eventually(async () => (await mikko.page.locator(".entry").count()) === 1);
  });

  /** As it stands after some weeks. */
  async function tidied(): Promise<void> {
    const { pool } = front;
    await pool.query("update report_entries set removed_at = now() where state = 'draft' or readers = 'partners'");
    await pool.query("update report_plan set removed_at = now() where kind = 'aim' or words like 'A %'");
    await pool.query("update report_plan set words = 'Meetings' where counted = 'meetings'");
    await pool.query("update report_plan set words = 'Pages' where counted = 'pages'");
    await pool.query("update report_plan set words = 'Exhibition' where words like '%exhibition%'");
    await pool.query(
      `update report_entries set author = $1, school_id = $2, day = $3, body = body || '{"toDay": null}'
       where body ->> 'title' like 'We measured%'`,
      [`account:${space.mikko.id}`, space.schools.oulu, dayFromNow(-9)],
    );
    await pool.query(
      "insert into report_offers_dismissed (project_id, thing, by, at) values ($1, 'meeting-1', $2, now())",
      [space.id, `account:${space.ana.id}`],
    );
  }

  const meetingCounts = () => ({
    ...{ openedAt: Date.now() - 2 * dayMs, lengthMs: 42 * 60_000, adults: 3, pupils: 41, classes: 0, turns: 14 },
    ...{ spokeMs: 39 * 60_000, messages: 0 },
    schools: [
      { school: space.schools.aveiro, adults: 1, pupils: 22, classes: 0, turns: 6, spokeMs: 15 * 60_000 },
      { school: space.schools.oulu, adults: 2, pupils: 19, classes: 0, turns: 8, spokeMs: 24 * 60_000 },
    ],
  });
});
