/** The page that chooses what of a report card is public: which entries can be chosen, and their order. */
import { expect } from "chai";
import { isChoosable, moved, titleOf } from "../../client/views/report-public.ts";
import type { PublishableEntry } from "../../protocol/reports/published.ts";

const entry = (id: string, state: PublishableEntry["state"], title = id): PublishableEntry => ({
  ...{ id, state, title, kind: "activity", day: "2026-11-02", school: null, version: 1, publishedAt: null },
  ...{ changes: [], held: [], materials: 0 },
});

describe("choosing what of a report card is public", () => {
  it("offers what is not public, and nothing that is gone from the card", () => {
    expect(
      [null, "withdrawn", "public", "gone"].map((state) => isChoosable({ state } as PublishableEntry)),
    ).to.deep.equal([...[true, true, false, false]]);
    expect(titleOf(entry("a", null, ""))).to.equal("Without a title");
  });

  it("moves one among the public ones by one place, and no further than to an end", () => {
    const entries = [entry("a", "public"), entry("x", "withdrawn"), entry("b", "public"), entry("c", "public")];
    expect(moved(entries, "b", -1)).to.deep.equal(["b", "a", "c"]);
    expect(moved(entries, "b", 1)).to.deep.equal(["a", "c", "b"]);
    expect(moved(entries, "a", -1)).to.deep.equal(["a", "b", "c"]);
    expect(moved(entries, "c", 1)).to.deep.equal(["a", "b", "c"]);
    expect(moved(entries, "x", 1)).to.deep.equal(["a", "b", "c"]);
  });
});
