import { expect } from "chai";
import { type BookingField, lengthsInMinutes, readBooking, turnLimitsMs } from "../../client/views/booking-form.ts";
import { errorsOfRefusal } from "../../client/views/field-errors.ts";
import { BookMeeting } from "../../protocol/http/meetings.ts";

const now = Date.UTC(2026, 10, 23, 12);
const usual: Record<Exclude<BookingField, "invited">, string> = {
  title: "  What lives in   our river? ",
  start: "2026-11-23T18:30",
  timeZone: "Europe/Lisbon",
  lengthMinutes: "60",
  language: "pt",
  maxSeats: "50",
  next: "fair",
  turnLimitMs: "",
  school: "",
  project: "",
  purpose: "",
  capacity: "2",
};

function formOf(changed: Partial<typeof usual>, ticked: readonly string[] = []): FormData {
  const form = new FormData();
  for (const [field, value] of Object.entries({ ...usual, ...changed })) form.set(field, value);
  for (const field of ticked) form.set(field, "on");
  return form;
}

const read = (changed: Partial<typeof usual> = {}, ticked: readonly string[] = [], atOnce = false) =>
  readBooking(formOf(changed, ticked), { atOnce, now });

describe("the booking form", () => {
  it("is read into what the server takes", () => {
    expect(read({ turnLimitMs: "90000" }, ["recorded", "lobby"])).to.deep.equal({
      booking: {
        title: "What lives in our river?",
        start: "2026-11-23T18:30",
        timeZone: "Europe/Lisbon",
        lengthMinutes: 60,
        language: "pt",
        maxSeats: 50,
        floor: { next: "fair", capacity: 2, turnLimitMs: 90_000 },
        recorded: true,
        lobby: true,
      },
    });
  });

  it("offers only lengths and limits that the protocol allows", () => {
    for (const lengthMinutes of lengthsInMinutes.map(String)) {
      for (const turnLimitMs of turnLimitsMs.map((ms) => (ms === null ? "" : String(ms)))) {
        const result = read({ lengthMinutes, turnLimitMs });
        if ("errors" in result) throw new Error("It was refused");
        expect(BookMeeting.safeParse(result.booking).success, `${lengthMinutes} ${turnLimitMs}`).to.equal(true);
      }
    }
  });

  it("starts now whatever stands in the start", () => {
    expect(read({ start: "" }, [], true)).to.have.nested.property("booking.start", "now");
    expect(read({ start: "2020-01-01T10:00" }, [], true)).to.have.nested.property("booking.start", "now");
  });

  it("says what is missing or does not fit, all of it at once and each at its field", () => {
    expect(read({ title: " ", start: "", maxSeats: "1" })).to.deep.equal({
      errors: { title: "book.titleMissing", start: "book.startMissing", maxSeats: "book.sizeWrong" },
    });
    expect(read({ title: "x".repeat(121) })).to.deep.equal({ errors: { title: "book.titleLong" } });
    for (const maxSeats of ["", "many", "2.5", "501"]) {
      expect(read({ maxSeats }), maxSeats).to.deep.equal({ errors: { maxSeats: "book.sizeWrong" } });
    }
  });

  it("takes no start that has passed, in the zone that stands beside it", () => {
    expect(read({ start: "2026-11-23T11:00" })).to.deep.equal({ errors: { start: "refusal.booking.inPast" } });
    expect(read({ start: "2026-11-23T13:00", timeZone: "Europe/Helsinki" })).to.have.property("errors");
    expect(read({ start: "2030-01-01T10:00" })).to.deep.equal({ errors: { start: "book.startFar" } });
    expect(read({ start: "2026-11-23T13:00", timeZone: "Europe/Lisbon" })).to.have.property("booking");
  });
});

describe("a refusal of a form", () => {
  it("is said at the field it is about", () => {
    expect(errorsOfRefusal({ refused: "account.exists", fields: ["email"] })).to.deep.equal({
      email: "refusal.account.exists",
    });
    expect(errorsOfRefusal({ refused: "request.malformed", fields: ["floor.turnLimitMs", "title"] })).to.deep.equal({
      turnLimitMs: "form.wrong",
      title: "form.wrong",
    });
    expect(errorsOfRefusal({ refused: "account.wrong", fields: ["current"] })).to.deep.equal({
      current: "account.wrongCurrent",
    });
  });

  it("is said of the whole form where it names no field", () => {
    expect(errorsOfRefusal({ refused: "account.tooManyTries" })).to.deep.equal({});
    expect(errorsOfRefusal({ refused: "offline" })).to.deep.equal({});
  });

  it("sends whom a project's meeting is for, and names the choice when nobody is chosen", () => {
    const oulu = { everybody: false, schools: ["oulu"], roles: [], people: [] };
    const read = (changed: Partial<typeof usual>, invited: typeof oulu | null) =>
      readBooking(formOf(changed), { atOnce: true, now, invited });
    expect(read({ project: "p", purpose: " To compare " }, oulu)).to.deep.nested.include({
      "booking.invited": oulu,
      "booking.purpose": "To compare",
    });
    expect(read({ project: "p" }, { ...oulu, schools: [] })).to.deep.equal({ errors: { invited: "book.whoMissing" } });
    expect(read({}, null)).to.not.have.nested.property("booking.invited");
    expect(read({ purpose: "x".repeat(601) }, null)).to.deep.equal({ errors: { purpose: "book.purposeLong" } });
  });
});
