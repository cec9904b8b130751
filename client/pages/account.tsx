import { useState } from "react";
import type { FrontDoor, Me } from "../../protocol/http/accounts.ts";
import { changeMe, changePassword, signOut, signOutEverywhere } from "../api.ts";
import { type ChosenLooks, chooseLooks, chosenLooks } from "../looks/chosen.ts";
import { Button } from "../parts/button.tsx";
import { Select, TextField } from "../parts/field.tsx";
import { Place } from "../parts/place.tsx";
import { StatusLine } from "../parts/said.tsx";
import type { FieldErrors } from "../views/field-errors.ts";
import { byName, languages } from "../views/regions.ts";
import { languageName } from "../words/formats.ts";
import { languageTag, t } from "../words/words.ts";
import { MyLeaving } from "./leaving/my-leaving.tsx";
import { NewsLettersPart } from "./news/letters-part.tsx";
import { MyAvailability } from "./partners/my-availability.tsx";
import { IdentitiesPart } from "./portal/identities-part.tsx";
import { NewPasswordField } from "./portal/new-password-field.tsx";
import { OwnPage, PortalFrame } from "./portal/portal-page.tsx";
import { SecondFactorPart } from "./portal/second-factor-part.tsx";
import { ErrorSummary, Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { useForm } from "./portal/use-form.ts";
import { ZoneSelect } from "./portal/zone-select.tsx";
import { MyApplicationsPart } from "./quality-labels/apply/my-applications.tsx";
import { MyLabels } from "./quality-labels/my-labels.tsx";
import { MySchools } from "./registry/my-schools.tsx";

/** `/account`: what I am called, where I am, my password, signing out. */
export default function AccountPage() {
  return (
    <OwnPage title={t("account.mine")} needs="account">
      {(me, door) => <Account me={me} door={door} />}
    </OwnPage>
  );
}

function Account({ me: first, door }: { me: Me; door: FrontDoor }) {
  const [me, setMe] = useState(first);
  return (
    <PortalFrame
      door={{ ...door, me }}
      title={t("account.mine")}
      intro={t("account.lead", { email: me.email })}
      side={
        <>
          <Out />
          <Looks />
        </>
      }
    >
      <AboutMe me={me} changed={setMe} />
      <MySchools />
      {me.standings.includes("staff") ? <MyAvailability /> : null}
      {me.role === "operator" ? null : <NewsLettersPart />}
      {me.role === "operator" ? null : <MyLabels />}
      {me.standings.includes("staff") ? <MyApplicationsPart /> : null}
      <ChangePassword me={me} />
      <SecondFactorPart email={me.email} />
      <IdentitiesPart zone={me.timeZone} />
      <MyLeaving email={me.email} />
    </PortalFrame>
  );
}

function WhatIAm({ me: { role, school } }: { me: Me }) {
  return (
    <p>
      {t(`accountRole.${role}`)}
      {school === null ? null : (
        <>
          {" · "}
          <Place country={school.country}>
            {school.name}, {school.town}
          </Place>
        </>
      )}
    </p>
  );
}

function AboutMe({ me, changed }: { me: Me; changed: (me: Me) => void }) {
  const [saved, setSaved] = useState(false);
  const form = useForm(
    (fields) => {
      const name = String(fields.get("name")).trim();
      if (name === "") return { errors: { name: "form.missing" } satisfies FieldErrors };
      return changeMe({ name, timeZone: String(fields.get("timeZone")), language: String(fields.get("language")) });
    },
    (now) => {
      changed(now);
      setSaved(true);
    },
  );
  return (
    <section className="card" aria-labelledby="about-me">
      <form {...form.props} className="form" onChange={() => setSaved(false)}>
        <h2 id="about-me">{t("account.aboutMe")}</h2>
        {/* Who is validated nowhere yet is nothing in particular. */}
        {me.standings.length > 2 ? <WhatIAm me={me} /> : null}
        <TextField
          label={t("account.yourName")}
          name="name"
          autoComplete="name"
          maxLength={60}
          defaultValue={me.name}
          error={form.error("name")}
        />
        <div className="form__pair">
          <ZoneSelect
            label={t("account.zone")}
            zone={me.timeZone}
            hint={t("account.zoneHint")}
            error={form.error("timeZone")}
          />
          <Select
            label={t("account.language")}
            name="language"
            defaultValue={me.language}
            choices={byName([...new Set([...languages, me.language])], languageName, languageTag())}
            hint={t("account.languageHint")}
            error={form.error("language")}
          />
        </div>
        <Trouble refusal={form.refusal} />
        <div className="form__acts">
          <Button type="submit" look="filled" aria-disabled={form.busy}>
            {t("act.save")}
          </Button>
          <StatusLine>{saved ? t("account.saved") : undefined}</StatusLine>
        </div>
      </form>
    </section>
  );
}

function ChangePassword({ me }: { me: Me }) {
  const [times, setTimes] = useState(0);
  return (
    <section className="card" aria-labelledby="change-password">
      {/* Drawn anew after each change, so that no password stays in the page. */}
      <PasswordForm key={times} me={me} done={() => setTimes(times + 1)} />
      <StatusLine>{times > 0 ? t("account.changed") : undefined}</StatusLine>
    </section>
  );
}

function PasswordForm({ me, done }: { me: Me; done: () => void }) {
  const form = useForm(readPasswords, done);
  return (
    <form {...form.props} className="form">
      <h2 id="change-password">{t("account.changePassword")}</h2>
      <ErrorSummary form={form} labels={{ current: t("account.current"), password: t("account.newPassword") }} />
      {/* For password keepers, which otherwise do not know whose password this is. */}
      <input
        type="text"
        className="unseen"
        autoComplete="username"
        value={me.email}
        readOnly
        tabIndex={-1}
        aria-hidden
      />
      <TextField
        label={t("account.current")}
        name="current"
        type="password"
        autoComplete="current-password"
        error={form.error("current")}
      />
      <NewPasswordField label={t("account.newPassword")} error={form.error("password")} />
      <Trouble refusal={form.refusal} />
      <div className="form__acts">
        <Button type="submit" aria-disabled={form.busy}>
          {t("account.changePassword")}
        </Button>
      </div>
    </form>
  );
}

function readPasswords(fields: FormData) {
  const current = String(fields.get("current"));
  const password = String(fields.get("password"));
  const errors: FieldErrors = {};
  if (current === "") errors.current = "form.missing";
  if (password === "") errors.password = "form.missing";
  return Object.keys(errors).length > 0 ? { errors } : changePassword({ current, password });
}

function Out() {
  const here = useAct(signOut, () => location.assign("/"));
  const everywhere = useAct(signOutEverywhere, () => location.assign("/"));
  return (
    <section className="card form" aria-label={t("front.signOut")}>
      <Button icon="sign-out" onClick={() => here.run()} aria-disabled={here.busy}>
        {t("front.signOut")}
      </Button>
      <p className="soft small">{t("account.signOutHint")}</p>
      <Button look="danger" onClick={() => everywhere.run()} aria-disabled={everywhere.busy}>
        {t("front.signOutEverywhere")}
      </Button>
      <p className="soft small">{t("account.signOutEverywhereHint")}</p>
      <Trouble refusal={here.refusal ?? everywhere.refusal} />
    </section>
  );
}

/** Kept in this browser, not in the account: a projector and a telephone want different things. */
function Looks() {
  const [looks, setLooks] = useState(chosenLooks);
  const choose = (chosen: Partial<ChosenLooks>) => {
    const now = { ...looks, ...chosen };
    chooseLooks(now);
    setLooks(now);
  };
  return (
    <section className="card form" aria-labelledby="looks">
      <h2 id="looks" className="home-head">
        {t("account.looks")}
      </h2>
      <p className="soft small">{t("account.here")}</p>
      <Select
        label={t("look.theme")}
        value={looks.theme}
        onChoose={(theme) => choose({ theme })}
        choices={[
          { value: "system", label: t("look.system") },
          { value: "light", label: t("look.light") },
          { value: "dark", label: t("look.dark") },
        ]}
      />
      <Select
        label={t("look.reading")}
        value={looks.reading}
        onChoose={(reading) => choose({ reading })}
        choices={[
          { value: "normal", label: t("look.readingNormal") },
          { value: "large", label: t("look.readingLarge") },
          { value: "largest", label: t("look.readingLargest") },
        ]}
      />
    </section>
  );
}
