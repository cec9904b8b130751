import { useEffect, useState } from "react";
import type { FrontDoor } from "../../../../protocol/http/accounts.ts";
import type { ApplicationView, Judged, QualityLabelView } from "../../../../protocol/qualityLabels/applications.ts";
import type { FrozenRubric } from "../../../../protocol/qualityLabels/frozen.ts";
import type { SpaceView } from "../../../../protocol/twinspace/space.ts";
import { dropApplication, labelCandidates, oneApplication } from "../../../api/quality-label.ts";
import { isRefused } from "../../../api.ts";
import { Button } from "../../../parts/button.tsx";
import { ConfirmDialog } from "../../../parts/dialog.tsx";
import { Refusal } from "../../../parts/said.tsx";
import { keptLabelUnder } from "../../../views/label-application.ts";
import { type Part, partsOf } from "../../../views/label-progress.ts";
import { t } from "../../../words/words.ts";
import { Trouble } from "../../portal/trouble.tsx";
import { useAct } from "../../portal/use-act.ts";
import { useAsked } from "../../portal/use-asked.ts";
import { ReportPath } from "../../reports/report-path.tsx";
import { SavingState } from "../../reports/saving-state.tsx";
import { SpaceFrame } from "../../twinspace/space-page.tsx";
import { CriterionPart } from "./criterion-part.tsx";
import { GateQuestions } from "./gate-questions.tsx";
import { HowOften } from "./how-it-goes.tsx";
import { InTheWay } from "./in-the-way.tsx";
import { Preview } from "./preview.tsx";
import { Progress } from "./progress.tsx";
import { Earlier } from "./sent.tsx";
import { type LabelForm, useApplication } from "./use-application.ts";

interface DraftGiven {
  space: SpaceView;
  door: FrontDoor;
  view: QualityLabelView;
  application: ApplicationView;
  rubric: FrozenRubric;
  changed: (view: QualityLabelView) => void;
  /** It is no draft any more: sent, or thrown away, in another window. */
  gone: () => void;
}

/** An application as it is written: the questions, the criteria one below the other, and beside them how far it is. */
export function Draft({ space, door, view, application: begun, rubric, changed, gone }: DraftGiven) {
  const { slug } = space;
  const codes = rubric.criteria.map(({ code }) => code);
  const form = useApplication(slug, begun, codes, space.me.author, gone);
  const candidates = useCandidates(slug);
  const last = useLastTime(slug, view);
  const [looking, look] = useState<number>();
  const [toGo, goTo] = useState<string>();
  const parts = partsOf(form.now, rubric, candidates);
  // To the part that was asked for, once it is there again.
  useEffect(() => {
    if (looking !== undefined || toGo === undefined) return;
    const part = document.getElementById(toGo);
    part?.scrollIntoView();
    part?.focus();
    goTo(undefined);
  }, [looking, toGo]);

  return (
    <SpaceFrame
      door={door}
      section="report"
      title={t("labelApply.title")}
      intro={looking === undefined ? t("labelApply.what") : undefined}
      side={
        looking === undefined ? (
          <div className="label-side">
            <Progress parts={parts} rubric={rubric} />
            <div className="card label-stack">
              <HowOften view={view} />
              <ThrowAway slug={slug} author={space.me.author} application={begun} changed={changed} />
            </div>
          </div>
        ) : undefined
      }
    >
      {looking === undefined ? (
        <>
          <ReportPath />
          <InTheWay slug={slug} view={view} />
          <Feedback last={last} />
          <GateQuestions form={form} slug={slug} />
          {rubric.criteria.map((criterion) => (
            <CriterionPart
              key={criterion.code}
              {...{ form, criterion, rubric, candidates, slug }}
              part={parts.find(({ code }) => code === criterion.code) ?? { code: criterion.code, wants: [] }}
              last={last?.criteria.find((one) => one.criterion === criterion.code)}
            />
          ))}
          <Bar form={form} parts={parts} look={look} />
          <Earlier slug={slug} view={view} />
        </>
      ) : (
        <Preview
          {...{ slug, view, rubric, parts }}
          version={looking}
          sent={changed}
          back={(id) => {
            look(undefined);
            goTo(id);
          }}
        />
      )}
    </SpaceFrame>
  );
}

/** Asked anew whenever the tab is looked at again: perhaps an entry was tagged in another one. */
function useCandidates(slug: string) {
  const { asked, again } = useAsked(() => labelCandidates(slug));
  useEffect(() => {
    const look = () => document.visibilityState === "visible" && again();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [again]);
  return asked.state === "here" ? asked.value : undefined;
}

/** What was said of the last one that was not granted. */
function useLastTime(slug: string, { earlier }: QualityLabelView): Judged | undefined {
  const [last, setLast] = useState<Judged>();
  const id = earlier.find(({ state }) => state === "notGranted")?.id;
  useEffect(() => {
    if (id === undefined) return;
    let isOver = false;
    void oneApplication(slug, id).then((answer) => {
      if (!isOver && !isRefused(answer)) setLast(answer.value.judged ?? undefined);
    });
    return () => {
      isOver = true;
    };
  }, [slug, id]);
  return last;
}

function Feedback({ last }: { last: Judged | undefined }) {
  if (last === undefined || last.feedback.trim() === "") return null;
  return (
    <section className="card label-stack" aria-labelledby="last-feedback">
      <h2 id="last-feedback">{t("labelApply.lastFeedback")}</h2>
      <blockquote className="label-decision__words" dir="auto">
        {last.feedback}
      </blockquote>
    </section>
  );
}

/** Always in reach of a thumb: whether it is saved, how far it is, and what comes next. */
function Bar({ form, parts, look }: { form: LabelForm; parts: readonly Part[]; look: (version: number) => void }) {
  const [isHeld, hold] = useState(false);
  const [isBusy, work] = useState(false);
  const open = async () => {
    if (isBusy) return;
    work(true);
    const version = await form.saveAll();
    work(false);
    hold(version === null);
    if (version !== null) look(version);
  };
  return (
    <>
      {isHeld && form.state !== "saved" ? <Refusal>{t("labelApply.notSaved")}</Refusal> : null}
      <div className="report-bar">
        <SavingState form={form} />
        <span className="small label-bar__done">
          {t("labelApply.readyOf", { done: parts.filter(({ wants }) => wants.length === 0).length, all: parts.length })}
        </span>
        <Button look="filled" icon="eye" aria-disabled={isBusy} onClick={() => void open()}>
          {t("labelApply.look")}
        </Button>
      </div>
    </>
  );
}

function ThrowAway({
  slug,
  author,
  application: { id },
  changed,
}: {
  slug: string;
  author: string;
  application: ApplicationView;
  changed: (view: QualityLabelView) => void;
}) {
  const [isAsking, ask] = useState(false);
  const dropping = useAct(
    () => dropApplication(slug),
    (view) => {
      sessionStorage.removeItem(keptLabelUnder(author, id));
      changed(view);
    },
  );
  return (
    <>
      <p>
        <Button look="plain" size="small" icon="trash" aria-disabled={dropping.busy} onClick={() => ask(true)}>
          {t("labelApply.throwAway")}
        </Button>
      </p>
      <Trouble refusal={dropping.refusal} />
      {isAsking ? (
        <ConfirmDialog
          title={t("labelApply.throwAwayTitle")}
          confirm={t("labelApply.throwAway")}
          onConfirm={() => dropping.run()}
          onClose={() => ask(false)}
        >
          <p>{t("labelApply.throwAwayHint")}</p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}
