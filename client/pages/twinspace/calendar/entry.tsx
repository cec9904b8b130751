import type { CalendarEntry, CalendarItem, CalendarSchool } from "../../../../protocol/twinspace/calendar.ts";
import { Icon } from "../../../parts/icon.tsx";
import { sectionPath } from "../../../views/space-sections.ts";
import { t } from "../../../words/words.ts";
import { timeIn } from "../../../words/zoned.ts";
import { hoursInWords, kindInWords, kindOf, patternOf } from "./said.ts";

/** What the parts of a calendar show, to whom, and what can be done there. */
export interface CalendarSight {
  readonly slug: string;
  readonly project: string;
  /** The reader's. */
  readonly zone: string;
  readonly today: string;
  readonly schools: readonly CalendarSchool[];
  readonly entries: readonly CalendarEntry[];
  readonly mayAdd: boolean;
  readonly mayBook: boolean;
  readonly open: (item: CalendarItem) => void;
  readonly add: (day: string) => void;
}

const icons = {
  activity: "users-three",
  deadline: "timer",
  holiday: "sun",
  meeting: "video-camera",
} as const;

/** Changed in the last days: said beside it. */
const newlyMs = 3 * 86_400_000;
export const isNewlyChanged = (entry: CalendarEntry): boolean =>
  entry.source === "item" && entry.changedBy !== null && entry.changedAt > Date.now() - newlyMs;

/**
 * One date as something to press: what kind, when, its title. `brief`: where there is little room; all of it is spoken. A
 * meeting leads to the meetings.
 */
export function EntryButton({
  sight,
  entry,
  brief = false,
  reachable = true,
}: {
  sight: CalendarSight;
  entry: CalendarEntry;
  brief?: boolean;
  /** False where the arrow keys are the way to it. */
  reachable?: boolean;
}) {
  const { zone, schools, slug } = sight;
  const kind = kindInWords(entry, schools);
  const hours = hoursInWords(entry.time, zone, schools);
  // Spoken as one sentence; what is seen is cut into parts, and cut short where there is little room.
  const shown = (
    <>
      <span className="unseen">
        {kind}: {entry.title}, {hours}
      </span>
      <Icon name={icons[kindOf(entry)]} />
      <span className="entry__words" aria-hidden="true">
        {brief ? null : <span className="entry__kind">{kind}</span>}
        {brief && entry.time.shape === "hours" ? (
          <span className="entry__time">{timeIn(entry.time.startsAt, zone)} </span>
        ) : null}
        <span className="entry__title">{entry.title}</span>
        {brief ? null : <span className="entry__time">{hours}</span>}
      </span>
      {!brief && isNewlyChanged(entry) ? <span className="entry__changed">{t("calendar.changed")}</span> : null}
    </>
  );
  const looks = {
    className: `entry entry--${kindOf(entry)}${brief ? " entry--brief" : ""}`,
    "data-pattern": patternOf(entry, schools),
    tabIndex: reachable ? undefined : -1,
  };
  return entry.source === "meeting" ? (
    <a {...looks} href={sectionPath(slug, "meetings")}>
      {shown}
    </a>
  ) : (
    <button {...looks} type="button" onClick={() => sight.open(entry)}>
      {shown}
    </button>
  );
}
