import { expect } from "chai";
import {
  answeredWith,
  beginEntryForm,
  bodyOf,
  bothTexts,
  type EntryNow,
  heardOf,
  insistedOn,
  keepEntry,
  keptEntryUnder,
  notAnsweredTo,
  notTakenOf,
  putKeptBack,
  refusedIn,
  sentOf,
  settledOn,
  toSendOf,
  typedIn,
  unsavedIn,
} from "../../client/views/report-form.ts";
import { type EntryBody, type EntrySaved, type EntryView, emptyBody } from "../../protocol/reports/entries.ts";

const view = (version: number, body: Partial<EntryBody> = {}): EntryView => ({
  id: "entry1",
  kind: "activity",
  state: "draft",
  readers: "partners",
  author: null,
  body: { ...emptyBody, ...body },
  version,
  day: "2027-03-12",
  madeAt: 0,
  sharedAt: null,
  changedAt: 0,
  meeting: null,
  calendarItem: null,
  evidence: [],
  waits: null,
  comments: [],
  readBy: [],
  mayWrite: true,
  mayRemove: true,
});
const saved = (version: number, body: Partial<EntryBody>, conflicts: EntrySaved["conflicts"] = []): EntrySaved => ({
  entry: view(version, body),
  conflicts,
});
const begun = (version = 3, body: Partial<EntryBody> = {}) => beginEntryForm(view(version, body));
const sending = (now: EntryNow): EntryNow => {
  const save = toSendOf(now);
  if (save === null) throw new Error("There is nothing to send");
  return sentOf(now, save);
};
const school = (id: string, count: number) => ({ school: id, ageMin: null, ageMax: null, count });

describe("an entry of a report card that is written", () => {
  it("sends what was typed, on the version that is known, and once", () => {
    const typed = typedIn(begun(), "title", "River day");
    expect(toSendOf(typed)).to.deep.equal({ base: 3, changes: { title: "River day" } });
    const going = sending(typed);
    expect(toSendOf(going)).to.equal(null);
    const done = answeredWith(going, saved(4, { title: "River day" }));
    expect([done.version, unsavedIn(done)]).to.deep.equal([4, []]);
  });

  it("goes on being typed while it is on its way", () => {
    const going = sending(typedIn(begun(), "title", "River"));
    const done = answeredWith(typedIn(going, "title", "River day"), saved(4, { title: "River" }));
    expect(toSendOf(done)).to.deep.equal({ base: 4, changes: { title: "River day" } });
  });

  it("is saved although the server tidies it", () => {
    const done = answeredWith(sending(typedIn(begun(), "title", "River  day")), saved(4, { title: "River day" }));
    expect(unsavedIn(done)).to.deep.equal([]);
    expect(bodyOf(done).title).to.equal("River  day");
  });

  it("takes what others wrote where nothing is written here, and keeps what is", () => {
    const now = heardOf(typedIn(begun(), "title", "Mine"), view(5, { done: "Theirs" }));
    expect(bodyOf(now)).to.include({ title: "Mine", done: "Theirs" });
    expect(toSendOf(now)).to.deep.equal({ base: 5, changes: { title: "Mine" } });
  });

  it("shows both where two wrote the same field, and sends neither until one is chosen", () => {
    const going = sending(typedIn(begun(), "title", "Mine"));
    const now = answeredWith(going, saved(5, { title: "Theirs" }, [{ field: "title", by: "Mikko" }]));
    expect(now.fields.title.conflict).to.deep.equal({ theirs: "Theirs", by: "Mikko" });
    expect(toSendOf(now)).to.equal(null);
    expect(toSendOf(settledOn(now, "title", "Mine"))).to.deep.equal({ base: 5, changes: { title: "Mine" } });
    expect(unsavedIn(settledOn(now, "title", "Theirs"))).to.deep.equal([]);
    const newer = heardOf(now, view(6, { title: "Theirs again" }));
    expect(newer.fields.title.conflict).to.deep.equal({ theirs: "Theirs again", by: "Mikko" });
  });

  it("says so of what somebody else wrote before it was sent", () => {
    const now = heardOf(typedIn(begun(), "done", "Mine"), view(4, { done: "Theirs" }));
    expect(now.fields.done.conflict?.theirs).to.equal("Theirs");
    expect(bothTexts("Mine", "Theirs")).to.equal("Theirs\n\nMine");
    expect(bothTexts([], "Theirs")).to.equal(undefined);
  });

  it("puts together what two changed in one list, unless it is the same of it", () => {
    const base = { pupils: [school("aveiro", 20), school("oulu", 10)] };
    const mine = typedIn(begun(3, base), "pupils", [school("aveiro", 22), school("oulu", 10)]);
    const theirs = view(4, { pupils: [school("aveiro", 20), school("oulu", 12)] });
    expect(bodyOf(heardOf(mine, theirs)).pupils).to.deep.equal([school("aveiro", 22), school("oulu", 12)]);
    const clash = heardOf(mine, view(4, { pupils: [school("aveiro", 21), school("oulu", 10)] }));
    expect(clash.fields.pupils.conflict).to.not.equal(undefined);
    const codes = typedIn(begun(3, { subjects: ["art", "music"] }), "subjects", ["art", "music", "biology"]);
    expect(bodyOf(heardOf(codes, view(4, { subjects: ["music"] }))).subjects).to.deep.equal(["music", "biology"]);
  });

  it("knows its own words again that arrived without an answer", () => {
    const lost = notAnsweredTo(sending(typedIn(begun(), "title", "River")));
    expect(toSendOf(lost)).to.deep.equal({ base: 3, changes: { title: "River" } });
    const on = typedIn(lost, "title", "River day");
    const now = heardOf(on, view(4, { title: "River" }));
    expect(now.fields.title.conflict).to.equal(undefined);
    expect(toSendOf(now)).to.deep.equal({ base: 4, changes: { title: "River day" } });
  });

  it("does not send again what was refused, until it is changed or its author is sure", () => {
    const typed = typedIn(typedIn(begun(), "done", "With Aino K."), "title", "River");
    const now = notTakenOf(sending(typed), ["done"], "entry.namesPupil");
    expect(toSendOf(now)).to.deep.equal({ base: 3, changes: { title: "River" } });
    expect(refusedIn(now, "entry.namesPupil")).to.deep.equal(["done"]);
    expect(toSendOf(typedIn(now, "done", "With all"))?.changes).to.have.property("done");
    expect(toSendOf(insistedOn(now))?.changes).to.have.property("done");
    expect(toSendOf(notTakenOf(sending(typed), []))).to.equal(null);
  });

  it("keeps an address here until it is one", () => {
    const half = typedIn(typedIn(begun(), "shownLink", "https:/"), "title", "River");
    expect(toSendOf(half)?.changes).to.deep.equal({ title: "River" });
    expect(toSendOf(typedIn(half, "shownLink", "https://example.org/"))?.changes).to.have.property("shownLink");
  });

  it("comes back after a reload, beside what others have written since", () => {
    const store = new Map<string, string>();
    const kept = {
      getItem: (key: string) => store.get(key) ?? null,
      setItem: (key: string, value: string) => void store.set(key, value),
      removeItem: (key: string) => void store.delete(key),
    };
    const key = keptEntryUnder("account:ana", "entry1");
    const typed = typedIn(typedIn(begun(), "title", "Mine"), "done", "We measured.");
    expect(keepEntry(kept, key, typed)).to.equal(true);
    const same = putKeptBack(begun(), kept, key);
    expect(toSendOf(same)).to.deep.equal({ base: 3, changes: { title: "Mine", done: "We measured." } });
    const later = putKeptBack(begun(5, { title: "Theirs" }), kept, key);
    expect(later.fields.title.conflict?.theirs).to.equal("Theirs");
    expect(toSendOf(later)).to.deep.equal({ base: 5, changes: { done: "We measured." } });
    expect(putKeptBack(begun(6, { title: "Mine", done: "We measured." }), kept, key)).to.deep.equal(
      begun(6, { title: "Mine", done: "We measured." }),
    );
    keepEntry(kept, key, begun());
    expect(store.size).to.equal(0);
    store.set(key, '{"title":{"value":7,"there":""},"nonsense":1}');
    expect(bodyOf(putKeptBack(begun(), kept, key)).title).to.equal("");
  });
});
