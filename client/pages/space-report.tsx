import { useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { CardView } from "../../protocol/reports/card.ts";
import { EntryKind, type WrittenKind } from "../../protocol/reports/entries.ts";
import type { SpaceView } from "../../protocol/twinspace/space.ts";
import { beginEntry, reportCard, reportPdfAt } from "../api/reports.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Select } from "../parts/field.tsx";
import { Icon } from "../parts/icon.tsx";
import { Tag } from "../parts/tag.tsx";
import type { PageParams } from "../routes.ts";
import { useSpaceNews } from "../use-space-news.ts";
import { entryPath, writeEntryPath } from "../views/report-card.ts";
import { byMonth } from "../views/report-entry.ts";
import { monthOfDay } from "../words/days.ts";
import { t } from "../words/words.ts";
import { fromNow } from "../words/zoned.ts";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { useAsked } from "./portal/use-asked.ts";
import { CardSide } from "./reports/card-side.tsx";
import { Drafts } from "./reports/drafts.tsx";
import { EntryCard } from "./reports/entry-card.tsx";
import { KindDialog } from "./reports/kind-dialog.tsx";
import { Offers } from "./reports/offers.tsx";
import { UndoNotice } from "./reports/undo.tsx";
import { type EntriesShown, useEntries } from "./reports/use-entries.ts";
import { useSeldom } from "./reports/use-seldom.ts";
import { WantedNow } from "./reports/wanted-now.tsx";
import { SpaceFrame, SpacePage } from "./twinspace/space-page.tsx";
import "./reports/reports.css";

/** While somebody writes, their partners look at it no more often. */
const newsEveryMs = 1_500;

/** `/twinspace/<slug>/report`: the report card, for the teachers of the project. */
export default function SpaceReportPage({ params }: { params: PageParams }) {
  return (
    <SpacePage slug={params.slug ?? ""} title={t("space.report")}>
      {(space, door) => <Report space={space} door={door} />}
    </SpacePage>
  );
}

function Report({ space, door }: { space: SpaceView; door: FrontDoor }) {
  const { asked, again } = useAsked(() => reportCard(space.slug));
  if (asked.state === "here") return <Shown space={space} door={door} view={asked.value} again={again} />;
  return (
    <SpaceFrame door={door} section="report" title={t("space.report")}>
      {asked.state === "refused" ? (
        <Trouble refusal={asked.refusal} again={again} />
      ) : (
        <p role="status">{t("app.loading")}</p>
      )}
    </SpaceFrame>
  );
}

function Shown({ space, door, view, again }: { space: SpaceView; door: FrontDoor; view: CardView; again: () => void }) {
  const { slug } = space;
  const { card, mayWrite } = view;
  const [kind, setKind] = useState<EntryKind | null>(null);
  const [choosing, choose] = useState(false);
  const entries = useEntries(slug, kind);
  const [stamp, setStamp] = useState(0);
  const changed = () => {
    setStamp((before) => before + 1);
    again();
    entries.again();
  };
  const told = useSeldom(changed, newsEveryMs);
  useSpaceNews(slug, ({ type }) => {
    if (type !== "chat" && type !== "page") told();
  });
  const begin = useAct(
    async (wanted: WrittenKind) => {
      // Of these one is enough for all: whoever comes second goes on in it.
      const begun = entries.rows?.find((entry) => entry.kind === wanted && entry.state === "draft" && entry.mayWrite);
      const isShared = wanted === "interim" || wanted === "final";
      return begun && isShared ? { value: { entry: begun } } : beginEntry(slug, { kind: wanted });
    },
    ({ entry }) => location.assign(writeEntryPath(slug, entry.id)),
  );
  const isEmpty = card.entries + card.drafts === 0 && entries.rows?.length === 0;
  return (
    <SpaceFrame
      door={door}
      section="report"
      title={t("space.report")}
      intro={<LastEntry view={view} />}
      acts={
        <>
          {card.entries === 0 ? null : (
            <ButtonLink icon="printer" href={reportPdfAt(slug)}>
              {t("reports.print")}
            </ButtonLink>
          )}
          {mayWrite && !isEmpty ? (
            <Button look="filled" icon="plus" data-write onClick={() => choose(true)}>
              {t("reports.write")}
            </Button>
          ) : null}
        </>
      }
      side={
        <CardSide
          space={space}
          door={door}
          view={view}
          changed={changed}
          ask={() => begin.run("question")}
          stamp={stamp}
          entries={entries.rows ?? []}
        />
      }
    >
      <WantedNow card={card} entries={entries.rows ?? []} mayWrite={mayWrite} begin={begin.run} />
      <UndoNotice changed={changed} />
      <Trouble refusal={begin.refusal} />
      {mayWrite ? <Offers offers={view.offers} changed={changed} /> : null}
      <Drafts entries={entries.rows ?? []} changed={changed} />
      <Trouble refusal={entries.refusal} again={entries.again} />
      {isEmpty ? (
        <div className="card">
          <EmptyState
            icon="clipboard-text"
            title={t("reports.none")}
            act={
              mayWrite ? (
                <Button look="filled" icon="plus" onClick={() => choose(true)}>
                  {t("reports.writeFirst")}
                </Button>
              ) : undefined
            }
          >
            {t(mayWrite ? "reports.noneHint" : "reports.noneClosed")}
          </EmptyState>
        </div>
      ) : (
        <Timeline space={space} view={view} kind={kind} setKind={setKind} entries={entries} />
      )}
      {choosing ? <KindDialog card={card} open={space.open} begin={begin} onClose={() => choose(false)} /> : null}
    </SpaceFrame>
  );
}

/** How long nothing was shared: calm until it is long. */
function LastEntry({ view: { card } }: { view: CardView }) {
  const { lastSharedAt, silentDays } = card;
  if (lastSharedAt === null) return <Tag icon="circle-dashed">{t("reports.nothingShared")}</Tag>;
  const when = fromNow(lastSharedAt, Date.now());
  return silentDays < 45 ? (
    <Tag tone="good" icon="check">
      {t("reports.lastEntry", { when })}
    </Tag>
  ) : (
    <Tag tone="attention" icon="clock">
      {t("reports.lastEntry", { when })}
    </Tag>
  );
}

function Timeline({
  space,
  view,
  kind,
  setKind,
  entries,
}: {
  space: SpaceView;
  view: CardView;
  kind: EntryKind | null;
  setKind: (kind: EntryKind | null) => void;
  entries: EntriesShown;
}) {
  const shared = entries.rows?.filter(({ state }) => state === "shared");
  if (view.card.entries === 0 && kind === null) return null;
  return (
    <section className="report-timeline" aria-labelledby="entries">
      <header className="report-timeline__head">
        <h2 id="entries" className="home-head">
          {t("reports.entries")}
        </h2>
        <Select
          label={t("reports.filter")}
          name="kind"
          value={kind ?? "all"}
          choices={[
            { value: "all", label: t("reports.filterAll") },
            ...EntryKind.options.map((value) => ({ value, label: t(`reports.kind.${value}`) })),
          ]}
          onChoose={(chosen) => setKind(EntryKind.options.find((one) => one === chosen) ?? null)}
        />
      </header>
      {shared === undefined ? <p role="status">{t("app.loading")}</p> : null}
      {shared?.length === 0 && kind !== null ? <p className="soft">{t("reports.noneOfKind")}</p> : null}
      {byMonth(shared ?? []).map(({ month, entries: all }) => (
        <section key={month} className="report-month">
          <h3 className="report-month__name">{monthOfDay(`${month}-01`)}</h3>
          <ol className="entries">
            {all.map((entry) => (
              <li key={entry.id}>
                <EntryCard
                  entry={entry}
                  schools={space.schools}
                  plan={view.plan.items}
                  href={entryPath(space.slug, entry.id)}
                  level={4}
                  acts={
                    entry.kind === "meeting" && entry.mayWrite && entry.body.learned.trim() === "" ? (
                      <a href={writeEntryPath(space.slug, entry.id)}>{t("reports.addLearned")}</a>
                    ) : undefined
                  }
                  below={
                    entry.comments.length === 0 ? undefined : (
                      <a className="report-said" href={entryPath(space.slug, entry.id)}>
                        <Icon name="chat-circle-text" />
                        {t("reports.comments", { count: entry.comments.length })}
                      </a>
                    )
                  }
                />
              </li>
            ))}
          </ol>
        </section>
      ))}
      {entries.hasMore ? (
        <p>
          <Button look="plain" icon="caret-down" aria-disabled={entries.busy} onClick={entries.more}>
            {t("reports.older")}
          </Button>
        </p>
      ) : null}
    </section>
  );
}
