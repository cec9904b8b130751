/**
 * How much script the meeting's page needs, gzipped: until "Join" can be pressed, and until the room stands. Counted are
 * the scripts that the real page had loaded by then; those that it fetches ahead while somebody is still at the door count
 * for the room only.
 */
import { gzipSync } from "node:zlib";
import type { Page, Response } from "playwright-core";
import { eventually } from "../../tests/support/eventually.ts";
import { leave, openBrowser, press } from "../chromium.ts";
import type { Group } from "../measure.ts";
import { openRoom } from "../room.ts";

const group: Group = {
  name: "client",
  async run(say) {
    const browser = await openBrowser();
    const room = await openRoom();
    try {
      const page = await room.arrives(browser, "Ana", { chair: true });
      const loaded = await reloadedWith(page);
      const toJoin = await weight(loaded);
      await page.getByRole("textbox", { name: "Your name" }).fill("Ana");
      await press(page, "Join");
      await eventually(() => page.getByRole("button", { name: "Raise hand", exact: true }).isVisible());
      const toRoom = await weight(loaded);
      await leave(page);
      for (const [name, { bytes, files }] of [
        ["client.meetingPage.join", toJoin],
        ["client.meetingPage.room", toRoom],
      ] as const) {
        say({
          name,
          value: Math.round(bytes / 100) / 10,
          unit: "kB",
          ratio: null,
          against: null,
          n: files,
          note: `${files} scripts, gzipped`,
        });
      }
    } finally {
      await room.close();
      await browser.close();
    }
  },
};
export default group;

/** The scripts that have come, from an empty beginning until "Join" can be pressed. */
async function reloadedWith(page: Page): Promise<Response[]> {
  const loaded: Response[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script" && response.ok()) loaded.push(response);
  });
  await page.reload({ waitUntil: "commit" });
  await page.getByRole("button", { name: "Join", exact: true }).waitFor();
  return loaded;
}

async function weight(loaded: readonly Response[]): Promise<{ bytes: number; files: number }> {
  const bodies = await Promise.all([...loaded].map((response) => response.body()));
  return { bytes: bodies.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0), files: bodies.length };
}
