import type { Card } from "../../../protocol/reports/card.ts";
import { WrittenKind } from "../../../protocol/reports/entries.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { Icon } from "../../parts/icon.tsx";
import { kindIcons } from "../../views/report-entry.ts";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import type { Act } from "../portal/use-act.ts";

/** What there is to be told, in plain words: one press begins the entry. A closed project has only its final entry left. */
export function KindDialog({
  card,
  open,
  begin,
  onClose,
}: {
  card: Card;
  /** The project is not closed. */
  open: boolean;
  begin: Act<[kind: WrittenKind]>;
  onClose: () => void;
}) {
  const kinds = WrittenKind.options.filter((kind) => {
    if (!open) return kind === "final";
    return kind !== "interim" || card.interimDue !== null;
  });
  return (
    <Dialog title={t("reports.whatKind")} onClose={onClose}>
      <ul className="kinds">
        {kinds.map((kind, place) => (
          <li key={kind}>
            <button
              type="button"
              className="kinds__kind"
              aria-disabled={begin.busy}
              data-first={place === 0 || undefined}
              onClick={() => begin.run(kind)}
            >
              <span className="kinds__icon">
                <Icon name={kindIcons[kind]} />
              </span>
              <span>
                <strong>{t(`reports.kind.${kind}`)}</strong>
                <span className="soft small">{t(`reports.kindHint.${kind}`)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <Trouble refusal={begin.refusal} />
    </Dialog>
  );
}
