import { expect } from "chai";
import fc from "fast-check";
import { localTimeIn, momentOf, nextFullHour, zoneName, zonesWith } from "../../client/views/zoned-time.ts";
import { en } from "../../client/words/en/index.ts";
import { speak } from "../../client/words/words.ts";
import { dateTimeIn, dayIn, fromNow, leafIn, spanIn } from "../../client/words/zoned.ts";
import { instantOf } from "../../server/meetings/localTime.ts";

const zones = ["Europe/Lisbon", "Europe/Helsinki", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia", "UTC"];
const minuteMs = 60_000;
const noon = Date.UTC(2026, 10, 23, 12);

before(() => speak({ tag: "en-GB", words: en }));

describe("times on the wall of a zone", () => {
  it("stand for the moments the server takes them for", () => {
    const local = fc.date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(local, fc.constantFrom(...zones), (date, zone) => {
        const written = date.toISOString().slice(0, 16);
        expect(momentOf(written, zone), `${written} ${zone}`).to.equal(instantOf(written, zone));
      }),
    );
  });

  it("are skipped in spring and come twice in autumn", () => {
    expect(momentOf("2027-03-28T01:30", "Europe/Lisbon")).to.equal(Date.UTC(2027, 2, 28, 1, 30));
    expect(momentOf("2026-10-25T01:30", "Europe/Lisbon")).to.equal(Date.UTC(2026, 9, 25, 0, 30));
  });

  it("show what a moment is, there and back", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30_000_000 }), fc.constantFrom(...zones), (minute, zone) => {
        const moment = Date.UTC(1990, 0) + minute * minuteMs;
        const back = momentOf(localTimeIn(moment, zone), zone);
        // An hour that comes twice leads back to its first.
        expect([0, 60, 30].map((earlier) => moment - earlier * minuteMs)).to.include(back);
      }),
    );
  });

  it("are no time when they are not on the calendar", () => {
    for (const written of ["", "2026-02-30T10:00", "tomorrow", "2026-11-23"]) {
      expect(momentOf(written, "UTC"), written).to.equal(undefined);
    }
  });

  it("offer the next full hour that leaves ten minutes", () => {
    expect(nextFullHour(Date.UTC(2026, 10, 23, 12, 50), "UTC")).to.equal("2026-11-23T13:00");
    expect(nextFullHour(Date.UTC(2026, 10, 23, 12, 51), "UTC")).to.equal("2026-11-23T14:00");
    expect(nextFullHour(noon, "Asia/Kathmandu")).to.equal("2026-11-23T18:00");
  });

  it("name zones by their town, and know the one that was asked for", () => {
    expect(zoneName("Europe/Lisbon")).to.equal("Lisbon (Europe)");
    expect(zoneName("America/Argentina/Buenos_Aires")).to.equal("Buenos Aires (America, Argentina)");
    expect(zoneName("UTC")).to.equal("UTC");
    expect(zonesWith(["Europe/Kyiv"])).to.include.members(["Europe/Kyiv", "UTC", "Europe/Lisbon"]);
  });
});

describe("what is said of a time", () => {
  it("is in the reader's zone and not in the computer's", () => {
    expect(dateTimeIn(noon, "Europe/Helsinki")).to.equal("23 November 2026 at 14:00");
    expect(spanIn(noon, noon + 90 * minuteMs, "Europe/Helsinki")).to.match(/^14:00\s*.\s*15:30$/);
    expect(leafIn(noon, "Pacific/Apia")).to.deep.equal({ day: "24", month: "Nov" });
  });

  it("names the days around today, there", () => {
    expect(dayIn(noon, "UTC", noon)).to.equal("today");
    expect(dayIn(noon, "Pacific/Apia", Date.UTC(2026, 10, 23, 10))).to.equal("tomorrow");
    expect(dayIn(noon, "UTC", noon + 86_400_000)).to.equal("yesterday");
    expect(dayIn(noon + 7 * 86_400_000, "UTC", noon)).to.equal("Monday 30 November");
    expect(dayIn(noon + 60 * 86_400_000, "UTC", noon)).to.equal("Friday, 22 January 2027");
  });

  it("says how long it is until then", () => {
    expect(fromNow(noon + 25 * minuteMs, noon)).to.equal("in 25 minutes");
    expect(fromNow(noon + 5 * 60 * minuteMs, noon)).to.equal("in 5 hours");
    expect(fromNow(noon + 3 * 86_400_000, noon)).to.equal("in 3 days");
  });
});
