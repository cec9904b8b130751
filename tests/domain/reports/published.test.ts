/** What of an entry becomes public, what differs from it later, what the copies add up to, and who counts as a reader. */
import { expect } from "chai";
import {
  type Asking,
  changesBetween,
  copyOf,
  isReading,
  publicGlance,
  textsOf,
} from "../../../domain/reports/published.ts";
import { type EntryBody, emptyBody } from "../../../protocol/reports/entries.ts";
import { EntryCopy, type PublicEntry } from "../../../protocol/reports/published.ts";

const entry = (body: Partial<EntryBody>) => ({
  ...({ kind: "activity", school: "aveiro", day: "2026-11-02", counts: null, meetingTitle: "" } as const),
  body: { ...emptyBody, ...body },
});
const names = (school: string) => ({ aveiro: "Escola de Aveiro", oulu: "Oulun koulu" })[school] ?? "";

describe("the copy of an entry that is public", () => {
  it("has no place for what is between the project and its services", () => {
    const said = Object.fromEntries(
      (["difficulties", "question", "safeguarding", "nextSteps", "communication", "collaboration"] as const).map(
        (field) => [field, "secret"],
      ),
    );
    const copy = copyOf(entry({ ...said, title: "Ice", incidents: 3, criteria: ["secret"] }), new Map());
    expect(EntryCopy.parse(copy)).to.deep.equal(copy);
    expect(JSON.stringify(copy)).to.not.include("secret");
    expect(textsOf(copy)).to.deep.equal(["Ice", "", "", "", ""]);
  });

  it("names lines of the plan as they were, and leaves out those that are gone", () => {
    const plan = [
      { item: "film", amount: 2 },
      { item: "gone", amount: 1 },
    ];
    expect(copyOf(entry({ plan }), new Map([["film", "Films"]])).results).to.deep.equal([
      { words: "Films", amount: 2 },
    ]);
  });

  it("is called as its meeting where nobody gave it a title", () => {
    const meeting = { ...entry({}), meetingTitle: "What lives there?" };
    expect(copyOf(meeting, new Map()).title).to.equal("What lives there?");
    expect(copyOf({ ...meeting, body: { ...emptyBody, title: "Otters" } }, new Map()).title).to.equal("Otters");
  });

  it("says field by field what is another by now, in words", () => {
    const pupils = (count: number) => [{ school: "oulu", ageMin: 9, ageMax: 10, count }];
    const was = copyOf(entry({ title: "Ice", done: "We drilled.", pupils: pupils(20) }), new Map());
    const is = copyOf(
      entry({ title: "Ice", done: "We drilled twice.", pupils: pupils(21), question: "Why?" }),
      new Map(),
    );
    expect(changesBetween(was, was, names)).to.deep.equal([]);
    expect(changesBetween(was, is, names)).to.deep.equal([
      { field: "done", was: "We drilled.", is: "We drilled twice." },
      { field: "pupils", was: "Oulun koulu (9–10): 20", is: "Oulun koulu (9–10): 21" },
    ]);
  });
});

describe("a public report at a glance", () => {
  const shown = (more: Partial<PublicEntry>): PublicEntry => ({
    ...{
      id: "e",
      kind: "activity",
      title: "",
      day: "2026-11-02",
      fromDay: null,
      toDay: null,
      school: "Aveiro",
      done: "",
    },
    ...{
      learned: "",
      results: [],
      shownWhere: "",
      shownLink: "",
      audience: "",
      links: [],
      pages: [],
      pupils: [],
      teachers: [],
    },
    ...{ meeting: null, files: [], publishedAt: 0, ...more },
  });
  const meeting = (aveiro: number, unknown: number): NonNullable<PublicEntry["meeting"]> => ({
    ...{ lengthMs: 0, adults: 0, pupils: 0, classes: 0, turns: 0 },
    schools: [
      { school: "Aveiro", adults: 1, pupils: 9, turns: 1, spokeMs: aveiro },
      { school: null, adults: 1, pupils: 50, turns: 1, spokeMs: unknown },
    ],
  });

  it("adds up what each school wrote and spoke, and what came of it; of pupils the most at once", () => {
    const group = (count: number) => ({ school: "Oulu", ageMin: null, ageMax: null, count });
    const glance = publicGlance([
      shown({ results: [{ words: "Films", amount: 1 }], pupils: [group(10), group(8)] }),
      shown({ school: "Oulu", results: [{ words: "Films", amount: 2 }], pupils: [group(12)] }),
      shown({ school: null, kind: "meeting", meeting: meeting(90_000, 600_000) }),
      shown({ school: null, kind: "meeting", meeting: meeting(60_000, 0) }),
    ]);
    expect(glance).to.deep.equal({
      entries: [
        { name: "Aveiro", value: 1 },
        { name: "Oulu", value: 1 },
      ],
      minutes: [{ name: "Aveiro", value: 3 }],
      pupils: [
        { name: "Oulu", value: 18 },
        { name: "Aveiro", value: 9 },
      ],
      results: [{ words: "Films", value: 3 }].map(({ words, value }) => ({ name: words, value })),
    });
  });

  it("is empty where nothing was counted", () => {
    expect(publicGlance([])).to.deep.equal({ entries: [], minutes: [], pupils: [], results: [] });
  });
});

describe("who counts as a reader", () => {
  const somebody: Asking = {
    ...{ method: "GET", purpose: undefined, has: false },
    agent:
      "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1",
  };

  it("is a browser, whichever", () => {
    const agents = [
      "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
      // A telephone of this maker is no robot.
      "Mozilla/5.0 (Linux; Android 10; CUBOT_X30) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
      "NetNewsWire (RSS Reader; https://netnewswire.com/)",
    ];
    for (const agent of agents) expect(isReading({ ...somebody, agent }), agent).to.equal(true);
  });

  it("is no program that says so, nothing fetched ahead, no look at the head, nothing that is there already", () => {
    const agents = [
      "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
      "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
      "Twitterbot/1.0",
      "facebookexternalhit/1.1",
      "WhatsApp/2.23",
      "curl/8.5.0",
      "python-requests/2.32",
      "Mozilla/5.0 HeadlessChrome/140",
      "",
      undefined,
    ];
    for (const agent of agents) expect(isReading({ ...somebody, agent }), agent).to.equal(false);
    expect(isReading({ ...somebody, purpose: "prefetch;prerender" })).to.equal(false);
    expect(isReading({ ...somebody, method: "HEAD" })).to.equal(false);
    expect(isReading({ ...somebody, has: true })).to.equal(false);
    expect(isReading(somebody)).to.equal(true);
  });
});
