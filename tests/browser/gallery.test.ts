import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";
import { type Browser, chromium, type Page } from "playwright-core";
import { scenes } from "../../client/gallery/scenes.ts";
import { type StaticSite, serveFolder } from "../support/staticSite.ts";

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL("../..", import.meta.url));
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const flags =
  "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

const phone = { width: 390, height: 844 };
const tablet = { width: 768, height: 1024 };
const desktop = { width: 1366, height: 768 };
const narrow = { width: 320, height: 640 };

describe("the gallery of parts", function () {
  this.timeout(120_000);
  let site: StaticSite;
  let browser: Browser;

  before(async () => {
    await promisify(execFile)(
      process.execPath,
      ["node_modules/vite/bin/vite.js", "build", "-c", "client/vite.config.ts"],
      {
        cwd: root,
        env: { ...process.env, TWINLIGHT_GALLERY: "1" },
      },
    );
    site = await serveFolder(`${root}/client/dist-gallery`);
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: flags.split(" "),
    });
  });

  after(async () => {
    await browser?.close();
    await site?.close();
  });

  /** Opens a scene, lets `look` look at it, and says what the page complained about meanwhile. */
  async function at(
    query: string,
    viewport: { width: number; height: number },
    look: (page: Page) => Promise<void>,
  ): Promise<string[]> {
    const context = await browser.newContext({ viewport, bypassCSP: false, reducedMotion: "reduce" });
    const complaints: string[] = [];
    try {
      const page = await context.newPage();
      page.on("pageerror", (fault) => complaints.push(String(fault)));
      page.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
      });
      await page.goto(`${site.address}/?scene=${query}`);
      await page.locator("main").waitFor();
      await look(page);
    } finally {
      await context.close();
    }
    return complaints;
  }

  /** What axe-core finds, as readable lines. */
  async function violations(page: Page): Promise<string[]> {
    // Through the debugger, so that the page's own policy needs no hole for it.
    await page.evaluate(axe);
    return page.evaluate(`(async () => {
      const { violations } = await axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        // The gallery shows several floor plates on one page; a room has one.
        rules: { "landmark-unique": { enabled: !location.search.includes("plates") } },
      });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => id + ": " + target.join(" ") + ": " + failureSummary));
    })()`);
  }

  for (const [scene, theme, viewport] of [
    ...scenes.map((scene) => [scene, "light", desktop] as const),
    ...scenes.map((scene) => [scene, "dark", phone] as const),
    ["room-chair", "light", tablet] as const,
  ]) {
    it(`has nothing to complain about: ${scene}, ${theme}, ${viewport.width} wide`, async () => {
      let found: string[] = [];
      const complaints = await at(`${scene}&theme=${theme}`, viewport, async (page) => {
        found = await violations(page);
      });
      expect(complaints).to.deep.equal([]);
      expect(found.join("\n")).to.equal("");
    });
  }

  it("cuts nothing off at 320 px, nor at the largest reading size", async () => {
    for (const query of ["small", "arrive", "plates", "room-chair", "room-speaking", "small&reading=largest"]) {
      await at(query, narrow, async (page) => {
        const wider = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
        expect(wider, query).to.be.at.most(1);
      });
    }
  });

  it("gives the room its names", async () => {
    await at("room-chair", desktop, async (page) => {
      for (const [role, name] of [
        ["region", "Speaker"],
        ["list", "Queue"],
        ["list", "People"],
        ["list", "Lobby"],
        ["log", "Chat"],
        ["textbox", "Message"],
        ["timer", "Turn clock"],
        ["button", "Raise hand"],
        ["button", "End turn"],
        ["button", "Extend turn"],
        ["button", "Freeze"],
        ["button", "Leave"],
        ["button", "End meeting for all"],
        ["button", "Admit Matti K."],
        ["button", "Turn away Guest 7"],
        ["button", "Admit all"],
        ["button", "Actions for Diogo F."],
      ] as const) {
        expect(await page.getByRole(role, { name, exact: true }).count(), `${role} ${name}`).to.equal(1);
      }
    });
  });

  it("opens a person's menu by keyboard and gives the focus back", async () => {
    await at("room-chair", desktop, async (page) => {
      const trigger = page.getByRole("button", { name: "Actions for Eetu L." });
      await trigger.focus();
      await page.keyboard.press("Enter");
      const first = page.getByRole("menuitem", { name: "Give turn" });
      await first.waitFor();
      expect(await first.evaluate((item) => item.matches(":focus"))).to.equal(true);
      await page.keyboard.press("ArrowUp");
      const last = page.getByRole("menuitem", { name: "Remove", exact: true });
      expect(await last.evaluate((item) => item.matches(":focus"))).to.equal(true);
      await page.keyboard.press("Escape");
      await first.waitFor({ state: "hidden" });
      expect(await trigger.evaluate((item) => item.matches(":focus"))).to.equal(true);
    });
  });

  it("asks again in a dialog that holds the focus on the safe answer", async () => {
    await at("small", desktop, async (page) => {
      await page.getByRole("button", { name: "Ask again" }).click();
      const dialog = page.getByRole("dialog", { name: "End the meeting for all?" });
      await dialog.waitFor();
      expect(await page.evaluate("document.activeElement.textContent")).to.equal("Cancel");
      expect(await violations(page)).to.deep.equal([]);
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
      expect(await page.evaluate("document.activeElement.textContent")).to.equal("Ask again");
    });
  });

  it("moves the replay's position by keyboard", async () => {
    await at("replay", desktop, async (page) => {
      const slider = page.getByRole("slider", { name: "Position" });
      await slider.focus();
      await page.keyboard.press("Home");
      expect(await slider.getAttribute("aria-valuetext")).to.equal("0:00 of 42:00");
    });
  });
});
