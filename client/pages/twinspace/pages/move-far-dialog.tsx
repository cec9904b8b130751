import { useRef, useState } from "react";
import { deepestPage } from "../../../../protocol/twinspace/pageLimits.ts";
import type { PageLine } from "../../../../protocol/twinspace/pages.ts";
import { pages as askPages, placePage } from "../../../api/space/pages.ts";
import { isRefused } from "../../../api.ts";
import { Button } from "../../../parts/button.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { StatusLine } from "../../../parts/said.tsx";
import { t } from "../../../words/words.ts";
import { Trouble } from "../../portal/trouble.tsx";
import { useAct } from "../../portal/use-act.ts";
import { usePages } from "../../portal/use-pages.ts";
import { useSpace } from "../space-page.tsx";

/** Another page to stand under, where there are too many for one list: looked for from the top down. */
export function MoveFarDialog({ page, done, onClose }: { page: PageLine; done: () => void; onClose: () => void }) {
  const { slug } = useSpace();
  const [path, setPath] = useState<readonly PageLine[]>([]);
  const place = useRef<HTMLDivElement>(null);
  const parent = path.at(-1);
  const goTo = (there: readonly PageLine[]) => {
    setPath(there);
    // The button that was pressed is gone with the list it stood in.
    place.current?.focus();
  };
  const move = useAct(() => placePage(slug, page.id, { parent: parent?.id ?? null, before: null }), done);
  return (
    <Dialog
      title={t("pages.moveTitle", { title: page.title })}
      onClose={onClose}
      acts={
        <>
          <Button look="filled" aria-disabled={move.busy} onClick={() => move.run()}>
            {t("pages.moveHere")}
          </Button>
          <Button onClick={onClose}>{t("act.cancel")}</Button>
        </>
      }
    >
      <div className="form">
        <div ref={place} tabIndex={-1}>
          <StatusLine>
            {t("pages.willStand", {
              place: parent === undefined ? t("pages.top") : t("pages.under", { title: parent.title }),
            })}
          </StatusLine>
        </div>
        {parent === undefined ? null : (
          <Button size="small" icon="arrow-up" onClick={() => goTo(path.slice(0, -1))}>
            {t("pages.back")}
          </Button>
        )}
        {path.length + 1 < deepestPage ? (
          <Below
            key={parent?.id ?? ""}
            parent={parent?.id ?? null}
            without={page.id}
            choose={(chosen) => goTo([...path, chosen])}
          />
        ) : null}
        <Trouble refusal={move.refusal} />
      </div>
    </Dialog>
  );
}

/** The pages below one, each a step further down. */
function Below({
  parent,
  without,
  choose,
}: {
  parent: string | null;
  without: string;
  choose: (page: PageLine) => void;
}) {
  const { slug } = useSpace();
  const list = usePages<PageLine>("", async (_, after) => {
    const answer = await askPages(slug, parent, after);
    return isRefused(answer) ? answer : { value: { rows: answer.value.pages, next: answer.value.after } };
  });
  const places = list.rows?.filter(({ id, hidden }) => id !== without && hidden === null) ?? [];
  return (
    <>
      <Trouble refusal={list.refusal} again={list.again} />
      <ul className="page-places" aria-label={t("pages.where")}>
        {places.map((place) => (
          <li key={place.id}>
            <Button look="plain" icon="caret-right" onClick={() => choose(place)}>
              {t("pages.under", { title: place.title })}
            </Button>
          </li>
        ))}
      </ul>
      {list.hasMore ? (
        <Button size="small" aria-disabled={list.busy} onClick={list.more}>
          {t("act.showMore")}
        </Button>
      ) : null}
    </>
  );
}
