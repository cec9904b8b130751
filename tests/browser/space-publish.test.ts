/** Publishing in real browsers: a teacher asks, a founder publishes, a stranger reads without any script, a lead takes it down. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { pageModules, pagePaths } from "../../server/pagePaths.ts";
import { publicProjectRoutes } from "../../server/projects/publicProjects.ts";
import { type ActiveSpace, openSpace } from "../support/activeSpace.ts";
import { openChromium, openWindow, type Window } from "../support/chromium.ts";
import { aveiro, type Browser as Client, type FrontDoor, openFrontDoor } from "../support/frontDoor.ts";
import { good } from "../support/projects.ts";
import { desk, expectSound, phone } from "../support/sound.ts";
import { upload } from "../support/uploading.ts";

const clientFolder = process.env.CLIENT_FOLDER ?? fileURLToPath(new URL("../../client/dist", import.meta.url));
const text = (words: string) => ({ type: "text", text: words });
const paragraph = (words: string) => ({ type: "paragraph", content: [text(words)] });

/** A river below the sun, pixel by pixel. */
function aRiver(): Promise<Buffer> {
  const [width, height] = [1600, 800];
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const isSun = (x - 1250) ** 2 + (y - 210) ** 2 < 90 ** 2;
      const isWater = y > 560 + 50 * Math.sin(x / 260);
      pixels.writeUIntBE(isSun ? 0xffc83d : isWater ? 0x2a6f97 : 0xbfe0ef, (y * width + x) * 3, 3);
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

describe("a project that publishes", function () {
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
      `update projects set title = 'Two rivers', summary = 'Two classes measure their rivers, the Vouga and the Oulujoki, every week, and tell each other what lives in them.' where id = $1`,
      [space.id],
    );
    const river = await aRiver();
    const { material } = await upload(space.ana.browser, front.url, space.id, "The Vouga.png", river);
    photo = material ?? "";
    await page("Our rivers", [
      paragraph(
        "The Vouga is short and warm, the Oulujoki long and cold. Every Monday we go to the bank with a thermometer.",
      ),
      { type: "image", attrs: { material: photo, alt: "A river below the sun", caption: "The Vouga in spring" } },
      { type: "heading", attrs: { level: 2 }, content: [text("What we measure")] },
      {
        type: "bulletList",
        content: ["How warm the water is", "How fast it flows", "What lives in it"].map((words) => ({
          type: "listItem",
          content: [paragraph(words)],
        })),
      },
    ]);
    await page("What lives in the water", [paragraph("Otters, in both of them.")]);
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

  async function page(title: string, content: object[]): Promise<void> {
    const { id } = good(
      await space.rui.browser.post(`/api/spaces/${space.id}/pages`, {
        ...{ title, parent: null, view: "members", edit: "teachers", state: "shown" },
      }),
    );
    const doc = JSON.stringify({ type: "doc", content });
    await front.pool.query("update page_texts set doc = $2 where page_id = $1", [id, doc]);
    await front.pool.query("update page_snapshots set doc = $2 where page_id = $1", [id, doc]);
    if (doc.includes(photo)) await front.pool.query("update pages set materials = $2 where id = $1", [id, [photo]]);
  }

  async function windowOf(own: Client): Promise<Window> {
    const window = await openWindow(browser, { viewport: desk });
    window.context.setDefaultTimeout(20_000);
    await window.context.addCookies([...own.cookies].map(([name, value]) => ({ name, value, url: front.url })));
    return window;
  }

  const publishPage = () => `${front.url}/twinspace/${space.id}/publish`;
  const site = (rest = "") => `${front.url}/p/${space.id}${rest}`;
  const status = async (rest: string) => (await front.browser().get(`/p/${space.id}${rest}`)).status;
  /** Anew: a browser keeps a public page for a minute. */
  const look = async (on: Page, rest: string) => {
    await on.goto(site(rest));
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

  it("has a teacher ask and sees what keeps a page back", async () => {
    await teacher.page.goto(publishPage());
    await sees(teacher.page, "No page is public yet");
    await sees(teacher.page, "Say who is shown on The Vouga.png");
    expect(await teacher.page.getByRole("button", { name: /^Publish/ }).count()).to.equal(0);
    await press(teacher.page, "Ask to publish: Our rivers");
    await sees(teacher.page, "Asked. Founders and administrators find it here.");
    await expectSound(teacher.page, "publish-teacher");
  });

  it("has a founder mend that, look at it and publish it", async () => {
    await founder.page.goto(publishPage());
    await sees(founder.page, "Rui Pires asks for it.");
    expect(await founder.page.getByRole("button", { name: "Publish: Our rivers" }).count()).to.equal(0);
    await founder.page.getByRole("link", { name: "Say who is shown on The Vouga.png" }).click();
    await founder.page.getByRole("heading", { level: 1 }).waitFor();
    good(await space.ana.browser.patch(`/api/spaces/${space.id}/materials/${photo}`, { shows: "nobody" }));
    await founder.page.goto(publishPage());
    await founder.page.getByRole("link", { name: "Look at it before: Our rivers" }).click();
    await sees(founder.page, "Nobody sees it yet");
    await founder.page.getByRole("img", { name: "A river below the sun" }).waitFor();
    await expectSound(founder.page, "publish-preview");
    await founder.page.goBack();
    await press(founder.page, "Publish: Our rivers");
    await sees(founder.page, "“Our rivers” is public now.");
    await press(founder.page, "Publish: What lives in the water");
    await sees(founder.page, "2 pages are public.");
    await founder.page.getByRole("radio", { name: "Meadow" }).check();
    await founder.page.getByLabel("A line below the title").fill("From the mouth of one to the source of the other");
    await press(founder.page, "Save");
    await sees(founder.page, "Saved.");
    await press(founder.page, "Close");
    await picture(founder.page, "twinspace-publish");
    await expectSound(founder.page, "publish-founder");
  });

  it("is read by a stranger on a telephone without any script", async () => {
    const { page: telephone, context } = reader;
    await telephone.goto(site());
    await telephone.getByRole("heading", { level: 1, name: "Two rivers" }).waitFor();
    await sees(telephone, "From the mouth of one to the source of the other");
    await sees(telephone, "Oulu, Finland");
    await telephone.getByRole("link", { name: "Our rivers", exact: true }).click();
    await telephone.getByRole("heading", { level: 1, name: "Our rivers" }).waitFor();
    await telephone.getByRole("img", { name: "A river below the sun" }).waitFor();
    await sees(telephone, "How fast it flows");
    expect(await telephone.getByText("Rui Pires").count()).to.equal(0);
    await telephone.getByRole("link", { name: /Next page/ }).click();
    await telephone.getByRole("heading", { level: 1, name: "What lives in the water" }).waitFor();
    expect(await context.cookies()).to.deep.equal([]);
  });

  it("is sound in every theme, from right to left, and where there is nothing", async () => {
    const window = await openWindow(browser, { viewport: desk });
    try {
      for (const theme of ["river", "meadow", "brick", "slate"]) {
        await front.pool.query("update public_sites set theme = $2 where project_id = $1", [space.id, theme]);
        await look(window.page, "");
        await expectSound(window.page, `public-site-${theme}`);
        await look(window.page, "/our-rivers");
        await expectSound(window.page, `public-page-${theme}`);
      }
      await front.pool.query("update projects set languages = '{ar}' where id = $1", [space.id]);
      await look(window.page, "/our-rivers");
      await expectSound(window.page, "public-page-rtl");
      await front.pool.query("update projects set languages = '{en}' where id = $1", [space.id]);
      await window.page.goto(site("/nothing"));
      await expectSound(window.page, "public-nothing");
      await window.page.goto(`${front.url}/projects/${space.id}`);
      await window.page.getByRole("link", { name: "Read what the project publishes" }).click();
      await window.page.getByRole("heading", { level: 1, name: "Two rivers" }).waitFor();
      expect(window.complaints.join("\n")).to.equal("");
    } finally {
      await window.context.close();
    }
  });

  it("is withdrawn, and brought back by undo", async () => {
    await founder.page.goto(publishPage());
    await press(founder.page, "Withdraw: Our rivers");
    await sees(founder.page, "“Our rivers” is withdrawn: nobody outside reads it any more.");
    expect(await status("/our-rivers")).to.equal(404);
    await look(reader.page, "/our-rivers");
    await sees(reader.page, "There is nothing here");
    await press(founder.page, "Undo");
    await sees(founder.page, "“Our rivers” is public again.");
    expect(await status("/our-rivers")).to.equal(200);
  });

  it("has a page taken down by a school's lead, and hears why", async () => {
    await lead.page.goto(`${front.url}/safeguarding`);
    await press(lead.page, "Take down: Our rivers");
    await press(lead.page, "Take down");
    await sees(lead.page, "Write why.");
    await lead.page.getByLabel("Why").fill("A boat with its number.");
    await press(lead.page, "Take down");
    await sees(lead.page, "Taken down: A boat with its number.");
    await expectSound(lead.page, "publish-lead");
    expect(await status("/our-rivers")).to.equal(404);
    await founder.page.goto(publishPage());
    await sees(founder.page, /has taken it down: A boat with its number\./);
    expect(await founder.page.getByRole("button", { name: /^Publish.*: Our rivers/ }).count()).to.equal(0);
    await press(lead.page, "Lift: Our rivers");
    await lead.page.getByRole("button", { name: "Take down: Our rivers" }).waitFor();
    expect(await status("/our-rivers")).to.equal(200);
  });

  it("says not now with a reason", async () => {
    await founder.page.goto(publishPage());
    await press(founder.page, "Withdraw: What lives in the water");
    await sees(founder.page, /is withdrawn/);
    await teacher.page.goto(publishPage());
    await press(teacher.page, "Ask to publish: What lives in the water");
    await sees(teacher.page, "Asked.");
    await founder.page.reload();
    await press(founder.page, "Not now…: What lives in the water");
    await founder.page.getByLabel("Why").fill("After the holidays.");
    await press(founder.page, "Not now");
    await sees(founder.page, "stays inside for now");
    await teacher.page.reload();
    await sees(teacher.page, "Not now: After the holidays.");
  });
});
