import { expect } from "chai";
import fc from "fast-check";
import type { Letter, LetterKind } from "../../../server/mail/letters.ts";
import { renderLetter } from "../../../server/mail/render.ts";
import { letters } from "../../../server/mail/words/en.ts";
import type { FactShape } from "../../../server/mail/words/entry.ts";
import { languages } from "../../../server/mail/words/languages.ts";

/** Object.keys forgets the keys' type; they are the catalogue's own. */
const kinds = Object.keys(letters) as LetterKind[];
const shapesOf = (kind: LetterKind): [string, FactShape][] => Object.entries(letters[kind].facts);

/** A fact of this shape that can be found again in the letter. */
const sample = (name: string, shape: FactShape): string | number => {
  if (shape === "link") return `https://meet.example.org/${name}#k=secret`;
  if (shape === "number") return 3;
  return name === "country" ? "PT" : `«${name}»`;
};

/** As its caller would write it; which facts go with which kind is what the letters' own table says. */
const letterOf = (kind: LetterKind, language: string, change: Record<string, string | number> = {}) =>
  ({
    kind,
    language,
    facts: { ...Object.fromEntries(shapesOf(kind).map(([name, shape]) => [name, sample(name, shape)])), ...change },
  }) as unknown as Letter;

describe("A letter", () => {
  for (const kind of kinds) {
    it(`of the kind ${kind} is whole in every language`, () => {
      for (const { stationery } of languages) {
        const { subject, text, html } = renderLetter(letterOf(kind, stationery.tag));
        for (const said of [subject, text, html]) {
          expect(said.trim()).to.not.equal("");
          expect(said).to.not.match(/\b(undefined|null|NaN)\b|\[object/);
        }
        expect(subject).to.not.match(/[\r\n]/);
        for (const [name, shape] of shapesOf(kind)) {
          if (shape !== "link") continue;
          expect(text, name).to.contain(String(sample(name, shape)));
          expect(html, name).to.contain(`href="${sample(name, shape)}"`);
        }
        expect(letters[kind].button !== undefined, "a button opens the fact link").to.equal(
          "link" in letters[kind].facts,
        );
      }
    });
  }

  it("is told nothing of a pupil: no kind has a fact for one", () => {
    const names = kinds.flatMap((kind) => shapesOf(kind).map(([name]) => `${kind}.${name}`));
    expect(names.filter((name) => /pupil|child|student|learner|kid|class|nick|born|birth/i.test(name))).to.deep.equal(
      [],
    );
  });

  it("takes the facts of its kind and no others", () => {
    for (const kind of kinds) {
      expect(() => renderLetter(letterOf(kind, "en", { pupil: "Aino" })), kind).to.throw("pupil");
      for (const [name] of shapesOf(kind)) {
        const { facts, ...rest } = letterOf(kind, "en");
        const { [name]: _left, ...others } = facts as Record<string, string | number>;
        expect(() => renderLetter({ ...rest, facts: others } as unknown as Letter), kind).to.throw(name);
      }
    }
  });

  it("opens nothing but addresses of pages", () => {
    for (const link of [
      "javascript:alert(1)",
      "//evil.example",
      "https://a b",
      'https://x"onclick="y',
      "data:text/html,x",
    ]) {
      expect(() => renderLetter(letterOf("passwordLink", "en", { link })), link).to.throw("link");
    }
  });

  it("is in the reader's language for whoever registers and for projects", () => {
    for (const kind of kinds.filter((one) => /^(registration|invitation|password|project)/.test(one))) {
      for (const { stationery } of languages) {
        expect(renderLetter(letterOf(kind, stationery.tag)).language, kind).to.equal(stationery.tag);
      }
    }
  });

  it("is in English where its language is not known, however it is written", () => {
    for (const tag of ["", "xx", "sv-FI", "PT-pt-x", "constructor", "__proto__"]) {
      const { language } = renderLetter(letterOf("registration", tag));
      expect(language, tag).to.equal(tag.toLowerCase().startsWith("pt") ? "pt" : "en");
    }
  });

  it("counts as its language does", () => {
    expect(renderLetter(letterOf("invitation", "en", { days: 1 })).text).to.contain("for 1 day.");
    expect(renderLetter(letterOf("invitation", "en", { days: 14 })).text).to.contain("for 14 days.");
    expect(renderLetter(letterOf("invitation", "pt", { days: 1 })).text).to.contain("durante 1 dia.");
  });

  it("stays whole whatever somebody wrote", () => {
    const plain = renderLetter(letterOf("schoolRefused", "en"));
    const tagsOf = (html: string) => html.match(/<[a-z/!][^>]*>/gi)?.length;
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (school, reason) => {
        const facts = { school: `x${school}`, reason: `y${reason}` };
        const { subject, text, html } = renderLetter(letterOf("schoolRefused", "en", facts));
        expect(subject).to.not.match(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
        expect(subject.isWellFormed() && text.isWellFormed() && html.isWellFormed()).to.equal(true);
        expect(tagsOf(html)).to.equal(tagsOf(plain.html));
      }),
    );
  });
});
