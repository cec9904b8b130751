import type { MySchools, SchoolCard } from "../../../protocol/http/registry.ts";
import { askToJoin } from "../../api/registry.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { draftOfFields } from "../../views/drafts.ts";
import { readPlace } from "../../views/school-form.ts";
import { countryName } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useForm } from "../portal/use-form.ts";
import { PlaceFields } from "./place-fields.tsx";

/** Asks for a place at a school that is here already. */
export function JoinDialog({
  school,
  joined,
  onClose,
}: {
  school: Pick<SchoolCard, "id" | "name" | "country">;
  joined: (mine: MySchools) => void;
  onClose: () => void;
}) {
  const form = useForm((fields) => {
    const read = readPlace(draftOfFields(fields));
    return "errors" in read ? read : askToJoin(school.id, read.place);
  }, joined);
  return (
    <Dialog title={t("join.title", { school: school.name })} onClose={onClose}>
      <form {...form.props} className="form">
        <p>{t("join.lead", { country: countryName(school.country) })}</p>
        <PlaceFields form={form} />
        <Trouble refusal={form.refusal} />
        <div className="form__acts">
          <Button type="submit" look="filled" aria-disabled={form.busy}>
            {t("join.send")}
          </Button>
          <Button onClick={onClose}>{t("act.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}
