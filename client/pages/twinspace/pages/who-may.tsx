import { useState } from "react";
import type { PageEdit, PageView } from "../../../../protocol/twinspace/pages.ts";
import { Checkbox, Radios } from "../../../parts/field.tsx";
import { t } from "../../../words/words.ts";

const edits: readonly PageEdit[] = ["author", "teachers", "members"];

/** Who sees a page and who edits it, each with what follows from it. As fields of a form: `view`, `edit`, `draft`. */
export function WhoMay({
  views,
  view: viewWas,
  edit: editWas,
  draft,
}: {
  /** Those that may be chosen. */
  views: readonly PageView[];
  view: PageView;
  edit: PageEdit;
  draft: boolean;
}) {
  const [view, setView] = useState(viewWas);
  const [edit, setEdit] = useState(editWas);
  return (
    <>
      <Radios
        label={t("pages.who")}
        name="view"
        value={view}
        onChoose={setView}
        choices={views.map((value) => ({
          value,
          label: t(`pages.view.${value}`),
          hint: t(`pages.view.${value}Hint`),
        }))}
      />
      <p className="soft small">{t("pages.above")}</p>
      <Radios
        label={t("pages.who.edit")}
        name="edit"
        value={edit}
        onChoose={setEdit}
        choices={edits.map((value) => ({
          value,
          label: t(`pages.edit.${value}`),
          hint: t(`pages.edit.${value}Hint`),
        }))}
      />
      <Checkbox label={t("pages.isDraft")} hint={t("pages.isDraftHint")} name="draft" defaultChecked={draft} />
    </>
  );
}

/** What the fields say; the values are those of the radios above. */
export function whoMayIn(fields: FormData): { view: PageView; edit: PageEdit; state: "draft" | "shown" } {
  return {
    view: fields.get("view") as PageView,
    edit: fields.get("edit") as PageEdit,
    state: fields.get("draft") === null ? "shown" : "draft",
  };
}
