import type { FrozenRubric } from "../../../../protocol/qualityLabels/frozen.ts";
import { Icon } from "../../../parts/icon.tsx";
import { type Part, partId, type Want } from "../../../views/label-progress.ts";
import { listOf } from "../../../words/formats.ts";
import { t } from "../../../words/words.ts";
import { criterionName } from "../score-fields.tsx";

export function partName(part: Part, { criteria }: FrozenRubric): string {
  const criterion = criteria.find(({ code }) => code === part.code);
  return criterion === undefined ? t("labelApply.part.gate") : criterionName(criterion);
}

export const wantsInWords = (wants: readonly Want[]): string =>
  listOf(wants.map(({ what, count }) => t(`labelApply.wants.${what}`, { count })));

/** Every part of the application with a link to it, and what it still wants. */
export function Progress({ parts, rubric }: { parts: readonly Part[]; rubric: FrozenRubric }) {
  const done = parts.filter(({ wants }) => wants.length === 0).length;
  return (
    <nav className="card label-progress" aria-labelledby="progress">
      <h2 id="progress" className="home-head">
        {t("labelApply.progress")}
      </h2>
      <p className="soft small" role="status">
        {done === parts.length ? t("labelApply.allReady") : t("labelApply.readyOf", { done, all: parts.length })}
      </p>
      <ul>
        {parts.map((part) => (
          <li key={part.code}>
            <a href={`#${partId(part.code)}`}>
              <Icon name={part.wants.length === 0 ? "check-circle" : "circle-dashed"} />
              <span>
                <span className="label-progress__name">{partName(part, rubric)}</span>
                <span className="soft small">
                  {part.wants.length === 0 ? t("labelApply.ready") : wantsInWords(part.wants)}
                </span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
