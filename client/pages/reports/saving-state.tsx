import { Icon } from "../../parts/icon.tsx";
import { t } from "../../words/words.ts";
import { sentenceOf } from "../portal/trouble.tsx";
import type { EntryForm } from "./use-entry-form.ts";

/** How it stands with something that saves itself as it is typed. */
export type Saving = Pick<EntryForm, "state" | "refusal" | "isKept">;

/** Whether what was typed has arrived, and where it is kept until then. */
export function SavingState({ form }: { form: Saving }) {
  const { state, refusal, isKept } = form;
  const isCalm = state === "saved" || state === "unsaved" || state === "saving";
  return (
    <div className="saving-state" role="status" data-trouble={isCalm ? undefined : true}>
      <Icon name={state === "saved" ? "check-circle" : isCalm ? "arrows-clockwise" : "warning-circle"} />
      <span>
        {state === "stopped" && refusal !== undefined ? sentenceOf(refusal) : t(`reports.saving.${state}`)}{" "}
        {state === "signedOut" ? <a href={location.pathname}>{t("reports.signInAgain")}</a> : null}
        {isCalm || isKept ? null : t("reports.saving.notKept")}
      </span>
    </div>
  );
}
