import { expect } from "chai";
import { leadIn, mendedAt, monthsByKind, monthsBySchool, sharesOf, unshown } from "../../client/views/report-glance.ts";
import type { Glance } from "../../protocol/reports/glance.ts";

const schools: Glance["schools"] = [
  { id: "a", name: "Escola de Aveiro", country: "PT", founder: true },
  { id: "o", name: "Oulun koulu", country: "FI", founder: true },
];
const share = (school: string | null, entries: number, pages: number | null = null) => ({
  ...{ school, entries, pages, spokeMs: 0, materials: null, updates: null },
});
const entries: Glance["entries"] = {
  ...{ count: 5, written: 4, earlier: 0 },
  kinds: [
    { kind: "activity", count: 4 },
    { kind: "meeting", count: 1 },
  ],
  months: [
    {
      month: "2026-11",
      schools: [
        { school: "a", count: 3 },
        { school: "o", count: 0 },
      ],
      meetings: 1,
      kinds: [
        { kind: "activity", count: 3 },
        { kind: "meeting", count: 1 },
      ],
    },
    { month: "2026-12", schools: [{ school: "o", count: 1 }], meetings: 0, kinds: [{ kind: "activity", count: 1 }] },
  ],
};
const names = (month: string) => [month.slice(5), month] as const;

describe("the figures of a report card", () => {
  it("keep a school's pattern, whatever it gave, and leave out what the reader is not shown", () => {
    const balance = [share("o", 0, 2), share("a", 3, 0), share(null, 0, 0)];
    expect(sharesOf({ schools, balance }, "entries", "Others")).to.deep.equal([
      { key: "o", name: "Oulun koulu", country: "FI", value: 0, pattern: 2 },
      { key: "a", name: "Escola de Aveiro", country: "PT", value: 3, pattern: 1 },
    ]);
    expect(sharesOf({ schools, balance }, "materials", "Others")).to.equal(undefined);
    expect(sharesOf({ schools, balance }, "spokeMs", "Others")).to.equal(undefined);
    const others = sharesOf({ schools, balance: [...balance.slice(0, 2), share(null, 1)] }, "entries", "Others");
    expect(others?.at(-1)).to.deep.include({ name: "Others", value: 1, pattern: 3 });
  });

  it("name who gave most, and nobody where it is even", () => {
    expect(
      leadIn([
        { name: "A", value: 8 },
        { name: "O", value: 6 },
      ]),
    ).to.deep.equal({ name: "A", most: 8 });
    expect(
      leadIn([
        { name: "A", value: 6 },
        { name: "O", value: 6 },
      ]),
    ).to.equal(null);
    expect(leadIn([])).to.equal(null);
  });

  it("have a column for each month, by school with the meetings' own, and by kind, of the same height", () => {
    const bySchool = monthsBySchool({ schools, entries }, names, { others: "Others", meetings: "Meetings" });
    expect(bySchool.parts.map(({ name }) => name)).to.deep.equal(["Escola de Aveiro", "Oulun koulu", "Meetings"]);
    expect(bySchool.columns.map(({ values }) => values)).to.deep.equal([
      [3, 0, 1],
      [0, 1, 0],
    ]);
    const byKind = monthsByKind({ entries }, names, (kind) => kind);
    expect(byKind.columns.map(({ values }) => values)).to.deep.equal([
      [3, 1],
      [1, 0],
    ]);
  });

  it("say which criteria nothing shows, and where a teacher mends what is missing", () => {
    const items = [
      { code: "x", name: "X", entries: 2, pieces: 0 },
      { code: "y", name: "Y", entries: 1, pieces: 1 },
    ];
    expect(unshown(items).map(({ code }) => code)).to.deep.equal(["x"]);
    expect(mendedAt("two-rivers", { what: "plan", item: "p" })).to.equal("/twinspace/two-rivers/report/plan");
    expect(mendedAt("two-rivers", { what: "criterion", code: "x" })).to.equal("/twinspace/two-rivers/report");
    expect(mendedAt("two-rivers", { what: "school", school: "o" })).to.equal(undefined);
  });
});
