import { useEffect, useState } from "react";
import type { FrontDoor, Me } from "../../protocol/http/accounts.ts";
import type { DeskReport } from "../../protocol/reports/desk.ts";
import type { EntryView } from "../../protocol/reports/entries.ts";
import {
  deskReport,
  deskReportAt,
  markCards,
  markEntry,
  remindProjects,
  serviceActs,
  unmarkCards,
  unmarkEntry,
} from "../api/report-desk.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Fact } from "../parts/fact.tsx";
import { StatusLine } from "../parts/said.tsx";
import { Tag } from "../parts/tag.tsx";
import type { PageParams } from "../routes.ts";
import { deskReportPath, looks, readShown } from "../views/report-desk.ts";
import { daysSince } from "../views/report-entry.ts";
import { dayInWords } from "../words/days.ts";
import { t } from "../words/words.ts";
import { dayIn } from "../words/zoned.ts";
import { CommentForm } from "./desk/comment-form.tsx";
import { DeskFrame } from "./desk/desk-frame.tsx";
import { ProjectFacts } from "./desk/project-facts.tsx";
import { OwnPage } from "./portal/portal-page.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { useAsked } from "./portal/use-asked.ts";
import { Comments } from "./reports/comments.tsx";
import { EntryCard, titleOfEntry } from "./reports/entry-card.tsx";
import { GlanceSummary } from "./reports/glance.tsx";
import { noteUndo, UndoNotice } from "./reports/undo.tsx";
import "./desk/report-desk.css";
import "./reports/print.css";

/** `/desk/reports/<slug>`: one report card, everything that was shared with the services in one page. */
export default function DeskReportPage({ params }: { params: PageParams }) {
  return (
    <OwnPage title={t("deskReports.title")} needs="desk">
      {(me, door) => <Asked me={me} door={door} slug={params.slug ?? ""} />}
    </OwnPage>
  );
}

function Asked({ me, door, slug }: { me: Me; door: FrontDoor; slug: string }) {
  const { asked, again } = useAsked(() => deskReport(slug));
  if (asked.state !== "here") {
    return (
      <DeskFrame me={me} door={door} title={t("deskReports.title")} above={<Ways slug={slug} />}>
        {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
        {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      </DeskFrame>
    );
  }
  return <Read me={me} door={door} report={asked.value} again={again} />;
}

function Read({ me, door, report, again }: { me: Me; door: FrontDoor; report: DeskReport; again: () => void }) {
  const { project, card, entries } = report;
  const [said, say] = useState<string>();
  const [stamp, setStamp] = useState(0);
  const changed = (sentence?: string) => {
    say(sentence);
    setStamp((before) => before + 1);
    again();
  };
  const all = useAct(
    () => markCards([project.id]),
    ({ count, undo }) => {
      changed(undo === null ? t("deskReports.nothingNew") : undefined);
      if (undo === null) return;
      noteUndo({ words: t("deskReports.markedRead", { count }), undo: () => unmarkCards([project.id], undo) });
    },
  );
  useShownFirst(entries.filter((entry) => waitsForMe(report, entry)));
  const { tone, icon } = looks[card.state];
  return (
    <DeskFrame
      me={me}
      door={door}
      title={project.title}
      above={<Ways slug={project.slug} />}
      intro={
        <Tag tone={tone} icon={icon}>
          {t(`deskReports.state.${card.state}`)}
        </Tag>
      }
      acts={
        <>
          <ButtonLink icon="download-simple" href={`${deskReportAt(project.slug)}/report.pdf`} download>
            {t("deskReport.pdf")}
          </ButtonLink>
          {entries.length === 0 ? null : (
            <Button look="filled" icon="eye" aria-disabled={all.busy} onClick={() => all.run()}>
              {t("deskReport.markAll")}
            </Button>
          )}
        </>
      }
      side={<Beside me={me} report={report} stamp={stamp} changed={changed} />}
    >
      <StatusLine>{said}</StatusLine>
      <UndoNotice changed={() => changed()} />
      <Trouble refusal={all.refusal} />
      <section className="desk-report" aria-labelledby="entries">
        <h2 id="entries" className="home-head">
          {t("deskReport.entries")}
        </h2>
        {entries.length === 0 ? (
          <EmptyState icon="clipboard-text" title={t("deskReport.none")}>
            {t("deskReport.noneHint")}
          </EmptyState>
        ) : (
          <ol className="entries">
            {entries.map((entry) => (
              <li key={entry.id} id={`entry-${entry.id}`} tabIndex={-1}>
                <Entry me={me} report={report} entry={entry} changed={changed} />
              </li>
            ))}
          </ol>
        )}
      </section>
    </DeskFrame>
  );
}

/** Whoever comes by "Answer" finds the oldest question that waits. */
function useShownFirst(waiting: readonly EntryView[]): void {
  useEffect(() => {
    if (location.hash !== "#waits") return;
    const oldest = waiting.toSorted((one, other) => (one.waits?.since ?? 0) - (other.waits?.since ?? 0))[0];
    const place = oldest && document.getElementById(`entry-${oldest.id}`);
    place?.scrollIntoView({ block: "start" });
    place?.focus({ preventScroll: true });
    // Only on arriving: what is answered must not move the page.
    history.replaceState(null, "", location.pathname);
  }, [waiting]);
}

function Entry({
  me,
  report,
  entry,
  changed,
}: {
  me: Me;
  report: DeskReport;
  entry: EntryView;
  changed: (sentence?: string) => void;
}) {
  const { project, plan, speaksFor } = report;
  const title = titleOfEntry(entry);
  const mark = useAct(
    () => markEntry(project.slug, entry.id),
    () => {
      changed();
      noteUndo({ words: t("deskReport.marked", { title }), undo: () => unmarkEntry(project.slug, entry.id) });
    },
  );
  const waits = waitsForMe(report, entry);
  const isRead = entry.readBy.some(({ country }) => speaksFor.includes(country));
  return (
    <EntryCard
      entry={entry}
      schools={project.schools}
      plan={plan.items}
      whole
      waiting={waits && entry.waits !== null ? waitedInWords(entry.waits.since) : undefined}
      acts={
        isRead ? null : (
          <Button
            size="small"
            look="plain"
            icon="eye"
            aria-label={t("deskReport.markName", { title })}
            aria-disabled={mark.busy}
            onClick={() => mark.run()}
          >
            {t("deskReport.markEntry")}
          </Button>
        )
      }
      below={
        <>
          <Comments
            comments={entry.comments}
            side="service"
            acts={serviceActs(project.slug)}
            mayAnswer
            zone={me.timeZone}
            account={me.id}
            changed={() => changed()}
          />
          <CommentForm
            report={report}
            entry={entry}
            waits={waits}
            account={me.id}
            sent={() => changed(t("deskReport.sent"))}
          />
          <Trouble refusal={mark.refusal} />
        </>
      }
    />
  );
}

/** Of another country's service was asked: that is theirs to answer, and anybody else's to read. */
const waitsForMe = ({ speaksFor }: Pick<DeskReport, "speaksFor">, { waits }: EntryView): boolean =>
  waits !== null && (speaksFor.includes(waits.country) || speaksFor.includes(null));

function waitedInWords(since: number): string {
  const count = daysSince(since, Date.now());
  return count === 0 ? t("deskReport.waitsToday") : t("deskReport.waitsForYou", { count });
}

/** The card's figures, what was said about all of it, and the registered form. */
function Beside({
  me,
  report,
  stamp,
  changed,
}: {
  me: Me;
  report: DeskReport;
  stamp: number;
  changed: (sentence?: string) => void;
}) {
  const { project, card, comments } = report;
  const day = (at: number) => dayIn(at, me.timeZone, Date.now());
  return (
    <>
      <section className="card report-part" aria-labelledby="the-card">
        <h2 id="the-card" className="home-head">
          {t("deskReport.card")}
        </h2>
        <dl className="facts">
          {card.interimDue === null ? null : (
            <Fact name={t("deskReport.interimDue")}>{dayInWords(card.interimDue)}</Fact>
          )}
          {card.finalDue === null ? null : <Fact name={t("deskReport.finalDue")}>{dayInWords(card.finalDue)}</Fact>}
          <Fact name={t("deskReport.opened")}>{day(card.openedAt)}</Fact>
          <Fact name={t("deskReport.lastShared")}>
            {card.lastSharedAt === null ? t("deskReport.nothingYet") : day(card.lastSharedAt)}
          </Fact>
        </dl>
        <Remind me={me} report={report} changed={changed} />
      </section>
      <GlanceSummary slug={project.slug} side="service" plan stamp={stamp} />
      <section className="card report-part" aria-labelledby="of-card">
        <h2 id="of-card" className="home-head">
          {t("deskReport.saidOfCard")}
        </h2>
        <Comments
          comments={comments}
          side="service"
          acts={serviceActs(project.slug)}
          mayAnswer
          zone={me.timeZone}
          account={me.id}
          changed={() => changed()}
        />
        <CommentForm
          report={report}
          entry={null}
          waits={false}
          account={me.id}
          sent={() => changed(t("deskReport.sent"))}
        />
      </section>
      <section className="card report-part" aria-labelledby="the-project">
        <h2 id="the-project" className="home-head">
          {t("deskReport.about")}
        </h2>
        <details>
          <summary>{t("deskReport.form")}</summary>
          <ProjectFacts project={project} />
        </details>
      </section>
    </>
  );
}

/** A letter of one's own to teachers who have been silent. */
function Remind({
  me,
  report: { project, card, remindedAt, mayRemind },
  changed,
}: {
  me: Me;
  report: DeskReport;
  changed: (sentence?: string) => void;
}) {
  const remind = useAct(
    () => remindProjects([project.id]),
    ({ reminded }) => changed(t(reminded === 0 ? "deskReports.remindedNone" : "deskReport.remindedNow")),
  );
  return (
    <>
      {card.silentDays === 0 ? null : <p>{t("deskReport.silent", { count: card.silentDays })}</p>}
      {remindedAt === null ? null : (
        <p className="soft small">{t("deskReport.remindedOn", { date: dayIn(remindedAt, me.timeZone, Date.now()) })}</p>
      )}
      {mayRemind && card.silentDays > 0 ? (
        <Button icon="envelope-simple" aria-disabled={remind.busy} onClick={() => remind.run()}>
          {t("deskReport.remind")}
        </Button>
      ) : null}
      <Trouble refusal={remind.refusal} />
    </>
  );
}

/** Back to the list as it was, and on to the next of it. */
function Ways({ slug }: { slug: string }) {
  const [{ slugs, search }] = useState(() => readShown(sessionStorage));
  const at = slugs.indexOf(slug);
  const [before, after] = at < 0 ? [] : [slugs[at - 1], slugs[at + 1]];
  return (
    <nav className="report-ways" aria-label={t("deskReport.ways")}>
      <a href={`/desk/reports${search}`}>{t("deskReport.back")}</a>
      {before === undefined ? null : <a href={deskReportPath(before)}>{t("deskReport.before")}</a>}
      {after === undefined ? null : <a href={deskReportPath(after)}>{t("deskReport.after")}</a>}
    </nav>
  );
}
