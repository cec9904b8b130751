import { expect } from "chai";
import fc from "fast-check";
import {
  emptyForm,
  fieldsOfStep,
  formFields,
  formSteps,
  joined,
  misfitsIn,
  missingIn,
  type ProjectForm,
  sameValue,
  slugOf,
} from "../../../domain/projects/form.ts";

const full: ProjectForm = {
  ...emptyForm,
  title: "Two rivers",
  summary: "Two classes watch their rivers.",
  description: "All year.",
  aims: "To know water.",
  workProcess: "Every month.",
  expectedResults: "A book.",
  languages: ["en"],
  subjects: ["biology"],
  pupilNumber: 41,
  ageMin: 12,
  ageMax: 14,
  startDate: "2027-01-11",
};

describe("the form of a project", () => {
  it("asks every field in one step", () => {
    expect(formSteps.flatMap((step) => fieldsOfStep[step])).to.have.members([...formFields]);
  });

  it("says what is missing, and asks for subjects or vocational ones", () => {
    expect(missingIn(full)).to.deep.equal([]);
    expect(missingIn({ ...full, title: "  ", ageMin: null })).to.deep.equal(["title", "ageMin"]);
    expect(missingIn({ ...full, subjects: [] })).to.deep.equal(["subjects"]);
    expect(missingIn({ ...full, subjects: [], vocationalSubjects: ["07"] })).to.deep.equal([]);
    expect(missingIn(emptyForm)).to.have.length(12);
  });

  it("says what does not fit together", () => {
    expect(misfitsIn({ ...full, ageMin: 15, endDate: "2027-01-10" })).to.deep.equal(["ageMax", "endDate"]);
    expect(misfitsIn({ ...full, endDate: full.startDate })).to.deep.equal([]);
  });

  it("compares and joins what two people wrote", () => {
    expect(sameValue(["a", "b"], ["b", "a"])).to.equal(true);
    expect(sameValue(["a"], ["a", "b"])).to.equal(false);
    expect(sameValue(null, "")).to.equal(false);
    expect(joined("mine", "theirs")).to.equal("theirs\n\nmine");
    expect(joined(["a", "c"], ["a", "b"])).to.deep.equal(["a", "b", "c"]);
    expect(joined(3, 4)).to.equal(undefined);
  });

  it("makes addresses of titles in any script", () => {
    expect(slugOf("Two rivers!")).to.equal("two-rivers");
    expect(slugOf("Речни истории")).to.equal("речни-истории");
    expect(slugOf("5ο Γυμνάσιο: θάλασσα")).to.equal("5ο-γυμνάσιο-θάλασσα");
    expect(slugOf("Kaksi jokea – Äänekoski")).to.equal("kaksi-jokea-äänekoski");
    expect(slugOf("!?")).to.equal("");
  });

  it("makes addresses that need nothing escaped but letters, and are their own", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (title) => {
        const slug = slugOf(title);
        expect(slug).to.match(/^(?:[\p{L}\p{M}\p{N}]+(?:-[\p{L}\p{M}\p{N}]+)*)?$/u);
        expect([...slug].length).to.be.at.most(60);
        expect(slugOf(slug)).to.equal(slug);
      }),
    );
  });
});
