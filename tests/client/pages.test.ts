import { expect } from "chai";
import { below, inOrder, placeBeside, placesFor } from "../../client/views/page-tree.ts";
import { difference, linesOf, withoutSame } from "../../client/views/text-difference.ts";
import type { TextNode } from "../../domain/text/schema.ts";
import type { PageLine } from "../../protocol/twinspace/pages.ts";

const page = (id: string, parent: string | null, subPages = 0): PageLine => ({
  ...{ id, parent, title: id, view: "members", edit: "teachers", state: "shown", hidden: null, subPages, changedAt: 0 },
});
const tree = [
  page("a", null, 2),
  page("a1", "a", 1),
  page("a11", "a1"),
  page("a2", "a"),
  page("b", null),
  page("c", null),
];

describe("the tree of pages", () => {
  it("is read from top to bottom", () => {
    expect(inOrder(tree).map(({ page: { id }, depth }) => `${depth} ${id}`)).to.deep.equal([
      ...["0 a", "1 a1", "2 a11", "1 a2", "0 b", "0 c"],
    ]);
    expect(below(tree, "a").map(({ id }) => id)).to.deep.equal(["a1", "a2"]);
  });

  it("keeps a page whose parent is not seen", () => {
    expect(inOrder([page("x", "gone")]).map(({ page: { id } }) => id)).to.deep.equal(["x"]);
  });

  it("moves up and down among its own, and nowhere beyond", () => {
    const [a, a1, , a2, b] = tree as [PageLine, PageLine, PageLine, PageLine, PageLine];
    expect(placeBeside(tree, a, "up")).to.equal(null);
    expect(placeBeside(tree, a, "down")).to.deep.equal({ parent: null, before: "c" });
    expect(placeBeside(tree, b, "down")).to.deep.equal({ parent: null, before: null });
    expect(placeBeside(tree, b, "up")).to.deep.equal({ parent: null, before: "a" });
    expect(placeBeside(tree, a2, "up")).to.deep.equal({ parent: "a", before: "a1" });
    expect(placeBeside(tree, a1, "down")).to.deep.equal({ parent: "a", before: null });
  });

  it("offers no place below itself, nor one so deep that something would not fit", () => {
    const ids = (of: PageLine | null) => placesFor(tree, of).map(({ page: { id } }) => id);
    const [a, a1, , , b] = tree as [PageLine, PageLine, PageLine, PageLine, PageLine];
    expect(ids(a)).to.deep.equal(["b", "c"]);
    expect(ids(a1)).to.deep.equal(["a", "a2", "b", "c"]);
    expect(ids(b)).to.deep.equal(["a", "a1", "a11", "a2", "c"]);
    expect(ids(null)).to.deep.equal(["a", "a1", "a11", "a2", "b", "c"]);
  });
});

describe("the difference between two texts", () => {
  const said = (before: string[], after: string[]) =>
    difference(before, after).map(
      ({ is, parts }) => `${is}: ${parts.map(({ is: kind, text }) => mark[kind] + text).join("|")}`,
    );
  const mark = { same: "", added: "+", removed: "-" };

  it("names what came and what went", () => {
    expect(said(["one", "two"], ["one", "three", "two"])).to.deep.equal(["same: one", "added: +three", "same: two"]);
    expect(said(["one", "two"], ["two"])).to.deep.equal(["removed: -one", "same: two"]);
    expect(said([], [])).to.deep.equal([]);
  });

  it("goes into a line that was changed, word by word", () => {
    expect(said(["The river is cold."], ["The river is very cold."])).to.deep.equal([
      "changed: The river is |+very |cold.",
    ]);
    expect(said(["Something else"], ["Näin on joessa"])).to.deep.equal([
      "removed: -Something else",
      "added: +Näin on joessa",
    ]);
  });

  it("makes the second of the first, whatever they are", () => {
    const before = Array.from({ length: 60 }, (_, at) => `Line ${(at * 7) % 13} of ${at % 5}`);
    const after = before.toReversed().map((line, at) => (at % 3 === 0 ? `${line} and more` : line));
    const lines = difference(before, after);
    const text = (without: "added" | "removed") =>
      lines
        .filter(({ is }) => is !== without)
        .map(({ parts }) =>
          parts
            .filter(({ is }) => is !== without)
            .map((part) => part.text)
            .join(""),
        );
    expect(text("removed")).to.deep.equal(after);
    expect(text("added")).to.deep.equal(before);
  });

  it("leaves out what is far from any change", () => {
    const lines = difference(["a", "b", "c", "d", "e"], ["a", "b", "c", "d", "e!"]);
    const kept = withoutSame(lines, 1);
    expect(kept[0]).to.equal(null);
    expect(kept.length).to.be.lessThan(lines.length + 1);
  });

  it("reads a text line by line, with what is no text by its name", () => {
    const doc: TextNode = {
      type: "doc",
      content: [
        { type: "heading", content: [{ type: "text", text: "Rivers" }] },
        {
          type: "bulletList",
          content: [
            { type: "listItem", content: [{ type: "paragraph", content: [{ type: "text", text: "one" }] }] },
            { type: "listItem", content: [{ type: "paragraph", content: [{ type: "text", text: "two" }] }] },
          ],
        },
        { type: "image", attrs: { alt: "An otter" } },
        { type: "paragraph" },
      ],
    };
    expect(linesOf(doc, ({ type, attrs }) => (type === "image" ? String(attrs?.alt) : ""))).to.deep.equal([
      ...["Rivers", "one", "two", "An otter"],
    ]);
  });
});
