import type { EntryField } from "../../../protocol/reports/entries.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { listOf } from "../../words/formats.ts";
import { t } from "../../words/words.ts";

/** Asked once, before anybody else reads it: a report card has numbers of pupils and no names. */
export function NamingDialog({
  fields,
  anyway,
  confirm,
  change,
}: {
  fields: readonly EntryField[];
  /** What the button says that goes on with it. */
  anyway: string;
  confirm: () => void;
  change: () => void;
}) {
  return (
    <Dialog
      title={t("reports.namesPupil")}
      onClose={change}
      acts={
        <>
          <Button look="filled" onClick={change} data-first>
            {t("reports.changeIt")}
          </Button>
          <Button onClick={confirm}>{anyway}</Button>
        </>
      }
    >
      <p>{t("reports.namesPupilIn", { fields: listOf(fields.map((field) => t(`reports.field.${field}`))) })}</p>
    </Dialog>
  );
}
