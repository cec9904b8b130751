import type { Offer } from "../../../protocol/reports/card.ts";
import { beginEntry, dismissOffer, keepOffer } from "../../api/reports.ts";
import { Button, ButtonLink, IconButton } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { writeEntryPath } from "../../views/report-card.ts";
import { dayHere, dayOfYear } from "../../words/days.ts";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useAct } from "../portal/use-act.ts";
import { useSpace } from "../twinspace/space-page.tsx";
import { noteUndo } from "./undo.tsx";

/** Days that have passed and of which nothing is told yet. */
export function Offers({ offers, changed }: { offers: readonly Offer[]; changed: () => void }) {
  const { slug } = useSpace();
  const begin = useAct(
    (item: string) => beginEntry(slug, { kind: "milestone", calendarItem: item }),
    ({ entry }) => location.assign(writeEntryPath(slug, entry.id)),
  );
  const dismiss = useAct(
    (item: string) => dismissOffer(slug, item),
    (_, item) => {
      noteUndo({ words: t("reports.offerDismissed"), undo: () => keepOffer(slug, item) });
      changed();
    },
  );
  if (offers.length === 0) return null;
  const today = dayHere(Date.now());
  return (
    <section className="report-offers" aria-labelledby="offers">
      <h2 id="offers" className="home-head">
        {t("reports.offers")}
      </h2>
      <ul className="rows">
        {offers.map((offer) => {
          const day = dayOfYear(offer.day, today);
          return (
            <li key={offer.of === "calendar" ? offer.item : offer.entry} className="row report-offer">
              <Icon name={offer.of === "calendar" ? "calendar-blank" : "video-camera"} />
              <div className="row__words">
                <strong dir="auto">{offer.title}</strong>
                <span className="soft small">
                  {offer.of === "calendar" ? t("reports.offerDate", { day }) : t("reports.offerMeeting", { day })}
                </span>
              </div>
              <div className="row__acts">
                {offer.of === "calendar" ? (
                  <>
                    <Button
                      aria-disabled={begin.busy}
                      aria-label={t("reports.offerWriteName", { title: offer.title })}
                      onClick={() => begin.run(offer.item)}
                    >
                      {t("reports.offerWrite")}
                    </Button>
                    <IconButton
                      icon="x"
                      name={t("reports.offerDismiss", { title: offer.title })}
                      aria-disabled={dismiss.busy}
                      onClick={() => dismiss.run(offer.item)}
                    />
                  </>
                ) : (
                  <ButtonLink href={writeEntryPath(slug, offer.entry)}>{t("reports.addLearned")}</ButtonLink>
                )}
              </div>
            </li>
          );
        })}
      </ul>
      <Trouble refusal={begin.refusal ?? dismiss.refusal} />
    </section>
  );
}
