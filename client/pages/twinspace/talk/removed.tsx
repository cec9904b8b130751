import { useSyncExternalStore } from "react";
import { restoreSaid, type SaidKind } from "../../../api/space/talk.ts";
import { Button, IconButton } from "../../../parts/button.tsx";
import { t } from "../../../words/words.ts";
import { Trouble } from "../../portal/trouble.tsx";
import { useAct } from "../../portal/use-act.ts";

export interface Removed {
  slug: string;
  kind: SaidKind;
  id: string;
}

/** Outside of the lists: what was removed is gone from them with their next answer, and the way back must not be. */
let newest: Removed | null = null;
const listeners = new Set<() => void>();

export function noteRemoved(removed: Removed | null): void {
  newest = removed;
  for (const heard of listeners) heard();
}

function subscribe(heard: () => void): () => void {
  listeners.add(heard);
  return () => void listeners.delete(heard);
}

/** What I have just removed, and the way back. Stands on every page that has something to remove. */
export function RemovedNotice({ changed }: { changed: () => void }) {
  const removed = useSyncExternalStore(subscribe, () => newest);
  const restore = useAct(
    ({ slug, kind, id }: Removed) => restoreSaid(slug, kind, id),
    () => {
      noteRemoved(null);
      changed();
    },
  );
  return (
    <div className="removed-notice" role="status">
      {removed === null ? null : (
        <div className="removed-notice__words">
          <p>{t("thing.removed")}</p>
          <Button size="small" aria-disabled={restore.busy} onClick={() => restore.run(removed)}>
            {t("act.undo")}
          </Button>
          <IconButton icon="x" size="small" name={t("act.close")} onClick={() => noteRemoved(null)} />
          <Trouble refusal={restore.refusal} />
        </div>
      )}
    </div>
  );
}
