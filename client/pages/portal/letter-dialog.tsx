import type { MailLetter } from "../../../protocol/http/mail.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { t } from "../../words/words.ts";
import { dateTimeIn } from "../../words/zoned.ts";
import { CopyButton } from "./copy-button.tsx";
import { canBeTried, MailStanding } from "./mail-table.tsx";
import "./mail.css";

/** One letter as its reader gets it, without the looks: to be read, and to be handed over where no mail goes out. */
export function LetterDialog({
  letter,
  zone,
  again,
  onClose,
}: {
  letter: MailLetter;
  zone: string;
  again: () => void;
  onClose: () => void;
}) {
  return (
    <Dialog
      title={letter.subject}
      onClose={onClose}
      acts={
        <>
          {canBeTried(letter) ? <Button onClick={again}>{t("mail.again")}</Button> : null}
          <CopyButton text={letter.text} />
          <Button onClick={onClose} data-first>
            {t("act.close")}
          </Button>
        </>
      }
    >
      <p className="soft">
        {t("mail.to", { address: letter.to })}
        {letter.sentAt === null ? null : ` · ${t("mail.sentAt", { date: dateTimeIn(letter.sentAt, zone) })}`}
      </p>
      <MailStanding mail={letter} />
      {/* A long letter is scrolled, which must work by keyboard too. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: as just said */}
      <section className="letter-text" aria-label={t("mail.text")} lang={letter.language} tabIndex={0}>
        {letter.text}
      </section>
      {letter.state === "sent" ? <p className="soft small">{t("mail.secretGone")}</p> : null}
    </Dialog>
  );
}
