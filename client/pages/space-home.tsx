import type { PageParams } from "../routes.ts";
import { t } from "../words/words.ts";
import { SpaceFrame, SpacePage } from "./twinspace/space-page.tsx";

/** `/twinspace/<slug>`. */
export default function SpaceHomePage({ params }: { params: PageParams }) {
  return (
    <SpacePage slug={params.slug ?? ""} title={t("space.name")}>
      {(space, door) => <SpaceFrame door={door} section="home" title={space.title} />}
    </SpacePage>
  );
}
