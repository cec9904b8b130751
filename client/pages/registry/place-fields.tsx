import { useState } from "react";
import { Checkbox, Select } from "../../parts/field.tsx";
import { type Draft, textIn } from "../../views/drafts.ts";
import { isTicked } from "../../views/school-form.ts";
import { t } from "../../words/words.ts";
import type { Form } from "../portal/use-form.ts";
import { useList } from "../portal/use-list.ts";

/** What somebody does at a school, and what follows from it. */
export function PlaceFields({ form, draft }: { form: Form; draft?: Draft | undefined }) {
  const roles = useList("staffRole");
  const [role, choose] = useState(textIn(draft, "staffRole"));
  return (
    <>
      <Select
        // Drawn anew when the list is there, so that what was chosen before stands in it.
        key={roles.choices.length}
        label={t("register.staffRole")}
        name="staffRole"
        value={role}
        choices={[{ value: "", label: t("register.chooseRole") }, ...roles.choices]}
        onChoose={choose}
        hint={role === "otherStaff" ? t("register.roleEvidence") : t("register.staffRoleHint")}
        error={form.error("staffRole")}
      />
      <Checkbox
        label={t("register.lead")}
        name="lead"
        hint={t("register.leadHint")}
        defaultChecked={isTicked(draft, "lead")}
      />
    </>
  );
}
