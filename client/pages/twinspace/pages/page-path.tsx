import type { PageOpened } from "../../../../protocol/twinspace/pages.ts";
import { pagePath } from "../../../views/page-tree.ts";
import { sectionPath } from "../../../views/space-sections.ts";
import { t } from "../../../words/words.ts";

/** The pages above a page, the topmost first. `own`: on a page of its own about it, the page itself too. */
export function PagePath({ slug, page, own = false }: { slug: string; page: PageOpened; own?: boolean }) {
  const steps = [...page.above, ...(own ? [page] : [])];
  return (
    <nav className="page-path" aria-label={t("pages.path")}>
      <a href={sectionPath(slug, "pages")}>{t("space.pages")}</a>
      {steps.map(({ id, title }) => (
        <a key={id} href={pagePath(slug, id)} dir="auto">
          {title || t("pages.untitled")}
        </a>
      ))}
    </nav>
  );
}
