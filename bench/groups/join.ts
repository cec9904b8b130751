/**
 * Coming into a meeting in which somebody speaks: from the click on "Join" to the speaker's first frame drawn. Against a
 * page that does the same with mediasoup alone, in turns with it.
 */
import type { Browser, Page } from "playwright-core";
import { startBareServer } from "../bare/bareServer.ts";
import { clickedAt, drawnAt, inPage, leave, openBrowser, openPage, press, script } from "../chromium.ts";
import { type Group, percentiles, quick } from "../measure.ts";
import { openRoom } from "../room.ts";

const joins = quick ? 4 : 18;
/** The page has settled before somebody clicks. */
const settleMs = 400;

const group: Group = {
  name: "join",
  async run(say) {
    const browser = await openBrowser();
    const room = await openRoom();
    const bare = await startBareServer();
    const pages: Page[] = [];
    try {
      const speaker = await room.enters(browser, "Ines", { speaker: 1 });
      await press(speaker, "Raise hand");
      await room.made(1);
      pages.push(speaker, await bareSpeaker(browser, bare.url));
      const [own, plain]: [number[], number[]] = [[], []];
      // The first of each warms up what is loaded and compiled at first use.
      for (let at = 0; at <= joins; at += 1) {
        const mine = await joined(await room.arrives(browser, `Guest ${at}`));
        const theirs = await joined(await bareDoor(browser, bare.url));
        if (at === 0) continue;
        own.push(mine);
        plain.push(theirs);
      }
      for (const figure of percentiles("join.firstFrame", own, {
        against: { name: "mediasoup alone", samples: plain },
        note: "from the click; ticket, connection, snapshot and media; lobby off",
      }))
        say(figure);
    } finally {
      for (const page of pages) await leave(page);
      await bare.close();
      await room.close();
      await browser.close();
    }
  },
};
export default group;

/** Clicks "Join" on a page that has arrived, and leaves when the speaker was seen. */
async function joined(page: Page): Promise<number> {
  try {
    await inPage(page, ({ instruments }) => instruments.lookFor(1));
    await new Promise((resolve) => setTimeout(resolve, settleMs));
    await press(page, "Join");
    return (await drawnAt(page)) - (await clickedAt(page, "Join"));
  } finally {
    await leave(page);
  }
}

async function bareSpeaker(browser: Browser, url: string): Promise<Page> {
  const page = await bareDoor(browser, url, 1);
  await inPage(page, ({ barePage }) => barePage.join());
  await inPage(page, ({ barePage }) => barePage.publish(1));
  return page;
}

async function bareDoor(browser: Browser, url: string, speaker?: number): Promise<Page> {
  const page = await openPage(browser, speaker);
  await page.goto(url);
  await page.evaluate(await script("bare"));
  await inPage(page, ({ barePage }) => barePage.arrive());
  return page;
}
