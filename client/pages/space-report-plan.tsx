import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { SpaceView } from "../../protocol/twinspace/space.ts";
import { reportCard } from "../api/reports.ts";
import { Pips } from "../parts/charts/pips.tsx";
import type { PageParams } from "../routes.ts";
import { t } from "../words/words.ts";
import { Trouble } from "./portal/trouble.tsx";
import { useAsked } from "./portal/use-asked.ts";
import { PlanForm } from "./reports/plan-form.tsx";
import { ReportPath } from "./reports/report-path.tsx";
import { SpaceFrame, SpacePage } from "./twinspace/space-page.tsx";
import "./reports/reports.css";

/** `/twinspace/<slug>/report/plan`: what the project set out to do, line by line. */
export default function SpaceReportPlanPage({ params }: { params: PageParams }) {
  return (
    <SpacePage slug={params.slug ?? ""} title={t("reports.thePlan")}>
      {(space, door) => <PlanOf space={space} door={door} />}
    </SpacePage>
  );
}

function PlanOf({ space, door }: { space: SpaceView; door: FrontDoor }) {
  const { asked, again, change } = useAsked(() => reportCard(space.slug));
  const view = asked.state === "here" ? asked.value : undefined;
  const isCounted = view?.plan.items.some(({ target }) => target !== null);
  return (
    <SpaceFrame
      door={door}
      section="report"
      title={t("reports.thePlan")}
      intro={t("reports.planIntro")}
      side={
        view === undefined || view.plan.items.length === 0 ? undefined : (
          <section className="card report-side">
            <Pips
              title={t("reports.plan")}
              level={3}
              rows={view.plan.items.map(({ id, words, target, actual }) => ({
                ...{ key: id, name: words, done: actual, planned: target },
              }))}
            />
            {isCounted ? <p className="soft small">{t("reports.planCounts")}</p> : null}
          </section>
        )
      }
    >
      <ReportPath />
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {view === undefined ? null : view.mayWrite && space.open ? (
        <PlanForm space={space} plan={view.plan} written={(plan) => change((before) => ({ ...before, plan }))} />
      ) : view.plan.items.length === 0 ? (
        <p className="card">{t("reports.planNoneClosed")}</p>
      ) : (
        <ul className="card report-plan-lines">
          {view.plan.items.map(({ id, words }) => (
            <li key={id} dir="auto">
              {words}
            </li>
          ))}
        </ul>
      )}
    </SpaceFrame>
  );
}
