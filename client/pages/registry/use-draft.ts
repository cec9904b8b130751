import { type FormEvent, useState } from "react";
import { type Draft, draftOfFields, forgetDraft, keepDraft, readDraft } from "../../views/drafts.ts";

export interface KeptDraft {
  /** As it was left earlier on this device, or undefined. */
  draft: Draft | undefined;
  /** For the `form` element: whatever is written is kept at once. */
  onInput: (event: FormEvent<HTMLFormElement>) => void;
  /** False once the browser has refused to keep it. */
  isKept: boolean;
  forget: () => void;
}

/** What stands in a form outlives a lost session, a reload and a closed window, on this device, under `key`. */
export function useDraft(key: string): KeptDraft {
  const [draft, setDraft] = useState(() => readDraft(localStorage, key));
  const [isKept, setKept] = useState(true);
  return {
    draft,
    isKept,
    onInput: ({ currentTarget }) => setKept(keepDraft(localStorage, key, draftOfFields(new FormData(currentTarget)))),
    forget: () => {
      forgetDraft(localStorage, key);
      setDraft(undefined);
    },
  };
}
