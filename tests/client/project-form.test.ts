import { expect } from "chai";
import {
  answered,
  beginForm,
  type FormNow,
  heard,
  keepUnsaved,
  keptUnder,
  notAnswered,
  notTaken,
  putBack,
  readKept,
  sent,
  settled,
  toSend,
  typed,
  unsavedFields,
} from "../../client/views/project-form.ts";
import { emptyForm, formFields } from "../../domain/projects/form.ts";
import type { ProjectView } from "../../protocol/http/projects.ts";

type Form = ProjectView["form"];
const shown = (changes: Partial<Record<string, { value: unknown; version: number }>> = {}): Form =>
  Object.fromEntries(
    formFields.map((field) => [field, { value: emptyForm[field], version: 0, by: null, at: null, ...changes[field] }]),
  ) as Form;
const conflict = { field: "aims", theirs: "Otters", version: 2, by: "Mikko", at: 5 } as const;
const changed = { version: 2, state: "draft" } as const;

/** Typed and on its way. */
function sending(value: string): FormNow {
  const now = typed(beginForm(shown()), "aims", value);
  return sent(now, toSend(now));
}

class Store extends Map<string, string> {
  getItem = (key: string) => this.get(key) ?? null;
  setItem = (key: string, value: string) => void this.set(key, value);
  removeItem = (key: string) => void this.delete(key);
}

describe("a form that is written by two", () => {
  it("sends what was changed, once, with the version it was written on", () => {
    const now = typed(beginForm(shown({ aims: { value: "", version: 3 } })), "aims", "Herons");
    expect(toSend(now)).to.deep.equal([{ field: "aims", value: "Herons", base: 3 }]);
    expect(toSend(sent(now, toSend(now)))).to.deep.equal([]);
  });

  it("sends again what was typed while it was on its way", () => {
    const now = answered(typed(sending("Her"), "aims", "Herons"), {
      ...changed,
      saved: [{ field: "aims", version: 1 }],
      conflicts: [],
    });
    expect(toSend(now)).to.deep.equal([{ field: "aims", value: "Herons", base: 1 }]);
  });

  it("waits with a field that somebody else has changed until it is settled", () => {
    const now = answered(sending("Herons"), { ...changed, saved: [], conflicts: [conflict] });
    expect(now.aims.conflict).to.deep.equal(conflict);
    expect(toSend(now)).to.deep.equal([]);
    const joined = settled(now, "aims", "Otters\n\nHerons");
    expect(toSend(joined)).to.deep.equal([{ field: "aims", value: "Otters\n\nHerons", base: 2 }]);
    expect(unsavedFields(settled(now, "aims", "Otters"))).to.deep.equal([]);
  });

  it("is no conflict with itself when an answer was lost", () => {
    const again = typed(notAnswered(sending("Herons")), "aims", "Herons fly");
    const own = { ...conflict, theirs: "Herons" };
    const now = answered(sent(again, toSend(again)), { ...changed, saved: [], conflicts: [own] });
    expect(now.aims.conflict).to.equal(undefined);
    expect(toSend(now)).to.deep.equal([{ field: "aims", value: "Herons fly", base: 2 }]);
  });

  it("does not send what was refused until it is changed", () => {
    const now = notTaken(sending("no"), ["aims"]);
    expect(toSend(now)).to.deep.equal([]);
    expect(toSend(typed(now, "aims", "yes"))).to.have.length(1);
  });

  it("shows what others write in fields that are not being written here, and only there", () => {
    const now = typed(beginForm(shown()), "aims", "Herons");
    const told = heard(now, shown({ aims: { value: "Otters", version: 1 }, title: { value: "Rivers", version: 1 } }));
    expect(told.title.value).to.equal("Rivers");
    expect(told.aims.value).to.equal("Herons");
    expect(toSend(told)[0]).to.deep.equal({ field: "aims", value: "Herons", base: 0 });
  });

  it("keeps on the device what is not saved, and forgets it when it is", () => {
    const store = new Store();
    const key = keptUnder("ana", "p1");
    const now = typed(beginForm(shown()), "aims", "Herons");
    expect(keepUnsaved(store, key, now)).to.equal(true);
    expect(readKept(store, key, shown())).to.deep.equal({ aims: { value: "Herons", base: 0 } });
    expect(readKept(store, key, shown({ aims: { value: "Herons", version: 1 } })), "arrived after all").to.deep.equal(
      {},
    );
    const offered = readKept(store, key, shown());
    keepUnsaved(store, key, typed(beginForm(shown()), "title", "Rivers"), offered);
    expect(readKept(store, key, shown()), "what is offered, and what is new").to.have.all.keys("aims", "title");
    keepUnsaved(store, key, beginForm(shown()));
    expect(store.size).to.equal(0);
  });

  it("reads nothing that is no kept form", () => {
    const store = new Store([["k", '{"aims":{"value":{},"base":0},"state":{"value":"active","base":0},"title":7}']]);
    expect(readKept(store, "k", shown())).to.deep.equal({});
    store.set("k", "{");
    expect(readKept(store, "k", shown())).to.deep.equal({});
  });

  it("puts back what was kept, beside what somebody else has written since", () => {
    const kept = { aims: { value: "Herons", base: 0 }, title: { value: "Rivers", base: 0 } };
    const form = shown({ aims: { value: "Otters", version: 1 } });
    const now = putBack(beginForm(form), kept, form);
    expect(now.title).to.include({ value: "Rivers", version: 0 });
    expect(now.aims).to.include({ value: "Herons", saved: "Otters" });
    expect(now.aims.conflict?.theirs).to.equal("Otters");
    expect(toSend(now)).to.deep.equal([{ field: "title", value: "Rivers", base: 0 }]);
  });
});
