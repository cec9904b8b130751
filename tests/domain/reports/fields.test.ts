import { expect } from "chai";
import { fieldsOf, missingFor, textFields } from "../../../domain/reports/fields.ts";
import { EntryKind, emptyBody } from "../../../protocol/reports/entries.ts";

describe("The fields of an entry", () => {
  it("ask every field of every kind at most once, and what is needed first", () => {
    for (const kind of EntryKind.options) {
      const { first, more, needed } = fieldsOf(kind);
      const all = [...first, ...more];
      expect(new Set(all).size, kind).to.equal(all.length);
      expect(first, kind).to.include.members([...needed]);
      const left = Object.keys(emptyBody).filter((field) => !(all as string[]).includes(field));
      expect(left, kind).to.deep.equal(kind === "meeting" ? ["fromDay", "toDay", "pupils", "teachers"] : []);
    }
  });

  it("ask little of an activity", () => {
    expect(fieldsOf("activity").first).to.have.length.below(7);
  });

  it("are needed as far as the kind says, and blanks are nothing", () => {
    expect(missingFor("activity", emptyBody)).to.deep.equal(["title", "done"]);
    expect(missingFor("activity", { ...emptyBody, title: "Bread", done: " \n" })).to.deep.equal(["done"]);
    expect(missingFor("question", { ...emptyBody, title: "May we?" })).to.deep.equal(["question"]);
    expect(missingFor("meeting", emptyBody)).to.deep.equal([]);
    expect(missingFor("final", { ...emptyBody, title: "The end", done: "All" })).to.deep.equal(["learned"]);
  });

  it("that are texts are all known as such", () => {
    const texts = Object.entries(emptyBody).flatMap(([field, value]) => (typeof value === "string" ? [field] : []));
    expect([...textFields].sort()).to.deep.equal(texts.sort());
  });
});
