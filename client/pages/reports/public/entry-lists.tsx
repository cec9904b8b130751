import type { PublishableEntry } from "../../../../protocol/reports/published.ts";
import { Button } from "../../../parts/button.tsx";
import { isChoosable } from "../../../views/report-public.ts";
import { t } from "../../../words/words.ts";
import { type EntryActs, EntryRow } from "./entry-row.tsx";
import type { Publishing } from "./use-publishing.ts";

/** Those that were published, in the order in which they are read. */
export function InPublic({ entries, acts }: { entries: readonly PublishableEntry[]; acts: EntryActs }) {
  if (entries.length === 0) return null;
  const isPublic = entries.filter(({ state }) => state === "public");
  return (
    <section className="public-report-list" aria-labelledby="in-public">
      <h2 id="in-public" className="home-head">
        {t("reportPublic.inPublic")}
      </h2>
      <ol aria-labelledby="in-public">
        {entries.map((entry) => {
          const place = isPublic.indexOf(entry) + 1;
          return (
            <EntryRow
              key={entry.id}
              entry={entry}
              place={place === 0 ? null : place}
              last={place === isPublic.length}
              acts={acts}
            />
          );
        })}
      </ol>
    </section>
  );
}

/** The other shared ones, to be chosen from. */
export function NotPublic({
  entries,
  all,
  publishing,
  acts,
  more,
}: {
  entries: readonly PublishableEntry[];
  /** With those that were withdrawn. */
  all: readonly PublishableEntry[];
  publishing: Publishing;
  acts: EntryActs;
  more: (() => void) | undefined;
}) {
  const choosable = all.filter(isChoosable);
  return (
    <section className="public-report-list" aria-labelledby="not-public">
      <h2 id="not-public" className="home-head">
        {t("reportPublic.others")}
      </h2>
      <p className="soft">{t(entries.length === 0 ? "reportPublic.noOthers" : "reportPublic.entriesHint")}</p>
      {choosable.length < 2 || acts.frozen ? null : (
        <div className="public-report-acts">
          <Button size="small" onClick={() => publishing.chooseAll(choosable)}>
            {t("reportPublic.chooseAll")}
          </Button>
          {publishing.chosen.size === 0 ? null : (
            <Button size="small" onClick={() => publishing.chooseAll([])}>
              {t("reportPublic.chooseNone")}
            </Button>
          )}
        </div>
      )}
      <ul aria-labelledby="not-public">
        {entries.map((entry) => (
          <EntryRow key={entry.id} entry={entry} place={null} acts={acts} />
        ))}
      </ul>
      {more === undefined ? null : <Button onClick={more}>{t("act.showMore")}</Button>}
    </section>
  );
}
