import { useState } from "react";
import type { SchoolsPublicReport } from "../../../../protocol/reports/published.ts";
import { liftReport, schoolsReports, takeReportDown } from "../../../api/report-public.ts";
import { isRefused } from "../../../api.ts";
import { Button } from "../../../parts/button.tsx";
import { t } from "../../../words/words.ts";
import { dateTimeIn } from "../../../words/zoned.ts";
import { Trouble } from "../../portal/trouble.tsx";
import { useAct } from "../../portal/use-act.ts";
import { usePages } from "../../portal/use-pages.ts";
import { ReasonDialog } from "../../twinspace/publish/reason-dialog.tsx";
import "../../twinspace/publish/publish.css";

/** For safeguarding leads: the public reports of projects of their school. */
export function SchoolsReports({ zone }: { zone: string }) {
  const pages = usePages("", async (_words, after) => {
    const answer = await schoolsReports(after);
    if (isRefused(answer)) return answer;
    return { value: { rows: answer.value.reports, next: answer.value.next } };
  });
  // Whoever reads concerns without being a lead has no part in this.
  if (pages.refusal?.refused === "account.notAllowed") return null;
  return (
    <section className="publish-part" aria-labelledby="schools-reports">
      <h2 id="schools-reports" className="home-head">
        {t("schoolsReports.title")}
      </h2>
      <p className="soft">{t(pages.rows?.length === 0 ? "schoolsReports.none" : "schoolsReports.intro")}</p>
      <Trouble refusal={pages.refusal} again={pages.again} />
      <ul className="publish-list" aria-labelledby="schools-reports">
        {pages.rows?.map((report) => (
          <li key={report.project.id} className="card publish-card">
            <One report={report} zone={zone} changed={pages.again} />
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

function One({ report, zone, changed }: { report: SchoolsPublicReport; zone: string; changed: () => void }) {
  const { project, publishedAt, takenDown } = report;
  const { id, title, slug } = project;
  const [asking, setAsking] = useState(false);
  const lift = useAct(() => liftReport(id), changed);
  return (
    <>
      <h3 dir="auto">
        {takenDown === null ? <a href={`/projects/${encodeURIComponent(slug)}/report`}>{title}</a> : title}
      </h3>
      <p className="soft">{t("schoolsReports.since", { when: dateTimeIn(publishedAt, zone) })}</p>
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
          send={(reason) => takeReportDown(id, reason)}
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
