import { useEffect } from "react";
import type { FrontDoor, Me } from "../../protocol/http/accounts.ts";
import type { LabelReviewView } from "../../protocol/qualityLabels/desk.ts";
import type { Criterion, FrozenRubric } from "../../protocol/qualityLabels/frozen.ts";
import { sentLabel, takeInReview } from "../api/quality-label-desk.ts";
import { Button } from "../parts/button.tsx";
import { Icon } from "../parts/icon.tsx";
import { Refusal } from "../parts/said.tsx";
import { Tag } from "../parts/tag.tsx";
import type { PageParams } from "../routes.ts";
import { inWords, scoreOf, standingOf } from "../views/label-scores.ts";
import { listOf, longDate } from "../words/formats.ts";
import { languageTag, t } from "../words/words.ts";
import { DeskFrame } from "./desk/desk-frame.tsx";
import { OwnPage } from "./portal/portal-page.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { useAsked } from "./portal/use-asked.ts";
import { Decided, DecisionForm } from "./quality-labels/decision.tsx";
import { CopyApplicant, CopyFacts, CriterionEvidence } from "./quality-labels/frozen-copy.tsx";
import { LabelState } from "./quality-labels/label-state.tsx";
import { criterionName, OthersGave, ScoreFields } from "./quality-labels/score-fields.tsx";
import { type Scores, useScores } from "./quality-labels/use-scores.ts";
import "./quality-labels/review.css";

/** `/desk/quality-labels/<application>`: the frozen copy beside one's points, criterion by criterion, and the decision. */
export default function DeskQualityLabelPage({ params }: { params: PageParams }) {
  return (
    <OwnPage title={t("labelDesk.title")} needs="desk">
      {(me, door) => <Asked me={me} door={door} application={params.application ?? ""} />}
    </OwnPage>
  );
}

function Asked({ me, door, application }: { me: Me; door: FrontDoor; application: string }) {
  const { asked, again, change } = useAsked(() => sentLabel(application));
  if (asked.state === "asking") return <DeskFrame me={me} door={door} title={t("labelDesk.title")} />;
  if (asked.state === "refused") {
    return (
      <DeskFrame me={me} door={door} title={t("labelDesk.title")}>
        <Trouble refusal={asked.refusal} again={again} />
        <Back />
      </DeskFrame>
    );
  }
  return <Reviewed key={application} me={me} door={door} view={asked.value} changed={(view) => change(() => view)} />;
}

const Back = () => (
  <p>
    <a className="label-back" href="/desk/quality-labels">
      <Icon name="arrow-left" />
      {t("labelDesk.back")}
    </a>
  </p>
);

interface Props {
  view: LabelReviewView;
  changed: (view: LabelReviewView) => void;
}

function Reviewed({ me, door, view, changed }: Props & { me: Me; door: FrontDoor }) {
  const { item, copy, may, mine } = view;
  useEffect(() => {
    document.title = `${copy.project.title} · ${t("app.name")}`;
  }, [copy.project.title]);
  const scores = useScores(me.id, item.id, mine, (after) => changed({ ...view, ...after }));
  const isTaken = item.reviewers.some(({ own }) => own);
  const scoring = may === "review" && isTaken;
  return (
    <DeskFrame
      me={me}
      door={door}
      above={<Back />}
      title={copy.project.title}
      intro={
        <span className="label-intro">
          <CopyApplicant copy={copy} />
          <span>{t("labelDesk.sentOn", { date: longDate(item.submittedAt) })}</span>
          <LabelState state={item.state} />
          {item.attempt > 1 ? <Tag>{t("labelDesk.attempt", { attempt: item.attempt })}</Tag> : null}
        </span>
      }
    >
      <Decided view={view} zone={me.timeZone} undone={changed} />
      <Whose view={view} changed={changed} />
      <CopyFacts copy={copy} />
      {copy.rubric.criteria.map((criterion) => (
        <OneCriterion key={criterion.code} view={view} criterion={criterion} scores={scoring ? scores : undefined} />
      ))}
      {scoring ? (
        <>
          <DecisionForm view={view} flush={scores.flush} decided={changed} />
          <Total rubric={copy.rubric} scores={scores} />
        </>
      ) : null}
    </DeskFrame>
  );
}

/** Who works at it, and whether the reader may. */
function Whose({ view, changed }: Props) {
  const { item, may } = view;
  const taking = useAct(() => takeInReview(item.id), changed);
  if (may === "over") return null;
  const others = item.reviewers.filter(({ own }) => !own);
  const isTaken = others.length < item.reviewers.length;
  const names = listOf(others.map(({ name }) => name || t("word.somebody")));
  const works =
    others.length > 0
      ? t(others.length === 1 ? "labelDesk.works" : "labelDesk.work", { names })
      : isTaken
        ? ""
        : t("labelDesk.nobodyWorks");
  if (works === "" && may === "review") return null;
  return (
    <section className="label-whose" aria-label={t("labelDesk.reviewers")}>
      {may === "review" ? null : <Refusal>{t(`labelDesk.${may}`)}</Refusal>}
      {works === "" ? null : <p>{works}</p>}
      {isTaken && view.others === null && others.length > 0 ? <p>{t("labelDesk.othersHidden")}</p> : null}
      {may !== "review" || isTaken ? null : (
        <div className="form__acts">
          <Button look="filled" icon="hand-palm" aria-disabled={taking.busy} onClick={() => taking.run()}>
            {t("labelDesk.take")}
          </Button>
          <span className="soft small">{t("labelDesk.takeHint")}</span>
        </div>
      )}
      <Trouble refusal={taking.refusal} />
    </section>
  );
}

/** What is shown for a criterion at the left, one's points at the right; one below the other where there is no room. */
function OneCriterion({
  view,
  criterion,
  scores,
}: {
  view: LabelReviewView;
  criterion: Criterion;
  scores: Scores | undefined;
}) {
  const { copy, others, totals, mine } = view;
  const { code } = criterion;
  const asks = inWords(criterion.asks, languageTag()) ?? "";
  const total = totals?.find((one) => one.criterion === code);
  const own = mine.find((score) => score.criterion === code);
  return (
    <section className="label-criterion" aria-labelledby={`criterion-${code}`}>
      <div className="label-criterion__shown">
        <h2 id={`criterion-${code}`}>{criterionName(criterion)}</h2>
        {asks === "" ? null : <p className="soft">{asks}</p>}
        <CriterionEvidence copy={copy} answer={copy.answers.find((answer) => answer.criterion === code)} />
      </div>
      {scores === undefined && others === null ? null : (
        <div className="label-criterion__points">
          {scores === undefined ? null : (
            <ScoreFields
              criterion={criterion}
              score={scoreOf(scores.given, code)}
              give={(points) => scores.give(code, points)}
              remark={(words) => scores.remark(code, words)}
            />
          )}
          {others === null ? null : (
            <OthersGave
              others={others}
              own={scores === undefined ? own : undefined}
              criterion={code}
              average={total?.points}
            />
          )}
        </div>
      )}
    </section>
  );
}

/** Always in sight: the sum so far, what is missing, whether it is saved. */
function Total({ rubric, scores }: { rubric: FrozenRubric; scores: Scores }) {
  const { points, most, scored, tooFew } = standingOf(scores.given, rubric);
  const all = rubric.criteria.length;
  return (
    <div className="label-total">
      <p role="status">
        <strong>{t("labelDesk.total", { points, most })}</strong>
        <span className="label-total__scored">{t("labelDesk.scored", { done: scored, all })}</span>
        {tooFew.length > 0 ? (
          <Tag tone="bad" icon="warning-circle">
            {t("labelDesk.missing", { count: tooFew.length, names: listOf(tooFew.map(criterionName)) })}
          </Tag>
        ) : scored === all ? (
          <Tag tone="good" icon="check-circle">
            {t("labelDesk.enough")}
          </Tag>
        ) : null}
      </p>
      <p className="soft small">{scores.state === "stopped" ? null : t(`labelDesk.${scores.state}`)}</p>
      {scores.state === "stopped" ? <Trouble refusal={scores.refusal} /> : null}
    </div>
  );
}
