/** What the toolbar and the keyboard do to a text, as commands of prosemirror; and what is typed as signs (`- `, `## `). */
import { baseKeymap, chainCommands, exitCode, lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
import { history, redo, undo } from "prosemirror-history";
import { inputRules, textblockTypeInputRule, wrappingInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import type { MarkType, NodeType } from "prosemirror-model";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { type Command, type EditorState, NodeSelection } from "prosemirror-state";
import { textSchema } from "../../domain/text/schema.ts";

const { nodes, marks } = textSchema;

/** A button of the toolbar. `isOn`: pressed, for those that switch. */
export interface Format {
  readonly run: Command;
  readonly isOn?: (state: EditorState) => boolean;
}

const hasMark = (type: MarkType) => (state: EditorState) => {
  const { from, to, empty, $from } = state.selection;
  return empty ? type.isInSet(state.storedMarks ?? $from.marks()) !== undefined : state.doc.rangeHasMark(from, to, type);
};
const isBlock = (type: NodeType, attrs: Record<string, unknown> = {}) => ({ selection }: EditorState) =>
  selection.$from.parent.hasMarkup(type, { ...type.defaultAttrs, ...attrs });
const isInside = (type: NodeType) => ({ selection: { $from } }: EditorState) =>
  Array.from({ length: $from.depth }, (_, depth) => $from.node(depth + 1)).some((node) => node.type === type);

const mark = (type: MarkType): Format => ({ run: toggleMark(type), isOn: hasMark(type) });
const heading = (level: number): Format => {
  const isOn = isBlock(nodes.heading, { level });
  return {
    isOn,
    run: (state, dispatch, view) =>
      (isOn(state) ? setBlockType(nodes.paragraph) : setBlockType(nodes.heading, { level }))(state, dispatch, view),
  };
};
const list = (type: NodeType): Format => {
  const isOn = isInside(type);
  return {
    isOn,
    run: (state, dispatch, view) => (isOn(state) ? liftListItem(nodes.listItem) : wrapInList(type))(state, dispatch, view),
  };
};
const quote: Format = {
  isOn: isInside(nodes.blockquote),
  run: (state, dispatch, view) => (isInside(nodes.blockquote)(state) ? lift : wrapIn(nodes.blockquote))(state, dispatch, view),
};
const code: Format = {
  isOn: isBlock(nodes.codeBlock),
  run: (state, dispatch, view) =>
    (isBlock(nodes.codeBlock)(state) ? setBlockType(nodes.paragraph) : setBlockType(nodes.codeBlock))(state, dispatch, view),
};
const insertRule: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.horizontalRule.create()).scrollIntoView());
  return true;
};

export const formats = {
  strong: mark(marks.strong),
  em: mark(marks.em),
  underline: mark(marks.underline),
  strike: mark(marks.strike),
  heading2: heading(2),
  heading3: heading(3),
  heading4: heading(4),
  bullets: list(nodes.bulletList),
  numbers: list(nodes.orderedList),
  quote,
  code,
  rule: { run: insertRule },
  undo: { run: undo },
  redo: { run: redo },
} as const satisfies Record<string, Format>;
export type FormatName = keyof typeof formats;

/* Links */

/** The whole link that the selection stands in, or the selection. */
export function linkAt(state: EditorState): { from: number; to: number; href: string } {
  const { from, to, $from } = state.selection;
  const here = $from.parent.childAfter($from.parentOffset);
  const link = here.node ? marks.link.isInSet(here.node.marks) : undefined;
  if (!link || !here.node) return { from, to, href: "" };
  const start = $from.start() + here.offset;
  return { from: start, to: start + here.node.nodeSize, href: String(link.attrs.href) };
}

/** Makes it a link; where nothing was chosen the address itself is written. */
export function setLink({ from, to }: { from: number; to: number }, href: string, words: string): Command {
  return (state, dispatch) => {
    const link = marks.link.create({ href });
    const { tr } = state;
    if (from === to) tr.insert(from, textSchema.text(words || href, [link]));
    else tr.removeMark(from, to, marks.link).addMark(from, to, link);
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}
export const removeLink =
  ({ from, to }: { from: number; to: number }): Command =>
  (state, dispatch) => {
    dispatch?.(state.tr.removeMark(from, to, marks.link));
    return true;
  };

/* Materials */

export type ShownThing = "image" | "video" | "file";

export const insertThing =
  (kind: ShownThing, attrs: Record<string, string>): Command =>
  (state, dispatch) => {
    dispatch?.(state.tr.replaceSelectionWith(nodes[kind].create(attrs)).scrollIntoView());
    return true;
  };

/** The picture, video or file that is chosen in the text. */
export function chosenThing({ selection }: EditorState): { kind: ShownThing; attrs: Record<string, string> } | undefined {
  if (!(selection instanceof NodeSelection)) return undefined;
  const { name } = selection.node.type;
  if (name !== "image" && name !== "video" && name !== "file") return undefined;
  return { kind: name, attrs: { ...selection.node.attrs } };
}

export const changeThing =
  (attrs: Record<string, string>): Command =>
  (state, dispatch) => {
    if (!(state.selection instanceof NodeSelection)) return false;
    const { from, node } = state.selection;
    dispatch?.(state.tr.setNodeMarkup(from, undefined, { ...node.attrs, ...attrs }));
    return true;
  };

/* Keyboard */

const hardBreak = chainCommands(exitCode, (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.hardBreak.create()).scrollIntoView());
  return true;
});

/** Tab stays free to leave the editor by, save in a list, where it moves an item in; Escape first lets it leave there too. */
export const keyboard = (askLink: () => void) => [
  history(),
  inputRules({
    rules: [
      wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
      wrappingInputRule(/^\s*[-*]\s$/, nodes.bulletList),
      wrappingInputRule(/^(\d{1,4})\.\s$/, nodes.orderedList, ([, start]) => ({ start: Number(start) })),
      textblockTypeInputRule(/^##?\s$/, nodes.heading, { level: 2 }),
      textblockTypeInputRule(/^###\s$/, nodes.heading, { level: 3 }),
      textblockTypeInputRule(/^####\s$/, nodes.heading, { level: 4 }),
      textblockTypeInputRule(/^```$/, nodes.codeBlock),
    ],
  }),
  keymap({
    "Mod-z": undo,
    "Mod-y": redo,
    "Mod-Shift-z": redo,
    "Mod-b": formats.strong.run,
    "Mod-i": formats.em.run,
    "Mod-u": formats.underline.run,
    "Mod-Shift-x": formats.strike.run,
    "Mod-Alt-2": formats.heading2.run,
    "Mod-Alt-3": formats.heading3.run,
    "Mod-Alt-4": formats.heading4.run,
    "Mod-Shift-8": formats.bullets.run,
    "Mod-Shift-7": formats.numbers.run,
    "Mod-k": () => {
      askLink();
      return true;
    },
    Enter: splitListItem(nodes.listItem),
    Tab: sinkListItem(nodes.listItem),
    "Shift-Tab": liftListItem(nodes.listItem),
    "Shift-Enter": hardBreak,
  }),
  keymap(baseKeymap),
];
