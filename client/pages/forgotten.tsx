import { useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import { askForPasswordLink } from "../api/mail.ts";
import { type Answer, isRefused } from "../api.ts";
import { Button } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { TextField } from "../parts/field.tsx";
import { t } from "../words/words.ts";
import { OpenPage, PortalFrame } from "./portal/portal-page.tsx";
import { looksLikeEmail } from "./portal/sign-in-form.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useForm } from "./portal/use-form.ts";

/** `/forgotten`: a link for a new password, by letter. What is answered does not tell whether there is such an account. */
export default function ForgottenPage() {
  return <OpenPage title={t("forgot.title")}>{(door) => <Forgotten door={door} />}</OpenPage>;
}

function Forgotten({ door }: { door: FrontDoor }) {
  const [sentTo, setSentTo] = useState<string>();
  return (
    <PortalFrame door={door} title={t("forgot.title")} intro={sentTo === undefined ? t("forgot.lead") : undefined}>
      <div className="card form portal-narrow">
        {sentTo === undefined ? (
          <Asking sent={setSentTo} />
        ) : (
          <div role="status">
            <EmptyState
              icon="envelope-simple"
              title={t("forgot.sent", { email: sentTo })}
              act={<Button onClick={() => setSentTo(undefined)}>{t("forgot.again")}</Button>}
            >
              {t("forgot.sentHint")}
            </EmptyState>
          </div>
        )}
        <p className="soft small">{t("forgot.noMail")}</p>
      </div>
    </PortalFrame>
  );
}

function Asking({ sent }: { sent: (email: string) => void }) {
  const form = useForm((fields) => {
    const email = String(fields.get("email")).trim();
    return looksLikeEmail(email) ? ask(email) : { errors: { email: "account.emailWrong" } };
  }, sent);
  return (
    <form {...form.props} className="form" aria-label={t("forgot.title")}>
      <TextField
        label={t("account.email")}
        name="email"
        type="email"
        autoComplete="username"
        spellCheck={false}
        error={form.error("email")}
      />
      <Trouble refusal={form.refusal} />
      <Button type="submit" look="filled" aria-disabled={form.busy}>
        {t("forgot.send")}
      </Button>
    </form>
  );
}

/** With the address that it was sent to. */
async function ask(email: string): Promise<Answer<string>> {
  const answer = await askForPasswordLink(email);
  return isRefused(answer) ? answer : { value: email };
}
