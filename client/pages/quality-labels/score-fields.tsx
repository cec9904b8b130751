import { useId } from "react";
import type { Criterion } from "../../../protocol/qualityLabels/frozen.ts";
import type { Reviewed, Score } from "../../../protocol/qualityLabels/review.ts";
import { TextArea } from "../../parts/field.tsx";
import { inWords } from "../../views/label-scores.ts";
import { languageTag, t } from "../../words/words.ts";

export const criterionName = ({ labels, code }: Pick<Criterion, "labels" | "code">): string =>
  inWords(labels, languageTag()) ?? code;

/** Points for one criterion, each with its sentence, and a remark. */
export function ScoreFields({
  criterion,
  score,
  give,
  remark,
}: {
  criterion: Criterion;
  score: Score;
  give: (points: number) => void;
  remark: (words: string) => void;
}) {
  const id = useId();
  const { leastPoints } = criterion;
  const name = criterionName(criterion);
  const sentences = inWords(criterion.descriptors, languageTag()) ?? [];
  return (
    <div className="score">
      <fieldset className="score__points">
        <legend className="field__label">{t("labelDesk.yourPoints", { criterion: name })}</legend>
        {leastPoints > 0 ? <p className="soft small">{t("labelDesk.least", { points: leastPoints })}</p> : null}
        {sentences.map((sentence, points) => (
          <label
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is its number
            key={points}
            className="score__step"
            htmlFor={`${id}-${points}`}
            data-least={points === leastPoints && leastPoints > 0 ? true : undefined}
          >
            <input
              type="radio"
              className="ticked__box ticked__box--radio"
              id={`${id}-${points}`}
              name={id}
              checked={score.points === points}
              onChange={() => give(points)}
            />
            <strong className="score__number">{points}</strong>
            <span>{sentence}</span>
          </label>
        ))}
      </fieldset>
      <TextArea
        label={t("labelDesk.remark", { criterion: name })}
        hint={t("labelDesk.remarkHint")}
        rows={2}
        maxLength={2000}
        dir="auto"
        value={score.remark}
        onChange={(event) => remark(event.target.value)}
      />
    </div>
  );
}

/** What others gave for one criterion; `own` beside it, once it is over. */
export function OthersGave({
  others,
  own,
  criterion,
  average,
}: {
  others: readonly Reviewed[];
  own: Score | undefined;
  criterion: string;
  average: number | null | undefined;
}) {
  const theirs = [
    ...(own === undefined ? [] : [{ reviewer: "", name: t("word.you"), ...own }]),
    ...others.flatMap(({ name, scores, reviewer }) => {
      const score = scores.find((one) => one.criterion === criterion);
      return score === undefined ? [] : [{ reviewer, name: name || t("word.somebody"), ...score }];
    }),
  ];
  if (theirs.length === 0) return null;
  return (
    <div className="score__others">
      <p className="field__label">{t(own === undefined ? "labelDesk.othersGave" : "labelDesk.given")}</p>
      <ul>
        {theirs.map(({ reviewer, name, points, remark }) => (
          <li key={reviewer}>
            {t("labelDesk.otherGave", { name, points: points ?? "–" })}
            {remark.trim() === "" ? null : (
              <p className="soft small score__said" dir="auto">
                {remark}
              </p>
            )}
          </li>
        ))}
      </ul>
      {average === null || average === undefined ? null : (
        <p>
          <strong>{t("labelDesk.average", { points: Math.round(average * 10) / 10 })}</strong>
        </p>
      )}
    </div>
  );
}
