import { useState } from "react";
import type { ConsentGiven, PupilConsents } from "../../../protocol/twinspace/consents.ts";
import { pupilsAtOnce } from "../../../protocol/twinspace/pupilLimits.ts";
import { recordConsents } from "../../api/space/pupils.ts";
import { type Answer, isRefused } from "../../api.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Checkbox, Radios, TextField } from "../../parts/field.tsx";
import { Icon } from "../../parts/icon.tsx";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useForm } from "../portal/use-form.ts";
import { useSpace } from "../twinspace/space-page.tsx";
import { answers, consentKinds } from "./consent-cell.tsx";

/** The same answer for several pupils: what a class brings back in one week. */
export function RecordConsentsDialog({
  pupils,
  done,
  onClose,
}: {
  pupils: readonly PupilConsents[];
  done: () => void;
  onClose: () => void;
}) {
  const { slug } = useSpace();
  const [given, setGiven] = useState<ConsentGiven>("yes");
  const form = useForm((fields) => {
    const kinds = consentKinds.filter((kind) => fields.getAll("kinds").includes(kind));
    if (kinds.length === 0) return { errors: { kinds: "consent.kindMissing" } as const };
    const validUntil = String(fields.get("validUntil")) || null;
    const evidence = String(fields.get("evidence"));
    return all((some) => recordConsents(slug, { pupils: some, kinds, given, evidence, validUntil }), pupils);
  }, done);
  const title = t("consent.recordTitle", { count: pupils.length });
  return (
    <Dialog title={title} onClose={onClose}>
      <form {...form.props} className="form" aria-label={title}>
        <fieldset className="field" data-wrong={form.error("kinds") !== undefined || undefined}>
          <legend className="field__label">{t("consent.kinds")}</legend>
          <div className="consent-kinds">
            {consentKinds.map((kind) => (
              <Checkbox
                key={kind}
                label={t(`consent.${kind}`)}
                hint={t(`consent.${kind}Hint`)}
                name="kinds"
                value={kind}
              />
            ))}
          </div>
          {form.error("kinds") === undefined ? null : (
            <p className="field__error" role="alert">
              <Icon name="warning-circle" />
              {form.error("kinds")}
            </p>
          )}
        </fieldset>
        <Radios
          label={t("consent.answer")}
          name="given"
          value={given}
          choices={answers.map((value) => ({ value, label: t(`consent.${value}`) }))}
          onChoose={setGiven}
        />
        <TextField
          label={t("consent.evidence")}
          name="evidence"
          maxLength={200}
          autoComplete="off"
          hint={t("consent.evidenceHint")}
          error={form.error("evidence")}
        />
        <TextField
          label={t("consent.validUntil")}
          name="validUntil"
          type="date"
          hint={t("consent.validUntilHint")}
          error={form.error("validUntil")}
        />
        <Trouble refusal={form.refusal} />
        <div className="form__acts">
          <Button type="submit" look="filled" aria-disabled={form.busy}>
            {t("consent.record")}
          </Button>
          <Button look="plain" onClick={onClose}>
            {t("act.cancel")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** A few hundred at a time; recorded twice it is the same. */
async function all(
  send: (pupils: string[]) => Promise<Answer<void>>,
  pupils: readonly PupilConsents[],
): Promise<Answer<void>> {
  for (let from = 0; from < pupils.length; from += pupilsAtOnce) {
    const answer = await send(pupils.slice(from, from + pupilsAtOnce).map(({ id }) => id));
    if (isRefused(answer)) return answer;
  }
  return { value: undefined };
}
