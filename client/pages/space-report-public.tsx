import { useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { PublicReportView, PublishableEntry } from "../../protocol/reports/published.ts";
import { orderPublic } from "../api/report-public.ts";
import { ButtonLink } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { StatusLine } from "../parts/said.tsx";
import type { PageParams } from "../routes.ts";
import { useSpaceNews } from "../use-space-news.ts";
import { personName } from "../views/people-of-space.ts";
import { moved, titleOf } from "../views/report-public.ts";
import { sectionPath } from "../views/space-sections.ts";
import { t } from "../words/words.ts";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { AddressPart } from "./reports/public/address-part.tsx";
import { InPublic, NotPublic } from "./reports/public/entry-lists.tsx";
import { PublishPart } from "./reports/public/publish-part.tsx";
import { Reads } from "./reports/public/reads.tsx";
import { usePublicReport } from "./reports/public/use-public-report.ts";
import { usePublishing } from "./reports/public/use-publishing.ts";
import { useSavedWords } from "./reports/public/use-saved-words.ts";
import { WordsForm } from "./reports/public/words-form.tsx";
import { UndoNotice } from "./reports/undo.tsx";
import { SpaceFrame, SpacePage, useSpace } from "./twinspace/space-page.tsx";
import { isTeacherRole } from "./twinspace/talk/said-card.tsx";
import "./reports/reports.css";
import "./reports/public/public.css";

/** `/twinspace/<slug>/report/public`: which entries everybody may read. Its teachers see it, its administrators decide. */
export default function SpaceReportPublicPage({ params }: { params: PageParams }) {
  return (
    <SpacePage slug={params.slug ?? ""} title={t("reportPublic.title")}>
      {(space, door) =>
        isTeacherRole(space.me.role) ? (
          <Asking door={door} />
        ) : (
          <SpaceFrame door={door} section={null} title={t("reportPublic.title")}>
            <EmptyState icon="lock-simple" title={t("reportPublic.onlyTeachers")} />
          </SpaceFrame>
        )
      }
    </SpacePage>
  );
}

function Asking({ door }: { door: FrontDoor }) {
  const { slug } = useSpace();
  const own = usePublicReport(slug);
  useSpaceNews(slug, ({ type }) => {
    if (type === "news" || type === "missed") own.again();
  });
  if (own.view) return <Shown door={door} view={own.view} own={own} />;
  return (
    <SpaceFrame door={door} section="report" title={t("reportPublic.title")}>
      {own.refusal === undefined ? <p role="status">{t("app.loading")}</p> : null}
      <Trouble refusal={own.refusal} again={own.again} />
    </SpaceFrame>
  );
}

function Shown({
  door,
  view,
  own,
}: {
  door: FrontDoor;
  view: PublicReportView;
  own: ReturnType<typeof usePublicReport>;
}) {
  const { slug, state: projectState } = useSpace();
  const [said, say] = useState("");
  const { entries, mayDecide } = view;
  const { others, again } = own;
  const all = [...entries, ...others];
  const frozen = view.takenDown !== null || projectState === "archived";
  const sayAgain = (words: string) => {
    say(words);
    again();
  };
  const saved = useSavedWords(slug, view.written);
  const publishing = usePublishing(slug, all, {
    settle: saved.settle,
    done: (isDone) => sayAgain(isDone ? t("reportPublic.published") : ""),
  });
  const move = useAct(
    (entry: PublishableEntry, by: -1 | 1) => orderPublic(slug, moved(entries, entry.id, by)),
    (_done, entry, by) => {
      const place = moved(entries, entry.id, by).indexOf(entry.id) + 1;
      sayAgain(t("reportPublic.moved", { title: titleOf(entry), place }));
    },
  );
  const { chosen, choose, publish } = publishing;
  const acts = { mayDecide, frozen, chosen, choose, publish, move: move.run, changed: again };
  return (
    <SpaceFrame
      door={door}
      section="report"
      title={t("reportPublic.title")}
      intro={t("reportPublic.intro")}
      side={<AddressPart view={view} changed={again} said={say} />}
    >
      <p>
        <a href={sectionPath(slug, "report")}>{t("reportPublic.toCard")}</a>
      </p>
      <div className="public-report-said">
        <UndoNotice changed={again} />
        <StatusLine>{said}</StatusLine>
      </div>
      <Trouble refusal={own.refusal ?? move.refusal} again={again} />
      {view.askedBy === null ? null : <p>{t("reportPublic.askedBy", { name: personName(view.askedBy) })}</p>}
      {mayDecide ? <WordsForm saved={saved} view={view} /> : null}
      {all.length === 0 ? (
        <NothingShared slug={slug} />
      ) : (
        <>
          <InPublic entries={entries} acts={acts} />
          <NotPublic entries={others} all={all} publishing={publishing} acts={acts} more={own.more} />
        </>
      )}
      {frozen ? null : (
        <PublishPart
          view={view}
          all={all}
          publishing={publishing}
          saved={saved}
          asked={() => sayAgain(t("reportPublic.asked"))}
        />
      )}
      {view.publishedAt === null ? null : <Reads reads={view.reads} />}
    </SpaceFrame>
  );
}

function NothingShared({ slug }: { slug: string }) {
  return (
    <div className="card">
      <EmptyState
        icon="globe-simple"
        title={t("reportPublic.none")}
        act={<ButtonLink href={sectionPath(slug, "report")}>{t("reportPublic.toCard")}</ButtonLink>}
      >
        {t("reportPublic.noneHint")}
      </EmptyState>
    </div>
  );
}
