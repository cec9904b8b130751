import type { PageLine } from "../../../../protocol/twinspace/pages.ts";
import { placePage } from "../../../api/space/pages.ts";
import { Button } from "../../../parts/button.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { Select } from "../../../parts/field.tsx";
import { placesFor } from "../../../views/page-tree.ts";
import { t } from "../../../words/words.ts";
import { Trouble } from "../../portal/trouble.tsx";
import { useForm } from "../../portal/use-form.ts";
import { useSpace } from "../space-page.tsx";

/** Chooses another page to stand under. */
export function MoveDialog({
  page,
  pages,
  done,
  onClose,
}: {
  page: PageLine;
  pages: readonly PageLine[];
  done: () => void;
  onClose: () => void;
}) {
  const { slug } = useSpace();
  const form = useForm((fields) => {
    const parent = String(fields.get("parent"));
    return placePage(slug, page.id, { parent: parent === "" ? null : parent, before: null });
  }, done);
  return (
    <Dialog title={t("pages.moveTitle", { title: page.title })} onClose={onClose}>
      <form {...form.props} className="form">
        <Select
          label={t("pages.where")}
          name="parent"
          data-first
          defaultValue={page.parent ?? ""}
          choices={[
            { value: "", label: t("pages.top") },
            ...placesFor(pages, page).map(({ page: { id, title }, depth }) => ({
              value: id,
              label: `${"\u2003".repeat(depth)}${t("pages.under", { title })}`,
            })),
          ]}
        />
        <Trouble refusal={form.refusal} />
        <div className="form__acts">
          <Button type="submit" look="filled" aria-disabled={form.busy}>
            {t("pages.move")}
          </Button>
          <Button onClick={onClose}>{t("act.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}
