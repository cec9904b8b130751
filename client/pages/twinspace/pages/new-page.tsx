import { viewsOf } from "../../../../domain/twinspace/page.ts";
import type { PageLine, PageOpened } from "../../../../protocol/twinspace/pages.ts";
import { page as askPage, makePage } from "../../../api/space/pages.ts";
import { Button } from "../../../parts/button.tsx";
import { Select, TextField } from "../../../parts/field.tsx";
import { pagePath, placesFor } from "../../../views/page-tree.ts";
import { t } from "../../../words/words.ts";
import { Trouble } from "../../portal/trouble.tsx";
import { useAsked } from "../../portal/use-asked.ts";
import { useForm } from "../../portal/use-form.ts";
import { useSpace } from "../space-page.tsx";
import { WhoMay, whoMayIn } from "./who-may.tsx";

/** Makes a page and goes on to write it. */
export function NewPage({ under, ...given }: NewPageOf) {
  const { slug } = useSpace();
  const isKnown = under === null || given.pages.some(({ id }) => id === under);
  // Of very many pages only the topmost are known.
  const { asked } = useAsked<PageOpened | null>(async () => (isKnown ? { value: null } : askPage(slug, under)));
  if (asked.state === "asking") return <p role="status">{t("app.loading")}</p>;
  const found = asked.state === "here" && asked.value !== null ? [{ ...asked.value, parent: null }] : [];
  return <Form {...given} pages={[...given.pages, ...found]} under={isKnown || found.length > 0 ? under : null} />;
}

interface NewPageOf {
  pages: readonly PageLine[];
  /** Under which it is to stand, unless another place is chosen. */
  under: string | null;
  mayTop: boolean;
  cancel: () => void;
}

function Form({ pages, under, mayTop, cancel }: NewPageOf) {
  const { slug, me } = useSpace();
  const views = viewsOf(me.role);
  const form = useForm(
    (fields) => {
      const title = String(fields.get("title")).trim();
      if (title === "") return { errors: { title: "form.missing" } };
      const parent = String(fields.get("parent"));
      return makePage(slug, { title, parent: parent === "" ? null : parent, ...whoMayIn(fields) });
    },
    ({ id }) => location.assign(`${pagePath(slug, id)}/edit`),
  );
  const places = placesFor(pages, null).filter(({ page: { state } }) => state !== "archived");
  return (
    <section className="card" aria-label={t("pages.new")}>
      <form {...form.props} className="form">
        <TextField
          label={t("pages.title")}
          name="title"
          maxLength={120}
          autoFocus
          autoComplete="off"
          error={form.error("title")}
        />
        <Select
          label={t("pages.where")}
          name="parent"
          defaultValue={under ?? ""}
          choices={[
            ...(mayTop ? [{ value: "", label: t("pages.top") }] : []),
            ...places.map(({ page, depth }) => ({
              value: page.id,
              label: `${"\u2003".repeat(depth)}${t("pages.under", { title: page.title })}`,
            })),
          ]}
        />
        <WhoMay views={views} view={views.includes("members") ? "members" : "visitors"} edit="teachers" draft />
        <Trouble refusal={form.refusal} />
        <div className="form__acts">
          <Button type="submit" look="filled" aria-disabled={form.busy}>
            {t("pages.make")}
          </Button>
          <Button onClick={cancel}>{t("act.cancel")}</Button>
        </div>
      </form>
    </section>
  );
}
