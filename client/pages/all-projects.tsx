import { t } from "../words/words.ts";
import { OpenPage } from "./portal/portal-page.tsx";
import { PublicProjectsPage } from "./portal/public-projects.tsx";

/** `/projects/all`: the gallery of active projects. */
export default function AllProjectsPage() {
  return <OpenPage title={t("gallery.title")}>{(door) => <PublicProjectsPage door={door} />}</OpenPage>;
}
