import { expect } from "chai";
import fc from "fast-check";
import { instantOf } from "../../../server/meetings/localTime.ts";

const at = (local: string, zone: string) => new Date(instantOf(local, zone)).toISOString();

describe("The moment of a local time", () => {
  const examples: [string, string, string, string][] = [
    ["winter", "2026-01-15T18:30", "Europe/Lisbon", "2026-01-15T18:30:00.000Z"],
    ["summer", "2026-07-15T18:30", "Europe/Lisbon", "2026-07-15T17:30:00.000Z"],
    ["UTC", "2026-07-15T18:30", "UTC", "2026-07-15T18:30:00.000Z"],
    ["half an hour", "2026-07-15T18:30", "Asia/Kolkata", "2026-07-15T13:00:00.000Z"],
    ["far east", "2026-07-15T00:30", "Pacific/Kiritimati", "2026-07-14T10:30:00.000Z"],
    ["far west", "2026-07-15T23:30", "Pacific/Pago_Pago", "2026-07-16T10:30:00.000Z"],
    ["just before the gap", "2026-03-29T02:59", "Europe/Helsinki", "2026-03-29T00:59:00.000Z"],
    ["in the gap, one hour later", "2026-03-29T03:30", "Europe/Helsinki", "2026-03-29T01:30:00.000Z"],
    ["just after the gap", "2026-03-29T04:00", "Europe/Helsinki", "2026-03-29T01:00:00.000Z"],
    ["in Lisbon's gap", "2026-03-29T01:15", "Europe/Lisbon", "2026-03-29T01:15:00.000Z"],
    ["twice, the first", "2026-10-25T03:30", "Europe/Helsinki", "2026-10-25T00:30:00.000Z"],
    ["after both", "2026-10-25T04:00", "Europe/Helsinki", "2026-10-25T02:00:00.000Z"],
    ["a gap of half an hour", "2026-10-04T02:15", "Australia/Lord_Howe", "2026-10-03T15:45:00.000Z"],
    ["a gap at midnight", "2026-03-29T00:30", "Asia/Beirut", "2026-03-28T22:30:00.000Z"],
    ["the other half of the world", "2026-04-05T02:30", "Australia/Sydney", "2026-04-04T15:30:00.000Z"],
  ];
  for (const [what, local, zone, expected] of examples) {
    it(`${what}: ${local} in ${zone}`, () => expect(at(local, zone)).to.equal(expected));
  }

  it("is shown by a clock there as it was written, or later by the length of a gap", () => {
    const zones = [
      "Europe/Lisbon",
      "Europe/Helsinki",
      "America/New_York",
      "Australia/Lord_Howe",
      "Asia/Kathmandu",
      "UTC",
    ];
    const from = Date.parse("2026-01-01T00:00:00Z");
    const minutes = fc.integer({ min: 0, max: 2 * 366 * 24 * 60 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), minutes, (zone, minute) => {
        const local = new Date(from + minute * 60_000).toISOString().slice(0, 16);
        const shown = wallClock(instantOf(local, zone), zone);
        const late = (Date.parse(`${shown}Z`) - Date.parse(`${local}Z`)) / 60_000;
        expect([0, 30, 60]).to.include(late);
      }),
      { numRuns: 200 },
    );
  });
});

function wallClock(instant: number, timeZone: string): string {
  const text = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" }).format(instant);
  return text.replace(" ", "T");
}
