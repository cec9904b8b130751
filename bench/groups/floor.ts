/**
 * The hand-over: from the click on "Finish turn" to the next speaker's first frame drawn in several real pages. Against
 * mediasoup alone with everything made beforehand (from the server's resume on), and against nothing made beforehand.
 * The cut: from the click on "End turn" to the last packet that the meeting's router forwarded of a speaker whose page
 * goes on sending whatever it is told.
 */
import type { DirectTransport, Router } from "mediasoup/types";
import type { Browser, Page } from "playwright-core";
import type { FollowsProducers, MeetingMedia } from "../../server/mediasoup/meetingMedia.ts";
import type { Produced } from "../../server/mediasoup/seatMedia.ts";
import { type BareServer, startBareServer } from "../bare/bareServer.ts";
import { clickedAt, drawnAt, inPage, leave, openBrowser, openPage, press, script } from "../chromium.ts";
import { type Group, median, percentile, percentiles, quick, round } from "../measure.ts";
import { openRoom, type Room } from "../room.ts";

/** Who watch all the time; who has just finished watches the next one too. */
const watching = 3;
const rounds = quick ? 4 : 24;
const unpreparedRounds = quick ? 3 : 12;
const cuts = quick ? 4 : 16;
/** Long enough that no request for a key frame is held back because of the last one. */
const betweenMs = 1_100;

const group: Group = {
  name: "floor",
  async run(say) {
    const browser = await openBrowser();
    try {
      const { prepared, unprepared } = await bareHandOvers(browser);
      const own = await withRoom(browser, async (room, speakers, watchers, chair) => {
        const handOvers = await ownHandOvers(room, speakers, watchers);
        return { handOvers, cuts: await ownCuts(room, speakers, chair) };
      });
      for (const figure of percentiles("floor.handover", own.handOvers, {
        against: { name: "mediasoup alone, prepared, from its resume", samples: prepared },
        note: `${watching + 1} viewers of ${watching + 2} real pages on one machine, 640x360 at 20/s; from the click`,
      }))
        say(figure);
      const [p95, slow] = [percentile(own.handOvers, 0.95), percentile(unprepared, 0.95)];
      say({
        name: "floor.handover.unprepared.p95",
        value: round(p95),
        unit: "ms",
        ratio: round(p95 / slow),
        against: `mediasoup alone, nothing prepared ${round(slow)} ms (p50 ${round(median(unprepared))} ms)`,
        n: own.handOvers.length,
        note: `${unprepared.length} samples unprepared`,
      });
      for (const figure of percentiles("floor.cut", own.cuts, {
        note: "to the last packet at a consumer in the meeting's router; the speaker's page goes on sending",
      }))
        say(figure);
    } finally {
      await browser.close();
    }
  },
};
export default group;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const lookFor = (pages: readonly Page[], speaker: number) =>
  Promise.all(pages.map((page) => inPage(page, ({ instruments }, who) => instruments.lookFor(who), speaker)));

/* mediasoup alone. */

async function bareHandOvers(browser: Browser): Promise<{ prepared: number[]; unprepared: number[] }> {
  const bare = await startBareServer();
  const pages: Page[] = [];
  try {
    for (let seat = 1; seat <= 2 + watching; seat += 1) pages.push(await barePage(browser, bare, seat <= 2 ? seat : 0));
    const whoWatches = (to: number) => pages.filter((_page, at) => at !== to - 1);
    const unprepared = await unpreparedHandOvers(bare, whoWatches);
    for (const speaker of [1, 2]) {
      for (const page of whoWatches(speaker)) await inPage(page, ({ barePage }, who) => barePage.consume(who), speaker);
    }
    bare.handOver(2, 1);
    const prepared = await alternately(rounds, async (from, to) => {
      const watchers = whoWatches(to);
      await lookFor(watchers, to);
      const began = bare.handOver(from, to);
      return (await Promise.all(watchers.map((page) => drawnAt(page)))).map((at) => at - began);
    });
    return { prepared, unprepared };
  } finally {
    for (const page of pages) await leave(page);
    await bare.close();
  }
}

async function barePage(browser: Browser, bare: BareServer, speaker: number): Promise<Page> {
  const page = await openPage(browser, speaker);
  await page.goto(bare.url);
  await page.evaluate(await script("bare"));
  await inPage(page, ({ barePage }) => barePage.join());
  if (speaker === 0) return page;
  await inPage(page, ({ barePage }, own) => barePage.publish(own), speaker);
  return page;
}

/** Everybody consumes the next speaker at that moment, and lets go of the last one. */
function unpreparedHandOvers(bare: BareServer, whoWatches: (to: number) => Page[]): Promise<number[]> {
  return alternately(unpreparedRounds, async (from, to) => {
    const watchers = whoWatches(to);
    await Promise.all(whoWatches(from).map((page) => inPage(page, ({ barePage }, who) => barePage.drop(who), from)));
    await lookFor(watchers, to);
    const began = Date.now();
    await Promise.all(watchers.map((page) => inPage(page, ({ barePage }, who) => barePage.consume(who), to)));
    const drawn = (await Promise.all(watchers.map((page) => drawnAt(page)))).map((at) => at - began);
    if (bare.producersOf(to).length !== 2) throw new Error("The speaker does not send sound and picture");
    return drawn;
  });
}

async function alternately(times: number, work: (from: number, to: number) => Promise<number[]>): Promise<number[]> {
  const samples: number[] = [];
  // The first one warms up what is loaded and compiled at first use.
  for (let at = 0; at <= times; at += 1) {
    const [from, to] = at % 2 === 0 ? [1, 2] : [2, 1];
    await pause(betweenMs);
    const some = await work(from ?? 1, to ?? 2);
    if (at > 0) samples.push(...some);
  }
  return samples;
}

/* Twinlight. */

async function withRoom<T>(
  browser: Browser,
  work: (room: Room, speakers: readonly [Page, Page], watchers: readonly Page[], chair: Page) => Promise<T>,
): Promise<T> {
  const room = await openRoom();
  const pages: Page[] = [];
  const come = async (name: string, as?: { speaker?: number; chair?: boolean }) => {
    const page = await room.enters(browser, name, as);
    pages.push(page);
    return page;
  };
  try {
    const chair = await come("Ana", { chair: true });
    const speakers = [await come("Ines", { speaker: 1 }), await come("Olli", { speaker: 2 })] as const;
    const others: Page[] = [];
    for (let seat = 1; seat < watching; seat += 1) others.push(await come(`Guest ${seat}`));
    await press(speakers[0], "Raise hand");
    await press(speakers[1], "Raise hand");
    await room.made(2);
    return await work(room, speakers, [chair, ...others], chair);
  } finally {
    for (const page of pages) await leave(page);
    await room.close();
  }
}

async function ownHandOvers(room: Room, speakers: readonly [Page, Page], others: readonly Page[]): Promise<number[]> {
  return alternately(rounds, async (from, to) => {
    const leaving = speakers[from === 1 ? 0 : 1];
    const watchers = [...others, leaving];
    await room.made(2);
    await lookFor(watchers, to);
    await press(leaving, "Finish turn");
    const drawn = await Promise.all(watchers.map((page) => drawnAt(page)));
    const clicked = await clickedAt(leaving, "Finish turn");
    await press(leaving, "Raise hand");
    return drawn.map((at) => at - clicked);
  });
}

/** The first speaker begins as the hand-overs left it: either may have the floor. */
async function ownCuts(room: Room, speakers: readonly Page[], chair: Page): Promise<number[]> {
  for (const page of speakers) await inPage(page, ({ instruments }) => instruments.keepSending());
  const media = room.server.mediaOf(room.meeting);
  if (!media) throw new Error("The meeting has no media");
  const tap = new Tap(media);
  const samples: number[] = [];
  try {
    for (let at = 0; at < cuts; at += 1) {
      await pause(betweenMs);
      const meeting = (await room.server.hosts.of(room.meeting))?.meeting;
      const [turn] = meeting?.turns ?? [];
      if (!turn) throw new Error("Nobody has the floor");
      await press(chair, "End turn");
      await pause(900);
      const [clicked, last] = [await clickedAt(chair, "End turn"), tap.lastFrom(turn.seat)];
      if (last === undefined) throw new Error("Nothing was forwarded of who had the floor");
      samples.push(Math.max(0, last - clicked));
      for (const page of speakers) {
        const raise = page.getByRole("button", { name: "Raise hand", exact: true });
        if (await raise.isVisible()) await raise.click();
      }
    }
  } finally {
    tap.close();
  }
  return samples;
}

/** Consumes everything in the meeting's own router and keeps when the last packet of each seat came. */
class Tap implements FollowsProducers {
  readonly #last = new Map<string, number>();
  readonly #stop: () => void;
  #router: Router | undefined;
  #transport: Promise<DirectTransport> | undefined;

  constructor(media: MeetingMedia) {
    this.#stop = media.follow(this);
  }

  lastFrom(seat: string): number | undefined {
    return this.#last.get(seat);
  }

  homed(router: Router): void {
    this.#router = router;
    this.#transport = router.createDirectTransport();
  }

  async produced({ producer, seat }: Produced): Promise<void> {
    const transport = await this.#transport;
    if (!transport || !this.#router) return;
    const { rtpCapabilities } = this.#router;
    const consumer = await transport.consume({ producerId: producer.id, rtpCapabilities });
    consumer.on("rtp", () => this.#last.set(seat, Date.now()));
  }

  lost(): void {
    this.#transport = undefined;
  }

  close(): void {
    this.#stop();
    void this.#transport?.then((transport) => transport.close());
  }
}
