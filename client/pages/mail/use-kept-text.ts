import { useState } from "react";
import { forgetDraft, keepDraft, readDraft, textIn } from "../../views/drafts.ts";

/** A text that survives a reload of the page, in this tab, until it is sent. */
export function useKeptText(key: string): { text: string; write: (text: string) => void; forget: () => void } {
  const [text, setText] = useState(() => textIn(readDraft(sessionStorage, key), "text"));
  return {
    text,
    write(next) {
      setText(next);
      keepDraft(sessionStorage, key, { text: [next] });
    },
    forget() {
      setText("");
      forgetDraft(sessionStorage, key);
    },
  };
}
