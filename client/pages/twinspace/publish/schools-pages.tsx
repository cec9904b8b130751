import { useState } from "react";
import type { SchoolsPublicPage } from "../../../../protocol/twinspace/publishing.ts";
import { liftTakingDown, schoolsPages, takeDown } from "../../../api/space/publishing.ts";
import { isRefused } from "../../../api.ts";
import { Button } from "../../../parts/button.tsx";
import { t } from "../../../words/words.ts";
import { dateTimeIn } from "../../../words/zoned.ts";
import { Trouble } from "../../portal/trouble.tsx";
import { useAct } from "../../portal/use-act.ts";
import { usePages } from "../../portal/use-pages.ts";
import { ReasonDialog } from "./reason-dialog.tsx";
import "./publish.css";

/** For safeguarding leads: what projects of their school show to everybody. */
export function SchoolsPages({ zone }: { zone: string }) {
  const pages = usePages("", async (_words, after) => {
    const answer = await schoolsPages(after);
    if (isRefused(answer)) return answer;
    return { value: { rows: answer.value.pages, next: answer.value.next } };
  });
  // Whoever reads concerns without being a lead has no part in this.
  if (pages.refusal?.refused === "account.notAllowed") return null;
  return (
    <section className="publish-part" aria-labelledby="schools-pages">
      <h2 id="schools-pages" className="home-head">
        {t("schoolsPages.title")}
      </h2>
      <p className="soft">{pages.rows?.length === 0 ? t("schoolsPages.none") : t("schoolsPages.intro")}</p>
      <Trouble refusal={pages.refusal} again={pages.again} />
      <ul className="publish-list" aria-labelledby="schools-pages">
        {pages.rows?.map((page) => (
          <li key={page.id} className="card publish-card">
            <One page={page} zone={zone} changed={pages.again} />
          </li>
        ))}
      </ul>
      {pages.hasMore ? (
        <Button aria-disabled={pages.busy} onClick={pages.more}>
          {t("act.showMore")}
        </Button>
      ) : null}
    </section>
  );
}

function One({ page, zone, changed }: { page: SchoolsPublicPage; zone: string; changed: () => void }) {
  const { id, title, project, slug, publishedAt, takenDown } = page;
  const [asking, setAsking] = useState(false);
  const lift = useAct(() => liftTakingDown(id), changed);
  const when = dateTimeIn(publishedAt, zone);
  return (
    <>
      <h3 dir="auto">
        {takenDown === null ? (
          <a href={`/p/${encodeURIComponent(project.slug)}/${encodeURIComponent(slug)}`}>{title}</a>
        ) : (
          title
        )}
      </h3>
      <p className="soft">{t("schoolsPages.since", { project: project.title, when })}</p>
      {takenDown === null ? null : <p>{t("schoolsPages.down", { reason: takenDown.reason })}</p>}
      <div className="publish-acts">
        {takenDown === null ? (
          <Button
            size="small"
            look="danger"
            aria-label={t("schoolsPages.takeDownOf", { title })}
            onClick={() => setAsking(true)}
          >
            {t("schoolsPages.takeDown")}
          </Button>
        ) : (
          <Button
            size="small"
            aria-label={t("schoolsPages.liftOf", { title })}
            aria-disabled={lift.busy}
            onClick={() => lift.run()}
          >
            {t("schoolsPages.lift")}
          </Button>
        )}
      </div>
      <Trouble refusal={lift.refusal} />
      {asking ? (
        <ReasonDialog
          title={t("schoolsPages.takeDownTitle", { title })}
          hint={t("schoolsPages.reasonHint")}
          act={t("schoolsPages.takeDownAct")}
          send={(reason) => takeDown(id, reason)}
          done={() => {
            setAsking(false);
            changed();
          }}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}
