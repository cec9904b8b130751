import type { PublicReportView, PublishableEntry } from "../../../../protocol/reports/published.ts";
import { askToPublish, previewReportAt } from "../../../api/report-public.ts";
import { Button } from "../../../parts/button.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { isChoosable } from "../../../views/report-public.ts";
import { listOf } from "../../../words/formats.ts";
import { t } from "../../../words/words.ts";
import { Trouble } from "../../portal/trouble.tsx";
import { useAct } from "../../portal/use-act.ts";
import type { Publishing } from "./use-publishing.ts";
import type { SavedWords } from "./use-saved-words.ts";

/** Looking at what was chosen, and publishing it; who decides nothing asks for it. */
export function PublishPart({
  view,
  all,
  publishing,
  saved,
  asked,
}: {
  view: PublicReportView;
  all: readonly PublishableEntry[];
  publishing: Publishing;
  saved: SavedWords;
  asked: () => void;
}) {
  const { slug, mayDecide, askedBy, entries } = view;
  const { busy, refusal, naming, publish } = publishing;
  const asking = useAct(() => askToPublish(slug), asked);
  const chosen = all.filter((entry) => isChoosable(entry) && publishing.chosen.has(entry.id));
  const changed = entries.filter(({ state, changes }) => state === "public" && changes.length > 0);
  const isWords = view.wordsChanged || saved.state === "kept" || saved.state === "keeping";
  const isSomething = entries.length > 0 || saved.words.intro.trim() !== "";
  return (
    <div className="public-report-publish">
      <Trouble refusal={refusal ?? asking.refusal} />
      {chosen.length === 0 && !isWords && all.some(isChoosable) ? (
        <p className="soft">{t("reportPublic.chooseFirst")}</p>
      ) : null}
      <div className="public-report-acts">
        {mayDecide && (chosen.length > 0 || (isWords && isSomething)) ? (
          <Button look="filled" aria-disabled={busy} onClick={() => publish(chosen)}>
            {chosen.length > 0 ? t("reportPublic.publish", { count: chosen.length }) : t("reportPublic.publishWords")}
          </Button>
        ) : null}
        {!mayDecide && askedBy === null ? (
          <Button aria-disabled={asking.busy} onClick={() => asking.run()}>
            {t("reportPublic.ask")}
          </Button>
        ) : null}
        {all.length === 0 ? null : (
          <a
            className="public-report-link"
            target="_blank"
            rel="noopener"
            href={previewReportAt(
              slug,
              [...chosen, ...changed].map(({ id }) => id),
            )}
          >
            {t("reportPublic.look")}
          </a>
        )}
      </div>
      {mayDecide ? null : <p className="soft small">{t("reportPublic.askHint")}</p>}
      {naming === undefined ? null : (
        <Dialog
          title={t("reportPublic.namesPupil")}
          onClose={naming.change}
          acts={
            <>
              <Button look="filled" onClick={naming.change} data-first>
                {t("reportPublic.changeFirst")}
              </Button>
              <Button onClick={naming.anyway}>{t("reportPublic.publishAnyway")}</Button>
            </>
          }
        >
          <p>{t("reportPublic.namesPupilIn", { where: listOf(naming.where) })}</p>
        </Dialog>
      )}
    </div>
  );
}
