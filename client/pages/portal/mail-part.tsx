import type { MailboxCounts } from "../../../protocol/http/mail.ts";
import { mailCounts } from "../../api/mail.ts";
import { ButtonLink } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { listOf } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { Trouble } from "./trouble.tsx";
import { useAsked } from "./use-asked.ts";

/** What the operator should know of the letters, and the way to them. */
export function MailPart() {
  const { asked, again } = useAsked(mailCounts);
  return (
    <section className="home-part" aria-labelledby="mail">
      <h2 id="mail" className="home-head">
        {t("mail.part")}
      </h2>
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      <div className="rows">
        <div className="row">
          <Icon name="envelope-simple" />
          <span className="row__words">{asked.state === "here" ? sentencesOf(asked.value) : t("app.loading")}</span>
          <span className="row__acts">
            <ButtonLink size="small" href="/operate/mail">
              {t("mail.open")}
            </ButtonLink>
          </span>
        </div>
      </div>
    </section>
  );
}

function sentencesOf({ sends, waiting, bounced, failed }: MailboxCounts) {
  const counts = [
    waiting > 0 ? t("mail.waitingCount", { count: waiting }) : "",
    bounced > 0 ? t("mail.bouncedCount", { count: bounced }) : "",
    failed > 0 ? t("mail.failedCount", { count: failed }) : "",
  ].filter(Boolean);
  const all = listOf(counts);
  return (
    <>
      <span>{counts.length === 0 ? t("mail.nothingWaits") : `${all.charAt(0).toUpperCase()}${all.slice(1)}.`}</span>
      {sends ? null : <span className="soft small">{t("mail.partNoServer")}</span>}
    </>
  );
}
