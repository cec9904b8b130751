import { useState } from "react";
import type { Me } from "../../../protocol/http/accounts.ts";
import type { AskForTwilight, HelpingAmbassador } from "../../../protocol/http/help.ts";
import { askForTwilight } from "../../api/help.ts";
import { type Answer, isRefused } from "../../api.ts";
import { Button } from "../../parts/button.tsx";
import { Select, TextArea, TextField } from "../../parts/field.tsx";
import { StatusLine } from "../../parts/said.tsx";
import type { FieldErrors } from "../../views/field-errors.ts";
import { t } from "../../words/words.ts";
import { looksLikeEmail } from "../portal/sign-in-form.tsx";
import { ErrorSummary, Trouble } from "../portal/trouble.tsx";
import { useForm } from "../portal/use-form.ts";

const usualNumber = 15;

/** A wish for a twilight session, which the support service gets by letter. */
export function TwilightForm({
  country,
  ambassadors,
  reachable,
  me,
}: {
  country: string;
  ambassadors: readonly HelpingAmbassador[];
  reachable: boolean;
  me: Me | null;
}) {
  const [sentFor, setSentFor] = useState<string>();
  const form = useForm(
    (fields) => {
      const read = readWish(fields, country);
      setSentFor(undefined);
      return "errors" in read ? read : send(read.wish);
    },
    (email) => setSentFor(email),
  );
  return (
    <section className="card find-help__form" aria-labelledby="twilight">
      <form {...form.props} className="form">
        <h2 id="twilight">{t("help.twilight")}</h2>
        <p className="soft">{reachable ? t("help.twilightHint") : t("help.twilightUnreachable")}</p>
        {reachable ? (
          <>
            <ErrorSummary form={form} labels={labels()} />
            <div className="form__pair">
              <TextField
                label={t("help.name")}
                name="name"
                autoComplete="name"
                maxLength={60}
                defaultValue={me?.name ?? ""}
                error={form.error("name")}
              />
              <TextField
                label={t("help.yourEmail")}
                name="email"
                type="email"
                autoComplete="email"
                spellCheck={false}
                defaultValue={me?.email ?? ""}
                error={form.error("email")}
              />
            </div>
            <div className="form__pair">
              <TextField
                label={t("help.school")}
                name="school"
                autoComplete="organization"
                maxLength={160}
                defaultValue={me?.school ? t("book.schoolIn", me.school) : ""}
                error={form.error("school")}
              />
              <TextField
                label={t("help.teachers")}
                name="teachers"
                type="number"
                inputMode="numeric"
                min={1}
                max={1000}
                defaultValue={usualNumber}
                error={form.error("teachers")}
              />
            </div>
            <TextArea
              label={t("help.wish")}
              name="wish"
              maxLength={1500}
              hint={t("help.wishHint")}
              error={form.error("wish")}
            />
            {ambassadors.length === 0 ? null : (
              <Select
                label={t("help.to")}
                name="ambassador"
                choices={[
                  { value: "", label: t("help.toService") },
                  ...ambassadors.map(({ id, name }) => ({ value: id, label: t("help.toAmbassador", { name }) })),
                ]}
                error={form.error("ambassador")}
              />
            )}
            <Trouble refusal={form.refusal} />
            <div className="form__acts">
              <Button type="submit" look="filled" icon="envelope-simple" aria-disabled={form.busy}>
                {t("help.send")}
              </Button>
            </div>
          </>
        ) : null}
        <StatusLine>{sentFor === undefined ? undefined : t("help.sent", { email: sentFor })}</StatusLine>
      </form>
    </section>
  );
}

const labels = () => ({
  name: t("help.name"),
  email: t("help.yourEmail"),
  school: t("help.school"),
  teachers: t("help.teachers"),
  wish: t("help.wish"),
});

/** Answered by the address to which they will answer. */
async function send(wish: AskForTwilight): Promise<Answer<string>> {
  const answer = await askForTwilight(wish);
  return isRefused(answer) ? answer : { value: wish.email };
}

function readWish(fields: FormData, country: string): { wish: AskForTwilight } | { errors: FieldErrors } {
  const text = (field: string) => String(fields.get(field) ?? "").trim();
  const errors: FieldErrors = {};
  for (const field of ["name", "school", "wish"]) if (text(field) === "") errors[field] = "form.missing";
  if (!looksLikeEmail(text("email"))) errors.email = "account.emailWrong";
  const teachers = Number(text("teachers"));
  if (!Number.isInteger(teachers) || teachers < 1 || teachers > 1000) errors.teachers = "help.teachersWrong";
  if (Object.keys(errors).length > 0) return { errors };
  const [name, email, school, wish] = [text("name"), text("email"), text("school"), text("wish")];
  return { wish: { country, name, email, school, teachers, wish, ambassador: text("ambassador") || null } };
}
