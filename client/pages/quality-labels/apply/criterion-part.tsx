import type { Candidates, Judged } from "../../../../protocol/qualityLabels/applications.ts";
import type { Criterion, FrozenRubric } from "../../../../protocol/qualityLabels/frozen.ts";
import { Button } from "../../../parts/button.tsx";
import { TextArea } from "../../../parts/field.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { Tag } from "../../../parts/tag.tsx";
import { longestText, textOf } from "../../../views/label-application.ts";
import { type Part, partId } from "../../../views/label-progress.ts";
import { inWords } from "../../../views/label-scores.ts";
import { bothTexts } from "../../../views/report-form.ts";
import { languageTag, t } from "../../../words/words.ts";
import { criterionName } from "../score-fields.tsx";
import { ChosenEvidence } from "./chosen-evidence.tsx";
import { numberInWords } from "./judged.tsx";
import type { LabelForm } from "./use-application.ts";

/** From here on it is said how much room is left. */
const nearTheEnd = 300;

/** One criterion: what is asked, the steps folded away, one's own words, and what shows them. */
export function CriterionPart({
  form,
  criterion,
  rubric,
  part,
  candidates,
  last,
  slug,
}: {
  form: LabelForm;
  criterion: Criterion;
  rubric: FrozenRubric;
  part: Part;
  /** Undefined while they are asked for. */
  candidates: Candidates | undefined;
  /** What was given for it when it was not granted. */
  last: Judged["criteria"][number] | undefined;
  slug: string;
}) {
  const { code, leastPoints } = criterion;
  const name = criterionName(criterion);
  const id = partId(code);
  const asks = inWords(criterion.asks, languageTag()) ?? "";
  const text = textOf(form.now, code);
  const left = longestText - text.length;
  return (
    <section className="card label-stack" id={id} tabIndex={-1} aria-labelledby={`${id}-title`}>
      <div className="label-part__head">
        <h2 id={`${id}-title`}>{name}</h2>
        {part.wants.length === 0 ? (
          <Tag tone="good" icon="check">
            {t("labelApply.ready")}
          </Tag>
        ) : null}
        {leastPoints > 0 ? (
          <Tag tone="attention" icon="flag-banner">
            {t("labelApply.least", { points: leastPoints, most: rubric.steps })}
          </Tag>
        ) : null}
      </div>
      {asks === "" ? null : <p>{asks}</p>}
      <Steps criterion={criterion} />
      <LastTime last={last} most={rubric.steps} />
      <TextArea
        label={t("labelApply.text", { criterion: name })}
        hint={
          left < nearTheEnd
            ? t("labelApply.textLong", { count: left })
            : t("labelApply.textHint", { most: numberInWords(longestText) })
        }
        name={`answers.${code}`}
        rows={6}
        maxLength={longestText}
        dir="auto"
        value={text}
        onChange={({ target }) => form.type(`answers.${code}`, target.value)}
        onBlur={form.left}
      />
      <TwoTexts form={form} code={code} />
      <ChosenEvidence form={form} criterion={criterion} candidates={candidates} slug={slug} />
    </section>
  );
}

function Steps({ criterion }: { criterion: Criterion }) {
  const sentences = inWords(criterion.descriptors, languageTag()) ?? [];
  if (sentences.length === 0) return null;
  return (
    <details className="frozen__folded">
      <summary>
        <Icon name="list-numbers" />
        <span>{t("labelApply.steps")}</span>
        <Icon name="caret-down" className="frozen__caret" />
      </summary>
      <ul className="label-steps">
        {sentences.map((sentence, points) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its number
          <li key={points}>
            <strong>{t("labelApply.step", { points })}</strong>
            <span>{sentence}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What reviewers gave and remarked the last time, where it is written anew. */
function LastTime({ last, most }: { last: Judged["criteria"][number] | undefined; most: number }) {
  if (last === undefined) return null;
  return (
    <div className="label-last">
      <p>
        <strong>
          {last.points === null
            ? t("labelApply.lastTimeNone")
            : t("labelApply.lastTime", { points: numberInWords(last.points), most })}
        </strong>
      </p>
      {last.remarks.map((remark, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they never change
        <blockquote key={index} className="label-decision__words" dir="auto">
          {remark}
        </blockquote>
      ))}
    </div>
  );
}

/** The same teacher wrote in another window meanwhile: neither text is lost. */
function TwoTexts({ form, code }: { form: LabelForm; code: string }) {
  const conflict = form.now.fields[`answers.${code}`]?.conflict;
  if (conflict === undefined) return null;
  const mine = textOf(form.now, code);
  const both = bothTexts(mine, conflict.theirs);
  return (
    <section className="report-conflict" role="alert" aria-label={t("labelApply.twoTexts")}>
      <p>
        <strong>{t("labelApply.twoTextsHint")}</strong>
      </p>
      <div className="report-conflict__both">
        <div>
          <span className="small">{t("labelApply.otherText")}</span>
          <p className="report-conflict__words" dir="auto">
            {conflict.theirs || t("projects.empty")}
          </p>
        </div>
        <div>
          <span className="small">{t("labelApply.thisText")}</span>
          <p className="report-conflict__words" dir="auto">
            {mine || t("projects.empty")}
          </p>
        </div>
      </div>
      <div className="form__acts">
        <Button onClick={() => form.settle(code, mine)}>{t("projects.keepMine")}</Button>
        <Button onClick={() => form.settle(code, conflict.theirs)}>{t("labelApply.takeOther")}</Button>
        {both === undefined ? null : <Button onClick={() => form.settle(code, both)}>{t("projects.joinBoth")}</Button>}
      </div>
    </section>
  );
}
