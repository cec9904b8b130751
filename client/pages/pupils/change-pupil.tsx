import { useState } from "react";
import { aliasTells } from "../../../domain/twinspace/alias.ts";
import { type PictureName, pictureNames } from "../../../protocol/twinspace/pictureNames.ts";
import { longestAlias, longestRosterName, longestYear } from "../../../protocol/twinspace/pupilLimits.ts";
import type { OwnPupil, PupilRole } from "../../../protocol/twinspace/pupils.ts";
import { changePupil } from "../../api/space/pupils.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Radios, Select, TextField } from "../../parts/field.tsx";
import { Picture } from "../../parts/picture.tsx";
import type { FieldErrors } from "../../views/field-errors.ts";
import { calledAt } from "../../views/own-pupils.ts";
import { t } from "../../words/words.ts";
import { ErrorSummary, Trouble } from "../portal/trouble.tsx";
import { useForm } from "../portal/use-form.ts";
import { useSpace } from "../twinspace/space-page.tsx";

/** What stands in a pupil's account. */
export function ChangePupilDialog({
  pupil,
  changed,
  onClose,
}: {
  pupil: OwnPupil;
  changed: (pupil: OwnPupil) => void;
  onClose: () => void;
}) {
  const { slug } = useSpace();
  const [picture, setPicture] = useState(pupil.picture);
  const [role, setRole] = useState<PupilRole>(pupil.role);
  const form = useForm((fields) => {
    const [name, alias, year] = ["name", "alias", "year"].map((field) => String(fields.get(field)).trim());
    const errors: FieldErrors = {};
    if (!name && pupil.name !== null) errors.name = "form.missing";
    if (!alias) errors.alias = "pupils.aliasMissing";
    else if (aliasTells(alias, name ?? "") === "name") errors.alias = "pupils.aliasIsName";
    if (Object.keys(errors).length > 0) return { errors };
    const known = pictureNames.find((one): one is PictureName => one === picture);
    return changePupil(slug, pupil.id, {
      ...(name && name !== pupil.name ? { name } : {}),
      ...(alias && alias !== pupil.alias ? { alias } : {}),
      ...(year !== undefined && year !== pupil.year ? { year } : {}),
      ...(known !== undefined && known !== pupil.picture ? { picture: known } : {}),
      ...(role === pupil.role ? {} : { role }),
    });
  }, changed);
  const labels = { name: t("pupils.name"), alias: t("pupils.alias") };
  return (
    <Dialog title={t("pupils.changeTitle", { name: calledAt(pupil) })} onClose={onClose}>
      <form {...form.props} className="form" aria-label={t("pupils.changeTitle", { name: calledAt(pupil) })}>
        <ErrorSummary form={form} labels={labels} />
        <TextField
          label={labels.name}
          name="name"
          maxLength={longestRosterName}
          autoComplete="off"
          defaultValue={pupil.name ?? ""}
          error={form.error("name")}
        />
        <TextField
          label={labels.alias}
          name="alias"
          maxLength={longestAlias}
          autoComplete="off"
          defaultValue={pupil.alias}
          error={form.error("alias")}
        />
        <Select
          label={t("pupils.picture")}
          icon={<Picture name={picture} />}
          value={picture}
          choices={pictureNames.map((value) => ({ value, label: t(`picture.${value}`) }))}
          onChoose={setPicture}
        />
        <TextField
          label={t("pupils.year")}
          name="year"
          maxLength={longestYear}
          autoComplete="off"
          defaultValue={pupil.year}
          error={form.error("year")}
        />
        <Radios
          label={t("pupils.role")}
          name="role"
          value={role}
          choices={[
            { value: "pupil", label: t("pupils.rolePupil") },
            { value: "pupilAdmin", label: t("pupils.roleAdmin"), hint: t("pupils.roleAdminHint") },
          ]}
          onChoose={setRole}
        />
        <Trouble refusal={form.refusal} />
        <div className="form__acts">
          <Button type="submit" look="filled" aria-disabled={form.busy}>
            {t("act.save")}
          </Button>
          <Button look="plain" onClick={onClose}>
            {t("act.cancel")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
