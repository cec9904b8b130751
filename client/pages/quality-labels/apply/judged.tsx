import type { Judged } from "../../../../protocol/qualityLabels/applications.ts";
import type { FrozenRubric } from "../../../../protocol/qualityLabels/frozen.ts";
import { Tag } from "../../../parts/tag.tsx";
import { languageTag, t } from "../../../words/words.ts";
import { criterionName } from "../score-fields.tsx";

export const numberInWords = (number: number): string =>
  new Intl.NumberFormat(languageTag(), { maximumFractionDigits: 1 }).format(number);

/** What the service wrote, and what was given and remarked for each criterion. Nobody's name. */
export function JudgedWords({ judged, rubric }: { judged: Judged; rubric: FrozenRubric | null }) {
  return (
    <>
      {judged.feedback.trim() === "" ? null : (
        <section className="card label-stack" aria-labelledby="feedback">
          <h2 id="feedback">{t("labelApply.feedback")}</h2>
          <blockquote className="label-decision__words" dir="auto">
            {judged.feedback}
          </blockquote>
        </section>
      )}
      {rubric === null || judged.criteria.length === 0 ? null : (
        <section className="card label-stack" aria-labelledby="points">
          <h2 id="points">{t("labelApply.points")}</h2>
          <ul className="label-points">
            {judged.criteria.map((given) => (
              <li key={given.criterion}>
                <Given given={given} rubric={rubric} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Given({
  given: { criterion: code, points, remarks },
  rubric,
}: {
  given: Judged["criteria"][number];
  rubric: FrozenRubric;
}) {
  const criterion = rubric.criteria.find((one) => one.code === code);
  const least = criterion?.leastPoints ?? 0;
  const isTooFew = points !== null && points < least;
  return (
    <>
      <div className="label-points__of">
        <h3>{criterion === undefined ? code : criterionName(criterion)}</h3>
        <Tag tone={isTooFew ? "bad" : "plain"} {...(isTooFew ? { icon: "warning-circle" } : {})}>
          {points === null
            ? t("labelApply.noPoints")
            : t("labelApply.pointsOf", { points: numberInWords(points), most: rubric.steps })}
        </Tag>
      </div>
      {isTooFew ? <p className="soft small">{t("labelApply.leastWas", { points: least })}</p> : null}
      {remarks.map((remark, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they never change
        <blockquote key={index} className="label-decision__words" dir="auto">
          {remark}
        </blockquote>
      ))}
    </>
  );
}
