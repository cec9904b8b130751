/** What the keyboard does in the editor, and the signs at a line's beginning that make a list or a heading. */
import { baseKeymap, chainCommands, exitCode, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { inputRules, textblockTypeInputRule, wrappingInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import type { Command, Plugin } from "prosemirror-state";
import { textSchema } from "../../domain/text/schema.ts";

const { nodes, marks } = textSchema;

const lineBreak: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.hardBreak.create()).scrollIntoView());
  return true;
};

/** Tab moves on through the page, as everywhere: lists go in and out by Ctrl and a bracket. */
export const keyPlugins = (openLink: () => boolean): Plugin[] => [
  keymap({
    "Mod-z": undo,
    "Mod-y": redo,
    "Shift-Mod-z": redo,
    "Mod-b": toggleMark(marks.strong),
    "Mod-i": toggleMark(marks.em),
    "Mod-u": toggleMark(marks.underline),
    "Mod-k": () => openLink(),
    "Mod-Alt-0": setBlockType(nodes.paragraph),
    "Mod-Alt-2": setBlockType(nodes.heading, { level: 2 }),
    "Mod-Alt-3": setBlockType(nodes.heading, { level: 3 }),
    "Mod-Alt-4": setBlockType(nodes.heading, { level: 4 }),
    "Mod-Shift-8": wrapInList(nodes.bulletList),
    "Mod-Shift-7": wrapInList(nodes.orderedList),
    "Mod-Shift-9": wrapIn(nodes.blockquote),
    "Mod-[": liftListItem(nodes.listItem),
    "Mod-]": sinkListItem(nodes.listItem),
    "Shift-Enter": chainCommands(exitCode, lineBreak),
    Enter: splitListItem(nodes.listItem),
  }),
  keymap(baseKeymap),
  inputRules({
    rules: [
      wrappingInputRule(/^\s*[-*]\s$/, nodes.bulletList),
      wrappingInputRule(
        /^(\d{1,4})\.\s$/,
        nodes.orderedList,
        (found) => ({ start: Number(found[1]) }),
        (found, node) => node.childCount + Number(node.attrs.start) === Number(found[1]),
      ),
      wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
      textblockTypeInputRule(/^(#{2,4})\s$/, nodes.heading, (found) => ({ level: found[1]?.length ?? 2 })),
    ],
  }),
];
