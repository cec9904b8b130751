/** A real Chromium, and what its pages complain about. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const flags =
  "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

export const openChromium = (more: readonly string[] = []): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: [...flags.split(" "), ...more],
  });

export interface Window {
  context: BrowserContext;
  page: Page;
  /** Breaches of the page's policy, faults in its scripts, and what it wrote as errors; a refusal's status is none. */
  complaints: string[];
}

/** A window of its own, as if somebody else sat at another computer. */
export async function openWindow(browser: Browser, options: BrowserContextOptions = {}): Promise<Window> {
  const context = await browser.newContext({ reducedMotion: "reduce", locale: "en-GB", ...options });
  const complaints: string[] = [];
  await context.addInitScript(`addEventListener("securitypolicyviolation", (event) =>
    console.error("securitypolicyviolation", event.violatedDirective, event.blockedURI, event.sample))`);
  const page = await context.newPage();
  page.on("pageerror", (fault) => complaints.push(String(fault)));
  page.on("console", (message) => {
    const isRefusal = message.text().startsWith("Failed to load resource: the server responded with a status of 4");
    if (message.type() === "error" && !isRefusal) complaints.push(message.text());
  });
  return { context, page, complaints };
}

/** What axe-core finds on the page as it is now, as readable lines. */
export async function findings(page: Page): Promise<string[]> {
  // Every page has a first heading once it is there; before that it is not the page yet.
  await page.locator("h1").first().waitFor({ state: "attached" });
  // Through the debugger, so that the page's own policy needs no hole for it.
  await page.evaluate(axe);
  return page.evaluate(`(async () => {
    const { violations } = await axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, any, all }) => id + ": " + help + " at " + target.join(" ") + " " +
        [...any, ...all].map(({ message }) => message).join("; ")));
  })()`);
}

/** True when the page is wider than the window. */
export const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
