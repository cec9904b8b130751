import { lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
import { redo, redoDepth, undo, undoDepth } from "prosemirror-history";
import type { Attrs, MarkType, NodeType } from "prosemirror-model";
import { liftListItem, wrapInList } from "prosemirror-schema-list";
import { type Command, type EditorState, NodeSelection } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { type KeyboardEvent, useRef, useState } from "react";
import { textSchema } from "../../domain/text/schema.ts";
import type { IconName } from "../looks/icons.ts";
import { Icon } from "../parts/icon.tsx";
import { t } from "../words/words.ts";

const { nodes, marks } = textSchema;

export type Asks = "link" | "words" | "image" | "video" | "file";

interface Tool {
  name: string;
  icon: IconName;
  keys?: string;
  /** On or off, for what can be both. */
  on?: boolean;
  may: boolean;
  press: () => void;
}

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);
const keysOf = (keys: string): string => (isApple ? keys.replace("Ctrl", "⌘").replace("Alt", "⌥") : keys);

/**
 * The tools of the editor: one stop of the Tab key, arrows from one to the next (WAI-ARIA toolbar). Every tool has its name and
 * its keys.
 */
export function Toolbar({ view, state, ask }: { view: EditorView; state: EditorState; ask: (what: Asks) => void }) {
  const bar = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const groups = toolsOf(view, state, ask);
  const count = groups.flat().length;

  const go = (to: number) => {
    const next = (to + count) % count;
    setAt(next);
    bar.current?.querySelectorAll("button")[next]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const forward = getComputedStyle(event.currentTarget).direction === "rtl" ? -1 : 1;
    const to = { ArrowRight: at + forward, ArrowLeft: at - forward, Home: 0, End: count - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  };
  let index = -1;
  return (
    <div
      ref={bar}
      className="toolbar"
      role="toolbar"
      aria-label={t("editor.tools")}
      aria-controls="page-text"
      onKeyDown={onKeyDown}
    >
      {groups.map((tools) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form's fields
        <div key={tools[0]?.name} className="toolbar__group" role="group">
          {tools.map(({ name, icon, keys, on, may, press }) => {
            index += 1;
            const own = index;
            return (
              <button
                key={name}
                type="button"
                className="toolbar__tool"
                aria-label={name}
                title={keys === undefined ? name : `${name} (${keysOf(keys)})`}
                aria-keyshortcuts={keys?.replace("Ctrl", isApple ? "Meta" : "Control")}
                aria-pressed={on}
                aria-disabled={!may || undefined}
                tabIndex={own === at ? 0 : -1}
                // The text keeps what is marked in it.
                onMouseDown={(event) => event.preventDefault()}
                onFocus={() => setAt(own)}
                onClick={() => may && press()}
              >
                <Icon name={icon} />
              </button>
            );
          })}
        </div>
      ))}
    </div>
  );
}

function toolsOf(view: EditorView, state: EditorState, ask: (what: Asks) => void): Tool[][] {
  const tool = (name: string, icon: IconName, command: Command, more: Partial<Tool> = {}): Tool => ({
    name,
    icon,
    may: command(state, undefined, view),
    press: () => {
      command(view.state, view.dispatch, view);
      view.focus();
    },
    ...more,
  });
  const mark = (type: MarkType, name: string, icon: IconName, keys?: string): Tool =>
    tool(name, icon, toggleMark(type), { on: hasMark(state, type), ...(keys === undefined ? {} : { keys }) });
  const block = (type: NodeType, attrs: Attrs | null, name: string, icon: IconName, keys?: string): Tool => {
    const on = state.selection.$from.parent.hasMarkup(type, attrs);
    const command = setBlockType(on && type !== nodes.paragraph ? nodes.paragraph : type, on ? null : attrs);
    return tool(name, icon, command, { on, may: on || command(state), ...(keys === undefined ? {} : { keys }) });
  };
  const list = (type: NodeType, name: string, icon: IconName, keys: string): Tool => {
    const on = isInside(state, type);
    return tool(name, icon, on ? liftListItem(nodes.listItem) : wrapInList(type), { on, keys });
  };
  const asking = (what: Asks, name: string, icon: IconName, more: Partial<Tool> = {}): Tool => ({
    ...{ name, icon, may: true, press: () => ask(what) },
    ...more,
  });
  const quoted = isInside(state, nodes.blockquote);
  return [
    [
      tool(t("editor.undo"), "arrow-counter-clockwise", undo, { keys: "Ctrl+Z", may: undoDepth(state) > 0 }),
      tool(t("editor.redo"), "arrow-clockwise", redo, { keys: "Ctrl+Shift+Z", may: redoDepth(state) > 0 }),
    ],
    [
      mark(marks.strong, t("editor.strong"), "text-b", "Ctrl+B"),
      mark(marks.em, t("editor.em"), "text-italic", "Ctrl+I"),
      mark(marks.underline, t("editor.underline"), "text-underline", "Ctrl+U"),
      mark(marks.strike, t("editor.strike"), "text-strikethrough"),
      asking("link", t("editor.link"), "link-simple", {
        keys: "Ctrl+K",
        on: hasMark(state, marks.link),
        may: state.selection.$from.parent.type.allowsMarkType(marks.link),
      }),
    ],
    [
      block(nodes.heading, { level: 2 }, t("editor.heading2"), "text-h-two", "Ctrl+Alt+2"),
      block(nodes.heading, { level: 3 }, t("editor.heading3"), "text-h-three", "Ctrl+Alt+3"),
      block(nodes.heading, { level: 4 }, t("editor.heading4"), "text-h-four", "Ctrl+Alt+4"),
    ],
    [
      list(nodes.bulletList, t("editor.bullets"), "list-bullets", "Ctrl+Shift+8"),
      list(nodes.orderedList, t("editor.numbers"), "list-numbers", "Ctrl+Shift+7"),
      tool(t("editor.quote"), "quotes", quoted ? lift : wrapIn(nodes.blockquote), { on: quoted, keys: "Ctrl+Shift+9" }),
      block(nodes.codeBlock, null, t("editor.code"), "code"),
      tool(t("editor.rule"), "minus", rule),
    ],
    [
      asking("image", t("editor.image"), "image"),
      asking("video", t("editor.video"), "file-video"),
      asking("file", t("editor.file"), "file"),
      asking("words", t("editor.words"), "text-aa", { may: isMaterial(state) }),
    ],
  ];
}

const rule: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.horizontalRule.create()).scrollIntoView());
  return true;
};

export const isMaterial = ({ selection }: EditorState): boolean =>
  selection instanceof NodeSelection && Object.hasOwn(selection.node.attrs, "material");

function hasMark({ selection, storedMarks, doc }: EditorState, type: MarkType): boolean {
  const { $from, from, to, empty } = selection;
  return empty ? type.isInSet(storedMarks ?? $from.marks()) !== undefined : doc.rangeHasMark(from, to, type);
}

function isInside({ selection: { $from } }: EditorState, type: NodeType): boolean {
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth);
    if (node.type === type) return true;
    // The list that is nearest counts.
    if (node.type === nodes.bulletList || node.type === nodes.orderedList) {
      if (type === nodes.bulletList || type === nodes.orderedList) return false;
    }
  }
  return false;
}
