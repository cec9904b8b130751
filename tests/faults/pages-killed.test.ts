/** Two people write on one page while the server is killed again and again: what was acknowledged is there, once. */
import { setTimeout as wait } from "node:timers/promises";
import { expect } from "chai";
import { plainText } from "../../domain/text/plain.ts";
import type { StepsAnswer } from "../../protocol/twinspace/pages.ts";
import { type ActiveSpace, openSpace } from "../support/activeSpace.ts";
import { eventually } from "../support/eventually.ts";
import { type Answer, Browser, invitedPerson } from "../support/frontDoor.ts";
import { type KilledServer, startKilledServer } from "../support/killedServer.ts";

const kills = 3;
/** As fast as somebody may go on for long. */
const paceMs = 120;

describe("a page that is written, when the server is killed", function () {
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
  });
  after(() => server?.end());

  /** Writes words in front of the text until it is told to stop, as an editor does: nothing twice, nothing left out. */
  function writesOn(browser: Browser, at: string, clientId: string) {
    const taken: string[] = [];
    let stopped = false;
    let version = 0;
    const send = async (body: object): Promise<Answer | undefined> => browser.post(at, body).catch(() => undefined);
    const writing = (async () => {
      while (!stopped) {
        const words = `<${clientId}-${taken.length}>`;
        const steps = [{ stepType: "replace", from: 1, to: 1, slice: { content: [{ type: "text", text: words }] } }];
        const answer = await send({ version, steps, clientId });
        await wait(paceMs);
        if (answer?.status !== 200) continue;
        const { body }: { body: StepsAnswer } = answer;
        version = body.version;
        // Kept after all, and the answer was lost with the server.
        const isOwn = !body.taken && body.steps.some(({ step }) => JSON.stringify(step).includes(words));
        if (body.taken || isOwn) taken.push(words);
      }
    })();
    return {
      taken,
      async stop() {
        stopped = true;
        await writing;
        return taken;
      },
    };
  }

  it("has everything that was acknowledged, in its order and once", async () => {
    const { ana, mikko } = space;
    const pages = `/api/spaces/${space.id}/pages`;
    const made = await ana.browser.post(pages, { title: "Rivers", parent: null, view: "members", edit: "teachers" });
    await ana.browser.patch(`${pages}/${made.body.id}`, { state: "shown" });
    const at = `${pages}/${made.body.id}/steps`;
    const writers = [writesOn(ana.browser, at, "ana-writes"), writesOn(mikko.browser, at, "mikko-writes")];
    for (let kill = 0; kill < kills; kill += 1) {
      const enough = writers.map(({ taken }) => taken.length + 5);
      await eventually(() => writers.every(({ taken }, n) => taken.length >= (enough[n] ?? 0)), 30_000);
      await server.kill();
      await server.start();
    }
    const written = await Promise.all(writers.map((writer) => writer.stop()));
    const { body } = await ana.browser.get(`${pages}/${made.body.id}`);
    const text = plainText(body.doc);
    for (const words of written) {
      const own = words[0]?.split("-")[0] ?? "";
      const there = (text.match(/<[^>]*>/g) ?? []).filter((word) => word.startsWith(own));
      expect(there).to.deep.equal(words.toReversed());
    }
    expect(body.version).to.equal(written.flat().length);
  });
});
