/** Two write in one entry of a report card while the server is killed again and again: what was acknowledged is there. */
import { expect } from "chai";
import type { EntryView } from "../../protocol/reports/entries.ts";
import { type ActiveSpace, openSpace } from "../support/activeSpace.ts";
import { eventually } from "../support/eventually.ts";
import { type Answer, Browser, invitedPerson, type Person } from "../support/frontDoor.ts";
import { type KilledServer, startKilledServer } from "../support/killedServer.ts";
import { openCard } from "../support/reports.ts";

const kills = 2;

describe("an entry that is written, when the server is killed", function () {
  this.timeout(120_000);
  let server: KilledServer;
  let space: ActiveSpace;

  before(async () => {
    server = await startKilledServer();
    const { url, pool } = server;
    const browser = () => new Browser(url);
    space = await openSpace({
      ...{ pool, browser },
      person: (role, name, school = null) => invitedPerson(pool, browser(), role, name, school),
    });
    await openCard(pool, space.id, Date.now());
  });
  after(() => server?.end());

  /** Writes more into its own field until it is told to stop; on a lost answer it says the same again. */
  function writesOn({ browser }: Person, at: string, field: "done" | "learned") {
    const taken: string[] = [];
    let stopped = false;
    const writing = (async () => {
      let base = 1;
      while (!stopped) {
        const value = `${field} ${taken.length}`;
        const body = { base, changes: { [field]: value } };
        const answer: Answer | undefined = await browser.patch(at, body).catch(() => undefined);
        if (answer?.status !== 200) continue;
        expect(answer.body.conflicts).to.deep.equal([]);
        base = answer.body.entry.version;
        taken.push(value);
      }
    })();
    return {
      taken,
      async stop(): Promise<string> {
        stopped = true;
        await writing;
        return taken.at(-1) ?? "";
      },
    };
  }

  it("has every field as it was acknowledged last, and is shared once", async () => {
    const { ana, mikko } = space;
    const entries = `/api/spaces/${space.id}/report/entries`;
    const { entry } = (await ana.browser.post(entries, { kind: "activity" })).body;
    const at = `${entries}/${entry.id}`;
    const writers = [writesOn(ana, at, "done"), writesOn(mikko, at, "learned")];
    for (let kill = 0; kill < kills; kill += 1) {
      const enough = writers.map(({ taken }) => taken.length + 5);
      await eventually(() => writers.every(({ taken }, n) => taken.length >= (enough[n] ?? 0)), 30_000);
      await server.kill();
      await server.start();
    }
    const [done, learned] = await Promise.all(writers.map((writer) => writer.stop()));
    const kept: EntryView = (await mikko.browser.get(at)).body.entry;
    expect(kept.body).to.include({ done, learned });

    await ana.browser.patch(at, { base: kept.version, changes: { title: "Bread", question: "May we go on?" } });
    const share = () => ana.browser.post(`${at}/share`, { readers: "services" }).catch(() => undefined);
    const shared = share();
    await server.kill();
    await shared;
    await server.start();
    expect((await share())?.body.entry.state).to.equal("shared");
    const { rows } = await server.pool.query("select entries from report_cards where project_id = $1", [space.id]);
    expect(rows).to.deep.equal([{ entries: 1 }]);
    const news = await server.pool.query("select from space_news where kind = 'entryShared'");
    expect(news.rowCount).to.equal(1);
  });
});
