/** Materials in a real browser: brought, described, found, shown; and files that go on after the connection or the page was lost. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { Browser, Locator, Page, Request } from "playwright-core";
import sharp from "sharp";
import { pageModules, pagePaths } from "../../server/pagePaths.ts";
import { type ActiveSpace, openSpace } from "../support/activeSpace.ts";
import { openChromium, openWindow, type Window } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { type Browser as Client, type FrontDoor, openFrontDoor } from "../support/frontDoor.ts";
import { sampleWebm } from "../support/sampleMedia.ts";
import { expectSound } from "../support/sound.ts";

const clientFolder = process.env.CLIENT_FOLDER ?? fileURLToPath(new URL("../../client/dist", import.meta.url));
const desk = { width: 1366, height: 768 };
/** What a browser says of a connection that the test has cut. */
const aboutLostConnections = /net::ERR_/;
const mega = 1_000_000;

describe("the materials of a TwinSpace", function () {
  this.timeout(180_000);
  let front: FrontDoor;
  let space: ActiveSpace;
  let browser: Browser;
  let ana: Window;
  let pupil: Window;
  let folder = "";

  before(async () => {
    front = await openFrontDoor({
      clientFolder,
      pages: pagePaths.map((path) => ({ path, module: pageModules[path] })),
    });
    space = await openSpace(front);
    const kingfisher = await space.pupil("Kingfisher", "aveiro");
    await space.pupil("Otter", "oulu");
    browser = await openChromium();
    ana = await windowOf(space.ana.browser);
    pupil = await windowOf(kingfisher.browser);
    folder = await mkdtemp(join(tmpdir(), "twinlight-materials-"));
  });

  after(async () => {
    await browser?.close();
    await front?.close();
    await rm(folder, { recursive: true, force: true });
  });

  afterEach(() => {
    const complaints = [ana, pupil].flatMap((window) => window.complaints.splice(0));
    expect(complaints.filter((text) => !aboutLostConnections.test(text)).join("\n")).to.equal("");
  });

  async function windowOf(own: Client): Promise<Window> {
    const window = await openWindow(browser, { viewport: desk });
    window.context.setDefaultTimeout(20_000);
    await window.context.addCookies([...own.cookies].map(([name, value]) => ({ name, value, url: front.url })));
    return window;
  }

  const at = () => `${front.url}/twinspace/${space.id}/materials`;
  const button = (page: Page | Locator, name: string | RegExp) =>
    page.getByRole("button", { name, exact: typeof name === "string" });
  const link = (page: Page, name: string | RegExp) => page.getByRole("link", { name });

  async function fileCalled(name: string, bytes: Buffer): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, bytes);
    return path;
  }

  const choose = async (page: Page, files: string | string[], by = "Upload files") => {
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), button(page, by).last().click()]);
    await chooser.setFiles(files);
  };

  /** A river under a sky of this colour, so that pictures can be told apart. */
  function river([red, green, blue]: readonly [number, number, number], width = 1600, height = 1200): Promise<Buffer> {
    const pixels = Buffer.alloc(width * height * 3);
    for (let y = 0, at = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1, at += 3) {
        const isSun = (x - width * 0.72) ** 2 + (y - height * 0.24) ** 2 < (width * 0.09) ** 2;
        const isWater = y > height * (0.58 + 0.04 * Math.sin((x / width) * 9));
        const shade = isWater ? 0.55 + 0.1 * Math.sin(y / 14 + x / 90) : 1 - (y / height) * 0.25;
        const colour =
          isSun && !isWater ? [255, 244, 194] : isWater ? [blue * 0.5, green * 0.9, red] : [red, green, blue];
        pixels.set(
          colour.map((value) => Math.min(255, (value ?? 0) * (isSun && !isWater ? 1 : shade))),
          at,
        );
      }
    }
    return sharp(pixels, { raw: { width, height, channels: 3 } })
      .jpeg()
      .toBuffer();
  }

  it("begin empty, and say what to do", async () => {
    const { page } = ana;
    await page.goto(at());
    await page.getByText("No materials yet").waitFor();
    await expectSound(page, "materials-none");
  });

  it("come several at once, and are described there and then", async () => {
    const { page } = ana;
    const files = [
      await fileCalled("vouga in the morning.jpg", await river([244, 196, 170])),
      await fileCalled("a plan.txt", Buffer.from("Measure the river on Mondays.")),
    ];
    await choose(page, files);
    const form = page.getByRole("region", { name: "Describe vouga in the morning.jpg" });
    await form.waitFor();
    await expectSound(page, "materials-describe");
    await form.getByLabel("What is to be seen").fill("The Vouga at sunrise, with mist over the water");
    await form.getByLabel("What others may do with it").selectOption({ label: "Use it and name who made it (CC BY)" });
    await form.getByLabel("Who made it").fill("Class 6B");
    await form.getByRole("radio", { name: "Yes" }).check();
    await form.getByText("Find a pupil").click();
    await form.getByRole("checkbox", { name: /Kingfisher/ }).check();
    await button(form, "Save").click();
    await form.waitFor({ state: "detached" });
    const second = page.getByRole("region", { name: "Describe a plan.txt" });
    expect(await second.getByLabel("Who made it").inputValue(), "of what was described before").to.equal("Class 6B");
    await button(second, "Later").click();
    await link(page, /vouga in the morning/).waitFor();
    const { rows } = await front.pool.query(
      "select m.alt, m.licence, m.shows, (select count(*) from material_people p where p.material_id = m.id) as people from materials m where kind = 'image'",
    );
    expect(rows).to.deep.equal([
      { alt: "The Vouga at sunrise, with mist over the water", licence: "ccBy", shows: "people", people: 1 },
    ]);
  });

  it("keep what was typed about them through a reload", async () => {
    const { page } = ana;
    await link(page, /a plan\.txt/).click();
    await button(page, "Change…").click();
    await page.getByRole("dialog").getByLabel("More about it").fill("For the whole spring");
    await page.reload();
    await button(page, "Change…").click();
    expect(await page.getByRole("dialog").getByLabel("More about it").inputValue()).to.equal("For the whole spring");
    await button(page.getByRole("dialog"), "Save").click();
    await page.getByText("For the whole spring").waitFor();
    await expectSound(page, "material-file");
  });

  it("are shown large, with their facts", async () => {
    const { page } = ana;
    await page.goto(at());
    await link(page, /vouga in the morning/).click();
    const image = page.getByRole("img", { name: "The Vouga at sunrise, with mist over the water" });
    await image.waitFor();
    const width = `(async () => {
      const image = document.querySelector("figure img");
      await image.decode();
      return image.naturalWidth;
    })()`;
    expect(await page.evaluate(width)).to.equal(1280);
    await page.getByText("Kingfisher").first().waitFor();
    await expectSound(page, "material-image");
  });

  it("go on by themselves when the connection comes back, from where they were", async () => {
    const { page, context } = ana;
    await page.goto(at());
    const film = await fileCalled("long film.bin", Buffer.alloc(24 * mega, "0123456789"));
    const sent = slowPieces(page);
    await choose(page, film);
    await eventually(() => sent.offsets.length >= 3);
    await context.setOffline(true);
    await page.getByText("No connection. It goes on by itself.").waitFor();
    await expectSound(page, "materials-waiting");
    await context.setOffline(false);
    await page.getByRole("region", { name: "Describe long film.bin" }).waitFor({ timeout: 60_000 });
    await sent.stop();
    expect(sent.begun, "it was begun once").to.equal(1);
    expect(
      sent.offsets.filter((offset) => offset === 0),
      "its beginning was sent once",
    ).to.have.length(1);
    await button(page, "Later").click();
    await link(page, /long film\.bin/).waitFor();
  });

  it("are paused, gone on with and cancelled", async () => {
    const { page } = ana;
    const film = await fileCalled("paused.bin", Buffer.alloc(20 * mega, "abcdef"));
    const sent = slowPieces(page);
    await choose(page, film);
    await eventually(() => sent.offsets.length >= 2);
    await button(page, "Pause paused.bin").click();
    await page.getByText(/Paused at/).waitFor();
    await button(page, "Go on with paused.bin").click();
    await button(page, "Pause paused.bin").waitFor();
    await button(page, "Cancel paused.bin").click();
    await eventually(async () => {
      const { rows } = await front.pool.query("select count(*) from material_uploads where name = 'paused.bin'");
      return rows[0].count === 0;
    });
    await sent.stop();
  });

  it("go on after the page was reloaded, once the same file is chosen again", async () => {
    const { page } = ana;
    const film = await fileCalled("reloaded.bin", Buffer.alloc(24 * mega, "fedcba"));
    const before = slowPieces(page);
    await choose(page, film);
    await eventually(() => before.offsets.length >= 3);
    await page.reload();
    await before.stop();
    await page.getByText(/reloaded\.bin was on its way when this page was closed/).waitFor();
    await expectSound(page, "materials-left");
    const after = slowPieces(page);
    await choose(page, film, "Choose the file again");
    await page.getByRole("region", { name: "Describe reloaded.bin" }).waitFor({ timeout: 60_000 });
    await after.stop();
    expect(after.begun, "it was not begun again").to.equal(0);
    expect(Math.min(...after.offsets)).to.be.greaterThan(0);
    await button(page, "Later").click();
  });

  it("say beside a file why it is not taken", async () => {
    const { page } = ana;
    const whole = await river([150, 190, 220]);
    await choose(page, [
      await fileCalled("torn.jpg", whole.subarray(0, whole.length / 2)),
      await fileCalled("empty.txt", Buffer.alloc(0)),
      await fileCalled("IMG_2001.HEIC", Buffer.from("ftypheic")),
    ]);
    await page.getByText("This picture is damaged and cannot be shown.", { exact: false }).waitFor();
    await page.getByText("This file is empty.").waitFor();
    await page.getByText("Pictures of this kind (HEIC) cannot be shown everywhere.", { exact: false }).waitFor();
    await expectSound(page, "materials-refused");
    await button(page, "Put torn.jpg away").click();
  });

  it("lie in folders, and are links too", async () => {
    const { page } = ana;
    await page.goto(at());
    await button(page, "New folder").click();
    await page.getByLabel("Name of the folder").fill("Rivers");
    await page.keyboard.press("Enter");
    await link(page, "Rivers").click();
    await page.getByRole("heading", { level: 1, name: "Rivers" }).waitFor();
    await button(page, "Add a link").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Address").fill("javascript:alert(1)");
    await button(dialog, "Add the link").click();
    await dialog.getByText("Write an address that begins with http:// or https://.").waitFor();
    await dialog.getByLabel("Address").fill("https://example.org/map");
    await dialog.getByLabel("What it is called here").fill("A map of both rivers");
    await button(dialog, "Add the link").click();
    await link(page, "A map of both rivers").click();
    await page.getByText("Leads to example.org").waitFor();
    await expectSound(page, "material-link");
    await link(page, "Rivers").click();
    await page.getByRole("heading", { level: 1, name: "Rivers" }).waitFor();
  });

  it("are removed and brought back", async () => {
    const { page } = ana;
    await page.goto(at());
    await link(page, /a plan\.txt/).click();
    await button(page, /Menu|More|material a plan/i)
      .last()
      .click();
    await page.getByRole("menuitem", { name: "Remove" }).click();
    await page.getByText("a plan.txt was removed.").waitFor();
    await button(page, "Bring it back").click();
    await page.getByText("For the whole spring").waitFor();
  });

  it("are brought by pupils, who are not asked who is on them, on a telephone", async () => {
    const { page } = pupil;
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(at());
    await choose(page, await fileCalled("otter tracks.jpg", await river([196, 220, 160])));
    const form = page.getByRole("region", { name: "Describe otter tracks.jpg" });
    await form.getByLabel("What is to be seen").fill("Tracks in the mud");
    expect(await form.getByText("Are people to be seen or heard?").count()).to.equal(0);
    await button(form, "Save").click();
    await form.waitFor({ state: "detached" });
    await expectSound(page, "materials-pupil");
  });

  it("of pupils get their people from any teacher, who changes nothing else of them", async () => {
    const rui = await windowOf(space.rui.browser);
    const { page } = rui;
    await page.goto(at());
    await link(page, /otter tracks/).click();
    await button(page, "Change…").click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.getByLabel("What is to be seen").count()).to.equal(0);
    await dialog.getByRole("radio", { name: "No, nobody" }).check();
    await button(dialog, "Save").click();
    await page.getByText("No, nobody").waitFor();
    expect(rui.complaints).to.deep.equal([]);
    await rui.context.close();
  });

  it("are chosen for an update, or brought while it is written, and nothing is posted by that", async () => {
    const { page } = ana;
    await page.goto(`${front.url}/twinspace/${space.id}`);
    await button(page, "Post an update").click();
    await button(page, /picture/i)
      .last()
      .click();
    const dialog = page.getByRole("dialog");
    await button(dialog, /vouga in the morning/).waitFor();
    await expectSound(page, "materials-choose");
    await dialog.getByLabel("Find").fill("nothing of that name");
    await page.keyboard.press("Enter");
    await dialog.getByText("Nothing found").waitFor();
    await dialog.getByLabel("Find").fill("");
    await choose(page, await fileCalled("brought while writing.jpg", await river([220, 200, 120])));
    const form = dialog.getByRole("region", { name: "Describe brought while writing.jpg" });
    await form.getByLabel("What is to be seen").fill("Sand at the river's mouth");
    await button(form, "Save").click();
    await form.waitFor({ state: "detached" });
    await button(dialog, /brought while writing/).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("img", { name: "Sand at the river's mouth" }).waitFor();
    const { rows } = await front.pool.query("select count(*) from updates");
    expect(rows[0].count, "nothing was posted").to.equal(0);
  });

  it("are films that play, or say that this browser cannot play them", async () => {
    const { page } = ana;
    await page.goto(at());
    await choose(page, [
      await fileCalled("test picture.webm", Buffer.from(await sampleWebm(1))),
      await fileCalled(
        "torn.mp4",
        Buffer.concat([Buffer.from("\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "latin1"), Buffer.alloc(500)]),
      ),
    ]);
    for (const name of ["test picture.webm", "torn.mp4"]) {
      await button(page.getByRole("region", { name: `Describe ${name}` }), "Later").click();
    }
    await link(page, /test picture/).click();
    await page.getByLabel("Film test picture.webm").waitFor();
    const width = `(async () => {
      const film = document.querySelector("video");
      film.muted = true;
      await film.play();
      return film.videoWidth;
    })()`;
    expect(await page.evaluate(width)).to.equal(320);
    await expectSound(page, "material-film");
    await page.goto(at());
    await link(page, /torn\.mp4/).click();
    await page.getByText("This browser cannot play it. Download it instead.").waitFor();
  });

  it("look like this when there are some", async () => {
    const { page } = ana;
    const hours = [
      ["ice on the Oulujoki.jpg", [200, 222, 240]],
      ["both classes at the bridge.jpg", [160, 210, 190]],
      ["evening.jpg", [240, 170, 190]],
    ] as const;
    for (const [name, sky] of hours) {
      await page.goto(at());
      await choose(page, await fileCalled(name, await river(sky)));
      await button(page.getByRole("region", { name: `Describe ${name}` }), "Later").click();
    }
    await page.goto(at());
    await link(page, /evening/).waitFor();
    await expectSound(page, "materials");
    if (process.env.PICTURES) {
      await page.setViewportSize(desk);
      await page.emulateMedia({ colorScheme: "light" });
      await page.screenshot({ path: join(process.env.PICTURES, "twinspace-materials.png") });
    }
    await page.getByLabel("Find").fill("oulujoki");
    await link(page, /evening/).waitFor({ state: "detached" });
    await link(page, /ice on the Oulujoki/).waitFor();
  });

  /** Lets every piece wait a moment, so that something can happen between them; keeps from where each was sent. */
  function slowPieces(page: Page) {
    const offsets: number[] = [];
    const seen = { begun: 0 };
    const count = (request: Request) => {
      if (request.method() === "POST" && request.url().endsWith("/uploads")) seen.begun += 1;
      const offset = request.headers()["upload-offset"];
      if (request.method() === "PATCH" && offset !== undefined) offsets.push(Number(offset));
    };
    page.on("request", count);
    const slow = page.route("**/uploads/*", async (route) => {
      if (route.request().method() === "PATCH") await new Promise((resolve) => setTimeout(resolve, 400));
      await route.continue().catch(() => {});
    });
    return {
      offsets,
      get begun() {
        return seen.begun;
      },
      async stop() {
        await slow;
        page.off("request", count);
        await page.unroute("**/uploads/*");
      },
    };
  }
});
