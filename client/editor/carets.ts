/** Where others write: a line in the text with a name on it. A colour of its own helps, the name says it. */
import { type EditorState, Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";

export interface Caret {
  readonly key: string;
  readonly name: string;
  readonly anchor: number;
  readonly head: number;
}

const key = new PluginKey<DecorationSet>("carets");
const colours = 6;

/** Somebody has the same colour as long as they are here. */
export const colourOf = (person: string): number =>
  [...person].reduce((sum, sign) => (sum * 31 + (sign.codePointAt(0) ?? 0)) % 9_973, 7) % colours;

export const carets = new Plugin<DecorationSet>({
  key,
  state: {
    init: () => DecorationSet.empty,
    apply(transaction, drawn) {
      const told: readonly Caret[] | undefined = transaction.getMeta(key);
      return told === undefined ? drawn.map(transaction.mapping, transaction.doc) : draw(transaction.doc, told);
    },
  },
  props: { decorations: (state) => key.getState(state) },
});

/** A transaction that shows them there. */
export const showCarets = (state: EditorState, shown: readonly Caret[]) =>
  state.tr.setMeta(key, shown).setMeta("addToHistory", false);

function draw(doc: EditorState["doc"], shown: readonly Caret[]): DecorationSet {
  return DecorationSet.create(
    doc,
    shown.flatMap(({ key: person, name, anchor, head }) => {
      const [from, to] = [Math.min(anchor, head), Math.max(anchor, head)];
      const colour = `caret--${colourOf(person)}`;
      const caret = Decoration.widget(head, () => caretOf(name, colour), { key: `${person} ${name}`, side: 10 });
      return from === to ? [caret] : [Decoration.inline(from, to, { class: `caret-range ${colour}` }), caret];
    }),
  );
}

function caretOf(name: string, colour: string): HTMLElement {
  const caret = document.createElement("span");
  caret.className = `caret ${colour}`;
  // Who is here is said beside the toolbar; in the middle of a text it would only be in the way.
  caret.setAttribute("aria-hidden", "true");
  const label = document.createElement("span");
  label.className = "caret__name";
  label.textContent = name;
  caret.append(label);
  return caret;
}
