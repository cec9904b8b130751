import { pages as askPages } from "../../api/space/pages.ts";
import { isRefused } from "../../api.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Icon } from "../../parts/icon.tsx";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { usePages } from "../portal/use-pages.ts";
import { useSpace } from "../twinspace/space-page.tsx";
import type { ChooseEvidence } from "./link-dialog.tsx";

/** One of the TwinSpace's pages. */
export default function PageDialog({ onChosen, onClose }: ChooseEvidence) {
  const { slug } = useSpace();
  const list = usePages("", async (_, after) => {
    const answer = await askPages(slug, null, after);
    if (isRefused(answer)) return answer;
    return { value: { rows: answer.value.pages, next: answer.value.after } };
  });
  const shown = list.rows?.filter(({ hidden, state }) => hidden === null && state !== "draft");
  return (
    <Dialog title={t("reports.evidence.page")} onClose={onClose}>
      <Trouble refusal={list.refusal} again={list.again} />
      {shown === undefined ? <p role="status">{t("app.loading")}</p> : null}
      {shown?.length === 0 ? <p>{t("reports.pagesNone")}</p> : null}
      <ul className="report-choose">
        {shown?.map(({ id, title }) => (
          <li key={id}>
            <button type="button" onClick={() => onChosen({ kind: "page", id }, title)}>
              <Icon name="file-text" />
              <bdi>{title}</bdi>
            </button>
          </li>
        ))}
      </ul>
      {list.hasMore ? (
        <Button aria-disabled={list.busy} onClick={list.more}>
          {t("act.showMore")}
        </Button>
      ) : null}
    </Dialog>
  );
}
