import { useState } from "react";
import type { AccountRole, Invite, NewSchool, OneTimeLink } from "../../../protocol/http/accounts.ts";
import { invite } from "../../api.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Select, TextField } from "../../parts/field.tsx";
import type { FieldErrors } from "../../views/field-errors.ts";
import { t } from "../../words/words.ts";
import { CountrySelect } from "./country-select.tsx";
import { NewSchoolFields, readNewSchool, schoolLabels } from "./new-school-fields.tsx";
import { type ChosenSchool, SchoolField } from "./school-field.tsx";
import { looksLikeEmail } from "./sign-in-form.tsx";
import { ErrorSummary, Trouble } from "./trouble.tsx";
import { useForm } from "./use-form.ts";

const roles: readonly AccountRole[] = ["teacher", "lead", "support", "ambassador", "operator"];
/** Below whatever is found: a school that this server does not know yet. */
const isNew = "new";

/** Somebody gets an account: who they are, where they belong. The answer is a link, to be handed over. */
export function InviteDialog({ made, onClose }: { made: (link: OneTimeLink) => void; onClose: () => void }) {
  const [role, chooseRole] = useState<AccountRole>("teacher");
  const [school, chooseSchool] = useState<ChosenSchool>(null);
  const [also] = useState(() => [{ value: isNew, label: t("operate.newSchool") }]);
  const form = useForm((fields) => read(fields, role, school?.value ?? ""), made);
  const needsSchool = role === "teacher" || role === "lead";
  return (
    <Dialog title={t("operate.invite")} onClose={onClose}>
      <form {...form.props} className="form">
        <p className="soft">{t("operate.inviteHint")}</p>
        <ErrorSummary form={form} labels={labels()} />
        <TextField
          label={t("operate.inviteName")}
          name="name"
          autoComplete="off"
          maxLength={60}
          error={form.error("name")}
          data-first
        />
        <TextField
          label={t("operate.inviteEmail")}
          name="email"
          type="email"
          autoComplete="off"
          spellCheck={false}
          error={form.error("email")}
        />
        <Select
          label={t("operate.inviteRole")}
          name="role"
          value={role}
          onChoose={chooseRole}
          choices={roles.map((value) => ({ value, label: t(`accountRole.${value}`) }))}
        />
        {role === "support" ? (
          <CountrySelect label={t("operate.serves")} name="serves" nothing={t("operate.servesAll")} />
        ) : null}
        <SchoolField
          label={t("operate.inviteSchool")}
          name="school"
          hint={needsSchool ? undefined : t("operate.schoolMayBeNone")}
          chosen={school}
          onChoose={chooseSchool}
          also={also}
          error={form.error("school")}
        />
        {school?.value === isNew ? <NewSchoolFields form={form} /> : null}
        <Trouble refusal={form.refusal} />
        <div className="form__acts">
          <Button type="submit" look="filled" aria-disabled={form.busy}>
            {t("operate.inviteMake")}
          </Button>
          <Button onClick={onClose}>{t("act.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}

const labels = () => ({
  name: t("operate.inviteName"),
  email: t("operate.inviteEmail"),
  school: t("operate.inviteSchool"),
  ...schoolLabels(),
});

function read(fields: FormData, role: AccountRole, chosen: string) {
  const name = String(fields.get("name")).trim();
  const email = String(fields.get("email")).trim();
  const errors: FieldErrors = {};
  if (name === "") errors.name = "form.missing";
  if (!looksLikeEmail(email)) errors.email = "account.emailWrong";
  if (chosen === "" && (role === "teacher" || role === "lead")) errors.school = "operate.schoolNeeded";
  const school = schoolOf(fields, chosen, errors);
  if (Object.keys(errors).length > 0) return { errors };
  const serves = String(fields.get("serves") ?? "");
  return invite({ name, email, role, school, ...(role === "support" ? { country: serves || null } : {}) });
}

function schoolOf(fields: FormData, chosen: string, errors: FieldErrors): Invite["school"] {
  if (chosen === "") return null;
  if (chosen !== isNew) return { id: chosen };
  const made: NewSchool = readNewSchool(fields, errors);
  return made;
}
