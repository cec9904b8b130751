import { Icon } from "../../parts/icon.tsx";
import { sectionPath } from "../../views/space-sections.ts";
import { t } from "../../words/words.ts";
import { useSpace } from "../twinspace/space-page.tsx";

/** The way back to the report card. `leaving` is done before. */
export function ReportPath({ leaving }: { leaving?: (() => Promise<unknown>) | undefined }) {
  const { slug } = useSpace();
  const back = sectionPath(slug, "report");
  return (
    <p className="report-path">
      <a
        href={back}
        onClick={(event) => {
          if (leaving === undefined || event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          void leaving().finally(() => location.assign(back));
        }}
      >
        <Icon name="arrow-left" />
        {t("reports.back")}
      </a>
    </p>
  );
}
