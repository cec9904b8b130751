import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { SpaceView } from "../../protocol/twinspace/space.ts";
import { glanceOfSpace } from "../api/report-glance.ts";
import { reportPdfAt } from "../api/reports.ts";
import { ButtonLink } from "../parts/button.tsx";
import { TableSwitch } from "../parts/charts/chart.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import type { PageParams } from "../routes.ts";
import { useSpaceNews } from "../use-space-news.ts";
import { isBare } from "../views/report-glance.ts";
import { sectionPath } from "../views/space-sections.ts";
import { t } from "../words/words.ts";
import { Trouble } from "./portal/trouble.tsx";
import { useAsked } from "./portal/use-asked.ts";
import { GlanceFigures } from "./reports/glance.tsx";
import { SpaceFrame, SpacePage } from "./twinspace/space-page.tsx";

/** `/twinspace/<slug>/report/glance`: the report card in figures. */
export default function SpaceReportGlancePage({ params }: { params: PageParams }) {
  return (
    <SpacePage slug={params.slug ?? ""} title={t("glance.title")}>
      {(space, door) => <AtAGlance space={space} door={door} />}
    </SpacePage>
  );
}

function AtAGlance({ space: { slug }, door }: { space: SpaceView; door: FrontDoor }) {
  const { asked, again } = useAsked(() => glanceOfSpace(slug));
  useSpaceNews(slug, ({ type }) => {
    if (type === "news" || type === "missed") again();
  });
  const card = sectionPath(slug, "report");
  return (
    <SpaceFrame
      door={door}
      section="report"
      title={t("glance.title")}
      intro={t("glance.intro")}
      acts={
        <>
          <TableSwitch />
          <ButtonLink icon="arrow-left" href={card}>
            {t("glance.backToCard")}
          </ButtonLink>
          <ButtonLink icon="printer" href={reportPdfAt(slug)}>
            {t("reports.print")}
          </ButtonLink>
        </>
      }
    >
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {asked.state === "here" && isBare(asked.value) ? (
        <div className="card">
          <EmptyState
            icon="chart-bar-horizontal"
            title={t("glance.nothing")}
            act={
              <ButtonLink look="filled" href={card}>
                {t("glance.backToCard")}
              </ButtonLink>
            }
          >
            {t("glance.nothingHint")}
          </EmptyState>
        </div>
      ) : null}
      {asked.state === "here" && !isBare(asked.value) ? <GlanceFigures glance={asked.value} slug={slug} /> : null}
    </SpaceFrame>
  );
}
