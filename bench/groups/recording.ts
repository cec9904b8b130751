/**
 * What recording costs: two installations at once, each with a database, a server, a recorder and the same speaker; in
 * one the meeting is recorded. The difference of all their processes, pipe, files and log included, per recorded minute.
 * At the end the recorded meeting is ended and its replay opened: the one replay here that was recorded in real time.
 */
import { eventually } from "../../tests/support/eventually.ts";
import { bookedMeeting, newId } from "../../tests/support/meetings.ts";
import { Guest } from "../../tests/support/server.ts";
import { drawnAt, leave, openBrowser, openPage } from "../chromium.ts";
import { Crowd } from "../crowd/crowd.ts";
import { type Figure, type Group, quick, round } from "../measure.ts";
import { type Installation, startInstallation } from "../processes.ts";

const warmUpMs = quick ? 5_000 : 60_000;
const measuredMs = quick ? 20_000 : 600_000;

const group: Group = {
  name: "recording",
  async run(say) {
    const crowd = new Crowd();
    const sides: Side[] = [];
    try {
      const recorded = await open(true, sides);
      const plain = await open(false, sides);
      for (const { place } of sides) await crowd.speak(place);
      await eventually(async () => (await soFarMs(recorded)) > 0);
      await pause(warmUpMs);
      const before = [recorded.installation.cpuMs(), plain.installation.cpuMs(), await soFarMs(recorded)] as const;
      const began = performance.now();
      await pause(measuredMs);
      const after = [recorded.installation.cpuMs(), plain.installation.cpuMs(), await soFarMs(recorded)] as const;
      const minutes = (performance.now() - began) / 60_000;
      if (after[2] - before[2] < measuredMs * 0.95) throw new Error("Not all of it was recorded");
      say(costs(spent(before[0], after[0]), spent(before[1], after[1]), minutes));
      say(await replayOfIt(recorded));
    } finally {
      await crowd.end();
      for (const { chair, installation } of sides) {
        chair.close();
        await installation.end();
      }
    }
  },
};
export default group;

interface Side {
  installation: Installation;
  meeting: string;
  place: { kind: "twinlight"; url: string; code: string };
  chair: Guest;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** An installation with an open meeting whose chair is there. */
async function open(recorded: boolean, sides: Side[]): Promise<Side> {
  const installation = await startInstallation();
  const { url, database } = installation;
  const { id, code } = await bookedMeeting(database.pool, { lobby: false, recorded });
  const key = newId() + newId();
  await database.pool.query("insert into meeting_links (id, meeting_id, key, role) values ($1, $2, $3, 'chair')", [
    newId(),
    id,
    key,
  ]);
  const chair = await Guest.comes(url, code, "Ana", key);
  const side: Side = { installation, meeting: id, place: { kind: "twinlight", url, code }, chair };
  sides.push(side);
  return side;
}

/** How much of the turn is on disk, as its row says. */
async function soFarMs({ installation, meeting }: Side): Promise<number> {
  const { rows } = await installation.database.pool.query<{ ms: number }>(
    "select coalesce(sum(length_ms), 0)::int as ms from recordings where meeting_id = $1",
    [meeting],
  );
  return rows[0]?.ms ?? 0;
}

type Spent = Record<string, number>;

const spent = (before: Spent, after: Spent): Spent =>
  Object.fromEntries(Object.entries(after).map(([name, ms]) => [name, ms - (before[name] ?? 0)]));

const total = (all: Spent) => Object.values(all).reduce((sum, ms) => sum + ms, 0);

function costs(recorded: Spent, plain: Spent, minutes: number): Figure {
  const perMinute = (ms: number) => round(ms / 1000 / minutes);
  const parts = Object.entries(recorded).map(([name, ms]) => `${name} ${perMinute(ms - (plain[name] ?? 0))}`);
  return {
    name: "recording.cost",
    value: perMinute(total(recorded) - total(plain)),
    unit: "s of CPU a minute",
    ratio: round(total(recorded) / total(plain)),
    against: `the same without recording ${perMinute(total(plain))} s`,
    n: 1,
    note: `one speaker, ${round(minutes)} minutes after ${warmUpMs / 1000} s; ${parts.join(", ")}`,
  };
}

async function replayOfIt({ installation, meeting, place, chair }: Side): Promise<Figure> {
  await installation.database.pool.query("update meetings set replay_audience = 'link' where id = $1", [meeting]);
  const browser = await openBrowser();
  try {
    const page = await openPage(browser);
    const endedAt = Date.now();
    // Unanswered: with the meeting its connections end.
    chair.socket.emit("command", { type: "meeting.end" });
    await page.goto(`${place.url}/r/${place.code}`, { waitUntil: "commit" });
    const value = (await drawnAt(page)) - endedAt;
    await leave(page);
    return {
      name: "replay.ready.live",
      value: round(value),
      unit: "ms",
      ratio: null,
      against: null,
      n: 1,
      note: `a meeting of ${round((warmUpMs + measuredMs) / 60_000)} minutes recorded in real time, one turn`,
    };
  } finally {
    await browser.close();
  }
}
