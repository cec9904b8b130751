/** Texts that several people write at once: they converge, lose no letter, and never become what the schema does not know. */
import { expect } from "chai";
import * as fc from "fast-check";
import { collab, getVersion, receiveTransaction, sendableSteps } from "prosemirror-collab";
import type { Node } from "prosemirror-model";
import { EditorState } from "prosemirror-state";
import { Step } from "prosemirror-transform";
import { emptyText, isHref, textSchema } from "../../../domain/text/schema.ts";
import { applySteps, keptText, misfitOf, readText, replayed, stepBetween } from "../../../domain/text/steps.ts";
import type { StepJson } from "../../../protocol/twinspace/pages.ts";

interface Kept {
  step: StepJson;
  clientId: string;
}

/** As the server is: it takes steps at the newest version only. */
class Authority {
  doc = keptText(emptyText);
  readonly kept: Kept[] = [];

  take(version: number, steps: readonly StepJson[], clientId: string): boolean {
    if (version !== this.kept.length) return false;
    const applied = applySteps(this.doc, steps);
    if ("misfit" in applied) throw new Error(`Steps of an editor do not fit: ${JSON.stringify(steps)}`);
    this.doc = applied.doc;
    this.kept.push(...applied.steps.map((step) => ({ step, clientId })));
    return true;
  }
}

class Editor {
  readonly #authority: Authority;
  readonly #id: string;
  state: EditorState;

  constructor(authority: Authority, id: string) {
    this.#authority = authority;
    this.#id = id;
    this.state = EditorState.create({ doc: authority.doc, plugins: [collab({ version: 0, clientID: id })] });
  }

  pull(): void {
    const missed = this.#authority.kept.slice(getVersion(this.state));
    const steps = missed.map(({ step }) => Step.fromJSON(textSchema, step));
    this.state = this.state.apply(
      receiveTransaction(
        this.state,
        steps,
        missed.map(({ clientId }) => clientId),
      ),
    );
  }

  push(): void {
    const sendable = sendableSteps(this.state);
    if (!sendable) return;
    this.#authority.take(
      sendable.version,
      sendable.steps.map((step) => step.toJSON()),
      this.#id,
    );
  }

  settle(): void {
    this.pull();
    this.push();
    this.pull();
  }

  /** In a paragraph at about this part of the text. */
  #placeAt(part: number): number {
    const { doc } = this.state;
    const wanted = Math.floor(part * doc.content.size);
    let best = 1;
    doc.descendants((node, pos) => {
      if (!node.isTextblock) return true;
      const from = pos + 1;
      if (from <= wanted || best === 1) best = Math.max(from, Math.min(wanted, from + node.content.size));
      return false;
    });
    return best;
  }

  write(part: number, words: string): void {
    this.state = this.state.apply(this.state.tr.insertText(words, this.#placeAt(part)));
  }

  split(part: number): void {
    const { tr } = this.state;
    this.state = this.state.apply(tr.split(this.#placeAt(part)));
  }

  embolden(part: number): void {
    const at = this.#placeAt(part);
    const to = Math.min(at + 5, this.state.doc.content.size - 1);
    if (at < to) this.state = this.state.apply(this.state.tr.addMark(at, to, textSchema.marks.strong.create()));
  }

  erase(part: number): void {
    const at = this.#placeAt(part);
    const { parent, parentOffset } = this.state.doc.resolve(at);
    const length = Math.min(4, parent.content.size - parentOffset);
    if (length > 0) this.state = this.state.apply(this.state.tr.delete(at, at + length));
  }
}

const part = fc.double({ min: 0, max: 1, noNaN: true });
const who = fc.nat(1);
const anAct = (kinds: readonly ("write" | "split" | "embolden" | "erase" | "push" | "pull")[]) =>
  fc.record({ who, kind: fc.constantFrom(...kinds), part });

function play(acts: readonly { who: number; kind: string; part: number }[]) {
  const authority = new Authority();
  const editors = [new Editor(authority, "one-editor"), new Editor(authority, "two-editor")] as const;
  const written: string[] = [];
  for (const [n, { who, kind, part }] of acts.entries()) {
    const editor = editors[who === 0 ? 0 : 1];
    if (kind === "write") {
      written.push(`<${n}>`);
      editor.write(part, `<${n}>`);
    } else if (kind === "split") editor.split(part);
    else if (kind === "embolden") editor.embolden(part);
    else if (kind === "erase") editor.erase(part);
    else if (kind === "push") editor.push();
    else editor.pull();
  }
  for (const editor of [...editors, ...editors]) editor.settle();
  return { authority, editors, written };
}

describe("a text that two write at once", () => {
  it("is the same for both in the end, and has every letter that was written", () => {
    // Splitting within what another has just written is writing too: it is looked for letter by letter.
    const letters = (doc: Node) => [...doc.textContent].sort().join("");
    fc.assert(
      fc.property(
        fc.array(anAct(["write", "write", "split", "embolden", "push", "pull"]), { maxLength: 60 }),
        (acts) => {
          const { authority, editors, written } = play(acts);
          for (const { state } of editors) expect(state.doc.toJSON()).to.deep.equal(authority.doc.toJSON());
          expect(letters(authority.doc)).to.equal([...written.join("")].sort().join(""));
        },
      ),
    );
  });

  it("is the same for both also when they erase, and what was ever taken is in its history", () => {
    fc.assert(
      fc.property(
        fc.array(anAct(["write", "split", "embolden", "erase", "push", "pull"]), { maxLength: 60 }),
        (acts) => {
          const { authority, editors } = play(acts);
          for (const { state } of editors) expect(state.doc.toJSON()).to.deep.equal(authority.doc.toJSON());
          const steps = authority.kept.map(({ step }) => step);
          expect(replayed(keptText(emptyText), steps).toJSON()).to.deep.equal(authority.doc.toJSON());
          expect(misfitOf(authority.doc)).to.equal(undefined);
        },
      ),
    );
  });

  it("can be made what it was at any time, by one step", () => {
    fc.assert(
      fc.property(
        fc.array(anAct(["write", "split", "embolden", "erase", "push"]), { maxLength: 40 }),
        part,
        (acts, at) => {
          const { authority } = play(acts);
          const steps = authority.kept.slice(0, Math.floor(at * authority.kept.length)).map(({ step }) => step);
          const old = replayed(keptText(emptyText), steps);
          const step = stepBetween(authority.doc, old);
          const restored = step ? applySteps(authority.doc, [step]) : { doc: authority.doc };
          expect("doc" in restored && restored.doc.toJSON()).to.deep.equal(old.toJSON());
        },
      ),
    );
  });
});

/* Whatever JSON a hostile browser may send that has the shape of a step. */

const anyValue = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constant("javascript:alert(1)"),
);
const anyMark = fc.record({
  type: fc.constantFrom("strong", "link", "script", "onclick", "__proto__"),
  attrs: fc.dictionary(fc.constantFrom("href", "onclick", "style", "__proto__"), anyValue, { maxKeys: 2 }),
});
const aText = fc.record({ type: fc.constant("text"), text: fc.string({ minLength: 1 }) });
const plain = fc.oneof(
  aText,
  aText.map((text) => ({ type: "paragraph", content: [text] })),
  aText.map((text) => ({ type: "heading", attrs: { level: 3 }, content: [text] })),
  fc.constant({ type: "listItem", content: [{ type: "paragraph" }] }),
);
const { tree: anyNode } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    plain,
    fc.record(
      {
        type: fc.constantFrom(...Object.keys(textSchema.nodes), "script", "constructor"),
        attrs: fc.dictionary(fc.constantFrom("level", "start", "material", "alt", "src", "style"), anyValue, {
          maxKeys: 3,
        }),
        content: fc.array(tie("tree"), { maxLength: 3 }),
        marks: fc.array(anyMark, { maxLength: 1 }),
        text: fc.string({ unit: "binary" }),
      },
      { requiredKeys: ["type"] },
    ),
  ),
}));
const position = fc.nat(18);
const slice = fc.record({ content: fc.array(anyNode, { maxLength: 3 }), openStart: fc.nat(3), openEnd: fc.nat(3) });
/** Some that fit, or nothing would be tried. */
const likely = fc
  .tuple(position, fc.nat(2), plain)
  .map(([from, more, node]) => ({ stepType: "replace", from, to: from + more, slice: { content: [node] } }));
const anyStep = fc.oneof(
  likely,
  fc.record({ stepType: fc.constant("replace"), from: position, to: position, slice }),
  fc.record({
    stepType: fc.constant("replaceAround"),
    ...{ from: position, to: position, gapFrom: position, gapTo: position, insert: fc.nat(4), slice },
  }),
  fc.record({ stepType: fc.constantFrom("addMark", "removeMark"), mark: anyMark, from: position, to: position }),
  fc.record({
    stepType: fc.constant("attr"),
    pos: position,
    attr: fc.constantFrom("level", "start", "material", "href", "__proto__"),
    value: anyValue,
  }),
);

const started = readText({
  type: "doc",
  content: [
    { type: "heading", attrs: { level: 2 }, content: [{ type: "text", text: "Rivers" }] },
    { type: "bulletList", content: [{ type: "listItem", content: [{ type: "paragraph" }] }] },
    { type: "image", attrs: { material: "m1", alt: "A river", caption: "" } },
  ],
});

describe("a hostile step", () => {
  it("never makes a text what the schema does not know", () => {
    if (!started) throw new Error("The text of this test is none");
    let taken = 0;
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 1, maxLength: 2 }), (steps) => {
        // It may be anything that the protocol lets through: that is what is tried.
        const applied = applySteps(started, steps as StepJson[]);
        if ("misfit" in applied) return;
        taken += 1;
        expect(readText(applied.doc.toJSON())).to.not.equal(undefined);
        applied.doc.check();
        expect(replayed(started, applied.steps).eq(applied.doc)).to.equal(true);
        expect(JSON.stringify(applied.steps)).to.not.match(/javascript:|\\u0000|"onclick"|"style"/);
      }),
      { numRuns: 3_000 },
    );
    expect(taken, "some of them should fit, or nothing is tried here").to.be.greaterThan(20);
  });

  it("is not taken when what is kept of it would not do the same", () => {
    if (!started) throw new Error("The text of this test is none");
    // A slice of nothing that says it is open: kept without its slice it deletes half of a heading.
    const open: StepJson = { stepType: "replace", from: 0, to: 1, slice: { content: [], openStart: 0, openEnd: 1 } };
    expect(applySteps(started, [open])).to.deep.equal({ misfit: "misfits" });
  });

  it("cannot lead a link anywhere but to the web or a mailbox", () => {
    for (const href of ["https://example.org", "http://a.b:8080/é?x=1#y", "https://a.b/@name", "mailto:a@b.org"]) {
      expect(isHref(href), href).to.equal(true);
    }
    for (const href of [
      ...["javascript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "vbscript:x"],
      ...[
        "//evil.example",
        "/here",
        "https:evil.example",
        "https://",
        "https://a@b.org",
        "https://a\\@b.org",
        "file:///x",
      ],
      ...["https://a.b/\u202egnp", "https://a.b/ x", "https://a.b/<script>", "mailto:a@b.org?bcc=c@d.org", "mailto:"],
      ...[null, 7, {}, `https://a.b/${"x".repeat(3_000)}`],
    ]) {
      expect(isHref(href), String(href)).to.equal(false);
    }
  });

  it("cannot make a text too long, too deep or of too many parts", () => {
    const text = (length: number) => ({ type: "paragraph", content: [{ type: "text", text: "x".repeat(length) }] });
    const nested = (depth: number): object =>
      depth === 0 ? { type: "paragraph" } : { type: "blockquote", content: [nested(depth - 1)] };
    expect(readText({ type: "doc", content: [text(200_000)] })).to.not.equal(undefined);
    expect(readText({ type: "doc", content: [text(100_000), text(100_001)] })).to.equal(undefined);
    expect(readText({ type: "doc", content: [nested(10)] })).to.not.equal(undefined);
    expect(readText({ type: "doc", content: [nested(20)] })).to.equal(undefined);
    expect(readText({ type: "doc", content: [nested(3_000)] })).to.equal(undefined);
    expect(readText({ type: "doc", content: Array(50_000).fill({ type: "paragraph" }) })).to.equal(undefined);
  });
});
