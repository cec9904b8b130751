/** A real Chromium for measurements, and the scripts that are put into its pages. */
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { build } from "vite";
import { eventually } from "../tests/support/eventually.ts";
import type { BarePage, Drawn, Instruments } from "./pages/instruments.ts";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Several pages are looked at in turn; none may be slowed down for standing behind another.
  "--disable-background-timer-throttling",
  "--disable-renderer-backgrounding",
  "--disable-backgrounding-occluded-windows",
  "--use-fake-ui-for-media-stream",
  "--use-fake-device-for-media-stream",
  "--autoplay-policy=no-user-gesture-required",
];

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium", args: flags });

type Script = "instrumented" | "camera" | "bare";
const scripts = new Map<Script, Promise<string>>();

/** One of bench/pages as one script, built in memory. */
export function script(name: Script): Promise<string> {
  const built = scripts.get(name) ?? bundle(name);
  scripts.set(name, built);
  return built;
}

async function bundle(name: Script): Promise<string> {
  const input = fileURLToPath(new URL(`./pages/${name}.ts`, import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: { write: false, rollupOptions: { input, output: { format: "iife" } } },
  });
  const [chunk] = "output" in built ? built.output : [];
  if (chunk?.type !== "chunk") throw new Error(`${name} was not built`);
  return chunk.code;
}

/**
 * A page as if on a computer of its own, with the instruments in it. As a speaker (1 to 14) it has a painted
 * camera; otherwise none, so that not every page's camera has to be played by this one machine.
 */
export async function openPage(browser: Browser, speaker?: number): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    // The painted camera's worker is no script of the page's own.
    bypassCSP: Boolean(speaker),
  });
  await context.addInitScript(await script("instrumented"));
  if (speaker) {
    const camera = JSON.stringify(await script("camera"));
    await context.addInitScript(`instruments.speakAs(${speaker}, ${camera})`);
  } else await context.addInitScript("instruments.onlyWatch()");
  const page = await context.newPage();
  if (process.env.BENCH_LOG) {
    page.on("console", (line) => process.stderr.write(`page: ${line.text()}\n`));
    page.on("pageerror", (fault) => process.stderr.write(`page: ${fault}\n`));
  }
  return page;
}

export const leave = (page: Page): Promise<void> => page.context().close();

interface InPage {
  instruments: Instruments;
  barePage: BarePage;
}

/** Runs in the page. The function travels as text: it can see its arguments and nothing else. */
export function inPage<T, A extends unknown[]>(
  page: Page,
  work: (offered: InPage, ...given: A) => T | Promise<T>,
  ...given: A
): Promise<T> {
  return page.evaluate(`(${work})(globalThis, ...${JSON.stringify(given)})`);
}

/** How old a picture may be when it is drawn: an older one was kept from an earlier turn. */
const freshMs = 3_000;

/** When the frame that `lookFor` asked for was drawn. @throws when there is none in time, or it is an old one */
export async function drawnAt(page: Page, withinMs = 15_000): Promise<number> {
  let drawn: Drawn | null = null;
  await eventually(async () => {
    drawn = await inPage(page, ({ instruments }) => instruments.drawn());
    return drawn !== null;
  }, withinMs);
  // Assigned in the function above, which the compiler does not see.
  const { atMs, paintedMs } = drawn as unknown as Drawn;
  if (atMs - paintedMs > freshMs) throw new Error(`A picture of ${Math.round(atMs - paintedMs)} ms ago was drawn`);
  return atMs;
}

/** When the button was clicked, in ms since 1970. */
export async function clickedAt(page: Page, button: string): Promise<number> {
  const at = await inPage(page, ({ instruments }, name) => instruments.clicked(name), button);
  if (at === null) throw new Error(`"${button}" was not clicked`);
  return at;
}

export const press = (page: Page, button: string): Promise<void> =>
  page.getByRole("button", { name: button, exact: true }).click({ timeout: 15_000 });
