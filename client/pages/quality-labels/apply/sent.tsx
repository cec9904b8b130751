import { useState } from "react";
import type {
  ApplicationState,
  ApplicationView,
  QualityLabelView,
} from "../../../../protocol/qualityLabels/applications.ts";
import { beginApplication, oneApplication, sentCopy, withdrawApplication } from "../../../api/quality-label.ts";
import type { IconName } from "../../../looks/icons.ts";
import { Button, ButtonLink } from "../../../parts/button.tsx";
import { ConfirmDialog } from "../../../parts/dialog.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { longDate } from "../../../words/formats.ts";
import { t } from "../../../words/words.ts";
import { Trouble } from "../../portal/trouble.tsx";
import { useAct } from "../../portal/use-act.ts";
import { useAsked } from "../../portal/use-asked.ts";
import { LabelState } from "../label-state.tsx";
import { CopyRead } from "./copy-read.tsx";
import { serviceName } from "./how-it-goes.tsx";
import { InTheWay } from "./in-the-way.tsx";
import { JudgedWords } from "./judged.tsx";

interface SentGiven {
  slug: string;
  view: QualityLabelView;
  application: ApplicationView;
  changed: (view: QualityLabelView) => void;
}

/** An application that is no draft any more: where it is, what was decided, and what can be done now. */
export function Sent({ slug, view, application, changed }: SentGiven) {
  const { id, state, judged, submittedAt } = application;
  if (state === "draft") return null;
  return (
    <>
      <section className="card label-stack" aria-labelledby="state">
        <div className="label-part__head">
          <h2 id="state" className="label-not">
            <Icon name={icons[state]} />
            <span>{t(`labelApply.state.${state}`)}</span>
          </h2>
          <LabelState state={state} />
        </div>
        <Where view={view} application={application} />
        {judged?.award === null || judged === null ? null : judged.award.revoked ? (
          <p>{t("labelApply.revoked")}</p>
        ) : (
          <>
            <p>{t("labelApply.labelHint")}</p>
            <div className="form__acts">
              <ButtonLink look="filled" icon="seal-check" href={judged.award.path}>
                {t("labelApply.seeLabel")}
              </ButtonLink>
            </div>
          </>
        )}
        {state === "submitted" || state === "inReview" ? (
          <TakeBack slug={slug} state={state} changed={changed} />
        ) : null}
        {view.mayBegin ? <Again slug={slug} changed={changed} /> : null}
      </section>
      {state === "notGranted" || state === "withdrawn" ? <InTheWay slug={slug} view={view} /> : null}
      {judged === null ? null : <JudgedWords judged={judged} rubric={view.rubric} />}
      {submittedAt === null || state === "withdrawn" ? null : <SentCopy slug={slug} application={id} />}
    </>
  );
}

const icons: Readonly<Record<Exclude<ApplicationState, "draft">, IconName>> = {
  submitted: "paper-plane-right-fill",
  inReview: "eye",
  granted: "seal-check",
  notGranted: "info",
  withdrawn: "arrow-counter-clockwise",
};

function Where({
  view,
  application: { state, submittedAt, judged },
}: {
  view: QualityLabelView;
  application: ApplicationView;
}) {
  const service = serviceName(view);
  return (
    <>
      {submittedAt === null ? null : <p>{t("labelApply.sentOn", { date: longDate(submittedAt) })}</p>}
      {state === "submitted" ? <p>{t("labelApply.waitsAt", { service })}</p> : null}
      {state === "inReview" ? <p>{t("labelApply.readAt", { service })}</p> : null}
      {state === "withdrawn" ? <p>{t("labelApply.withdrawnHint")}</p> : null}
      {judged === null ? null : <p>{t("labelApply.decidedOn", { date: longDate(judged.decidedAt), service })}</p>}
    </>
  );
}

function TakeBack({
  slug,
  state,
  changed,
}: {
  slug: string;
  state: "submitted" | "inReview";
  changed: (view: QualityLabelView) => void;
}) {
  const [isAsking, ask] = useState(false);
  const withdrawing = useAct(() => withdrawApplication(slug), changed);
  return (
    <>
      <div className="form__acts">
        <Button icon="arrow-counter-clockwise" aria-disabled={withdrawing.busy} onClick={() => ask(true)}>
          {t("labelApply.takeBack")}
        </Button>
      </div>
      <Trouble refusal={withdrawing.refusal} />
      {isAsking ? (
        <ConfirmDialog
          title={t("labelApply.takeBackAsk")}
          confirm={t("labelApply.takeBack")}
          onConfirm={() => withdrawing.run()}
          onClose={() => ask(false)}
        >
          <p>{t(state === "submitted" ? "labelApply.takeBackFree" : "labelApply.takeBackCounts")}</p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}

function Again({ slug, changed }: { slug: string; changed: (view: QualityLabelView) => void }) {
  const beginning = useAct(() => beginApplication(slug), changed);
  return (
    <>
      <p className="soft">{t("labelApply.againHint")}</p>
      <div className="form__acts">
        <Button look="filled" icon="pencil-simple" aria-disabled={beginning.busy} onClick={() => beginning.run()}>
          {t("labelApply.again")}
        </Button>
      </div>
      <Trouble refusal={beginning.refusal} />
    </>
  );
}

/** Asked for when it is unfolded. */
function SentCopy({ slug, application }: { slug: string; application: string }) {
  return (
    <Unfolded title={t("labelApply.whatYouSent")}>
      <CopyOf slug={slug} application={application} />
    </Unfolded>
  );
}

function Unfolded({ title, children }: { title: string; children: React.ReactNode }) {
  const [isOpen, open] = useState(false);
  return (
    <details className="frozen__folded" open={isOpen} onToggle={(event) => open(event.currentTarget.open)}>
      <summary>
        <Icon name="file-text" />
        <strong>{title}</strong>
        <Icon name="caret-down" className="frozen__caret" />
      </summary>
      {isOpen ? <div className="frozen__inside">{children}</div> : null}
    </details>
  );
}

function CopyOf({ slug, application }: { slug: string; application: string }) {
  const { asked, again } = useAsked(() => sentCopy(slug, application));
  if (asked.state === "asking") return <p role="status">{t("app.loading")}</p>;
  if (asked.state === "refused") return <Trouble refusal={asked.refusal} again={again} />;
  return <CopyRead copy={asked.value.copy} />;
}

/** Those before this one, each with what was decided about it. */
export function Earlier({ slug, view: { earlier, rubric } }: { slug: string; view: QualityLabelView }) {
  if (earlier.length === 0) return null;
  return (
    <section className="label-stack" aria-labelledby="earlier">
      <h2 id="earlier">{t("labelApply.earlier")}</h2>
      {earlier.map(({ id, attempt, state, submittedAt }) => (
        <Unfolded
          key={id}
          title={[
            t("labelApply.earlierOne", { attempt }),
            ...(state === "draft" ? [] : [t(`labelApply.state.${state}`)]),
            ...(submittedAt === null ? [] : [longDate(submittedAt)]),
          ].join(" · ")}
        >
          <EarlierOne slug={slug} application={id} rubric={rubric} />
        </Unfolded>
      ))}
    </section>
  );
}

function EarlierOne({
  slug,
  application,
  rubric,
}: {
  slug: string;
  application: string;
  rubric: QualityLabelView["rubric"];
}) {
  const { asked, again } = useAsked(() => oneApplication(slug, application));
  if (asked.state === "asking") return <p role="status">{t("app.loading")}</p>;
  if (asked.state === "refused") return <Trouble refusal={asked.refusal} again={again} />;
  const { judged, state } = asked.value;
  return (
    <>
      {judged === null ? <p>{t("labelApply.withdrawnHint")}</p> : <JudgedWords judged={judged} rubric={rubric} />}
      {state === "withdrawn" ? null : <CopyOf slug={slug} application={application} />}
    </>
  );
}
