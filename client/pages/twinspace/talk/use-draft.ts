import { useRef, useState } from "react";
import { forgetDraft, keepDraft, readDraft, textIn } from "../../../views/drafts.ts";
import { useSpace } from "../space-page.tsx";

export interface DraftOf<F extends string> {
  text: Readonly<Record<F, string>>;
  write: (field: F, text: string) => void;
  /** It was sent, or is not wanted any more. */
  forget: () => void;
}

/**
 * What somebody is writing, kept by this tab through reloads and refusals until it is sent. Under who writes it, so that on a
 * shared computer nobody finds another one's words. `begin`: what stands there at first.
 */
export function useDraft<F extends string>(where: string, begin: Readonly<Record<F, string>>): DraftOf<F> {
  const { id, me } = useSpace();
  const key = `talk ${me.author} ${id} ${where}`;
  const first = useRef(begin);
  const [text, setText] = useState<Readonly<Record<F, string>>>(() => {
    const kept = readDraft(sessionStorage, key);
    if (kept === undefined) return begin;
    // The keys' own type is forgotten by Object.keys.
    const fields = Object.keys(begin) as F[];
    return Object.fromEntries(fields.map((field) => [field, textIn(kept, field)])) as Record<F, string>;
  });
  return {
    text,
    write(field, words) {
      const next = { ...text, [field]: words };
      setText(next);
      keepDraft(
        sessionStorage,
        key,
        Object.fromEntries(Object.entries(next).map(([name, each]) => [name, [`${each}`]])),
      );
    },
    forget() {
      forgetDraft(sessionStorage, key);
      setText(first.current);
    },
  };
}
