import { expect } from "chai";
import { joinEntries, wantedOf } from "../../client/views/report-card.ts";
import { byMonth, daysSince, pupilsIn, shortWords } from "../../client/views/report-entry.ts";
import type { Card } from "../../protocol/reports/card.ts";
import { type EntryBody, type EntryView, emptyBody } from "../../protocol/reports/entries.ts";

const dayMs = 86_400_000;
const entry = (id: string, day: string, body: Partial<EntryBody> = {}, kind: EntryView["kind"] = "activity") =>
  ({ id, day, kind, body: { ...emptyBody, ...body } }) as EntryView; // Only what is read of it here.
const card = (state: Card["state"], interimDue: string | null = "2027-03-12") =>
  ({ state, interimDue, finalDue: "2027-07-01" }) as Card; // As above.

describe("what a report card waits for", () => {
  it("is said with its day, and written where it is due", () => {
    expect(wantedOf(card("open"))).to.deep.equal({ sentence: "interimSoon", day: "2027-03-12", writes: null });
    expect(wantedOf(card("open", null))).to.include({ sentence: "finalSoon", day: "2027-07-01" });
    expect(wantedOf(card("interimDue"))).to.include({ sentence: "interimNow", writes: "interim" });
    expect(wantedOf(card("interimRead"))).to.include({ sentence: "finalSoonRead", writes: null });
    expect(wantedOf(card("finalDue"))).to.include({ sentence: "finalNow", writes: "final" });
    expect(wantedOf(card("closed"))).to.include({ sentence: "closed", writes: null });
  });
});

describe("the entries of a report card", () => {
  it("stand by month, the newest first", () => {
    const months = byMonth([entry("c", "2027-03-12"), entry("b", "2027-03-03"), entry("a", "2026-03-01")]);
    expect(months.map(({ month, entries }) => [month, entries.length])).to.deep.equal([
      ["2027-03", 2],
      ["2026-03", 1],
    ]);
  });

  it("keep the older ones that were loaded behind the newest", () => {
    const newest = [entry("d", "2027-03-12"), entry("b", "2027-03-03")];
    const before = [
      entry("c", "2027-03-12"),
      entry("b", "2027-03-03"),
      entry("a", "2027-03-03"),
      entry("z", "2027-01-01"),
    ];
    expect(joinEntries(before, newest).map(({ id }) => id)).to.deep.equal(["d", "b", "a", "z"]);
    expect(joinEntries(before, [])).to.deep.equal([]);
  });

  it("say in short what their kind is about, else what there is", () => {
    const words = { done: "We baked.", question: "May we?", difficulties: "Ice." };
    expect(shortWords(entry("a", "2027-03-12", words))).to.equal("We baked.");
    expect(shortWords(entry("a", "2027-03-12", words, "question"))).to.equal("May we?");
    expect(shortWords(entry("a", "2027-03-12", words, "dissemination"))).to.equal("We baked.");
    expect(shortWords(entry("a", "2027-03-12"))).to.equal("");
    const group = { school: "aveiro", ageMin: null, ageMax: null, count: 20 };
    expect(pupilsIn(entry("a", "2027-03-12", { pupils: [group, group] }))).to.equal(40);
  });

  it("wait whole days", () => {
    expect([0, dayMs - 1, dayMs, 3 * dayMs + 5].map((later) => daysSince(1_000, 1_000 + later))).to.deep.equal([
      0, 0, 1, 3,
    ]);
    expect(daysSince(2_000, 1_000)).to.equal(0);
  });
});
