import type { Me } from "../../../protocol/http/accounts.ts";
import { ButtonLink } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { t } from "../../words/words.ts";
import "../../parts/said.css";

/** For who can do a lot and has only a password so far: once on their home page, and never in the way. */
export function SecondFactorNotice({ me }: { me: Me }) {
  if (me.secondFactor !== "advised") return null;
  return (
    <section className="notice notice--refusal" aria-label={t("second.title")}>
      <Icon name="shield-check" />
      <p>{t("second.advice")}</p>
      <ButtonLink size="small" href="/account#second-factor">
        {t("second.setUp")}
      </ButtonLink>
    </section>
  );
}
