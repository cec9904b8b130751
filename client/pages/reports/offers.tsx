import { useState } from "react";
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

/** More than these would push the entries away. */
const few = 3;

/** Days that have passed and of which nothing is told yet. */
export function Offers({ offers, changed }: { offers: readonly Offer[]; changed: () => void }) {
  const { slug } = useSpace();
  const begin = useAct(
    (item: string) => beginEntry(slug, { kind: "activity", calendarItem: item }),
    ({ entry }) => location.assign(writeEntryPath(slug, entry.id)),
  );
  const dismiss = useAct(
    (item: string) => dismissOffer(slug, item),
    (_, item) => {
      noteUndo({ words: t("reports.offerDismissed"), undo: () => keepOffer(slug, item) });
      changed();
    },
  );
  const [all, showAll] = useState(false);
  if (offers.length === 0) return null;
  const shown = all ? offers : offers.slice(0, few);
  const today = dayHere(Date.now());
  return (
    <section className="report-offers" aria-labelledby="offers">
      <h2 id="offers" className="home-head">
        {t("reports.offers")}
      </h2>
      <ul className="rows">
        {shown.map((offer) => {
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
                  <Button
                    aria-disabled={begin.busy}
                    aria-label={t("reports.offerWriteName", { title: offer.title })}
                    onClick={() => begin.run(offer.item)}
                  >
                    {t("reports.offerWrite")}
                  </Button>
                ) : (
                  <ButtonLink href={writeEntryPath(slug, offer.entry)}>{t("reports.addLearned")}</ButtonLink>
                )}
                <IconButton
                  icon="x"
                  name={t("reports.offerDismiss", { title: offer.title })}
                  aria-disabled={dismiss.busy}
                  onClick={() => dismiss.run(offer.of === "calendar" ? offer.item : offer.entry)}
                />
              </div>
            </li>
          );
        })}
      </ul>
      {shown.length < offers.length ? (
        <p>
          <Button look="plain" icon="caret-down" onClick={() => showAll(true)}>
            {t("reports.offersMore", { count: offers.length - shown.length })}
          </Button>
        </p>
      ) : null}
      <Trouble refusal={begin.refusal ?? dismiss.refusal} />
    </section>
  );
}
