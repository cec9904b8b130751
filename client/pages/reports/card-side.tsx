import type { FrontDoor } from "../../../protocol/http/accounts.ts";
import type { CardView } from "../../../protocol/reports/card.ts";
import type { Comment } from "../../../protocol/reports/comments.ts";
import type { EntryView } from "../../../protocol/reports/entries.ts";
import type { SpaceView } from "../../../protocol/twinspace/space.ts";
import { partnerActs } from "../../api/report-desk.ts";
import { Button, ButtonLink } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Flag } from "../../parts/place.tsx";
import { ownZone } from "../../views/own-zone.ts";
import { entryPath, planPath } from "../../views/report-card.ts";
import { sectionPath } from "../../views/space-sections.ts";
import { t } from "../../words/words.ts";
import { Comments } from "./comments.tsx";
import { titleOfEntry } from "./entry-card.tsx";
import { GlanceSummary } from "./glance.tsx";

/** Beside the timeline: how it stands, what was planned, what the services say, and where it goes from here. */
export function CardSide({
  space,
  door,
  view,
  changed,
  ask,
  stamp,
  entries,
}: {
  space: SpaceView;
  door: FrontDoor;
  view: CardView;
  changed: () => void;
  /** Begins a question to the services. */
  ask: () => void;
  /** Another one: something changed since. */
  stamp: number;
  /** Those that are shown, to name what was said about them. */
  entries: readonly EntryView[];
}) {
  return (
    <>
      <GlanceSummary slug={space.slug} side="partner" plan stamp={stamp} />
      <PlanMissing slug={space.slug} view={view} />
      <section className="card report-side" aria-labelledby="services">
        <h2 id="services" className="home-head">
          {t("reports.fromService")}
        </h2>
        {view.comments.length === 0 ? <p className="soft">{t("reports.noComments")}</p> : null}
        {together(view.comments).map(([entry, comments]) => (
          <div key={entry} className="report-side">
            <AboutWhat slug={space.slug} entry={entry} entries={entries} />
            <Comments
              comments={comments}
              side="partner"
              acts={partnerActs(space.slug)}
              mayAnswer={space.open}
              zone={ownZone(door)}
              account={space.me.author}
              changed={changed}
            />
          </div>
        ))}
        <Readers view={view} />
      </section>
      {view.mayWrite && space.open ? (
        <Button icon="megaphone" wide onClick={ask}>
          {t("reports.ask")}
        </Button>
      ) : null}
      <Onward slug={space.slug} />
    </>
  );
}

/** What was said about one entry stands together; what was said about last comes first. */
function together(comments: readonly Comment[]): [entry: string | null, comments: Comment[]][] {
  const newest = (all: readonly Comment[]) => Math.max(...all.map(({ at }) => at));
  return [...Map.groupBy(comments, ({ entry }) => entry)].sort(([, a], [, b]) => newest(b) - newest(a));
}

function AboutWhat({ slug, entry, entries }: { slug: string; entry: string | null; entries: readonly EntryView[] }) {
  if (entry === null) return null;
  const known = entries.find(({ id }) => id === entry);
  return (
    <p className="small">
      <a href={entryPath(slug, entry)} dir="auto">
        {known === undefined ? t("reports.anEntry") : titleOfEntry(known)}
      </a>
    </p>
  );
}

function Readers({ view: { services } }: { view: CardView }) {
  if (services.length === 0) return null;
  return (
    <div className="small soft">
      <p>{t("reports.servicesRead")}</p>
      <ul className="report-services">
        {services.map(({ country, name }) => (
          <li key={country}>
            <Flag country={country} named />
            <bdi>{name}</bdi>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Without a plan nothing counts towards it. */
function PlanMissing({ slug, view: { plan, mayWrite } }: { slug: string; view: CardView }) {
  if (plan.items.length > 0 || !mayWrite) return null;
  return (
    <section className="card report-side" aria-labelledby="plan">
      <h2 id="plan" className="home-head">
        {t("reports.plan")}
      </h2>
      <p className="soft">{t("reports.planNone")}</p>
      <p>
        <ButtonLink icon="list-bullets" href={planPath(slug)}>
          {t("reports.planMake")}
        </ButtonLink>
      </p>
    </section>
  );
}

/** Where the card goes from here. */
function Onward({ slug }: { slug: string }) {
  const report = sectionPath(slug, "report");
  return (
    <nav className="card report-onward" aria-label={t("reports.onward")}>
      <a href={planPath(slug)}>
        <Icon name="list-bullets" />
        <span>
          <strong>{t("reports.thePlan")}</strong>
          <span className="soft small">{t("reports.planHint")}</span>
        </span>
      </a>
      <a href={`${report}/public`}>
        <Icon name="globe-simple" />
        <span>
          <strong>{t("reports.publicVersion")}</strong>
          <span className="soft small">{t("reports.publicHint")}</span>
        </span>
      </a>
      <a href={`${report}/quality-label`}>
        <Icon name="seal-check" />
        <span>
          <strong>{t("reports.qualityLabel")}</strong>
          <span className="soft small">{t("reports.qualityLabelHint")}</span>
        </span>
      </a>
    </nav>
  );
}
