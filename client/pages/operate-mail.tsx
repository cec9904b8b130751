import { useState } from "react";
import type { FrontDoor, Me } from "../../protocol/http/accounts.ts";
import type { MailboxCounts, MailLetter, MailSummary } from "../../protocol/http/mail.ts";
import { mailbox, mailCounts, mailLetter, sendMailAgain } from "../api/mail.ts";
import { Button } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Select } from "../parts/field.tsx";
import { Refusal, StatusLine } from "../parts/said.tsx";
import { t } from "../words/words.ts";
import { LetterDialog } from "./portal/letter-dialog.tsx";
import { MailTable } from "./portal/mail-table.tsx";
import { OwnPage, PortalFrame } from "./portal/portal-page.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { useAsked } from "./portal/use-asked.ts";

/** `/operate/mail`: the letters, for who runs the server. Without a mail server this is where they wait. */
export default function OperateMailPage() {
  return (
    <OwnPage title={t("mail.title")} needs="operator">
      {(me, door) => <MailPage me={me} door={door} />}
    </OwnPage>
  );
}

/** Those that one looks for, in this order. */
const filters = ["all", "waiting", "bounced", "failed", "sent", "queued", "sending"] as const;
type Filter = (typeof filters)[number];

const nameOf = (filter: Filter): string => (filter === "all" ? t("mail.all") : t(`mail.filter.${filter}`));

function MailPage({ me, door }: { me: Me; door: FrontDoor }) {
  const [filter, setFilter] = useState<Filter>("all");
  const counts = useAsked(mailCounts);
  const known = counts.asked.state === "here" ? counts.asked.value : undefined;
  return (
    <PortalFrame door={door} title={t("mail.title")} intro={t("mail.hint")}>
      {known?.sends === false ? <Refusal>{t("mail.noServer")}</Refusal> : null}
      {counts.asked.state === "refused" ? <Trouble refusal={counts.asked.refusal} again={counts.again} /> : null}
      <div className="people-search">
        <Select
          label={t("mail.show")}
          value={filter}
          choices={filters.map((value) => ({ value, label: labelOf(value, known) }))}
          onChoose={setFilter}
        />
      </div>
      <Letters key={filter} me={me} filter={filter} changed={counts.again} />
    </PortalFrame>
  );
}

/** "Came back (3)" */
function labelOf(filter: Filter, counts: MailboxCounts | undefined): string {
  const count = counts && (filter === "waiting" || filter === "bounced" || filter === "failed") ? counts[filter] : 0;
  return count > 0 ? t("mail.filterCount", { name: nameOf(filter), count }) : nameOf(filter);
}

function Letters({ me, filter, changed }: { me: Me; filter: Filter; changed: () => void }) {
  const state = filter === "all" ? undefined : filter;
  const { asked, again, change } = useAsked(() => mailbox(state));
  const [open, setOpen] = useState<MailLetter>();
  const [said, say] = useState<string>();

  const older = useAct(
    (after: string) => mailbox(state, after),
    (page) => change(({ mails }) => ({ mails: [...mails, ...page.mails], next: page.next })),
  );
  const read = useAct((mail: MailSummary) => mailLetter(mail.id), setOpen);
  const retry = useAct(
    (mail: MailSummary) => sendMailAgain(mail.id),
    ({ text: _text, language: _language, ...now }) => {
      change(({ mails, next }) => ({ mails: mails.map((mail) => (mail.id === now.id ? now : mail)), next }));
      say(t("mail.againDone", { subject: now.subject }));
      setOpen(undefined);
      changed();
    },
  );

  if (asked.state === "refused") return <Trouble refusal={asked.refusal} again={again} />;
  if (asked.state === "asking") return <p role="status">{t("app.loading")}</p>;
  const { mails, next } = asked.value;
  return (
    <>
      <StatusLine>{said}</StatusLine>
      <Trouble refusal={older.refusal ?? read.refusal ?? retry.refusal} />
      {mails.length === 0 ? (
        <div className="card">
          <EmptyState icon="envelope-simple" title={t(state === undefined ? "mail.none" : "mail.noneLike")} />
        </div>
      ) : (
        <MailTable mails={mails} zone={me.timeZone} read={read.run} again={retry.run} />
      )}
      {next === null ? null : (
        <div className="form__acts">
          <Button onClick={() => older.run(next)} aria-disabled={older.busy}>
            {t("mail.more")}
          </Button>
        </div>
      )}
      {open === undefined ? null : (
        <LetterDialog
          letter={open}
          zone={me.timeZone}
          again={() => retry.run(open)}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  );
}
