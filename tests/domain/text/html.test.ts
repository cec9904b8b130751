/** A text as HTML, as plain words, and the materials it shows. */
import { expect } from "chai";
import * as fc from "fast-check";
import { textToHtml } from "../../../domain/text/html.ts";
import { materialIdsIn } from "../../../domain/text/materials.ts";
import { beginning, plainText } from "../../../domain/text/plain.ts";
import type { TextNode } from "../../../domain/text/schema.ts";

const words = (text: string, ...marks: NonNullable<TextNode["marks"]>): TextNode => ({ type: "text", text, marks });
const paragraph = (...content: TextNode[]): TextNode => ({ type: "paragraph", content });
const doc = (...content: TextNode[]): TextNode => ({ type: "doc", content });
const link = (href: unknown) => ({ type: "link", attrs: { href } });

/** Everything between angle brackets. */
const tagsOf = (html: string) => [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag);
const known =
  /^<(\/?(p|ul|ol|li|blockquote|pre|code|h2|h3|h4|s|u|em|strong|a|figure|figcaption|video)|hr|br|ol start="\d+"|a href="(https?:|mailto:)[^"<>]*" rel="noopener noreferrer nofollow ugc"|a href="\/m\/[^"<>]*" download|img src="\/m\/[^"<>]*" alt="[^"<>]*" loading="lazy"|video src="\/m\/[^"<>]*" controls preload="metadata")>$/;

describe("a text as HTML", () => {
  it("is drawn plainly", () => {
    const text = doc(
      { type: "heading", attrs: { level: 3 }, content: [words("Rivers & lakes")] },
      paragraph(words("bold", { type: "strong" }, { type: "em" }), { type: "hardBreak" }, words("<b>")),
      {
        ...{ type: "orderedList", attrs: { start: 4 } },
        content: [{ type: "listItem", content: [paragraph(words("four"))] }],
      },
      paragraph(words("here", link('https://example.org/?a="b"'.replaceAll('"', "'")))),
    );
    expect(textToHtml(text)).to.equal(
      "<h3>Rivers &amp; lakes</h3><p><strong><em>bold</em></strong><br>&lt;b&gt;</p>" +
        '<ol start="4"><li><p>four</p></li></ol>' +
        '<p><a href="https://example.org/?a=&#39;b&#39;" rel="noopener noreferrer nofollow ugc">here</a></p>',
    );
  });

  it("shows materials where there is an address for them, and nothing where there is none", () => {
    const text = doc(
      { type: "image", attrs: { material: "m1", alt: 'A "river"', caption: "At dawn" } },
      { type: "video", attrs: { material: "m2", caption: "" } },
      { type: "file", attrs: { material: "m3", title: "" } },
      { type: "image", attrs: { material: "gone", alt: "Gone", caption: "Gone" } },
    );
    const html = textToHtml(text, (id) => (id === "gone" ? undefined : { address: `/m/${id}`, name: "map.pdf" }));
    expect(html).to.equal(
      '<figure><img src="/m/m1" alt="A &quot;river&quot;" loading="lazy"><figcaption>At dawn</figcaption></figure>' +
        '<figure><video src="/m/m2" controls preload="metadata"></video></figure>' +
        '<p><a href="/m/m3" download>map.pdf</a></p>',
    );
    expect(textToHtml(text, () => ({ address: "javascript:alert(1)" }))).to.equal("");
  });

  it("has no live script in it, whatever the document is", () => {
    const hostile = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        ...[
          "<script>alert(1)</script>",
          '"><img src=x onerror=alert(1)>',
          "' onmouseover='alert(1)",
          "</p><svg/onload=x>",
        ],
        ...["javascript:alert(1)", 'https://a.b/" onclick="alert(1)', "https://a.b/'><script>", "data:text/html,<b>"],
      ),
      fc.integer(),
    );
    // A document made by hand may hold anything; what it holds is looked at when it is drawn.
    const anyText = hostile as fc.Arbitrary<string>;
    const attrs = fc.dictionary(
      fc.constantFrom("level", "start", "material", "alt", "caption", "title", "href", "onclick", "src"),
      hostile,
    );
    const { node } = fc.letrec<{ node: TextNode; tree: TextNode }>((tie) => ({
      tree: fc.oneof({ maxDepth: 4 }, fc.record({ type: fc.constant("text"), text: anyText }), tie("node")),
      node: fc.record({
        type: fc.constantFrom(
          ...["paragraph", "heading", "bulletList", "orderedList", "listItem", "blockquote", "codeBlock", "text"],
          ...["horizontalRule", "hardBreak", "image", "video", "file", "script", "__proto__", "constructor"],
        ),
        attrs,
        content: fc.array(tie("tree"), { maxLength: 3 }),
        marks: fc.array(fc.record({ type: fc.constantFrom("link", "strong", "em", "strike", "script"), attrs })),
        text: anyText,
      }),
    }));
    fc.assert(
      fc.property(fc.array(node, { maxLength: 6 }), (content) => {
        const html = textToHtml(doc(...content), (id) => ({ address: `/m/${id}` }));
        for (const tag of tagsOf(html)) expect(tag).to.match(known);
        // Outside of tags there is no angle bracket at all.
        expect(html.replaceAll(/<[^>]*>/g, "")).to.not.match(/[<>]/);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("a text without its looks", () => {
  const text = doc(
    { type: "heading", attrs: { level: 2 }, content: [words("Rivers")] },
    paragraph(words("We measured "), words("two", { type: "strong" }), words(" of them.")),
    { type: "image", attrs: { material: "m1", alt: "A river at dawn", caption: "" } },
    { type: "blockquote", content: [{ type: "image", attrs: { material: "m1", alt: "", caption: "" } }] },
    { type: "file", attrs: { material: "m2", title: "Our figures" } },
  );

  it("is its words, a line for each block", () => {
    expect(plainText(text)).to.equal("Rivers\nWe measured two of them.\nA river at dawn\nOur figures");
    expect(plainText(text, 10)).to.equal("Rivers\nWe");
  });

  it("begins with whole words", () => {
    expect(beginning(text, 20)).to.equal("Rivers We measured…");
    expect(beginning(doc(paragraph(words("Short"))), 20)).to.equal("Short");
  });

  it("says which materials it shows, each once", () => {
    expect(materialIdsIn(text)).to.deep.equal(["m1", "m2"]);
  });
});
