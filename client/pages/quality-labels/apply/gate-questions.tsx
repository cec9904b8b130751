import type { GateQuestion } from "../../../../protocol/qualityLabels/gate.ts";
import { Radios } from "../../../parts/field.tsx";
import { gateOf, questions } from "../../../views/label-application.ts";
import { planPath } from "../../../views/report-card.ts";
import { sectionPath } from "../../../views/space-sections.ts";
import { t } from "../../../words/words.ts";
import type { LabelForm } from "./use-application.ts";

/** Five plain questions. A no says what would make it a yes. */
export function GateQuestions({ form, slug }: { form: LabelForm; slug: string }) {
  return (
    <section className="card label-stack label-gate" id="gate" tabIndex={-1} aria-labelledby="gate-title">
      <h2 id="gate-title">{t("labelApply.gate")}</h2>
      <p className="soft">{t("labelApply.gateHint")}</p>
      {questions.map((question) => (
        <Question key={question} question={question} form={form} slug={slug} />
      ))}
    </section>
  );
}

function Question({ question, form, slug }: { question: GateQuestion; form: LabelForm; slug: string }) {
  const answer = gateOf(form.now, question);
  const value = answer === null ? "" : answer ? "yes" : "no";
  return (
    <div className="label-question">
      <Radios<"yes" | "no" | "">
        label={t(`labelApply.gate.${question}`)}
        name={`gate-${question}`}
        value={value}
        choices={[
          { value: "yes", label: t("act.yes") },
          { value: "no", label: t("act.no") },
        ]}
        onChoose={(choice) => {
          form.type(`gate.${question}`, choice === "yes");
          form.left();
        }}
      />
      <p className="label-question__no" role="status">
        {answer === false ? (
          <>
            {t(`labelApply.no.${question}`)} <Where question={question} slug={slug} />
          </>
        ) : null}
      </p>
    </div>
  );
}

function Where({ question, slug }: { question: GateQuestion; slug: string }) {
  if (question === "plan") return <a href={planPath(slug)}>{t("labelApply.toPlan")}</a>;
  if (question === "protected") return <a href={sectionPath(slug, "materials")}>{t("labelApply.toMaterials")}</a>;
  return null;
}
