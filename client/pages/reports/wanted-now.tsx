import type { Card } from "../../../protocol/reports/card.ts";
import type { EntryView, WrittenKind } from "../../../protocol/reports/entries.ts";
import { Button, ButtonLink } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { wantedOf, writeEntryPath } from "../../views/report-card.ts";
import { dayHere, dayOfYear } from "../../words/days.ts";
import { t } from "../../words/words.ts";
import { useSpace } from "../twinspace/space-page.tsx";

/** What the card waits for, in one sentence, and the way to do it. */
export function WantedNow({
  card,
  entries,
  mayWrite,
  begin,
}: {
  card: Card;
  entries: readonly EntryView[];
  mayWrite: boolean;
  begin: (kind: WrittenKind) => void;
}) {
  const { slug } = useSpace();
  const { sentence, day, writes } = wantedOf(card);
  const draft = entries.find(({ kind, state }) => kind === writes && state === "draft");
  const isNow = writes !== null;
  return (
    <div className="report-wanted" data-now={isNow || undefined}>
      <Icon name={isNow ? "clock" : "info"} />
      <p>{t(`reports.wants.${sentence}`, { day: day === "" ? "" : dayOfYear(day, dayHere(Date.now())) })}</p>
      {!isNow || !mayWrite ? null : draft === undefined ? (
        <Button look="filled" onClick={() => begin(writes)}>
          {t(writes === "interim" ? "reports.writeInterim" : "reports.writeFinal")}
        </Button>
      ) : (
        <ButtonLink look="filled" href={writeEntryPath(slug, draft.id)}>
          {t("reports.goOn")}
        </ButtonLink>
      )}
    </div>
  );
}
