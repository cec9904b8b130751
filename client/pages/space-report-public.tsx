import { useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { PublicReportView, PublishableEntry } from "../../protocol/reports/published.ts";
import { askToPublish, orderPublic, previewReportAt, publishReport } from "../api/report-public.ts";
import { isRefused, type Refusal } from "../api.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { StatusLine } from "../parts/said.tsx";
import type { PageParams } from "../routes.ts";
import { useSpaceNews } from "../use-space-news.ts";
import { personName } from "../views/people-of-space.ts";
import { sectionPath } from "../views/space-sections.ts";
import { listOf } from "../words/formats.ts";
import { t } from "../words/words.ts";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { AddressPart } from "./reports/public/address-part.tsx";
import { EntryRow, titleOf } from "./reports/public/entry-row.tsx";
import { Reads } from "./reports/public/reads.tsx";
import { usePublicReport } from "./reports/public/use-public-report.ts";
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
  const saved = useSavedWords(slug, view.written);
  const [said, say] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [naming, setNaming] = useState<{ entries: readonly PublishableEntry[]; where: readonly string[] }>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [busy, setBusy] = useState(false);
  const { mayDecide, entries } = view;
  const { others, again } = own;
  const frozen = view.takenDown !== null || projectState === "archived";
  const all = [...entries, ...others];
  const choosable = all.filter(({ state }) => state === null || state === "withdrawn");
  const toPublish = choosable.filter(({ id }) => chosen.has(id));
  const isPublic = entries.filter(({ state }) => state === "public");

  const publish = async (wanted: readonly PublishableEntry[], sure = false) => {
    if (busy) return;
    setBusy(true);
    setRefusal(undefined);
    say("");
    const isKept = await saved.settle();
    const answer = isKept
      ? await publishReport(slug, {
          entries: wanted.map(({ id, version, held }) => ({ id, version, leaveOut: held.map((thing) => thing.id) })),
          sure,
        })
      : undefined;
    setBusy(false);
    if (answer === undefined) return;
    if (!isRefused(answer)) {
      setChosen((before) => new Set([...before].filter((id) => !wanted.some((entry) => entry.id === id))));
      say(t("reportPublic.published"));
      return again();
    }
    if (answer.refused === "entry.namesPupil") {
      return setNaming({ entries: wanted, where: (answer.fields ?? []).map((field) => placeOf(field, all)) });
    }
    setRefusal(answer);
    again();
  };
  const move = useAct(
    (entry: PublishableEntry, by: -1 | 1) => {
      const order = isPublic.map(({ id }) => id);
      const from = order.indexOf(entry.id);
      order.splice(from, 1);
      order.splice(from + by, 0, entry.id);
      return orderPublic(slug, order);
    },
    (_done, entry, by) => {
      const place = isPublic.findIndex(({ id }) => id === entry.id) + 1 + by;
      say(t("reportPublic.moved", { title: titleOf(entry), place }));
      again();
    },
  );
  const asking = useAct(
    () => askToPublish(slug),
    () => {
      say(t("reportPublic.asked"));
      again();
    },
  );
  const acts = {
    ...{ mayDecide, chosen, changed: again, frozen, move: move.run },
    choose: (entry: PublishableEntry, isChosen: boolean) =>
      setChosen((before) => {
        const next = new Set(before);
        if (isChosen) next.add(entry.id);
        else next.delete(entry.id);
        return next;
      }),
    publish: (wanted: readonly PublishableEntry[]) => void publish(wanted),
  };
  const isWordsOnly =
    toPublish.length === 0 && (view.wordsChanged || saved.state === "kept" || saved.state === "keeping");
  const mayPublishNow =
    toPublish.length > 0 || (isWordsOnly && (entries.length > 0 || saved.words.intro.trim() !== ""));
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
      <Trouble refusal={own.refusal} again={again} />
      {view.askedBy === null ? null : <p>{t("reportPublic.askedBy", { name: personName(view.askedBy) })}</p>}
      {mayDecide ? <WordsForm saved={saved} view={view} /> : null}
      {all.length === 0 ? (
        <div className="card">
          <EmptyState
            icon="globe-simple"
            title={t("reportPublic.none")}
            act={<ButtonLink href={sectionPath(slug, "report")}>{t("reportPublic.toCard")}</ButtonLink>}
          >
            {t("reportPublic.noneHint")}
          </EmptyState>
        </div>
      ) : (
        <>
          {entries.length === 0 ? null : (
            <section className="public-report-list" aria-labelledby="in-public">
              <h2 id="in-public" className="home-head">
                {t("reportPublic.inPublic")}
              </h2>
              <ol aria-labelledby="in-public">
                {entries.map((entry) => {
                  const at = isPublic.findIndex(({ id }) => id === entry.id);
                  const place = at < 0 ? null : at + 1;
                  return (
                    <EntryRow key={entry.id} entry={entry} place={place} last={place === isPublic.length} acts={acts} />
                  );
                })}
              </ol>
            </section>
          )}
          <section className="public-report-list" aria-labelledby="not-public">
            <h2 id="not-public" className="home-head">
              {t("reportPublic.others")}
            </h2>
            <p className="soft">{t(others.length === 0 ? "reportPublic.noOthers" : "reportPublic.entriesHint")}</p>
            {choosable.length < 2 || frozen ? null : (
              <div className="public-report-acts">
                <Button size="small" onClick={() => setChosen(new Set(choosable.map(({ id }) => id)))}>
                  {t("reportPublic.chooseAll")}
                </Button>
                {chosen.size === 0 ? null : (
                  <Button size="small" onClick={() => setChosen(new Set())}>
                    {t("reportPublic.chooseNone")}
                  </Button>
                )}
              </div>
            )}
            <ul aria-labelledby="not-public">
              {others.map((entry) => (
                <EntryRow key={entry.id} entry={entry} place={null} acts={acts} />
              ))}
            </ul>
            {own.more === undefined ? null : <Button onClick={own.more}>{t("act.showMore")}</Button>}
          </section>
        </>
      )}
      {frozen ? null : (
        <div className="public-report-publish">
          <Trouble refusal={refusal ?? move.refusal ?? asking.refusal} />
          {toPublish.length === 0 && !isWordsOnly && others.length > 0 ? (
            <p className="soft">{t("reportPublic.chooseFirst")}</p>
          ) : null}
          <div className="public-report-acts">
            {mayDecide && mayPublishNow ? (
              <Button look="filled" aria-disabled={busy} onClick={() => void publish(toPublish)}>
                {toPublish.length > 0
                  ? t("reportPublic.publish", { count: toPublish.length })
                  : t("reportPublic.publishWords")}
              </Button>
            ) : null}
            {!mayDecide && view.askedBy === null ? (
              <Button aria-disabled={asking.busy} onClick={() => asking.run()}>
                {t("reportPublic.ask")}
              </Button>
            ) : null}
            {all.length === 0 ? null : (
              <a
                className="public-report-link"
                target="_blank"
                rel="noopener"
                href={previewReportAt(slug, [
                  ...toPublish.map(({ id }) => id),
                  ...isPublic.filter(({ changes }) => changes.length > 0).map(({ id }) => id),
                ])}
              >
                {t("reportPublic.look")}
              </a>
            )}
          </div>
          {mayDecide ? null : <p className="soft small">{t("reportPublic.askHint")}</p>}
        </div>
      )}
      {view.publishedAt === null ? null : <Reads reads={view.reads} />}
      {naming === undefined ? null : (
        <Dialog
          title={t("reportPublic.namesPupil")}
          onClose={() => setNaming(undefined)}
          acts={
            <>
              <Button look="filled" onClick={() => setNaming(undefined)} data-first>
                {t("reportPublic.changeFirst")}
              </Button>
              <Button
                onClick={() => {
                  setNaming(undefined);
                  void publish(naming.entries, true);
                }}
              >
                {t("reportPublic.publishAnyway")}
              </Button>
            </>
          }
        >
          <p>{t("reportPublic.namesPupilIn", { where: listOf(naming.where) })}</p>
        </Dialog>
      )}
    </SpaceFrame>
  );
}

/** In the words of this page, where the server thinks that a pupil is named. */
function placeOf(field: string, entries: readonly PublishableEntry[]): string {
  if (field === "line") return t("reportPublic.inLine");
  if (field === "intro") return t("reportPublic.inBeginning");
  const entry = entries.find(({ id }) => id === field);
  return entry === undefined ? field : titleOf(entry);
}
