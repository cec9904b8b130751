import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { idOf, readGuide } from "../../client/guide/read.ts";
import { findInGuide } from "../../client/guide/search.ts";
import type { Block, GuidePage, Inline } from "../../client/guide/shape.ts";
import { guidePages } from "../../client/looks/guide.ts";
import { ownCountry } from "../../client/views/own-country.ts";

const docs = new URL("../../docs/", import.meta.url).pathname;
const pages = guidePages(docs);

const linesOf = (block: Block): (readonly Inline[])[] => {
  switch (block.kind) {
    case "heading":
    case "paragraph":
      return [block.of];
    case "code":
      return [];
    case "quote":
      return block.of.flatMap(linesOf);
    case "list":
      return block.items.flat().flatMap(linesOf);
    case "table":
      return [...block.head, ...block.rows.flat()];
  }
};
const linksIn = (of: readonly Inline[]): string[] =>
  of.flatMap((part) => {
    if (typeof part === "string" || part.kind === "code" || part.kind === "picture") return [];
    return [...(part.kind === "link" ? [part.to] : []), ...linksIn(part.of)];
  });
const linksOf = ({ blocks }: GuidePage): string[] => blocks.flatMap(linesOf).flatMap(linksIn);
const idsOf = ({ blocks }: GuidePage) => blocks.flatMap((block) => (block.kind === "heading" ? [block.id] : []));

describe("the guide", () => {
  it("has an index first, and a title on every page", () => {
    expect(pages[0]?.name).to.equal("index");
    for (const { name, title, blocks } of pages) {
      expect(title, name).to.not.equal("");
      expect(blocks.length, name).to.be.greaterThan(0);
    }
  });

  it("leads from its index to every page", () => {
    const index = pages.find(({ name }) => name === "index");
    const listed = new Set((index ? linksOf(index) : []).map((to) => to.split("#")[0]));
    const missing = pages.map(({ name }) => name).filter((name) => name !== "index" && !listed.has(name));
    expect(missing, "docs/guide/index.md does not name these").to.deep.equal([]);
  });

  it("has no link to a page or a place that is not there", () => {
    const wrong = pages.flatMap((page) =>
      linksOf(page).filter((to) => {
        if (/^https?:/.test(to)) return false;
        const [name, place] = to.split("#");
        const target = pages.find((one) => one.name === name);
        return target === undefined || (place !== undefined && !idsOf(target).includes(place));
      }),
    );
    expect(wrong).to.deep.equal([]);
  });

  it("has no link and no picture whose file is not there, as it is read in the repository too", () => {
    const wrong = pages.flatMap(({ name }) => {
      const path = name === "glossary" ? join(docs, "glossary.md") : join(docs, "guide", `${name}.md`);
      const targets = [...readFileSync(path, "utf8").matchAll(/\]\(([^)\s#]+)[^)]*\)/g)].map(
        ([, target = ""]) => target,
      );
      return targets
        .filter((target) => !/^https?:/.test(target) && !existsSync(join(dirname(path), target)))
        .map((target) => `${name}: ${target}`);
    });
    expect(wrong).to.deep.equal([]);
    for (const picture of pages.flatMap((page) => page.pictures)) {
      expect(existsSync(join(docs, "pictures", picture)), picture).to.equal(true);
    }
  });

  it("says what every picture shows", () => {
    for (const page of pages) {
      for (const part of page.blocks.flatMap(linesOf).flat()) {
        if (typeof part === "object" && part.kind === "picture") expect(part.alt, page.name).to.not.equal("");
      }
    }
  });
});

describe("reading the guide", () => {
  const read = (text: string) => readGuide([{ name: "page", text: `# A title\n\n${text}` }])[0];

  it("keeps words, and nothing of them as markup", () => {
    const page = read('Press **Raise hand** or `Space`, a < b & never "x".');
    expect(JSON.stringify(page?.blocks)).to.not.contain("&lt;");
  });

  it("refuses what it cannot draw rather than leave a hole", () => {
    expect(() => read("a <b>word</b>")).to.throw("cannot draw");
    expect(() => read("<table><tr><td>x</td></tr></table>")).to.throw("cannot draw");
    expect(() => readGuide([{ name: "page", text: "No title" }])).to.throw("no title");
    expect(() => read("![x](https://elsewhere.example/x.png)")).to.throw("not of docs/pictures");
  });

  it("makes links of pages, and only words of what leads out of the guide", () => {
    const of = read("[A](page.md#one) [B](../running.md) [C](https://example.org)\n\n## One")?.blocks.flatMap(linesOf);
    expect(of?.flatMap(linksIn)).to.deep.equal(["page#one", "https://example.org"]);
  });

  it("names places as addresses do, each once", () => {
    expect(idOf("Who may watch?")).to.equal("who-may-watch");
    const page = read("## Links\n\n## Links");
    expect(page && idsOf(page)).to.deep.equal(["links", "links-1"]);
  });
});

describe("finding words in the guide", () => {
  const found = (words: string) => findInGuide(pages, words).map(({ page, place }) => `${page}#${place}`);

  it("finds every word, whatever its case, and leads to the section", () => {
    expect(found("FREEZE")).to.include("leading#when-something-goes-wrong");
    expect(found("who may watch")[0]).to.equal("replay#who-may-watch");
    expect(found("zzz")).to.deep.equal([]);
    expect(found("  ")).to.deep.equal([]);
  });

  it("finds words with and without accents, and shows some of what stands around them", () => {
    const some = readGuide([
      { name: "page", text: `# Escola\n\n${"word ".repeat(60)}Inês is here ${"word ".repeat(60)}` },
    ]);
    const [one] = findInGuide(some, "ines");
    expect(one?.excerpt)
      .to.contain("Inês is here")
      .and.match(/^… .* …$/);
    expect(one?.excerpt.length).to.be.lessThan(180);
  });
});

describe("where somebody is", () => {
  it("is what their browser says of their language, and nothing where it says no country", () => {
    expect(ownCountry(["pt-PT", "en"], ["PT", "FI"])).to.equal("PT");
    expect(ownCountry(["en", "fi-FI"], ["PT", "FI"])).to.equal("FI");
    expect(ownCountry(["pt", "xx_yy", ""], ["PT"])).to.equal("");
    expect(ownCountry(["en-US"], ["PT"])).to.equal("");
  });
});
