/** A page is sound: axe finds nothing and nothing is cut off, on a telephone in the dark and on a desk in the light. */
import { expect } from "chai";
import type { Page } from "playwright-core";
import { findings, scrollsSideways } from "./chromium.ts";

export const phone = { width: 390, height: 844 };
export const desk = { width: 1366, height: 768 };

/** `name` says in a failure what was looked at; with TEST_SHOTS a picture of each is kept in that folder. */
export async function expectSound(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  for (const [viewport, colorScheme] of [
    [phone, "dark"],
    [desk, "light"],
  ] as const) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    const folder = process.env.TEST_SHOTS;
    if (folder) {
      await page.screenshot({ path: `${folder}/${name}-${viewport.width}-${colorScheme}.png`, fullPage: true });
    }
    expect((await findings(page)).join("\n"), `${name} at ${viewport.width}`).to.equal("");
    expect(await scrollsSideways(page), `${name} at ${viewport.width}`).to.equal(false);
  }
  if (before) await page.setViewportSize(before);
}
