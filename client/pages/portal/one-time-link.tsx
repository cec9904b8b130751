import type { OneTimeLink } from "../../../protocol/http/accounts.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { TextField } from "../../parts/field.tsx";
import { t } from "../../words/words.ts";
import { dateTimeIn } from "../../words/zoned.ts";
import { CopyButton } from "./copy-button.tsx";

/** A link that is shown once, because only its hash is kept. */
export function OneTimeLinkDialog({
  link: { person, link, expiresAt },
  zone,
  onClose,
}: {
  link: OneTimeLink;
  zone: string;
  onClose: () => void;
}) {
  return (
    <Dialog
      title={t("operate.linkFor", { name: person.name })}
      onClose={onClose}
      acts={<Button onClick={onClose}>{t("act.close")}</Button>}
    >
      <p>{t("operate.inviteMade", { name: person.name, date: dateTimeIn(expiresAt, zone) })}</p>
      <TextField
        label={t("operate.oneTimeLink")}
        value={link}
        readOnly
        hint={t("operate.linkOnce")}
        onFocus={(event) => event.target.select()}
        data-first
      />
      <CopyButton text={link} look="filled" />
    </Dialog>
  );
}
