import { lazy, Suspense, useRef, useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { PagePerson } from "../../protocol/twinspace/live.ts";
import type { PageOpened } from "../../protocol/twinspace/pages.ts";
import type { SpaceView } from "../../protocol/twinspace/space.ts";
import { page as askPage } from "../api/space/pages.ts";
import { Button } from "../parts/button.tsx";
import { Refusal } from "../parts/said.tsx";
import type { PageParams } from "../routes.ts";
import { useSpaceNews } from "../use-space-news.ts";
import { pagePath } from "../views/page-tree.ts";
import { t } from "../words/words.ts";
import { Trouble } from "./portal/trouble.tsx";
import { useAsked } from "./portal/use-asked.ts";
import { AlsoHere } from "./twinspace/pages/also-here.tsx";
import { PageTags } from "./twinspace/pages/page-branch.tsx";
import { PagePath } from "./twinspace/pages/page-path.tsx";
import { SettingsDialog } from "./twinspace/pages/settings-dialog.tsx";
import { SpaceFrame, SpacePage } from "./twinspace/space-page.tsx";
import "./twinspace/pages/pages.css";
import "../parts/text-view.css";

/** Weighs more than the page around it. */
const Writing = lazy(() => import("../editor/writing.tsx"));

/** `/twinspace/<slug>/pages/<page>/edit`: to be written, with others at once. */
export default function SpacePageEditPage({ params }: { params: PageParams }) {
  return (
    <SpacePage slug={params.slug ?? ""} title={t("pages.edit")}>
      {(space, door) => <Edit space={space} door={door} id={params.page ?? ""} />}
    </SpacePage>
  );
}

function Edit({ space, door, id }: { space: SpaceView; door: FrontDoor; id: string }) {
  const { slug } = space;
  const { asked, again } = useAsked(() => askPage(slug, id));
  useSpaceNews(slug, (news) => {
    if (news.type === "page" && news.page === id) again();
  });
  if (asked.state === "here") return <Editing space={space} door={door} page={asked.value} again={again} />;
  return (
    <SpaceFrame door={door} section="pages" title={t("space.pages")}>
      {asked.state === "refused" ? (
        <Trouble refusal={asked.refusal} again={again} />
      ) : (
        <p role="status">{t("app.loading")}</p>
      )}
    </SpaceFrame>
  );
}

function Editing({
  space,
  door,
  page,
  again,
}: {
  space: SpaceView;
  door: FrontDoor;
  page: PageOpened;
  again: () => void;
}) {
  const { slug, me } = space;
  const path = pagePath(slug, page.id);
  const flush = useRef<() => Promise<boolean>>(async () => true);
  const [here, setHere] = useState<{ people: readonly PagePerson[]; me: string }>({ people: [], me: "" });
  const [isSetting, set] = useState(false);
  const [isUnsent, setUnsent] = useState(false);

  const finish = async () => {
    if (await flush.current()) location.assign(path);
    else setUnsent(true);
  };
  return (
    <SpaceFrame door={door} section="pages">
      <PagePath slug={slug} page={page} />
      <div className="page-head">
        <h1 dir="auto">{t("pages.editing", { title: page.title })}</h1>
        <div className="page-head__acts">
          <Button icon="gear-six" onClick={() => set(true)}>
            {t("pages.settings")}
          </Button>
          <Button look="filled" icon="check" onClick={() => void finish()}>
            {t("pages.finish")}
          </Button>
        </div>
      </div>
      <div className="page-tags">
        <PageTags page={page} />
      </div>
      {isUnsent ? (
        <Refusal
          act={{ label: t("pages.leaveAnyway"), onPress: () => location.assign(path) }}
          onClose={() => setUnsent(false)}
        >
          {t("pages.notSent")}
        </Refusal>
      ) : null}
      <AlsoHere {...here} colours />
      <Suspense fallback={<p role="status">{t("app.loading")}</p>}>
        <Writing
          slug={slug}
          me={me.author}
          id={page.id}
          people={(people, mine) => setHere({ people, me: mine })}
          ready={(send) => {
            flush.current = send;
          }}
        />
      </Suspense>
      {isSetting ? (
        <SettingsDialog
          page={page}
          onClose={() => set(false)}
          done={() => {
            set(false);
            again();
          }}
        />
      ) : null}
    </SpaceFrame>
  );
}
