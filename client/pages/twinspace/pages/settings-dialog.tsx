import { useState } from "react";
import type { ChangePage, PageOpened } from "../../../../protocol/twinspace/pages.ts";
import { changePage } from "../../../api/space/pages.ts";
import { isRefused } from "../../../api.ts";
import { Button } from "../../../parts/button.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { TextField } from "../../../parts/field.tsx";
import { t } from "../../../words/words.ts";
import { Trouble } from "../../portal/trouble.tsx";
import { useForm } from "../../portal/use-form.ts";
import { useSpace } from "../space-page.tsx";
import { WhoMay, whoMayIn } from "./who-may.tsx";

/** The title of a page, and for who may: who sees and edits it. */
export function SettingsDialog({ page, done, onClose }: { page: PageOpened; done: () => void; onClose: () => void }) {
  const { slug } = useSpace();
  const [titleWas, setTitleWas] = useState(page.title);
  const save = async (change: ChangePage) => {
    const answer = await changePage(slug, page.id, change);
    if (isRefused(answer) && answer.refused === "page.titleChanged") setTitleWas(titleIn(answer.current) ?? titleWas);
    return answer;
  };
  const form = useForm((fields) => {
    const title = String(fields.get("title")).trim();
    if (title === "") return { errors: { title: "form.missing" as const } };
    const settings = page.acts.settings ? whoMayIn(fields) : {};
    return save({ title, titleWas, ...settings });
  }, done);
  return (
    <Dialog title={t(page.acts.settings ? "pages.settings" : "pages.titleAct")} onClose={onClose}>
      <form {...form.props} className="form">
        <TextField
          label={t("pages.title")}
          name="title"
          maxLength={120}
          autoComplete="off"
          defaultValue={page.title}
          data-first
          error={titleWas === page.title ? form.error("title") : t("pages.titleTheirs", { title: titleWas })}
        />
        {page.acts.settings && page.state !== "archived" ? (
          <WhoMay views={page.views} view={page.view} edit={page.edit} draft={page.state === "draft"} />
        ) : null}
        <Trouble refusal={form.refusal?.refused === "page.titleChanged" ? undefined : form.refusal} />
        <div className="form__acts">
          <Button type="submit" look="filled" aria-disabled={form.busy}>
            {t("act.save")}
          </Button>
          <Button onClick={onClose}>{t("act.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}

const titleIn = (current: unknown): string | undefined =>
  typeof current === "object" && current !== null && "title" in current && typeof current.title === "string"
    ? current.title
    : undefined;
