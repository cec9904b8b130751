/** What steps make of a text, and which steps are refused. The same on both sides; the server's answer counts. */
import { Node } from "prosemirror-model";
import { AddMarkStep, AttrStep, RemoveMarkStep, ReplaceAroundStep, ReplaceStep, Step } from "prosemirror-transform";
import { longestText } from "../../protocol/twinspace/pageLimits.ts";
import type { StepJson } from "../../protocol/twinspace/pages.ts";
import { type TextNode, textSchema } from "./schema.ts";

/** How deep blocks stand in each other: a list in a list in a quotation, and some more. */
const deepest = 16;
/** Of blocks, runs of letters and breaks together. */
const mostNodes = 40_000;

export type Misfit = "misfits" | "tooLong";

/** Whether this may be a page's text: what stands where, every attribute, how long and how deep. */
export function misfitOf(doc: Node): Misfit | undefined {
  if (doc.type !== textSchema.topNodeType) return "misfits";
  // Positions count every letter, and cost nothing to ask.
  if (doc.content.size > longestText * 2) return "tooLong";
  let [letters, nodes, wrong] = [0, 0, false];
  const look = (node: Node, depth: number): void => {
    nodes += 1;
    if (depth > deepest) wrong = true;
    if (wrong || nodes > mostNodes) return;
    if (node.isText && node.text !== undefined) {
      letters += node.text.length;
      wrong ||= !isKeepable(node.text);
    }
    wrong ||= !Object.values(node.attrs).every((value) => typeof value !== "string" || isKeepable(value));
    for (const child of node.children) look(child, depth + 1);
  };
  look(doc, 0);
  if (wrong) return "misfits";
  if (letters > longestText || nodes > mostNodes) return "tooLong";
  try {
    doc.check();
    return undefined;
  } catch {
    return "misfits";
  }
}

/** A database keeps neither this character nor halves of one. */
const isKeepable = (text: string): boolean => !text.includes("\0") && text.isWellFormed();

const isAllKeepable = (value: unknown): boolean => {
  if (typeof value === "string") return isKeepable(value);
  return typeof value !== "object" || value === null || Object.values(value).every(isAllKeepable);
};

/** A kept or sent document, or undefined when it may be no page's text. */
export function readText(json: unknown): Node | undefined {
  try {
    const doc = Node.fromJSON(textSchema, json);
    return misfitOf(doc) === undefined ? doc : undefined;
  } catch {
    return undefined;
  }
}

/** One that the server has kept itself, and so has been looked through already. */
export const keptText = (json: TextNode): Node => Node.fromJSON(textSchema, json);

export interface Applied {
  readonly doc: Node;
  /** As they are kept and told: only what a step has, whatever else was sent. */
  readonly steps: readonly StepJson[];
}

/**
 * The text after these steps, all of them or none. In between it may be out of shape, as long as every attribute and mark is
 * one of the schema's; at the end it has to fit.
 */
export function applySteps(doc: Node, steps: readonly StepJson[]): Applied | { readonly misfit: Misfit } {
  const taken: StepJson[] = [];
  let now = doc;
  for (const json of steps) {
    const next = applied(now, json);
    if (next === undefined) return { misfit: "misfits" };
    now = next.doc;
    taken.push(next.step);
    if (now.content.size > longestText * 2) return { misfit: "tooLong" };
  }
  const misfit = misfitOf(now);
  return misfit === undefined ? { doc: now, steps: taken } : { misfit };
}

/** Everything that prosemirror finds wrong is thrown, in many kinds: it means that the step is none for this text. */
function applied(doc: Node, json: StepJson): { doc: Node; step: StepJson } | undefined {
  try {
    const kept: StepJson = Step.fromJSON(textSchema, json).toJSON();
    // What is applied is what is kept, read again: a slice of nothing that says it is open loses that on the way.
    const step = Step.fromJSON(textSchema, kept);
    if (!isOrdered(step) || !hasItsAttribute(doc, step)) return undefined;
    const { doc: next } = step.apply(doc);
    return next && isAllKeepable(kept) ? { doc: next, step: kept } : undefined;
  } catch {
    return undefined;
  }
}

/** A step that goes backwards makes a text longer than it says. */
function isOrdered(step: Step): boolean {
  if (step instanceof ReplaceAroundStep) {
    const { from, gapFrom, gapTo, to } = step;
    return from <= gapFrom && gapFrom <= gapTo && gapTo <= to;
  }
  if (step instanceof ReplaceStep || step instanceof AddMarkStep || step instanceof RemoveMarkStep) {
    return step.from <= step.to;
  }
  return step instanceof AttrStep;
}

/** The one kind of step that brings an attribute which reading it does not check. */
function hasItsAttribute(doc: Node, step: Step): boolean {
  if (!(step instanceof AttrStep)) return true;
  const node = doc.nodeAt(step.pos);
  if (!node || !Object.hasOwn(node.attrs, step.attr)) return false;
  textSchema.nodeFromJSON({ type: node.type.name, attrs: { ...node.attrs, [step.attr]: step.value } });
  return true;
}

/** The steps of a text, one after the other, without looking whether each fits: they were taken once. */
export function replayed(doc: Node, steps: readonly StepJson[]): Node {
  return steps.reduce((now, json) => {
    const { doc: next, failed } = Step.fromJSON(textSchema, json).apply(now);
    if (!next) throw new Error(`A step that was taken does not fit any more: ${failed}`);
    return next;
  }, doc);
}

/** The one step that makes this of that; undefined where they are the same already. */
export function stepBetween(was: Node, wanted: Node): StepJson | undefined {
  const start = was.content.findDiffStart(wanted.content);
  if (start === null) return undefined;
  return new ReplaceStep(0, was.content.size, wanted.slice(0, wanted.content.size)).toJSON();
}
