import { expect } from "chai";
import fc from "fast-check";
import {
  balanceOf,
  type CountedEntries,
  type EntryCount,
  entriesOf,
  leadOf,
  longestSilence,
  missingIn,
  monthsOf,
  mostMonths,
} from "../../../domain/reports/glance.ts";
import { EntryKind } from "../../../protocol/reports/entries.ts";
import type { GlanceSchool } from "../../../protocol/reports/glance.ts";

const schools: GlanceSchool[] = [
  { id: "aveiro", name: "Escola de Aveiro", country: "PT", founder: true },
  { id: "oulu", name: "Oulun koulu", country: "FI", founder: true },
];
const school = fc.constantFrom("aveiro", "oulu", "gone", null);
const count = fc.integer({ min: 0, max: 500 });
const month = fc
  .tuple(fc.integer({ min: 2019, max: 2028 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, number]) => `${year}-${String(number).padStart(2, "0")}`);
const entry: fc.Arbitrary<EntryCount> = fc.record({
  month,
  kind: fc.constantFrom(...EntryKind.options),
  school,
  count: fc.integer({ min: 1, max: 50 }),
});
const counts = fc.array(fc.record({ school, count }), { maxLength: 8 });
const counted: fc.Arbitrary<CountedEntries> = fc.record({
  schools: fc.constant(schools),
  entries: fc.array(entry, { maxLength: 60 }),
  spokeMs: counts,
  made: fc.record({ pages: fc.option(counts), materials: fc.option(counts), updates: fc.option(counts) }),
});
const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);
const all = (rows: readonly { count: number }[]) => sum(rows.map((row) => row.count));

describe("A report card at a glance", () => {
  it("has every entry in exactly one month or among the older ones, once by school and once by kind", () => {
    fc.assert(
      fc.property(counted, (given) => {
        const { count, written, kinds, months, earlier } = entriesOf(given);
        expect(count).to.equal(all(given.entries));
        expect(written).to.equal(all(given.entries.filter(({ kind }) => kind !== "meeting")));
        expect(all(kinds)).to.equal(count);
        const drawn = months.map((one) => all(one.schools) + one.meetings);
        expect(sum(drawn) + earlier).to.equal(count);
        expect(months.map((one) => all(one.kinds))).to.deep.equal(drawn);
      }),
    );
  });

  it("has every month from the first to the last, three years at most", () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 30 }), (entries) => {
        const { months } = monthsOf(schools, entries);
        expect(months.length).to.be.within(1, mostMonths);
        const days = months.map((one) => Date.parse(`${one.month}-01`));
        for (const [place, at] of days.slice(1).entries()) {
          expect((at - (days[place] ?? 0)) / 86_400_000).to.be.within(28, 31);
        }
        expect(months.at(-1)?.month).to.equal(
          entries
            .map((one) => one.month)
            .sort()
            .at(-1),
        );
      }),
    );
  });

  it("gives every school its share, and what belongs to none of them last", () => {
    fc.assert(
      fc.property(counted, (given) => {
        const balance = balanceOf(given);
        expect(balance.slice(0, 2).map((share) => share.school)).to.deep.equal(["aveiro", "oulu"]);
        expect(balance.length).to.be.at.most(3);
        if (balance[2]) expect(balance[2].school).to.equal(null);
        expect(sum(balance.map(({ entries }) => entries))).to.equal(entriesOf(given).written);
        expect(sum(balance.map(({ spokeMs }) => spokeMs))).to.equal(all(given.spokeMs));
        for (const what of ["pages", "materials", "updates"] as const) {
          const rows = given.made[what];
          if (rows === null) expect(balance.every((share) => share[what] === null)).to.equal(true);
          else expect(sum(balance.map((share) => share[what] ?? 0))).to.equal(all(rows));
        }
      }),
    );
  });

  it("says who wrote most, and nobody where two wrote the same", () => {
    const of = (aveiro: number, oulu: number) =>
      leadOf([
        { school: "aveiro", entries: aveiro },
        { school: "oulu", entries: oulu },
      ]);
    expect(of(8, 6)).to.deep.equal({ school: "aveiro", entries: 8, of: 14 });
    expect(of(6, 8)).to.deep.equal({ school: "oulu", entries: 8, of: 14 });
    expect(of(7, 7)).to.equal(undefined);
    expect(of(0, 0)).to.equal(undefined);
  });

  it("knows the longest silence, the present one too", () => {
    const day = 86_400_000;
    expect(longestSilence(0, [], 5 * day)).to.equal(5);
    expect(longestSilence(0, [40 * day, 10 * day], 50 * day)).to.equal(30);
    expect(longestSilence(0, [10 * day], 80 * day)).to.equal(70);
    expect(longestSilence(5 * day, [1 * day], 2 * day)).to.equal(1);
  });

  it("names what is missing: who is silent, what was not begun, which criteria nothing shows", () => {
    const item = { kind: "aim" as const, words: "", target: 1, counted: "entries" as const };
    const given = {
      balance: balanceOf({
        schools,
        entries: [{ month: "2026-11", kind: "activity", school: "aveiro", count: 2 }],
        spokeMs: [],
        made: { pages: null, materials: null, updates: null },
      }),
      plan: [
        { ...item, id: "begun", actual: 1, entries: 1 },
        { ...item, id: "unbegun", actual: 0, entries: 0 },
      ],
      criteria: [
        { code: "a", name: "A", entries: 1, pieces: 2 },
        { code: "b", name: "B", entries: 1, pieces: 0 },
      ],
      ...{ entries: 2, most: { pupils: 12, teachers: 0 } },
    };
    expect(missingIn(given)).to.deep.equal([
      { what: "school", school: "oulu" },
      { what: "plan", item: "unbegun" },
      { what: "criterion", code: "b" },
    ]);
    expect(missingIn({ ...given, entries: 0 })).to.deep.equal([{ what: "entries" }]);
    const none = {
      plan: [],
      criteria: [{ code: "a", name: "A", entries: 0, pieces: 0 }],
      most: { pupils: 0, teachers: 0 },
    };
    expect(missingIn({ ...given, ...none }).map(({ what }) => what)).to.deep.equal([
      "school",
      "plans",
      "pupils",
      "evidence",
    ]);
  });
});
