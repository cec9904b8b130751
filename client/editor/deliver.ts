/** What was left behind by an editor that is gone is sent as if it were still open: moved over what others wrote since. */
import { collab } from "prosemirror-collab";
import { EditorState } from "prosemirror-state";
import { Step } from "prosemirror-transform";
import { type TextNode, textSchema } from "../../domain/text/schema.ts";
import { keptText } from "../../domain/text/steps.ts";
import type { Refusal } from "../api.ts";
import type { KeptSteps } from "./kept-steps.ts";
import { type TextCarrier, type TextHolder, TextSync } from "./text-sync.ts";

/** `kept`: no connection, it stays where it is. `stuck`: it fits no more; `words` is the text with it, to be copied. */
export type Delivered = "sent" | "kept" | { readonly stuck: Refusal; readonly text: TextNode };

export async function deliver(kept: KeptSteps, carrier: TextCarrier): Promise<Delivered> {
  const holder = holderOf(kept);
  if (holder === undefined) return { stuck: { refused: "text.misfits" }, text: kept.doc };
  let why: Refusal | undefined;
  const text = holder.state.doc.toJSON();
  const sync = new TextSync(holder, kept.client, keptText(kept.doc), carrier, {
    state: (state, refusal) => {
      why = state === "stopped" ? refusal : why;
    },
  });
  const isSent = await sync.flush();
  sync.stop();
  if (isSent) return "sent";
  return why === undefined ? "kept" : { stuck: why, text };
}

/** Undefined when it cannot be read any more: the text's shape is another one by now. */
function holderOf({ doc, version, client, steps }: KeptSteps): TextHolder | undefined {
  try {
    const began = EditorState.create({
      schema: textSchema,
      doc: keptText(doc),
      plugins: [collab({ version, clientID: client })],
    });
    const transaction = began.tr;
    for (const step of steps) transaction.step(Step.fromJSON(textSchema, step));
    let state = began.apply(transaction);
    return {
      get state() {
        return state;
      },
      dispatch(next) {
        state = state.apply(next);
      },
    };
  } catch {
    return undefined;
  }
}
