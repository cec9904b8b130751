import { useState } from "react";
import type { MySchools } from "../../../protocol/http/registry.ts";
import { evidenceTypes, mostEvidenceBytes } from "../../../protocol/registry.ts";
import { giveEvidence } from "../../api/registry.ts";
import { Button } from "../../parts/button.tsx";
import { TextField } from "../../parts/field.tsx";
import { say, t, type WordKey } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useForm } from "../portal/use-form.ts";

/** One file that shows that somebody works at a school; looked at here only so far that nothing is sent in vain. */
export function EvidenceForm({
  school,
  membership,
  given,
}: {
  school: string;
  membership: string;
  given: (mine: MySchools) => void;
}) {
  const [wrong, setWrong] = useState<WordKey>();
  const form = useForm((fields) => {
    const file = fields.get("evidence");
    const problem = file instanceof File ? problemOf(file) : "evidence.missing";
    setWrong(problem);
    if (problem !== undefined || !(file instanceof File)) return { errors: { evidence: problem } };
    return giveEvidence(membership, file);
  }, given);
  return (
    <form {...form.props} className="form" onChange={() => setWrong(undefined)}>
      <TextField
        label={t("evidence.label", { school })}
        name="evidence"
        type="file"
        accept={evidenceTypes.join(",")}
        hint={t("evidence.hint")}
        error={wrong === undefined ? form.error("evidence") : say(wrong, {})}
      />
      <Trouble refusal={form.refusal} />
      <div className="form__acts">
        <Button type="submit" look="filled" aria-disabled={form.busy}>
          {t("evidence.send")}
        </Button>
      </div>
    </form>
  );
}

/** Its name may say anything: the server looks at what stands in it. */
function problemOf(file: File): WordKey | undefined {
  if (file.name === "" && file.size === 0) return "evidence.missing";
  if (file.size === 0) return "evidence.empty";
  return file.size > mostEvidenceBytes ? "refusal.evidence.tooLarge" : undefined;
}
