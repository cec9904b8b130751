import type { FrozenShown } from "../../../../protocol/qualityLabels/frozen.ts";
import { CopyApplicant, CopyFacts, CriterionEvidence } from "../frozen-copy.tsx";
import { criterionName } from "../score-fields.tsx";

/** A copy from its beginning to its end, as reviewers read it. */
export function CopyRead({ copy }: { copy: FrozenShown }) {
  return (
    <div className="label-stack">
      <h3 dir="auto">{copy.project.title}</h3>
      <p>
        <CopyApplicant copy={copy} />
      </p>
      <CopyFacts copy={copy} />
      {copy.rubric.criteria.map((criterion) => (
        <section
          key={criterion.code}
          className="label-criterion label-stack"
          aria-labelledby={`copy-${criterion.code}`}
        >
          <h3 id={`copy-${criterion.code}`}>{criterionName(criterion)}</h3>
          <CriterionEvidence copy={copy} answer={copy.answers.find(({ criterion: code }) => code === criterion.code)} />
        </section>
      ))}
    </div>
  );
}
