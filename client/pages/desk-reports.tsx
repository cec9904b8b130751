import { useEffect, useState } from "react";
import type { FrontDoor, Me } from "../../protocol/http/accounts.ts";
import type { Desk } from "../../protocol/http/desk.ts";
import type { ReportRow } from "../../protocol/reports/desk.ts";
import { deskOf } from "../api/desk.ts";
import { deskReports, markCards, type ReportFilter, remindProjects, unmarkCards } from "../api/report-desk.ts";
import { Button } from "../parts/button.tsx";
import { ConfirmDialog } from "../parts/dialog.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { StatusLine } from "../parts/said.tsx";
import { filterOf, keepShown, searchOf } from "../views/report-desk.ts";
import { t } from "../words/words.ts";
import { DeskFrame } from "./desk/desk-frame.tsx";
import { ReportFilters } from "./desk/report-filters.tsx";
import { ReportTable } from "./desk/report-table.tsx";
import { OwnPage } from "./portal/portal-page.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { useAsked } from "./portal/use-asked.ts";
import { usePages } from "./portal/use-pages.ts";
import { noteUndo, UndoNotice } from "./reports/undo.tsx";
import "./desk/report-desk.css";

/** As many as the server marks or reminds of at once. */
const mostAtOnce = 100;
const pageLength = 50;

/** `/desk/reports`: the report cards that a support service reads. */
export default function DeskReportsPage() {
  return (
    <OwnPage title={t("deskReports.title")} needs="desk">
      {(me, door) => <Reports me={me} door={door} />}
    </OwnPage>
  );
}

function Reports({ me, door }: { me: Me; door: FrontDoor }) {
  const { asked, again } = useAsked(() => deskOf());
  return (
    <DeskFrame me={me} door={door} title={t("deskReports.title")} intro={t("deskReports.intro")}>
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {asked.state === "here" ? <Listed me={me} desk={asked.value} /> : null}
    </DeskFrame>
  );
}

function Listed({ me, desk }: { me: Me; desk: Desk }) {
  const [first] = useState(() => filterOf(location.search));
  const [filter, setFilter] = useState<ReportFilter>(first.filter);
  const [words, setWords] = useState(first.words);
  const [total, setTotal] = useState(0);
  const [ticked, tick] = useState<readonly string[]>([]);
  const [said, say] = useState<string>();
  const pages = usePages(words, async (sought, after) => {
    const answer = await deskReports(filter, sought, after);
    if ("value" in answer) setTotal(answer.value.total);
    return answer;
  });
  const { again, rows } = pages;
  const search = searchOf(filter, words);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter is another list
  useEffect(() => {
    again();
    tick([]);
  }, [filter]);
  useEffect(() => history.replaceState(null, "", `${location.pathname}${search}`), [search]);
  useEffect(() => {
    if (rows !== undefined) keepShown(sessionStorage, { slugs: rows.map(({ slug }) => slug), search });
  }, [rows, search]);

  const done = (sentence: string) => {
    say(sentence);
    tick([]);
    again();
  };
  const read = useAct(
    (projects: readonly string[]) => markCards(projects),
    ({ count, undo }, projects) => {
      if (undo === null) return done(t("deskReports.nothingNew"));
      done("");
      noteUndo({ words: t("deskReports.markedRead", { count }), undo: () => unmarkCards(projects, undo) });
    },
  );
  const remind = useAct(
    (projects: readonly string[]) => remindProjects(projects),
    ({ reminded, left }) =>
      done(
        reminded === 0
          ? t("deskReports.remindedNone")
          : [
              t("deskReports.remindedMany", { count: reminded }),
              ...(left === 0 ? [] : [t("deskReports.leftOut", { count: left })]),
            ].join(" "),
      ),
  );

  return (
    <>
      <ReportFilters desk={desk} filter={filter} setFilter={setFilter} words={words} setWords={setWords} />
      <StatusLine>{said}</StatusLine>
      <UndoNotice changed={again} />
      <Trouble refusal={pages.refusal} again={again} />
      <Trouble refusal={read.refusal ?? remind.refusal} />
      {rows === undefined ? <p role="status">{t("app.loading")}</p> : null}
      {rows?.length === 0 ? <Nothing isNarrowed={search !== ""} /> : null}
      {rows === undefined || rows.length === 0 ? null : (
        <section className="report-desk" aria-label={t("deskReports.list")}>
          <Batch
            rows={rows}
            total={total}
            ticked={ticked}
            tick={tick}
            busy={read.busy || remind.busy}
            read={() => read.run(ticked)}
            remind={() => remind.run(ticked)}
          />
          <ReportTable
            rows={rows}
            zone={me.timeZone}
            hasOwn={!desk.servesAll || filter.country !== ""}
            ticked={ticked}
            mayTick={ticked.length < mostAtOnce}
            tick={tick}
            remind={(row) => remind.run([row.id])}
            busy={remind.busy}
          />
          <p className="report-desk__more">
            <span className="soft small">{t("deskReports.of", { shown: rows.length, total })}</span>
            {pages.hasMore ? (
              <Button onClick={pages.more} aria-disabled={pages.busy}>
                {t("deskReports.more", { count: Math.min(pageLength, Math.max(1, total - rows.length)) })}
              </Button>
            ) : null}
          </p>
        </section>
      )}
    </>
  );
}

function Nothing({ isNarrowed }: { isNarrowed: boolean }) {
  return (
    <div className="card">
      <EmptyState
        icon="clipboard-text"
        title={t(isNarrowed ? "deskReports.nothingFound" : "deskReports.empty")}
        act={isNarrowed ? <a href="/desk/reports">{t("deskReport.back")}</a> : undefined}
      >
        {t(isNarrowed ? "deskReports.nothingFoundHint" : "deskReports.emptyHint")}
      </EmptyState>
    </div>
  );
}

/** What is done with several at once; how many there are while none is selected. */
function Batch({
  rows,
  total,
  ticked,
  tick,
  busy,
  read,
  remind,
}: {
  rows: readonly ReportRow[];
  total: number;
  ticked: readonly string[];
  tick: (ids: readonly string[]) => void;
  busy: boolean;
  read: () => void;
  remind: () => void;
}) {
  const [asks, ask] = useState(false);
  return (
    <div className="desk-batch">
      <strong role="status">
        {ticked.length === 0 ? t("deskReports.count", { count: total }) : t("desk.selected", { count: ticked.length })}
      </strong>
      {ticked.length === 0 ? (
        <Button size="small" look="plain" onClick={() => tick(rows.slice(0, mostAtOnce).map(({ id }) => id))}>
          {t("deskReports.tickAll")}
        </Button>
      ) : (
        <>
          <Button size="small" look="filled" icon="eye" aria-disabled={busy} onClick={read}>
            {t("deskReports.markRead")}
          </Button>
          <Button size="small" icon="envelope-simple" aria-disabled={busy} onClick={() => ask(true)}>
            {t("deskReports.remind")}
          </Button>
          <Button size="small" look="plain" onClick={() => tick([])}>
            {t("desk.unselect")}
          </Button>
        </>
      )}
      {asks ? (
        <ConfirmDialog
          title={t("deskReports.remindAsk", { count: ticked.length })}
          confirm={t("deskReports.remind")}
          danger={false}
          onConfirm={remind}
          onClose={() => ask(false)}
        >
          <p>{t("deskReports.remindHint")}</p>
        </ConfirmDialog>
      ) : null}
    </div>
  );
}
