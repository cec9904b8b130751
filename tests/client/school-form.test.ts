import { expect } from "chai";
import * as fc from "fast-check";
import { type Draft, draftOfFields, keepDraft, mergeDrafts, readDraft } from "../../client/views/drafts.ts";
import { draftOfSchool, readPlace, readSchool } from "../../client/views/school-form.ts";
import { SchoolForm } from "../../protocol/http/registry.ts";
import { volos } from "../support/schoolForms.ts";

const me = { email: "eleni@volos.test" };
const sound = { ...volos, website: "https://gym5.example", number: "3501234" };

describe("a school's form on the page", () => {
  it("comes back from its fields as it was", () => {
    const read = readSchool(draftOfSchool(sound), me);
    expect(read).to.deep.equal({ form: sound });
    expect("form" in read && SchoolForm.parse(read.form)).to.deep.equal(sound);
  });

  it("names each field that is missing or does not fit", () => {
    const empty = readSchool({}, me);
    expect("errors" in empty && Object.keys(empty.errors).sort()).to.deep.equal(
      [
        ...["name", "address", "town", "principalName", "country", "type", "mainLanguage", "ageMin", "ageMax"],
        ...["pupilCount", "principalEmail"],
      ].sort(),
    );
    const wrongs: [Draft, string][] = [
      [{ ageMin: ["15"], ageMax: ["12"] }, "ageMax"],
      [{ pupilCount: ["many"] }, "pupilCount"],
      [{ principalEmail: ["Eleni@Volos.test"] }, "principalEmail"],
      [{ leadEmail: ["somebody"] }, "leadEmail"],
    ];
    for (const [change, field] of wrongs) {
      const read = readSchool({ ...draftOfSchool(sound), ...change }, me);
      expect("errors" in read && Object.keys(read.errors)).to.deep.equal([field]);
    }
  });

  it("takes a number as people write it", () => {
    const read = readSchool({ ...draftOfSchool(sound), pupilCount: ["1 310"] }, me);
    expect("form" in read && read.form.pupilCount).to.equal(1310);
  });

  it("asks what somebody does there", () => {
    expect(readPlace({ lead: ["on"] })).to.have.property("errors");
    expect(readPlace({ staffRole: ["head"], lead: ["on"] })).to.deep.equal({
      place: { staffRole: "head", lead: true },
    });
  });
});

describe("a draft", () => {
  const store = () => {
    const kept = new Map<string, string>();
    return {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    };
  };

  it("is read as it was kept, and nothing else is taken for one", () => {
    const own = store();
    const draft = draftOfFields([
      ["name", "Βόλος"],
      ["languages", "el"],
      ["languages", "en"],
    ]);
    expect(keepDraft(own, "a", draft)).to.equal(true);
    expect(readDraft(own, "a")).to.deep.equal({ name: ["Βόλος"], languages: ["el", "en"] });
    for (const broken of ["", "{", "7", '{"name":"text"}', '{"name":[1]}']) {
      own.setItem("a", broken);
      expect(readDraft(own, "a"), broken).to.equal(undefined);
    }
  });

  it("says when the browser keeps nothing", () => {
    const full = { ...store(), setItem: () => expect.fail("full") };
    expect(keepDraft(full, "a", {})).to.equal(false);
  });

  const field = fc.constantFrom("town", "name", "website");
  const drafts = fc.dictionary(field, fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 2 }));

  it("loses nothing that either of two changed, and names what both did", () => {
    fc.assert(
      fc.property(drafts, drafts, drafts, (base, mine, theirs) => {
        const { draft, clashes } = mergeDrafts(base, mine, theirs);
        const at = (of: Draft, name: string) => (of[name] ?? []).join("\n");
        for (const name of ["town", "name", "website"]) {
          const [was, own, other, now] = [base, mine, theirs, draft].map((of) => at(of, name));
          if (own !== was) expect(now).to.equal(own);
          else expect(now).to.equal(other);
          expect(clashes.includes(name)).to.equal(own !== was && other !== was && own !== other);
        }
      }),
    );
  });
});
