/** When a page may be public: its states, its settings, and who is to be seen on it. */
import { expect } from "chai";
import * as fc from "fast-check";
import {
  afterAct,
  heldBack,
  type PublishAct,
  type Publishing,
  type ShownThing,
  whyNotOpen,
} from "../../../domain/twinspace/publishing.ts";

const acts: readonly PublishAct[] = ["ask", "publish", "withdraw", "again", "refuse"];
const open = { view: "members", state: "shown", removed: false, hidden: false } as const;

describe("what is public", () => {
  it("is so by publishing alone, or by bringing back what was", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...acts), { maxLength: 30 }), (done) => {
        let now: Publishing | null = null;
        for (const act of done) {
          const after: Publishing | undefined = afterAct(now, act);
          if (!after) continue;
          if (after.state === "public" && now?.state !== "public") expect(["publish", "again"]).to.include(act);
          if (after.state === "public" || after.state === "withdrawn") expect(after.copied).to.equal(true);
          if (act === "again") expect(now?.state).to.equal("withdrawn");
          now = after;
        }
      }),
    );
  });

  it("stays so while its changes are asked for, or refused", () => {
    const asked = afterAct({ state: "public", asks: false, copied: true }, "ask");
    expect(asked).to.deep.equal({ state: "public", asks: true, copied: true });
    expect(afterAct(asked ?? null, "refuse")).to.deep.equal({ state: "public", asks: false, copied: true });
  });

  it("cannot be taken away, brought back or refused when there is no such thing to do", () => {
    for (const act of ["withdraw", "again", "refuse"] as const) expect(afterAct(null, act)).to.equal(undefined);
    expect(afterAct({ state: "refused", asks: false, copied: false }, "again")).to.equal(undefined);
  });

  it("is nothing that is a draft, of the staffroom, hidden or removed, nor what is below it", () => {
    expect(whyNotOpen(open, [open])).to.equal(undefined);
    expect(whyNotOpen({ ...open, state: "archived" }, [])).to.equal(undefined);
    const closed = [
      [{ ...open, state: "draft" }, "draft"],
      [{ ...open, view: "teachers" }, "teachers"],
      [{ ...open, hidden: true }, "hidden"],
      [{ ...open, removed: true }, "removed"],
    ] as const;
    for (const [page, why] of closed) {
      expect(whyNotOpen(page, [open])).to.equal(why);
      expect(whyNotOpen(open, [open, page])).to.equal(why);
    }
  });
});

describe("who is to be seen", () => {
  const picture: ShownThing = {
    ...{ id: "p", kind: "image", shows: "nobody", pupils: [], hidden: false, removed: false },
  };
  const why = (thing: Partial<ShownThing>, missing: string[] = []) =>
    heldBack([{ ...picture, ...thing }], new Set(missing)).map((held) => held.why);

  it("counts as a no as long as it is not known", () => {
    for (const kind of ["image", "video", "sound"] as const) {
      expect(why({ kind, shows: "unknown" })).to.deep.equal(["unknown"]);
      expect(why({ kind, shows: "people" })).to.deep.equal(["nobodyNamed"]);
      expect(why({ kind, shows: "people", pupils: ["a", "b"] }, ["b"])).to.deep.equal(["consent"]);
      expect(why({ kind, shows: "people", pupils: ["a", "b"] })).to.deep.equal([]);
      expect(why({ kind })).to.deep.equal([]);
    }
    expect(why({ kind: "file", shows: "unknown" })).to.deep.equal([]);
  });

  it("names those alone whose consent is missing", () => {
    const [held] = heldBack([{ ...picture, shows: "people", pupils: ["a", "b", "c"] }], new Set(["c", "d"]));
    expect(held?.pupils).to.deep.equal(["c"]);
  });

  it("keeps back what was hidden since, and not what was removed and so is not shown", () => {
    expect(why({ hidden: true })).to.deep.equal(["hidden"]);
    expect(why({ removed: true, shows: "unknown" })).to.deep.equal([]);
  });
});
