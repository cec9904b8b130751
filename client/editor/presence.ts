/** Where others are in the text: a caret with their name, and what they have marked. Never told by colour alone. */
import { getVersion, sendableSteps } from "prosemirror-collab";
import { type EditorState, Plugin, PluginKey, type Transaction } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import type { PagePerson, TextSelection } from "../../protocol/twinspace/live.ts";

export interface Elsewhere {
  readonly key: string;
  readonly name: string;
  /** 1 to 8. */
  readonly colour: number;
  readonly selection: TextSelection;
}

const presence = new PluginKey<DecorationSet>("presence");

/** Shows them; call again whenever one of them came, went or moved. */
export const showPresence = (state: EditorState, others: readonly Elsewhere[]): Transaction =>
  state.tr.setMeta(presence, others).setMeta("addToHistory", false);

export function presencePlugin(): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key: presence,
    state: {
      init: () => DecorationSet.empty,
      apply(transaction, shown, _before, state) {
        const others: readonly Elsewhere[] | undefined = transaction.getMeta(presence);
        return others === undefined ? shown.map(transaction.mapping, transaction.doc) : drawn(state, others);
      },
    },
    props: { decorations: (state) => presence.getState(state) },
  });
}

function drawn(state: EditorState, others: readonly Elsewhere[]): DecorationSet {
  return DecorationSet.create(
    state.doc,
    others.flatMap(({ key, name, colour, selection }) => {
      if (selection === null) return [];
      const [anchor, head] = [hereFrom(state, selection.anchor), hereFrom(state, selection.head)];
      const [from, to] = [Math.min(anchor, head), Math.max(anchor, head)];
      const caret = Decoration.widget(head, () => caretOf(name, colour), { key: `${key}-${name}`, side: 10 });
      const marked = Decoration.inline(from, to, { class: `caret-mark caret--${colour}` });
      return from === to ? [caret] : [marked, caret];
    }),
  );
}

/** The name is on the page already, in words ("Also here"); in the midst of the text it would be read as text. */
function caretOf(name: string, colour: number): HTMLElement {
  const caret = document.createElement("span");
  caret.className = `caret caret--${colour}`;
  caret.ariaHidden = "true";
  const label = document.createElement("span");
  label.className = "caret__name";
  label.textContent = name;
  caret.append(label);
  return caret;
}

/** A position of the server's text, in this one, which has more: what is not sent yet. */
function hereFrom(state: EditorState, position: number): number {
  const steps = sendableSteps(state)?.steps ?? [];
  const here = steps.reduce((at, step) => step.getMap().map(at), position);
  return Math.min(Math.max(0, here), state.doc.content.size);
}

/** Where I am, in positions of the server's text. */
export function selectionToTell(state: EditorState): NonNullable<TextSelection> {
  const steps = [...(sendableSteps(state)?.steps ?? [])].reverse();
  const there = (position: number) => steps.reduce((at, step) => step.getMap().invert().map(at), position);
  const { anchor, head } = state.selection;
  return { version: getVersion(state), anchor: there(anchor), head: there(head) };
}

/** The others among those who have the page open, each with the colour of their place in the list. */
export function othersIn(
  people: readonly PagePerson[],
  me: string,
  nameOf: (person: PagePerson) => string,
): Elsewhere[] {
  return people
    .filter(({ key }) => key !== me)
    .map((person, at) => ({
      key: person.key,
      name: nameOf(person),
      colour: (at % 8) + 1,
      selection: person.writes ? person.selection : null,
    }));
}
