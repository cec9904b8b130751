/** What of a frozen copy may be shown: by what was said about a file then and since, by consent, by who was erased. */
import { expect } from "chai";
import fc from "fast-check";
import { fileState, peopleOn, type SaidOfFile } from "../../../domain/qualityLabels/heldBack.ts";
import { pageParts } from "../../../domain/qualityLabels/pageParts.ts";
import { rubricOf } from "../../../domain/qualityLabels/rubric.ts";

const pupil = fc.constantFrom<string>("kingfisher", "otter", "heron");
const shows = fc.constantFrom("nobody", "people", "unknown" as const);
const said: fc.Arbitrary<SaidOfFile> = fc.record({
  shows: fc.constantFrom<SaidOfFile["shows"]>("nobody", "people", "unknown"),
  pupils: fc.uniqueArray(pupil),
});

describe("a file of a frozen copy", () => {
  it("is shown while everybody on it may be shown in public", () => {
    const picture = (of: SaidOfFile, missing: string[] = [], erased = false) =>
      fileState({ kind: "image", erased, said: of }, new Set(missing));
    expect(picture({ shows: "nobody", pupils: [] })).to.equal("shown");
    expect(picture({ shows: "unknown", pupils: [] })).to.equal("keptBack");
    expect(picture({ shows: "people", pupils: [] })).to.equal("keptBack");
    expect(picture({ shows: "people", pupils: ["otter"] })).to.equal("shown");
    expect(picture({ shows: "people", pupils: ["otter"] }, ["otter"])).to.equal("keptBack");
    expect(picture({ shows: "nobody", pupils: [] }, [], true)).to.equal("erased");
    expect(fileState({ kind: "file", erased: false, said: { shows: "unknown", pupils: [] } }, new Set())).to.equal(
      "shown",
    );
  });

  it("is never shown with somebody on it whose consent is missing, whoever named them and whenever", () => {
    fc.assert(
      fc.property(said, fc.option(said), fc.uniqueArray(pupil), (then, since, missing) => {
        const on = peopleOn(then, since);
        const state = fileState({ kind: "video", erased: false, said: on }, new Set(missing));
        const named = (of: SaidOfFile | null) => (of?.shows === "people" ? of.pupils : []);
        const held = [...named(then), ...named(since)].some((pupil) => missing.includes(pupil));
        if (held) expect(state).to.equal("keptBack");
      }),
    );
  });

  it("remembers who was named when it was copied, though its source forgets them", () => {
    const then: SaidOfFile = { shows: "people", pupils: ["otter"] };
    expect(peopleOn(then, { shows: "nobody", pupils: [] })).to.deep.equal(then);
    expect(peopleOn(then, null)).to.deep.equal(then);
    expect(peopleOn({ shows: "unknown", pupils: [] }, { shows: "nobody", pupils: [] }).shows).to.equal("nobody");
    fc.assert(fc.property(shows, (since) => peopleOn(then, { shows: since, pupils: [] }).shows === "people"));
  });
});

describe("a page of a frozen copy", () => {
  const paragraph = (text: string) => ({ type: "paragraph", content: [{ type: "text", text }] });
  const image = (material: string, caption: string) => ({
    type: "image",
    attrs: { material, alt: "A river", caption },
  });

  it("is cut where its pictures stand, so that what is below one goes with it", () => {
    const doc = {
      type: "doc",
      content: [paragraph("Before"), paragraph("and more"), image("m1", "Otter at the Vouga"), paragraph("After")],
    };
    expect(pageParts(doc)).to.deep.equal([
      { of: "text", words: "Before\nand more" },
      { of: "material", material: "m1", alt: "A river", caption: "Otter at the Vouga" },
      { of: "text", words: "After" },
    ]);
  });

  it("is cut wherever they stand", () => {
    const doc = { type: "doc", content: [{ type: "blockquote", content: [paragraph("Said"), image("m1", "Otter")] }] };
    expect(pageParts(doc).map(({ of }) => of)).to.deep.equal(["text", "material"]);
    expect(pageParts({ type: "doc", content: [] })).to.deep.equal([]);
  });
});

describe("a rubric", () => {
  const step = ["0", "1", "2", "3", "4", "5"];
  const entry = (facts: Record<string, unknown>, code = "ql.online") => ({ code, labels: { en: "Online" }, facts });

  it("has the criteria that name it, with what they say", () => {
    const rubric = rubricOf({ code: "ql", labels: { en: "QL" }, facts: { steps: 5 } }, [
      entry({ rubric: "ql", leastPoints: 2, descriptors: { en: step }, asks: { en: "What?" } }),
      entry({ rubric: "other", leastPoints: 2, descriptors: { en: step } }),
      entry({ rubric: "ql", descriptors: { en: step } }),
    ]);
    expect(rubric.criteria).to.deep.equal([
      { code: "ql.online", labels: { en: "Online" }, leastPoints: 2, asks: { en: "What?" }, descriptors: { en: step } },
    ]);
  });
});
