import { expect } from "chai";
import fc from "fast-check";
import { mayChange, mayHaveHoliday, wrongIn } from "../../../domain/twinspace/calendar.ts";
import {
  addDays,
  addMinutes,
  addMonths,
  daysBetween,
  monthGrid,
  monthOf,
  weekdayOf,
  weekOf,
} from "../../../domain/twinspace/calendarDays.ts";
import { type Repeats, repeatedDays } from "../../../domain/twinspace/calendarRepeats.ts";
import { longestSeries, movedAlong, startingOn, weekly } from "../../../domain/twinspace/calendarSeries.ts";
import { zoneOfSchool } from "../../../domain/twinspace/calendarZones.ts";
import type { WrittenTime } from "../../../protocol/twinspace/calendar.ts";
import { instantOf, localTimeIn } from "../../../server/meetings/localTime.ts";

const anyDay = fc.integer({ min: 0, max: 36_000 }).map((n) => addDays("2001-01-01", n));
const days = (first: string, last = first): WrittenTime => ({ shape: "days", first, last });
const hours = (start: string, end: string, timeZone = "Europe/Lisbon"): WrittenTime => ({
  shape: "hours",
  ...{ start, end, timeZone },
});

describe("the days of a calendar", () => {
  it("fill the weeks that a month touches, each day once and in order", () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 7 }), (day, firstWeekday) => {
        const weeks = monthGrid(day, firstWeekday);
        const all = weeks.flat();
        expect(weeks.length).to.be.within(4, 6);
        expect(all).to.deep.equal(all.map((_, i) => addDays(all[0] ?? "", i)));
        expect(weekdayOf(all[0] ?? "")).to.equal(firstWeekday);
        for (const week of weeks) expect(week.some((each) => monthOf(each) === monthOf(day))).to.equal(true);
        expect(all).to.include(day);
        expect(monthOf(addDays(all.at(-1) ?? "", 1))).to.not.equal(monthOf(day));
        expect(monthOf(addDays(all[0] ?? "", -1))).to.not.equal(monthOf(day));
      }),
    );
  });

  it("of a week hold the day it was asked for", () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 7 }), (day, firstWeekday) => {
        expect(weekOf(day, firstWeekday)).to.have.length(7).and.to.include(day);
      }),
    );
  });

  it("stay in their month where months are of different lengths", () => {
    expect(addMonths("2027-01-31", 1)).to.equal("2027-02-28");
    expect(addMonths("2028-02-29", 12)).to.equal("2029-02-28");
    expect(addMonths("2027-01-15", -1)).to.equal("2026-12-15");
  });
});

describe("a weekly series", () => {
  it("is on the same weekday and hour until its last day", () => {
    const all = weekly(hours("2027-03-16T10:00", "2027-03-16T11:00"), "2027-04-06");
    expect(all.map((time) => time.shape === "hours" && time.start)).to.deep.equal([
      "2027-03-16T10:00",
      "2027-03-23T10:00",
      "2027-03-30T10:00",
      "2027-04-06T10:00",
    ]);
    expect(weekly(days("2020-01-01"), "2090-01-01")).to.have.length(longestSeries);
  });

  it("stays at its hour through every change of the clocks, in every zone", () => {
    const zones = [
      "Europe/Lisbon",
      "Europe/Helsinki",
      "Europe/London",
      "America/New_York",
      "Asia/Tbilisi",
      "Asia/Kolkata",
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        anyDay,
        // Not the hours that a night in spring leaves out.
        fc.integer({ min: 4 * 60, max: 23 * 60 }),
        (zone, day, minute) => {
          const start = addMinutes(`${day}T00:00`, minute);
          for (const time of weekly(hours(start, addMinutes(start, 45), zone), addDays(day, 60))) {
            if (time.shape !== "hours") throw new Error("Its shape changed");
            const shown = localTimeIn(instantOf(time.start, zone), zone);
            expect(shown).to.equal(time.start);
            expect(shown.slice(11)).to.equal(start.slice(11));
          }
        },
      ),
    );
  });

  it("takes along what was not moved by itself, and leaves alone what was", () => {
    const before = hours("2027-01-12T10:00", "2027-01-12T11:00");
    const after = hours("2027-01-13T14:00", "2027-01-13T15:30");
    expect(movedAlong(before, after, hours("2027-01-19T10:00", "2027-01-19T11:00"))).to.deep.equal(
      hours("2027-01-20T14:00", "2027-01-20T15:30"),
    );
    expect(movedAlong(before, after, hours("2027-01-19T12:00", "2027-01-19T13:00"))).to.equal(undefined);
    expect(movedAlong(before, days("2027-01-12"), hours("2027-01-19T10:00", "2027-01-19T11:00"))).to.deep.equal(
      days("2027-01-19"),
    );
  });

  it("moved and moved back is as it was", () => {
    fc.assert(
      fc.property(anyDay, anyDay, (one, other) => {
        const time = hours(`${one}T10:00`, `${addDays(one, 2)}T09:00`);
        expect(startingOn(startingOn(time, other), one)).to.deep.equal(time);
      }),
    );
  });
});

describe("what repeats in a file", () => {
  const plain: Repeats = {
    ...{ every: "year", interval: 1, count: null, until: null },
    ...{ weekdays: [], dates: [], months: [] },
  };
  const window = { from: "2027-01-01", to: "2030-01-01", most: 100 };
  const tried = (first: string, repeats: Partial<Repeats>, steps = 10_000) =>
    repeatedDays(first, { ...plain, ...repeats }, window, { left: steps });

  it("comes every year, though it began long ago", () => {
    expect(tried("1911-06-10", {})).to.deep.equal(["2027-06-10", "2028-06-10", "2029-06-10"]);
    expect(tried("2024-02-29", {})).to.deep.equal(["2028-02-29"]);
  });

  it("comes on named weekdays of weeks and months", () => {
    const mondays = tried("2027-01-04", { every: "week", until: "2027-01-20", weekdays: [{ nth: 0, weekday: 1 }] });
    expect(mondays).to.deep.equal(["2027-01-04", "2027-01-11", "2027-01-18"]);
    const lastFridays = tried("2027-01-29", { every: "month", count: 3, weekdays: [{ nth: -1, weekday: 5 }] });
    expect(lastFridays).to.deep.equal(["2027-01-29", "2027-02-26", "2027-03-26"]);
    const motherDays = tried("2020-05-10", { months: [5], weekdays: [{ nth: 2, weekday: 7 }] });
    expect(motherDays).to.deep.equal(["2027-05-09", "2028-05-14", "2029-05-13"]);
  });

  it("is counted from its beginning", () => {
    expect(tried("2026-12-30", { every: "day", count: 4 })).to.deep.equal(["2027-01-01", "2027-01-02"]);
  });

  it("never takes longer than it may, whatever is written", () => {
    expect(tried("2027-01-01", { every: "day" })).to.have.length(100);
    expect(tried("1900-01-01", { every: "day", count: 1_000_000 }, 500)).to.equal(undefined);
    expect(tried("2027-02-01", { months: [2], dates: [30] }), "a day that never comes").to.deep.equal([]);
    const anything = fc.record({
      every: fc.constantFrom("day", "week", "month", "year"),
      interval: fc.integer({ min: 1, max: 1000 }),
      count: fc.option(fc.integer({ min: -5, max: 1e9 })),
      until: fc.option(anyDay),
      weekdays: fc.array(
        fc.record({ nth: fc.integer({ min: -99, max: 99 }), weekday: fc.integer({ min: 1, max: 7 }) }),
      ),
      dates: fc.array(fc.integer({ min: -31, max: 31 }).filter((date) => date !== 0)),
      months: fc.array(fc.integer({ min: 1, max: 12 })),
    } as const);
    fc.assert(
      fc.property(anyDay, anything, (first, repeats) => {
        const effort = { left: 300 };
        const found = repeatedDays(first, repeats as Repeats, window, effort) ?? [];
        expect(found.length).to.be.at.most(100);
        expect(found).to.deep.equal([...new Set(found)].sort());
        for (const day of found) expect(day >= first && day >= window.from && day < window.to).to.equal(true);
      }),
    );
  });
});

describe("who may write what into a calendar", () => {
  const ana = { author: "account:ana", role: "founder", school: "aveiro" } as const;
  const rui = { author: "account:rui", role: "teacher", school: "aveiro" } as const;
  const mikko = { author: "account:mikko", role: "founder", school: "oulu" } as const;
  const expert = { author: "account:expert", role: "expert", school: null } as const;

  it("is its author, an administrator, and for holidays the school's own teachers", () => {
    const ofRui = { kind: "activity", author: rui.author, school: null } as const;
    expect([ana, rui, mikko, expert].map((me) => mayChange(me, ofRui))).to.deep.equal([true, true, true, false]);
    const holiday = { kind: "holiday", author: rui.author, school: "aveiro" } as const;
    expect([ana, rui, mikko, expert].map((me) => mayChange(me, holiday))).to.deep.equal([true, true, false, false]);
    expect(mayHaveHoliday(expert, null)).to.equal(false);
  });

  it("says what is wrong with it", () => {
    const wrong = (kind: "activity" | "deadline" | "holiday", time: WrittenTime, school: string | null = null) =>
      wrongIn({ kind, time, school });
    expect(wrong("activity", days("2027-01-12"))).to.deep.equal([]);
    expect(wrong("activity", days("2027-01-12", "2027-01-11"))).to.deep.equal(["last"]);
    expect(wrong("activity", days("2027-01-12", "2029-01-11"))).to.deep.equal(["last"]);
    expect(wrong("activity", hours("2027-01-12T10:00", "2027-01-12T10:00"))).to.deep.equal(["end"]);
    expect(wrong("deadline", hours("2027-01-12T10:00", "2027-01-12T10:00"))).to.deep.equal([]);
    expect(wrong("holiday", days("2027-01-12"))).to.deep.equal(["school"]);
    expect(wrong("activity", days("2027-01-12"), "aveiro")).to.deep.equal(["school"]);
  });
});

describe("the clock of a school", () => {
  it("is what its teachers say, else its country's only one, else its founder's, else what is usual there", () => {
    expect(zoneOfSchool("FI", null, "Europe/Lisbon")).to.equal("Europe/Helsinki");
    expect(zoneOfSchool("PT", null, "Atlantic/Azores")).to.equal("Atlantic/Azores");
    expect(zoneOfSchool("PT", null, "UTC")).to.equal("Europe/Lisbon");
    expect(zoneOfSchool("PT", "Atlantic/Madeira", "Atlantic/Azores")).to.equal("Atlantic/Madeira");
    expect(zoneOfSchool("ZZ", null, null)).to.equal("UTC");
  });

  it("is one that there is", () => {
    for (const country of "ALAMATAZBABEBGCHCYCZDEDKEEESFIFRGBGEGRHRHUIEISITJOLBLILTLULVMDMEMKMTNLNOPLPTRORSSESISKTNTRUA".match(
      /../g,
    ) ?? []) {
      const zone = zoneOfSchool(country, null, null);
      expect(zone, country).to.not.equal("UTC");
      expect(() => new Intl.DateTimeFormat("en", { timeZone: zone }), country).to.not.throw();
    }
  });
});

describe("days between", () => {
  it("is the inverse of adding days", () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -5000, max: 5000 }), (day, n) => daysBetween(day, addDays(day, n)) === n),
    );
  });
});
