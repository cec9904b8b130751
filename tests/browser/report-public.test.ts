/** The public version of a report card in real browsers: a teacher asks, a founder chooses and publishes, a stranger reads without any script. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { type EntryBody, emptyBody } from "../../protocol/reports/entries.ts";
import { pageModules, pagePaths } from "../../server/pagePaths.ts";
import { publicProjectRoutes } from "../../server/projects/publicProjects.ts";
import { type ActiveSpace, openSpace } from "../support/activeSpace.ts";
import { openChromium, openWindow, type Window } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { aveiro, type Browser as Client, type FrontDoor, openFrontDoor } from "../support/frontDoor.ts";
import { good } from "../support/projects.ts";
import { desk, expectSound, phone } from "../support/sound.ts";
import { upload } from "../support/uploading.ts";

const clientFolder = process.env.CLIENT_FOLDER ?? fileURLToPath(new URL("../../client/dist", import.meta.url));

describe("a report card in public", function () {
  this.timeout(180_000);
  let front: FrontDoor;
  let space: ActiveSpace;
  let browser: Browser;
  let teacher: Window;
  let founder: Window;
  let lead: Window;
  let reader: Window;
  let photo: string;

  before(async () => {
    front = await openFrontDoor({
      clientFolder,
      pages: pagePaths.map((path) => ({ path, module: pageModules[path] })),
      routes: (pool) => publicProjectRoutes({ pool }),
    });
    space = await openSpace(front);
    await front.pool.query("update accounts set name = 'Rui Pires' where id = $1", [space.rui.id]);
    await front.pool.query(
      `update projects set summary = 'Two classes measure their rivers every week, and tell each other what lives in them.',
         age_min = 10, age_max = 12 where id = $1`,
      [space.id],
    );
    await front.pool.query(
      "insert into report_cards (project_id, opened_at) values ($1, now()) on conflict do nothing",
      [space.id],
    );
    const bytes = await sharp({ create: { width: 1400, height: 700, channels: 3, background: "#2a6f97" } })
      .png()
      .toBuffer();
    const { material } = await upload(space.ana.browser, front.url, space.id, "Ice.png", bytes);
    photo = material ?? "";
    const { aveiro: portuguese, oulu: finnish } = space.schools;
    await entry("e-ice", "activity", finnish, {
      ...{
        title: "We measured both rivers on the same day",
        toDay: "2026-10-03",
        learned: "Ice floats, and salt keeps it away.",
      },
      done: "Aveiro: 13 °C and salty. Oulu: 0 °C under 40 cm of ice. Pupils compared the numbers in pairs.",
      pupils: [
        { school: portuguese, ageMin: 10, ageMax: 11, count: 24 },
        { school: finnish, ageMin: 11, ageMax: 12, count: 19 },
      ],
      evidence: [{ kind: "material", id: photo }],
      question: "May we show the film?",
    });
    const of = { adults: 1, pupils: 20, classes: 0, turns: 7 };
    await entry(
      "e-meeting",
      "meeting",
      null,
      { title: "What lives in our river?", toDay: "2026-10-12" },
      {
        ...{ openedAt: 1_790_000_000_000, lengthMs: 42 * 60_000, messages: 9, spokeMs: 39 * 60_000 },
        ...{ adults: 3, pupils: 41, classes: 0, turns: 14 },
        schools: [
          { school: portuguese, ...of, spokeMs: 15 * 60_000 },
          { school: finnish, ...of, spokeMs: 24 * 60_000 },
        ],
      },
    );
    await entry("e-town", "dissemination", portuguese, {
      ...{ title: "Our otters in the town hall", toDay: "2026-10-20", done: "Forty drawings and a film." },
      ...{
        shownWhere: "Town hall of Aveiro",
        shownLink: "https://town.test/otters",
        audience: "Parents and neighbours",
      },
    });
    browser = await openChromium();
    teacher = await windowOf(space.rui.browser);
    founder = await windowOf(space.ana.browser);
    lead = await windowOf((await front.person("lead", "Leonor Lead", aveiro)).browser);
    reader = await openWindow(browser, { viewport: phone, javaScriptEnabled: false });
    if (process.env.TEST_SHOTS) mkdirSync(process.env.TEST_SHOTS, { recursive: true });
  });

  after(async () => {
    await browser?.close();
    await front?.close();
  });

  afterEach(() => {
    const complaints = [teacher, founder, lead, reader].flatMap((window) => window.complaints.splice(0));
    expect(complaints.join("\n")).to.equal("");
  });

  async function entry(
    id: string,
    kind: string,
    school: string | null,
    body: Partial<EntryBody> & { toDay: string },
    counts: object | null = null,
  ) {
    await front.pool.query(
      `insert into report_entries (id, project_id, kind, state, readers, author, school_id, body, version, counts, day,
         made_at, shared_at, changed_at)
       values ($1, $2, $3, 'shared', 'services', $4, $5, $6, 1, $7, $8, now(), now(), now())`,
      [
        ...[id, space.id, kind, school === null ? null : `account:${space.rui.id}`, school],
        ...[JSON.stringify({ ...emptyBody, ...body }), counts && JSON.stringify(counts), body.toDay],
      ],
    );
  }

  async function windowOf(own: Client): Promise<Window> {
    const window = await openWindow(browser, { viewport: desk });
    window.context.setDefaultTimeout(20_000);
    await window.context.addCookies([...own.cookies].map(([name, value]) => ({ name, value, url: front.url })));
    return window;
  }

  const inside = () => `${front.url}/twinspace/${space.id}/report/public`;
  const outside = (rest = "") => `/projects/${space.id}/report${rest}`;
  const status = async (rest = "") => (await front.browser().get(outside(rest))).status;
  /** Anew: a browser keeps a public page for a minute. */
  const look = async (on: Page) => {
    await on.goto(front.url + outside());
    await on.reload();
  };
  const press = (on: Page, name: string) => on.getByRole("button", { name, exact: true }).first().click();
  const sees = (on: Page, words: string | RegExp) => on.getByText(words).first().waitFor();

  async function picture(on: Page, name: string): Promise<void> {
    const folder = process.env.PICTURES;
    if (!folder) return;
    await on.emulateMedia({ colorScheme: "light" });
    await on.evaluate("scrollTo(0, 0)");
    await on.screenshot({ path: join(folder, `${name}.png`) });
  }

  it("is asked for by a teacher, who decides nothing", async () => {
    await teacher.page.goto(inside());
    await sees(teacher.page, "We measured both rivers on the same day");
    await sees(teacher.page, "Say who is shown on Ice.png");
    expect(await teacher.page.getByRole("button", { name: /^Publish/ }).count()).to.equal(0);
    await press(teacher.page, "Ask to publish");
    await sees(teacher.page, "Asked. Founders and administrators find it here.");
    await expectSound(teacher.page, "report-public-teacher");
  });

  it("is begun with words that are kept as they are typed, through a reload", async () => {
    await founder.page.goto(inside());
    await sees(founder.page, "Rui Pires asks to publish the report.");
    await founder.page.getByLabel("Some words to begin with").fill("A year on two rivers, from the ice to the sea.");
    await founder.page.getByLabel("A line below the title").fill("Aveiro and Oulu measure together");
    await sees(founder.page, "Kept. Nobody outside reads it before you publish.");
    await founder.page.reload();
    await eventually(async () => {
      return (await founder.page.getByLabel("Some words to begin with").inputValue()).includes("from the ice");
    });
    const { version: base } = good(await space.mikko.browser.get(`/api/spaces/${space.id}/report/public`)).written;
    const theirs = { line: "", intro: "Mikko wrote this meanwhile.", parts: ["glance", "facts"], listed: false, base };
    good(await space.mikko.browser.send("PUT", `/api/spaces/${space.id}/report/public`, theirs));
    await founder.page.getByLabel("A line below the title").fill("Aveiro and Oulu measure their rivers");
    await sees(founder.page, "Mikko wrote this meanwhile.");
    await expectSound(founder.page, "report-public-theirs");
    await press(founder.page, "Keep mine");
    await sees(founder.page, "Kept. Nobody outside reads it before you publish.");
    expect(await status()).to.equal(404);
  });

  it("is looked at, then published entry by entry, without the picture that is kept back", async () => {
    const { page } = founder;
    await page.getByLabel("Choose We measured both rivers on the same day, without what is kept back").check();
    await page.getByLabel("Choose What lives in our river?").check();
    await page.getByLabel("Choose Our otters in the town hall").check();
    const [preview] = await Promise.all([
      founder.context.waitForEvent("page"),
      page.getByRole("link", { name: "Look at it" }).click(),
    ]);
    await preview.getByText("Nobody outside sees it yet").waitFor();
    await preview.getByText("spoke for 24 minutes").waitFor();
    await preview.close();
    await press(page, "Publish 3 entries");
    await sees(page, "Published. Everybody who has the address reads it now.");
    await page.getByRole("img", { name: "QR code of the public address" }).waitFor();
    await expectSound(page, "report-public-founder");
    expect((await front.browser().get(outside())).text).to.not.include(photo);
  });

  it("is put in order, and says what has changed since and what it was", async () => {
    const { page } = founder;
    await press(page, "Move up: What lives in our river?");
    await sees(page, /“What lives in our river\?” is number \d now\./);
    good(
      await space.ana.browser.patch(`/api/spaces/${space.id}/materials/${photo}`, {
        shows: "nobody",
        alt: "Ice on the river",
      }),
    );
    await front.pool.query(
      `update report_entries set version = 2, body = body || '{"done": "Both were cold."}' where id = 'e-ice'`,
    );
    await page.reload();
    await page.getByText("What differs", { exact: true }).click();
    await sees(page, "Both were cold.");
    await expectSound(page, "report-public-differs");
    await press(page, "Publish the new version: We measured both rivers on the same day");
    await sees(page, "Published. Everybody who has the address reads it now.");
    await page.getByText("changed since").waitFor({ state: "detached" });
    await picture(page, "report-public-choose");
  });

  it("is read by a stranger on a telephone without any script, found from the project's page", async () => {
    const window = await openWindow(browser, { viewport: desk });
    await window.page.goto(`${front.url}/projects/${space.id}`);
    await window.page.getByRole("link", { name: "Read what they did" }).click();
    await window.page.getByRole("heading", { level: 1, name: "Two rivers" }).waitFor();
    await look(window.page);
    await expectSound(window.page, "report-public-page");
    await window.page.setViewportSize(desk);
    await picture(window.page, "report-public");
    await window.page.emulateMedia({ media: "print", colorScheme: "light" });
    if (process.env.TEST_SHOTS) {
      await window.page.screenshot({ path: join(process.env.TEST_SHOTS, "report-public-print.png"), fullPage: true });
    }
    expect(await window.page.getByText("Both were cold.").isVisible()).to.equal(true);
    expect(await window.page.getByText("As a PDF to print").isVisible()).to.equal(false);
    await front.pool.query("update projects set languages = '{ar}' where id = $1", [space.id]);
    await window.page.emulateMedia({ media: "screen" });
    await look(window.page);
    await expectSound(window.page, "report-public-rtl");
    await front.pool.query("update projects set languages = '{en}' where id = $1", [space.id]);
    expect(window.complaints.join("\n")).to.equal("");
    await window.context.close();

    const { page: telephone, context } = reader;
    await telephone.goto(front.url + outside());
    await telephone.getByRole("heading", { level: 1, name: "Two rivers" }).waitFor();
    await sees(telephone, "A year on two rivers, from the ice to the sea.");
    await telephone.getByRole("heading", { level: 3, name: "What lives in our river?" }).waitFor();
    await sees(telephone, "41 pupils");
    await telephone.getByRole("table", { name: "Minutes spoken in meetings" }).waitFor();
    expect(await telephone.getByText("Rui Pires").count()).to.equal(0);
    expect(await telephone.getByText("May we show the film?").count()).to.equal(0);
    expect(await context.cookies()).to.deep.equal([]);
  });

  it("is counted, withdrawn, and brought back by undo", async () => {
    const { page } = founder;
    await page.goto(inside());
    await sees(page, /Since the beginning: page \d+/);
    await press(page, "As a table");
    await page.getByRole("table", { name: "The last 30 days" }).waitFor();
    await press(page, "As a chart");
    await press(page, "Withdraw: Our otters in the town hall");
    await sees(page, "“Our otters in the town hall” is withdrawn.");
    expect((await front.browser().get(outside())).text).to.not.include("otters");
    await press(page, "Undo");
    await eventually(async () => (await front.browser().get(outside())).text.includes("otters"));
    await press(page, "Withdraw the report");
    await sees(page, "The report is withdrawn: nobody outside reads it any more.");
    expect(await status()).to.equal(404);
    await look(reader.page);
    await sees(reader.page, "There is nothing here");
    await press(page, "Undo");
    await eventually(async () => (await status()) === 200);
  });

  it("asks once more where a text seems to name a pupil", async () => {
    const { page } = founder;
    await space.pupil("Kingfisher", "aveiro");
    await entry("e-birds", "activity", space.schools.aveiro, {
      ...{ title: "Birds at the river", toDay: "2026-11-02", done: "The kingfisher came back." },
    });
    await page.reload();
    await page.getByLabel("Choose Birds at the river").check();
    await press(page, "Publish 1 entry");
    await sees(page, "This seems to name a pupil");
    await sees(page, "In Birds at the river. Everybody will read it.");
    await expectSound(page, "report-public-naming");
    await press(page, "It names nobody: publish");
    await sees(page, "Published. Everybody who has the address reads it now.");
    expect((await front.browser().get(outside())).text).to.include("Birds at the river");
  });

  it("is taken down by a school's lead, and the teachers hear why", async () => {
    await lead.page.goto(`${front.url}/safeguarding`);
    await press(lead.page, "Take down: Two rivers");
    await lead.page.getByLabel("Why").fill("A boat with its number.");
    await press(lead.page, "Take down");
    await sees(lead.page, "Taken down: A boat with its number.");
    await expectSound(lead.page, "report-public-lead");
    expect(await status()).to.equal(404);
    await founder.page.reload();
    await sees(founder.page, /has taken it down: A boat with its number\./);
    expect(await founder.page.getByRole("button", { name: /^Publish/ }).count()).to.equal(0);
    await press(lead.page, "Lift: Two rivers");
    await lead.page.getByRole("button", { name: "Take down: Two rivers" }).waitFor();
    expect(await status()).to.equal(200);
  });
});
