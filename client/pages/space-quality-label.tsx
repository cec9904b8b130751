import { useEffect } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { QualityLabelView } from "../../protocol/qualityLabels/applications.ts";
import type { SpaceView } from "../../protocol/twinspace/space.ts";
import { beginApplication, qualityLabel } from "../api/quality-label.ts";
import { Button } from "../parts/button.tsx";
import type { PageParams } from "../routes.ts";
import { t } from "../words/words.ts";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { useAsked } from "./portal/use-asked.ts";
import { Draft } from "./quality-labels/apply/draft.tsx";
import { HowItGoes } from "./quality-labels/apply/how-it-goes.tsx";
import { InTheWay } from "./quality-labels/apply/in-the-way.tsx";
import { Earlier, Sent } from "./quality-labels/apply/sent.tsx";
import { ReportPath } from "./reports/report-path.tsx";
import { SpaceFrame, SpacePage } from "./twinspace/space-page.tsx";
import "./reports/reports.css";
import "./reports/entry-form.css";
import "./quality-labels/review.css";
import "./quality-labels/apply/apply.css";

/** `/twinspace/<slug>/report/quality-label`: a teacher's own application for the Quality Label, from the first word to the label. */
export default function SpaceQualityLabelPage({ params }: { params: PageParams }) {
  return (
    <SpacePage slug={params.slug ?? ""} title={t("labelApply.title")}>
      {(space, door) => <Label space={space} door={door} />}
    </SpacePage>
  );
}

function Label({ space, door }: { space: SpaceView; door: FrontDoor }) {
  const { asked, again, change } = useAsked(() => qualityLabel(space.slug));
  const view = asked.state === "here" ? asked.value : undefined;
  const { application = null, rubric = null } = view ?? {};
  // Of what is sent it is asked again: meanwhile it may be reviewed, or decided.
  useEffect(() => {
    const look = () => document.visibilityState === "visible" && application?.state !== "draft" && again();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [again, application?.state]);
  const changed = (next: QualityLabelView) => {
    change(() => next);
    scrollTo({ top: 0 });
  };
  if (view !== undefined && application?.state === "draft" && rubric !== null) {
    return <Draft key={application.id} {...{ space, door, view, application, rubric, changed }} gone={again} />;
  }
  return (
    <SpaceFrame
      door={door}
      section="report"
      title={t("labelApply.title")}
      intro={application === null ? t("labelApply.what") : undefined}
      side={view === undefined || view.obstacles.length > 0 ? undefined : <HowItGoes view={view} />}
    >
      <ReportPath />
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {view === undefined ? null : application === null ? (
        <>
          <InTheWay slug={space.slug} view={view} />
          {view.mayBegin ? <Begin slug={space.slug} changed={changed} /> : null}
        </>
      ) : (
        <Sent key={application.id + application.state} {...{ view, application, changed }} slug={space.slug} />
      )}
      {view === undefined ? null : <Earlier slug={space.slug} view={view} />}
    </SpaceFrame>
  );
}

function Begin({ slug, changed }: { slug: string; changed: (view: QualityLabelView) => void }) {
  const beginning = useAct(() => beginApplication(slug), changed);
  return (
    <section className="card label-stack" aria-label={t("labelApply.begin")}>
      <p>{t("labelApply.beginHint")}</p>
      <div className="form__acts">
        <Button look="filled" icon="pencil-simple" aria-disabled={beginning.busy} onClick={() => beginning.run()}>
          {t("labelApply.begin")}
        </Button>
      </div>
      <Trouble refusal={beginning.refusal} />
    </section>
  );
}
