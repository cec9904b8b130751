import { useState } from "react";
import type { LabelReviewView } from "../../../protocol/qualityLabels/desk.ts";
import type { Decision } from "../../../protocol/qualityLabels/review.ts";
import { decideLabel, undoLabelDecision } from "../../api/quality-label-desk.ts";
import { Button, ButtonLink } from "../../parts/button.tsx";
import { TextArea } from "../../parts/field.tsx";
import { forgetDraft, keepDraft, readDraft, textIn } from "../../views/drafts.ts";
import { longDate } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { timeIn } from "../../words/zoned.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useAct } from "../portal/use-act.ts";

/** Gives the label or not. What is written to the teacher stays in this browser until it is sent. */
export function DecisionForm({
  view,
  flush,
  decided,
}: {
  view: LabelReviewView;
  /** Saves one's points first; false where they could not be. */
  flush: () => Promise<boolean>;
  decided: (view: LabelReviewView) => void;
}) {
  const { item } = view;
  const key = `label-feedback ${item.id}`;
  const [feedback, write] = useState(() => textIn(readDraft(sessionStorage, key), "feedback") || view.feedback);
  const [isMissing, setMissing] = useState(false);
  const deciding = useAct(
    async (decision: Decision) => {
      await flush();
      return decideLabel(item.id, { decision, feedback });
    },
    (after) => {
      forgetDraft(sessionStorage, key);
      decided(after);
    },
  );
  const whole = item.reviewers.filter((one) => one.whole).length;
  return (
    <section className="card label-decision" aria-labelledby="decision">
      <h2 id="decision">{t("labelDesk.decide")}</h2>
      <p>{t("labelDesk.decideHint")}</p>
      <p className="soft">
        {whole === 0 ? t("labelDesk.noWholeReview") : t("labelDesk.wholeReviews", { count: whole })}
      </p>
      <TextArea
        label={t("labelDesk.feedback")}
        hint={t("labelDesk.feedbackHint")}
        error={isMissing ? t("labelDesk.feedbackMissing") : undefined}
        rows={6}
        maxLength={4000}
        dir="auto"
        value={feedback}
        onChange={(event) => {
          write(event.target.value);
          setMissing(false);
          keepDraft(sessionStorage, key, { feedback: [event.target.value] });
        }}
      />
      <Trouble refusal={deciding.refusal} />
      <div className="form__acts">
        <Button look="filled" icon="seal-check" aria-disabled={deciding.busy} onClick={() => deciding.run("granted")}>
          {t("labelDesk.grant")}
        </Button>
        <Button
          look="danger"
          aria-disabled={deciding.busy}
          onClick={(event) => {
            if (feedback.trim() !== "") return deciding.run("notGranted");
            setMissing(true);
            event.currentTarget.closest("section")?.querySelector("textarea")?.focus();
          }}
        >
          {t("labelDesk.refuse")}
        </Button>
      </div>
    </section>
  );
}

/** What was decided, and the way back while there is one. */
export function Decided({
  view: { item, decided, undoUntil, may },
  zone,
  undone,
}: {
  view: LabelReviewView;
  zone: string;
  undone: (view: LabelReviewView) => void;
}) {
  const undoing = useAct(() => undoLabelDecision(item.id), undone);
  if (decided === null) return null;
  const date = longDate(decided.at);
  return (
    <section className="card label-decision" aria-labelledby="decided">
      <h2 id="decided">{t(decided.decision === "granted" ? "labelDesk.granted" : "labelDesk.notGranted")}</h2>
      <p className="soft">
        {decided.by === null
          ? t("labelDesk.decidedOn", { date })
          : t("labelDesk.decidedBy", { name: decided.by, date })}{" "}
        {item.points === null
          ? null
          : t("labelDesk.total", { points: Math.round(item.points * 10) / 10, most: item.most })}
      </p>
      {decided.feedback === "" ? null : (
        <blockquote className="label-decision__words" dir="auto">
          {decided.feedback}
        </blockquote>
      )}
      {decided.label === null ? null : (
        <p>
          <ButtonLink icon="seal-check" href={`/labels/${decided.label.code}`}>
            {t("labelDesk.seeLabel")}
          </ButtonLink>
        </p>
      )}
      {undoUntil === null || may !== "over" ? null : (
        <div className="form__acts">
          <Button icon="arrow-counter-clockwise" aria-disabled={undoing.busy} onClick={() => undoing.run()}>
            {t("labelDesk.takeBack")}
          </Button>
          <span className="soft small">{t("labelDesk.takeBackHint", { time: timeIn(undoUntil, zone) })}</span>
        </div>
      )}
      <Trouble refusal={undoing.refusal} />
    </section>
  );
}
