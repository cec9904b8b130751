import { useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { PublicTheme } from "../../protocol/twinspace/publishing.ts";
import { publishing } from "../api/space/publishing.ts";
import { Button, ButtonLink, IconButton } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import type { PageParams } from "../routes.ts";
import { sectionPath } from "../views/space-sections.ts";
import { t } from "../words/words.ts";
import { Trouble } from "./portal/trouble.tsx";
import { PublishingPageCard } from "./twinspace/publish/page-card.tsx";
import { SiteForm } from "./twinspace/publish/site-form.tsx";
import { usePublishing } from "./twinspace/publish/use-publishing.ts";
import { SpaceFrame, SpacePage, useSpace } from "./twinspace/space-page.tsx";
import { isTeacherRole } from "./twinspace/talk/said-card.tsx";
import "./twinspace/publish/publish.css";

/** `/twinspace/<slug>/publish`: what the project shows to everybody. Its teachers see it, its admins decide. */
export default function SpacePublishPage({ params }: { params: PageParams }) {
  return (
    <SpacePage slug={params.slug ?? ""} title={t("space.publish")}>
      {(space, door) =>
        isTeacherRole(space.me.role) ? (
          <Publishing door={door} />
        ) : (
          <SpaceFrame door={door} section={null} title={t("space.publish")}>
            <EmptyState icon="lock-simple" title={t("publish.onlyTeachers")} />
          </SpaceFrame>
        )
      }
    </SpacePage>
  );
}

function Publishing({ door }: { door: FrontDoor }) {
  const { slug, open } = useSpace();
  const own = usePublishing((after) => publishing(slug, after));
  const [theme, setTheme] = useState<PublicTheme>();
  const [done, setDone] = useState<{ said: string; undo?: (() => void) | undefined }>({ said: "" });
  const { whole } = own;
  const shared = {
    ...{ mayDecide: whole?.mayDecide ?? false, open, theme: theme ?? whole?.site.theme ?? "river" },
    done(said: string, undo?: () => void) {
      setDone({ said, undo });
      own.again();
    },
  };
  return (
    <SpaceFrame
      door={door}
      section="publish"
      title={t("space.publish")}
      intro={t("publish.intro")}
      side={whole ? <SiteForm shown={whole} theme={shared.theme} onTheme={setTheme} /> : undefined}
    >
      {whole === undefined && own.refusal === undefined ? <p role="status">{t("app.loading")}</p> : null}
      <Trouble refusal={own.refusal} again={own.again} />
      <div className="publish-done" role="status">
        {done.said === "" ? null : (
          <div className="removed-notice__words">
            <p>{done.said}</p>
            {done.undo === undefined ? null : (
              <Button size="small" onClick={done.undo}>
                {t("act.undo")}
              </Button>
            )}
            <IconButton icon="x" size="small" name={t("act.close")} onClick={() => setDone({ said: "" })} />
          </div>
        )}
      </div>
      {whole === undefined ? null : (
        <>
          <section className="publish-part" aria-labelledby="published">
            <h2 id="published" className="home-head">
              {t("publish.pages")}
            </h2>
            {whole.pages.length === 0 ? (
              <EmptyState icon="globe-simple" title={t("publish.none")}>
                {t("publish.noneHint")}
              </EmptyState>
            ) : (
              <ul className="publish-list" aria-labelledby="published">
                {whole.pages.map((page) => (
                  <li key={page.id} className="card publish-card">
                    <PublishingPageCard page={page} {...shared} />
                  </li>
                ))}
              </ul>
            )}
          </section>
          <section className="publish-part" aria-labelledby="others">
            <h2 id="others" className="home-head">
              {t("publish.others")}
            </h2>
            <p className="soft">{own.others.length === 0 ? t("publish.noOthers") : t("publish.othersHint")}</p>
            {own.others.length === 0 ? (
              <ButtonLink href={sectionPath(slug, "pages")}>{t("publish.writePage")}</ButtonLink>
            ) : (
              <ul className="publish-list" aria-labelledby="others">
                {own.others.map((page) => (
                  <li key={page.id} className="card publish-card">
                    <PublishingPageCard page={page} {...shared} />
                  </li>
                ))}
              </ul>
            )}
            {own.more === undefined ? null : <Button onClick={own.more}>{t("act.showMore")}</Button>}
          </section>
        </>
      )}
    </SpaceFrame>
  );
}
