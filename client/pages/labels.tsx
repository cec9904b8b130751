import { useState } from "react";
import { readLabelCode, writeLabelCode } from "../../domain/projects/labelCode.ts";
import type { IconName } from "../looks/icons.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { TextField } from "../parts/field.tsx";
import { Icon } from "../parts/icon.tsx";
import { t } from "../words/words.ts";
import { OpenPage, PortalFrame } from "./portal/portal-page.tsx";
import "./portal/public.css";

/** `/labels`: what the eTwinning Label is, how one gets it, and where one is checked. */
export default function LabelsPage() {
  return (
    <OpenPage title={t("label.name")}>
      {(door) => (
        <PortalFrame
          door={door}
          title={t("label.about")}
          intro={t("label.aboutLead")}
          side={
            <section className="card public-part" aria-labelledby="check">
              <h2 id="check" className="home-head">
                {t("label.checkTitle")}
              </h2>
              <p className="soft small">{t("label.checkHint")}</p>
              <CheckForm />
            </section>
          }
        >
          <section className="public-part" aria-labelledby="what">
            <h2 id="what" className="home-head">
              {t("label.whatTitle")}
            </h2>
            <p className="public-words">{t("label.what")}</p>
          </section>
          <section className="public-part" aria-labelledby="how">
            <h2 id="how" className="home-head">
              {t("label.howTitle")}
            </h2>
            <Steps />
          </section>
          <section className="public-part" aria-labelledby="badge">
            <h2 id="badge" className="home-head">
              {t("label.badgeTitle")}
            </h2>
            <p className="public-words">{t("label.badgeWhat")}</p>
          </section>
          <p>
            <ButtonLink href="/projects/all" icon="arrow-right">
              {t("publicProject.all")}
            </ButtonLink>
          </p>
        </PortalFrame>
      )}
    </OpenPage>
  );
}

function Steps() {
  const steps: { icon: IconName; what: string; hint: string }[] = [
    { icon: "handshake", what: t("label.how1"), hint: t("label.how1Hint") },
    { icon: "pencil-simple", what: t("label.how2"), hint: t("label.how2Hint") },
    { icon: "check-circle", what: t("label.how3"), hint: t("label.how3Hint") },
  ];
  return (
    <ol className="public-steps">
      {steps.map(({ icon, what, hint }) => (
        <li key={icon}>
          <span className="public-steps__icon">
            <Icon name={icon} />
          </span>
          <strong>{what}</strong>
          <span className="soft small">{hint}</span>
        </li>
      ))}
    </ol>
  );
}

/** A code as it was read from paper; what cannot be one is said before anybody is asked. */
export function CheckForm({ written = "" }: { written?: string }) {
  const [wrong, setWrong] = useState<string>();
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const typed = String(new FormData(event.currentTarget).get("code"));
        const code = readLabelCode(typed);
        if (code !== null) return location.assign(`/labels/${writeLabelCode(code)}`);
        setWrong(typed.trim() === "" ? t("label.codeMissing") : t("label.codeWrong"));
        const box = event.currentTarget.elements.namedItem("code");
        if (box instanceof HTMLElement) box.focus();
      }}
    >
      <TextField
        label={t("label.code")}
        name="code"
        defaultValue={written}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={80}
        hint={t("label.codeHint")}
        error={wrong}
        onChange={() => setWrong(undefined)}
      />
      <Button type="submit" look="filled" icon="magnifying-glass">
        {t("label.check")}
      </Button>
    </form>
  );
}
