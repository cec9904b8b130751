import type { Evidence } from "../../../protocol/reports/entries.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { TextField } from "../../parts/field.tsx";
import { isWebAddress } from "../../views/report-form.ts";
import { t } from "../../words/words.ts";
import { useForm } from "../portal/use-form.ts";

export interface ChooseEvidence {
  onChosen: (evidence: Evidence, name: string) => void;
  onClose: () => void;
}

/** Something on the web that shows it. */
export default function LinkDialog({ onChosen, onClose }: ChooseEvidence) {
  const form = useForm(
    (fields) => {
      const typed = String(fields.get("link")).trim();
      const link = /^[a-z][a-z0-9+.-]*:/i.test(typed) || typed === "" ? typed : `https://${typed}`;
      const words = String(fields.get("words")).trim();
      if (link === "") return { errors: { link: "form.missing" } };
      if (!isWebAddress(link)) return { errors: { link: "reports.addressWrong" } };
      return Promise.resolve({ value: { link, words } });
    },
    ({ link, words }) => onChosen({ kind: "link", link, words }, words || link),
  );
  return (
    <Dialog title={t("reports.evidence.link")} onClose={onClose}>
      {/* It stands inside of the entry's own form on the page, which hears nothing of it. */}
      <form {...form.props} className="form">
        <TextField
          label={t("reports.linkAddress")}
          name="link"
          type="url"
          inputMode="url"
          maxLength={500}
          data-first
          autoComplete="off"
          error={form.error("link")}
        />
        <TextField
          label={t("reports.linkWords")}
          hint={t("word.optional")}
          name="words"
          maxLength={200}
          autoComplete="off"
        />
        <div className="form__acts">
          <Button type="submit" look="filled">
            {t("reports.evidenceAdd")}
          </Button>
          <Button onClick={onClose}>{t("act.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}
