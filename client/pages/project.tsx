import type { PageParams } from "../routes.ts";
import { t } from "../words/words.ts";
import { OpenPage } from "./portal/portal-page.tsx";
import { PublicProjectPage } from "./portal/public-project.tsx";

/** `/projects/<slug>`: what everybody may read of a project. */
export default function ProjectPage({ params }: { params: PageParams }) {
  return (
    <OpenPage title={t("gallery.title")}>
      {(door) => <PublicProjectPage slug={params.slug ?? ""} door={door} />}
    </OpenPage>
  );
}
