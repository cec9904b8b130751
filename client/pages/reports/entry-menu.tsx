import type { EntryView } from "../../../protocol/reports/entries.ts";
import { removeEntry, restoreEntry, unshareEntry } from "../../api/reports.ts";
import { Icon } from "../../parts/icon.tsx";
import { Menu, type MenuAct } from "../../parts/menu.tsx";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useAct } from "../portal/use-act.ts";
import { useSpace } from "../twinspace/space-page.tsx";
import { titleOfEntry } from "./entry-card.tsx";
import { noteUndo } from "./undo.tsx";

/** The "…" of an entry: taking it back, removing it. Nothing for whoever may do neither. */
export function EntryMenu({
  entry,
  changed,
  removed = changed,
}: {
  entry: EntryView;
  changed: () => void;
  removed?: () => void;
}) {
  const { slug } = useSpace();
  const takeBack = useAct(() => unshareEntry(slug, entry.id), changed);
  const remove = useAct(
    () => removeEntry(slug, entry.id),
    () => {
      noteUndo({ words: t("reports.removed"), undo: () => restoreEntry(slug, entry.id) });
      removed();
    },
  );
  const acts: MenuAct[] = [
    ...(entry.mayWrite && entry.state === "shared"
      ? [{ label: t("reports.takeBack"), icon: "arrow-counter-clockwise" as const, onPress: () => takeBack.run() }]
      : []),
    ...(entry.mayRemove
      ? [{ label: t("reports.remove"), icon: "trash" as const, danger: true, onPress: () => remove.run() }]
      : []),
  ];
  if (acts.length === 0) return null;
  return (
    <>
      <Menu
        name={t("reports.moreAbout", { title: titleOfEntry(entry) })}
        className="button button--plain button--icon"
        trigger={<Icon name="dots-three-vertical" />}
        acts={acts}
      />
      <Trouble refusal={takeBack.refusal ?? remove.refusal} />
    </>
  );
}
