import type { Refusal as Refused } from "../../api.ts";
import { Icon } from "../../parts/icon.tsx";
import { Alert, Refusal } from "../../parts/said.tsx";
import { refusalSentence } from "../../words/refusals.ts";
import { t } from "../../words/words.ts";
import type { Form } from "./use-form.ts";

/** The sentence for a refusal; a fault's number goes with it, for whoever runs the server. */
export function sentenceOf({ refused, message, incident }: Refused): string {
  const sentence = refusalSentence(refused, { message });
  return incident === undefined ? sentence : `${sentence} (${incident})`;
}

/** Why something was not done, where there is no field to say it at. */
export function Trouble({ refusal, again }: { refusal: Refused | undefined; again?: (() => void) | undefined }) {
  if (refusal === undefined) return null;
  const act = again === undefined ? undefined : { label: t("act.retry"), onPress: again };
  const isFault = refusal.refused === "offline" || refusal.refused === "command.failed";
  const Shown = isFault ? Alert : Refusal;
  return <Shown act={act}>{sentenceOf(refusal)}</Shown>;
}

/** On top of a form with several things to mend: a link to each. It takes the focus when it appears. */
export function ErrorSummary({ form, labels }: { form: Form; labels: Readonly<Record<string, string>> }) {
  const wrong = Object.keys(form.errors);
  if (wrong.length < 2) return null;
  return (
    <div className="error-summary" role="alert" tabIndex={-1} data-summary>
      <p className="error-summary__title">
        <Icon name="warning-circle" />
        {t("form.mend", { count: wrong.length })}
      </p>
      <ul>
        {wrong.map((field) => (
          <li key={field}>
            <a
              href={`#${field}`}
              onClick={(event) => {
                event.preventDefault();
                form.focus(field);
              }}
            >
              {labels[field] ?? field}
            </a>
            {": "}
            {form.error(field)}
          </li>
        ))}
      </ul>
    </div>
  );
}
