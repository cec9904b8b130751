import { useEffect } from "react";
import type { FrontDoor, Invitation } from "../../protocol/http/accounts.ts";
import { answerInvitation, lookAtInvitation } from "../api.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { TextField } from "../parts/field.tsx";
import { Place } from "../parts/place.tsx";
import type { FieldErrors } from "../views/field-errors.ts";
import { tokenOf } from "../views/links.ts";
import { ownZone } from "../views/zoned-time.ts";
import { t } from "../words/words.ts";
import { dateTimeIn } from "../words/zoned.ts";
import { NewPasswordField } from "./portal/new-password-field.tsx";
import { OpenPage, PortalFrame } from "./portal/portal-page.tsx";
import { looksLikeEmail } from "./portal/sign-in-form.tsx";
import { ErrorSummary, sentenceOf, Trouble } from "./portal/trouble.tsx";
import { useAsked } from "./portal/use-asked.ts";
import { useForm } from "./portal/use-form.ts";

/** `/begin#k=<token>`: the answer to a one-time link, whichever it is. The token never leaves the part behind the `#`. */
export default function BeginPage() {
  const token = tokenOf(location.hash);
  useEffect(() => {
    // A new link pasted into the same tab changes only the part behind the `#`.
    const reload = () => location.reload();
    addEventListener("hashchange", reload);
    return () => removeEventListener("hashchange", reload);
  }, []);
  return (
    <OpenPage title={t("account.begin")}>
      {(door) =>
        token === undefined ? (
          <NoLink door={door} sentence={t("account.beginLinkHint")} />
        ) : (
          <Looked door={door} token={token} />
        )
      }
    </OpenPage>
  );
}

function Looked({ door, token }: { door: FrontDoor; token: string }) {
  const { asked, again } = useAsked(() => lookAtInvitation(token));
  if (asked.state === "here") return <Answering door={door} token={token} invitation={asked.value} />;
  if (asked.state === "asking") {
    return (
      <PortalFrame door={door}>
        <p role="status">{t("app.loading")}</p>
      </PortalFrame>
    );
  }
  if (asked.refusal.refused === "invitation.invalid")
    return <NoLink door={door} sentence={sentenceOf(asked.refusal)} />;
  return (
    <PortalFrame door={door} title={t("account.beginTitle")}>
      <Trouble refusal={asked.refusal} again={again} />
    </PortalFrame>
  );
}

function NoLink({ door, sentence }: { door: FrontDoor; sentence: string }) {
  return (
    <PortalFrame door={door} title={t("account.beginLink")}>
      <EmptyState
        icon="link-simple"
        title={sentence}
        act={
          <ButtonLink look="filled" href="/">
            {t("app.frontDoor")}
          </ButtonLink>
        }
      />
    </PortalFrame>
  );
}

function Answering({ door, token, invitation }: { door: FrontDoor; token: string; invitation: Invitation }) {
  const { purpose } = invitation;
  const form = useForm(
    (fields) => read(fields, token, invitation),
    // The link is used up; going back must not show it again.
    () => location.replace(purpose === "registration" ? "/register" : "/"),
  );
  const isNew = purpose !== "password";
  return (
    <PortalFrame
      door={door}
      title={isNew ? t("account.beginTitle") : t("account.newPasswordTitle")}
      intro={isNew ? t("account.beginHint") : t("account.newPasswordHint")}
    >
      <form {...form.props} className="form card portal-narrow">
        <ErrorSummary form={form} labels={labels()} />
        <As invitation={invitation} />
        {isNew ? (
          <TextField
            label={t("account.yourName")}
            name="name"
            autoComplete="name"
            maxLength={60}
            defaultValue={invitation.name}
            hint={t("account.nameHint")}
            error={form.error("name")}
          />
        ) : null}
        {purpose === "firstOperator" ? (
          <TextField
            label={t("account.email")}
            name="email"
            type="email"
            autoComplete="username"
            spellCheck={false}
            error={form.error("email")}
          />
        ) : (
          <TextField
            label={t("account.email")}
            name="email"
            type="email"
            autoComplete="username"
            defaultValue={invitation.email}
            readOnly
          />
        )}
        <NewPasswordField label={t("account.password")} error={form.error("password")} />
        <Trouble refusal={form.refusal} />
        <Button type="submit" look="filled" size="large" aria-disabled={form.busy}>
          {isNew ? t("account.begin") : t("act.save")}
        </Button>
        <p className="soft small">{t("account.linkUntil", { date: dateTimeIn(invitation.expiresAt, ownZone()) })}</p>
      </form>
    </PortalFrame>
  );
}

const labels = () => ({
  name: t("account.yourName"),
  email: t("account.email"),
  password: t("account.password"),
});

function As({ invitation: { purpose, role, school } }: { invitation: Invitation }) {
  if (purpose === "firstOperator") return <p>{t("account.beginOperator")}</p>;
  if (purpose === "password") return null;
  if (purpose === "registration") return <p>{t("register.confirmed")}</p>;
  const roleName = t(`accountRole.${role}`);
  if (school === null) return <p>{t("account.invitedRole", { role: roleName })}</p>;
  return (
    <p>
      {t("account.invitedAs", { role: roleName, school: school.name })}{" "}
      <span className="soft">
        <Place country={school.country}>{school.town}</Place>
      </span>
    </p>
  );
}

function read(fields: FormData, token: string, { purpose }: Invitation) {
  const name = String(fields.get("name") ?? "").trim();
  const email = String(fields.get("email") ?? "").trim();
  const password = String(fields.get("password"));
  const errors: FieldErrors = {};
  if (purpose !== "password" && name === "") errors.name = "form.missing";
  if (purpose === "firstOperator" && !looksLikeEmail(email)) errors.email = "account.emailWrong";
  if (password === "") errors.password = "form.missing";
  if (Object.keys(errors).length > 0) return { errors };
  return answerInvitation({
    token,
    password,
    timeZone: ownZone(),
    ...(purpose === "password" ? {} : { name }),
    ...(purpose === "firstOperator" ? { email } : {}),
  });
}
