import type { MailState, MailSummary } from "../../../protocol/http/mail.ts";
import { Button } from "../../parts/button.tsx";
import { Tag, type Tone } from "../../parts/tag.tsx";
import { Worklist, type WorklistColumn } from "../../parts/worklist.tsx";
import { t } from "../../words/words.ts";
import { dateTimeIn, fromNow } from "../../words/zoned.ts";
import "./mail.css";

const tones: Record<MailState, Tone> = {
  waiting: "waiting",
  queued: "now",
  sending: "now",
  sent: "good",
  failed: "bad",
  bounced: "bad",
};

/** What can be tried again: not what is on its way or has gone out, nor what was never tried. */
export const canBeTried = ({ state, fault }: Pick<MailSummary, "state" | "fault">): boolean =>
  state === "failed" || state === "bounced" || (state === "waiting" && fault !== null);

/** Letters, the newest first; what did not arrive says why. */
export function MailTable({
  mails,
  zone,
  read,
  again,
}: {
  mails: readonly MailSummary[];
  zone: string;
  read: (mail: MailSummary) => void;
  again: (mail: MailSummary) => void;
}) {
  const columns: WorklistColumn<MailSummary>[] = [
    {
      head: t("mail.letter"),
      names: true,
      cell: ({ to, subject }) => (
        <span className="person">
          <bdi>{subject}</bdi>
          <span className="soft small">{t("mail.to", { address: to })}</span>
        </span>
      ),
    },
    { head: t("mail.written"), cell: ({ createdAt }) => dateTimeIn(createdAt, zone) },
    { head: t("mail.state"), cell: (mail) => <MailStanding mail={mail} /> },
    {
      head: t("mail.does"),
      cell: (mail) => (
        <span className="person-acts">
          <Button
            size="small"
            aria-label={t("mail.readName", { subject: mail.subject, address: mail.to })}
            onClick={() => read(mail)}
          >
            {t("mail.read")}
          </Button>
          {canBeTried(mail) ? (
            <Button
              size="small"
              aria-label={t("mail.againName", { subject: mail.subject, address: mail.to })}
              onClick={() => again(mail)}
            >
              {t("mail.again")}
            </Button>
          ) : null}
        </span>
      ),
    },
  ];
  return (
    <Worklist
      name={t("mail.letters")}
      columns={columns}
      rows={mails}
      keyOf={({ id }) => id}
      waits={({ state }) => state === "bounced" || state === "failed"}
    />
  );
}

/** The state, and why it is no better. */
export function MailStanding({ mail: { state, fault, reply, tries, nextTryAt } }: { mail: MailSummary }) {
  const now = Date.now();
  const facts = [
    tries > 0 && state !== "sent" ? t("mail.tries", { count: tries }) : "",
    tries > 0 && nextTryAt !== null ? t("mail.nextTry", { when: fromNow(Math.max(nextTryAt, now), now) }) : "",
  ].filter(Boolean);
  return (
    <span className="mail-standing">
      <Tag tone={tones[state]}>{t(`mail.${state}`)}</Tag>
      {fault === null ? null : (
        <span className="small">
          {t(`mail.fault.${fault}`)}
          {reply === null ? null : ` ${t("mail.answered", { reply: reply.replace(" ", "\u00a0") })}`}
        </span>
      )}
      {facts.length === 0 ? null : <span className="soft small">{facts.join(", ")}</span>}
    </span>
  );
}
