import { expect } from "chai";
import fc from "fast-check";
import { prefill, type Told } from "../../../domain/reports/prefill.ts";
import { EntryBody, emptyBody } from "../../../protocol/reports/entries.ts";
import type { MeetingCounts } from "../../../protocol/reports/meetingCounts.ts";

const dayMs = 86_400_000;
const first = Date.UTC(2026, 0, 1);
const dayOf = (n: number) => new Date(first + n * dayMs).toISOString().slice(0, 10);
const facts = { today: dayOf(200), beganOn: dayOf(0), plan: new Set(["films", "pages"]) };

/** An entry of the nth day, shared on that day. */
function told(n: number, title: string, body: Partial<EntryBody> = {}, more: Partial<Told> = {}): Told {
  return {
    ...{ kind: "activity", day: dayOf(n), sharedAt: first + n * dayMs, title, counts: null },
    ...{ body: { ...emptyBody, title, ...body }, ...more },
  };
}
const pupils = (school: string, count: number, ageMin: number | null = null) => ({
  school,
  ageMin,
  ageMax: null,
  count,
});
const counts = (schools: readonly (readonly [string | null, number])[]): MeetingCounts => ({
  ...{ openedAt: first, lengthMs: 1, adults: 0, pupils: 0, classes: 0, turns: 0, spokeMs: 0, messages: 0 },
  schools: schools.map(([school, count]) => ({ school, adults: 0, pupils: count, classes: 0, turns: 0, spokeMs: 0 })),
});

describe("an interim entry that comes filled in", () => {
  it("tells of the time since the last interim entry, and at first since the beginning", () => {
    const first = prefill("interim", [told(3, "Otters")], facts);
    expect(first).to.include({ fromDay: dayOf(0), toDay: dayOf(200), done: `${dayOf(3)}: Otters` });
    const interim = told(100, "Half", { toDay: dayOf(99) }, { kind: "interim" });
    const second = prefill("interim", [told(3, "Otters"), interim, told(120, "Beavers")], facts);
    expect(second).to.include({ fromDay: dayOf(100), done: `${dayOf(120)}: Beavers` });
  });

  it("takes in what was written down late", () => {
    const interim = told(100, "Half", {}, { kind: "interim" });
    const late = told(90, "Late", {}, { sharedAt: first + 101 * dayMs });
    expect(prefill("interim", [interim, late], facts).done).to.equal(`${dayOf(90)}: Late`);
  });

  it("begins with nothing but its period when nothing was shared", () => {
    const { fromDay, toDay, ...rest } = prefill("interim", [], facts);
    expect([fromDay, toDay]).to.deep.equal([dayOf(0), dayOf(200)]);
    expect({ ...emptyBody, ...rest }).to.deep.equal(emptyBody);
  });

  it("never begins after it ends", () => {
    const interim = told(210, "Early", { toDay: dayOf(300) }, { kind: "interim" });
    const { fromDay, toDay } = prefill("interim", [interim], facts);
    expect([fromDay, toDay]).to.deep.equal([dayOf(200), dayOf(200)]);
  });

  it("has the next steps and the nearest day that is still to come", () => {
    const body = prefill(
      "interim",
      [
        told(1, "Otters", { nextSteps: "Count them", nextDay: dayOf(50) }),
        told(2, "Frogs", { nextSteps: "Hear them", nextDay: dayOf(230) }),
        told(3, "Herons", { nextDay: dayOf(210) }),
      ],
      facts,
    );
    expect(body.nextSteps).to.equal(`${dayOf(1)}: Count them\n\n${dayOf(2)}: Hear them`);
    expect(body.nextDay).to.equal(dayOf(210));
  });
});

describe("a final entry that comes filled in", () => {
  it("tells of the whole project, by day, and not of the interim entries made of the same", () => {
    const interim = told(100, "Half", { difficulties: "Half of them" }, { kind: "interim" });
    const body = prefill("final", [told(120, "Beavers"), interim, told(3, "Otters")], facts);
    expect(body).to.include({
      fromDay: dayOf(0),
      done: `${dayOf(3)}: Otters\n${dayOf(120)}: Beavers`,
      difficulties: "",
    });
    expect(body).not.to.have.any.keys("nextSteps", "nextDay");
  });

  it("has of each school the most pupils that one entry says, by age, meetings too", () => {
    const { pupils: most, teachers } = prefill(
      "final",
      [
        told(1, "A", { pupils: [pupils("aveiro", 10, 9), pupils("aveiro", 12, 10), pupils("oulu", 5)] }),
        told(2, "B", { pupils: [pupils("aveiro", 20)], teachers: [{ school: "oulu", count: 2 }] }),
        told(
          3,
          "",
          {},
          {
            kind: "meeting",
            counts: counts([
              ["oulu", 8],
              ["aveiro", 3],
              [null, 99],
            ]),
          },
        ),
      ],
      facts,
    );
    expect(most).to.have.deep.members([pupils("aveiro", 10, 9), pupils("aveiro", 12, 10), pupils("oulu", 8)]);
    expect(teachers).to.deep.equal([{ school: "oulu", count: 2 }]);
  });

  it("adds up what was done of the plan as it is now", () => {
    const plan = [
      { item: "films", amount: 2 },
      { item: "gone", amount: 1 },
    ];
    const body = prefill("final", [told(1, "A", { plan }), told(2, "B", { plan })], facts);
    expect(body.plan).to.deep.equal([{ item: "films", amount: 4 }]);
  });

  it("unites subjects, tools and criteria, and where it was shown", () => {
    const body = prefill(
      "final",
      [
        told(1, "A", { subjects: ["biology"], tools: ["video"], shownWhere: "Local radio", audience: "Parents" }),
        told(2, "B", {
          subjects: ["art", "biology"],
          criteria: ["technology"],
          shownWhere: "Town hall",
          shownLink: "https://a.example",
        }),
        told(3, "C", { shownWhere: "Local radio" }),
      ],
      facts,
    );
    expect(body).to.deep.include({ subjects: ["biology", "art"], tools: ["video"], criteria: ["technology"] });
    expect(body).to.include({
      shownWhere: "Local radio; Town hall",
      shownLink: "https://a.example",
      audience: "Parents",
    });
  });

  it("has the newest thirty pieces of evidence, each once", () => {
    const page = (n: number) => ({ kind: "page" as const, id: `page-${n}` });
    const many = Array.from({ length: 40 }, (_, n) => told(n, "A", { evidence: [page(n), page(0)] }));
    const { evidence = [] } = prefill("final", many, facts);
    expect(evidence).to.have.length(30);
    expect(evidence.slice(0, 3)).to.deep.equal([page(39), page(0), page(38)]);
  });

  it("leaves out the oldest lines where there is no room, and says so", () => {
    const many = Array.from({ length: 190 }, (_, n) => told(n, `Activity number ${n} beside the river`));
    const { done = "" } = prefill("final", many, facts);
    expect(done).to.match(/^…\n2026-/);
    expect(done.endsWith(`${dayOf(189)}: Activity number 189 beside the river`)).to.equal(true);
    expect(done.length).to.be.within(3_900, 4_000);
  });
});

describe("whatever was told", () => {
  const text = (longest: number) =>
    fc
      .array(fc.constantFrom("Otter ", "river", "🦦", "\n", "ä"), { maxLength: longest })
      .map((all) => all.join("").slice(0, longest).toWellFormed());
  const entry = fc
    .record({
      n: fc.nat({ max: 199 }),
      kind: fc.constantFrom("activity", "interim", "final", "meeting"),
      title: text(40),
      ...{ difficulties: text(900), nextSteps: text(600), shownWhere: text(300), audience: text(150) },
      schools: fc.array(fc.record({ school: fc.constantFrom("a", "b", "c"), count: fc.nat({ max: 100_000 }) }), {
        maxLength: 40,
      }),
      amount: fc.nat({ max: 1_000 }),
      codes: fc.uniqueArray(
        fc.nat({ max: 99 }).map((code) => `code-${code}`),
        { maxLength: 40 },
      ),
    })
    .map(({ n, kind, title, schools, amount, codes, ...texts }) =>
      told(
        n,
        title,
        {
          ...texts,
          pupils: schools.map(({ school, count }) => pupils(school, count)),
          plan: [{ item: "films", amount }],
          tools: codes,
        },
        { kind },
      ),
    );

  it("fits into an entry", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("interim" as const, "final" as const),
        fc.array(entry, { maxLength: 25 }),
        (kind, all) => {
          const body = prefill(kind, all, facts);
          const parsed = EntryBody.partial().safeParse(body);
          expect(parsed.error?.issues ?? []).to.deep.equal([]);
        },
      ),
      { numRuns: 200 },
    );
  });
});
