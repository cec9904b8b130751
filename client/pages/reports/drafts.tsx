import type { EntryView } from "../../../protocol/reports/entries.ts";
import { ButtonLink } from "../../parts/button.tsx";
import { Tag } from "../../parts/tag.tsx";
import { personName } from "../../views/people-of-space.ts";
import { entryPath, writeEntryPath } from "../../views/report-card.ts";
import { kindIcons } from "../../views/report-entry.ts";
import { t } from "../../words/words.ts";
import { fromNow } from "../../words/zoned.ts";
import { useSpace } from "../twinspace/space-page.tsx";
import { titleOfEntry } from "./entry-card.tsx";
import { EntryMenu } from "./entry-menu.tsx";

/** What was begun and is not shared yet: every teacher of the project sees it. */
export function Drafts({ entries, changed }: { entries: readonly EntryView[]; changed: () => void }) {
  const { slug } = useSpace();
  const drafts = entries.filter(({ state }) => state === "draft");
  if (drafts.length === 0) return null;
  return (
    <section className="report-drafts" aria-labelledby="drafts">
      <h2 id="drafts" className="home-head">
        {t("reports.drafts")}
      </h2>
      <ul className="rows">
        {drafts.map((entry) => (
          <li key={entry.id} className="row">
            <div className="row__words">
              <a className="row__title" href={entryPath(slug, entry.id)} dir="auto">
                {titleOfEntry(entry)}
              </a>
              <span className="report-drafts__facts soft small">
                <Tag icon={kindIcons[entry.kind]}>{t(`reports.kind.${entry.kind}`)}</Tag>
                {entry.author === null ? null : <bdi>{personName(entry.author)}</bdi>}
                <span>{fromNow(entry.changedAt, Date.now())}</span>
              </span>
            </div>
            <div className="row__acts">
              {entry.mayWrite ? (
                <ButtonLink size="small" icon="pencil-simple" href={writeEntryPath(slug, entry.id)}>
                  {t("reports.goOn")}
                </ButtonLink>
              ) : null}
              <EntryMenu entry={entry} changed={changed} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
