import { useSyncExternalStore } from "react";
import type { Answer } from "../../api.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useAct } from "../portal/use-act.ts";

interface Undoable {
  /** What was done. */
  words: string;
  undo: () => Promise<Answer<unknown>>;
}

/** Outside of the lists: what was taken away is gone from them with their next answer, and the way back must not be. */
let newest: Undoable | null = null;
const listeners = new Set<() => void>();

/** Something was done that can be undone; what was noted before stays done. */
export function noteUndo(undoable: Undoable | null): void {
  newest = undoable;
  for (const heard of listeners) heard();
}

function subscribe(heard: () => void): () => void {
  listeners.add(heard);
  return () => void listeners.delete(heard);
}

/** What I have just done, and the way back. */
export function UndoNotice({ changed }: { changed: () => void }) {
  const shown = useSyncExternalStore(subscribe, () => newest);
  const undo = useAct(
    (undoable: Undoable) => undoable.undo(),
    () => {
      noteUndo(null);
      changed();
    },
  );
  return (
    <div className="report-undo" role="status">
      {shown === null ? null : (
        <div className="report-undo__words">
          <p>{shown.words}</p>
          <Button size="small" aria-disabled={undo.busy} onClick={() => undo.run(shown)}>
            {t("act.undo")}
          </Button>
          <IconButton icon="x" size="small" name={t("act.close")} onClick={() => noteUndo(null)} />
          <Trouble refusal={undo.refusal} />
        </div>
      )}
    </div>
  );
}
