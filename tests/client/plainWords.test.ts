import { expect } from "chai";
import { paragraphsOf } from "../../client/views/plain-words.ts";
import { goesOn, joinSaid } from "../../client/views/said-list.ts";

describe("plain words", () => {
  const linksIn = (text: string) =>
    paragraphsOf(text)
      .flat()
      .flatMap((part) => (typeof part === "string" ? [] : [part]));

  it("are paragraphs where an empty line divides them, with their line breaks", () => {
    expect(paragraphsOf("One\ntwo\n\n\nThree")).to.deep.equal([["One\ntwo"], ["Three"]]);
    expect(paragraphsOf(" \n\n ")).to.deep.equal([]);
  });

  it("make links of addresses and leave the sentence's end outside", () => {
    expect(paragraphsOf("See https://example.org/a, then go.")).to.deep.equal([
      ["See ", { href: "https://example.org/a", host: "example.org", text: "https://example.org/a" }, ", then go."],
    ]);
    expect(linksIn("(https://example.org/otter_(animal))").map(({ text }) => text)).to.deep.equal([
      "https://example.org/otter_(animal)",
    ]);
    expect(linksIn("Is it https://example.org?").map(({ text }) => text)).to.deep.equal(["https://example.org"]);
  });

  it("say the host where a link really goes", () => {
    expect(linksIn("https://school.example@evil.example/x")[0]?.host).to.equal("evil.example");
    expect(linksIn("https://xn--80ak6aa92e.example")[0]?.host).to.equal("xn--80ak6aa92e.example");
  });

  it("make links of nothing else", () => {
    for (const text of [
      "javascript:alert(1)",
      "data:text/html,x",
      "mailto:a@b.example",
      "www.example.org",
      "https://",
    ]) {
      expect(linksIn(text), text).to.deep.equal([]);
    }
  });

  it("lose no letter", () => {
    const text = "a https://example.org b http://x.example/?q=<script> c\n\nd";
    const joined = paragraphsOf(text).map((parts) =>
      parts.map((part) => (typeof part === "string" ? part : part.text)).join(""),
    );
    expect(joined.join("\n\n")).to.equal(text);
  });
});

describe("a list of what was said", () => {
  const said = (...ids: string[]) => ids.map((id) => ({ id }));

  it("takes the newest page in from where they meet", () => {
    expect(joinSaid(said("a", "b", "c"), said("b", "c", "d")).said).to.deep.equal(said("a", "b", "c", "d"));
  });

  it("drops what was removed from the part that was answered", () => {
    expect(joinSaid(said("a", "b", "c"), said("c")).said).to.deep.equal(said("a", "b", "c"));
    expect(joinSaid(said("a", "b", "c"), said("b", "d")).said).to.deep.equal(said("a", "b", "d"));
  });

  it("begins anew where they do not meet", () => {
    expect(joinSaid(said("a", "b"), said("x", "y"))).to.deep.equal({ said: said("x", "y"), gap: true });
    expect(joinSaid(said("a"), [])).to.deep.equal({ said: [], gap: false });
  });

  it("goes on where the same person does so soon", () => {
    const by = (author: string, at: number) => ({ at, author: { author } });
    expect(goesOn(undefined, by("a", 0))).to.equal(false);
    expect(goesOn(by("a", 0), by("a", 60_000))).to.equal(true);
    expect(goesOn(by("a", 0), by("a", 600_000))).to.equal(false);
    expect(goesOn(by("b", 0), by("a", 1))).to.equal(false);
  });
});
