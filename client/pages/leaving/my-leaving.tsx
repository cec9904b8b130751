import { useState } from "react";
import { beforeLeaving, endMyAccount, myRecordAt } from "../../api/space/leaving.ts";
import { Button, ButtonLink } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { TextField } from "../../parts/field.tsx";
import type { FieldErrors } from "../../views/field-errors.ts";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useAsked } from "../portal/use-asked.ts";
import { useForm } from "../portal/use-form.ts";
import "./leaving.css";

/** Everything that is kept about me, and the end of my account. */
export function MyLeaving({ email }: { email: string }) {
  const { asked, again } = useAsked(beforeLeaving);
  const [ending, end] = useState(false);
  return (
    <section className="card form" aria-labelledby="my-leaving">
      <h2 id="my-leaving">{t("leaving.mine")}</h2>
      <p>{t("leaving.mineHint")}</p>
      <div className="form__acts">
        <ButtonLink icon="download-simple" href={myRecordAt} download>
          {t("leaving.mineDownload")}
        </ButtonLink>
      </div>
      <h3>{t("leaving.end")}</h3>
      <p>{t("leaving.endHint")}</p>
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {asked.state !== "here" ? null : asked.value.lastOperator ? (
        <p>{t("leaving.lastOperator")}</p>
      ) : asked.value.projects.length > 0 ? (
        <>
          <p>{t("leaving.lastFounder")}</p>
          <ul className="leaving-list">
            {asked.value.projects.map(({ slug, title }) => (
              <li key={slug}>
                <a href={`/projects/${encodeURIComponent(slug)}`}>{title}</a>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <div className="form__acts">
          <Button look="danger" onClick={() => end(true)}>
            {t("leaving.end")}
          </Button>
        </div>
      )}
      {ending && asked.state === "here" ? (
        <EndDialog email={email} hasPassword={asked.value.hasPassword} close={() => end(false)} />
      ) : null}
    </section>
  );
}

function EndDialog({ email, hasPassword, close }: { email: string; hasPassword: boolean; close: () => void }) {
  const form = useForm(
    (fields) => {
      const password = String(fields.get("password") ?? "");
      if (hasPassword && password === "") return { errors: { password: "form.missing" } satisfies FieldErrors };
      return endMyAccount(password);
    },
    () => location.assign("/"),
  );
  return (
    <Dialog title={t("leaving.endAsk")} onClose={close}>
      <form {...form.props} className="form">
        <p>{t("leaving.endHint")}</p>
        {/* For password keepers, which otherwise do not know whose password this is. */}
        <input
          type="text"
          className="unseen"
          autoComplete="username"
          value={email}
          readOnly
          tabIndex={-1}
          aria-hidden
        />
        {hasPassword ? (
          <TextField
            label={t("leaving.endPassword")}
            name="password"
            type="password"
            autoComplete="current-password"
            error={form.error("password")}
          />
        ) : null}
        <Trouble refusal={form.refusal} />
        <div className="form__acts">
          <Button type="button" onClick={close}>
            {t("act.cancel")}
          </Button>
          <Button type="submit" look="danger" aria-disabled={form.busy}>
            {t("leaving.end")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
