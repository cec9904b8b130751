import { useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { CardView } from "../../protocol/reports/card.ts";
import type { EntryView } from "../../protocol/reports/entries.ts";
import type { SpaceView } from "../../protocol/twinspace/space.ts";
import { entry as askEntry, reportCard } from "../api/reports.ts";
import { isRefused } from "../api.ts";
import { ButtonLink } from "../parts/button.tsx";
import type { PageParams } from "../routes.ts";
import { useSpaceNews } from "../use-space-news.ts";
import { writeEntryPath } from "../views/report-card.ts";
import { dayHere, dayInWords } from "../words/days.ts";
import { t } from "../words/words.ts";
import { Trouble } from "./portal/trouble.tsx";
import { useAsked } from "./portal/use-asked.ts";
import { EntryCard } from "./reports/entry-card.tsx";
import { EntryComments } from "./reports/entry-comments.tsx";
import { EntryMenu } from "./reports/entry-menu.tsx";
import { ReportPath } from "./reports/report-path.tsx";
import { UndoNotice } from "./reports/undo.tsx";
import { SpaceFrame, SpacePage } from "./twinspace/space-page.tsx";
import "./reports/entry-form.css";
import "./reports/print.css";

/** `/twinspace/<slug>/report/entry/<entry>`: one entry, with all that it says and what was said about it. */
export default function SpaceReportEntryPage({ params }: { params: PageParams }) {
  return (
    <SpacePage slug={params.slug ?? ""} title={t("space.report")}>
      {(space, door) => <Entry space={space} door={door} id={params.entry ?? ""} />}
    </SpacePage>
  );
}

interface Found {
  entry: EntryView;
  card: CardView;
}

function Entry({ space, door, id }: { space: SpaceView; door: FrontDoor; id: string }) {
  const [isRemoved, setRemoved] = useState(false);
  const { asked, again } = useAsked<Found>(async () => {
    const [entry, card] = await Promise.all([askEntry(space.slug, id), reportCard(space.slug)]);
    if (isRefused(entry)) return entry;
    return isRefused(card) ? card : { value: { entry: entry.value.entry, card: card.value } };
  });
  useSpaceNews(space.slug, ({ type }) => {
    if (!isRemoved && (type === "report" || type === "news" || type === "missed")) again();
  });
  return (
    <SpaceFrame door={door} section="report">
      <ReportPath />
      <UndoNotice
        changed={() => {
          setRemoved(false);
          again();
        }}
      />
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {isRemoved ? <p className="card">{t("reports.removedHere")}</p> : null}
      {asked.state === "here" && !isRemoved ? (
        <Read space={space} door={door} found={asked.value} changed={again} removed={() => setRemoved(true)} />
      ) : null}
    </SpaceFrame>
  );
}

function Read({
  space,
  door,
  found: { entry, card },
  changed,
  removed,
}: {
  space: SpaceView;
  door: FrontDoor;
  found: Found;
  changed: () => void;
  removed: () => void;
}) {
  const isDraft = entry.state === "draft";
  return (
    <div className="report-entry">
      <div className="entries">
        <EntryCard
          entry={entry}
          schools={space.schools}
          plan={card.plan.items}
          whole
          level={1}
          below={
            entry.comments.length === 0 ? undefined : (
              <EntryComments space={space} door={door} entry={entry} changed={changed} />
            )
          }
        />
      </div>
      <p className="soft small">{whenOf(entry)}</p>
      <div className="form__acts">
        {entry.mayWrite ? (
          <ButtonLink
            look={isDraft ? "filled" : "outlined"}
            icon="pencil-simple"
            href={writeEntryPath(space.slug, entry.id)}
          >
            {t(isDraft ? "reports.goOnAndShare" : "reports.edit")}
          </ButtonLink>
        ) : null}
        <EntryMenu entry={entry} changed={changed} removed={removed} />
      </div>
    </div>
  );
}

/** When it was shared, and when it was changed since. */
function whenOf({ sharedAt, changedAt }: EntryView): string {
  const changed = t("reports.changedOn", { day: dayInWords(dayHere(changedAt)) });
  if (sharedAt === null) return t("reports.notShared", { changed });
  const shared = t("reports.sharedOn", { day: dayInWords(dayHere(sharedAt)) });
  // A minute after it was shared it has not really changed.
  return changedAt - sharedAt < 60_000 ? `${shared}.` : `${shared}, ${changed}.`;
}
