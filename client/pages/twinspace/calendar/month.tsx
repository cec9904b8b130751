import { type KeyboardEvent, useEffect, useRef } from "react";
import { addDays, addMonths, monthGrid, monthOf, weekOf } from "../../../../domain/twinspace/calendarDays.ts";
import { Button, ButtonLink } from "../../../parts/button.tsx";
import { entriesOn } from "../../../views/calendar.ts";
import { t } from "../../../words/words.ts";
import { type CalendarSight, EntryButton } from "./entry.tsx";
import { dateOfDay, dayInWords, monthInWords, weekdayInWords, weekdayShort } from "./said.ts";

const mostInCell = 3;

/**
 * A month as a grid: arrows go by days, Home and End to the ends of a week, Page Up and Down by months, with Shift by years;
 * Enter goes to what is on that day, beside it.
 */
export function MonthGrid({
  sight,
  day,
  firstWeekday,
  choose,
}: {
  sight: CalendarSight;
  day: string;
  firstWeekday: number;
  choose: (day: string) => void;
}) {
  const grid = useRef<HTMLTableElement>(null);
  const moved = useRef(false);
  const weeks = monthGrid(day, firstWeekday);
  const { today, zone, entries } = sight;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows the day
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    grid.current?.querySelector<HTMLElement>("[data-chosen]")?.focus();
  }, [day]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const ahead = document.dir === "rtl" ? -1 : 1;
    const week = weekOf(day, firstWeekday);
    const months = event.shiftKey ? 12 : 1;
    const to = {
      ArrowRight: addDays(day, ahead),
      ArrowLeft: addDays(day, -ahead),
      ArrowDown: addDays(day, 7),
      ArrowUp: addDays(day, -7),
      Home: week[0],
      End: week[6],
      PageDown: addMonths(day, months),
      PageUp: addMonths(day, -months),
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      moved.current = true;
      choose(to);
    } else if ((event.key === "Enter" || event.key === " ") && event.target instanceof HTMLTableCellElement) {
      event.preventDefault();
      document.querySelector<HTMLElement>("#calendar-day")?.focus();
    }
  };

  return (
    // A grid is a table whose cells are reached by the arrow keys.
    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: as just said
    <table className="month" role="grid" aria-label={monthInWords(day)} ref={grid} onKeyDown={onKeyDown}>
      <thead>
        <tr>
          {(weeks[0] ?? []).map((each) => (
            <th key={each} scope="col" abbr={weekdayInWords(each)}>
              {weekdayShort(each)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((each) => {
              const on = entriesOn(entries, each, zone);
              const count =
                on.length === 0
                  ? t("calendar.emptyDay", { day: dayInWords(each) })
                  : t("calendar.countOn", { count: on.length, day: dayInWords(each) });
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the grid
                <td
                  key={each}
                  // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: as above
                  role="gridcell"
                  tabIndex={each === day ? 0 : -1}
                  data-chosen={each === day || undefined}
                  data-away={monthOf(each) !== monthOf(day) || undefined}
                  aria-selected={each === day}
                  aria-current={each === today ? "date" : undefined}
                  onClick={() => choose(each)}
                >
                  <span className="unseen">{count}. </span>
                  <span className="month__date" aria-hidden="true">
                    {dateOfDay(each)}
                  </span>
                  {on.slice(0, mostInCell).map((entry) => (
                    <EntryButton key={entry.id} sight={sight} entry={entry} brief reachable={false} />
                  ))}
                  {on.length > mostInCell ? (
                    <span className="month__more small">{t("calendar.moreOn", { count: on.length - mostInCell })}</span>
                  ) : null}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What is on the chosen day, and what can be added to it. */
export function DayPart({ sight, day }: { sight: CalendarSight; day: string }) {
  const on = entriesOn(sight.entries, day, sight.zone);
  return (
    <section className="card calendar-day" aria-labelledby="calendar-day">
      <h2 className="home-head" id="calendar-day" tabIndex={-1}>
        {dayInWords(day)}
      </h2>
      {on.length === 0 ? <p className="soft">{t("calendar.nothingOn")}</p> : null}
      <ul className="entries">
        {on.map((entry) => (
          <li key={entry.id}>
            <EntryButton sight={sight} entry={entry} />
          </li>
        ))}
      </ul>
      <div className="form__acts">
        {sight.mayAdd ? (
          <Button
            size="small"
            icon="plus"
            aria-label={t("calendar.addOn", { day: dayInWords(day) })}
            onClick={() => sight.add(day)}
          >
            {t("calendar.add")}
          </Button>
        ) : null}
        {sight.mayBook && day >= sight.today ? (
          <ButtonLink size="small" icon="video-camera" href={bookingOn(sight.project, day)}>
            {t("calendar.book")}
          </ButtonLink>
        ) : null}
      </div>
    </section>
  );
}

/** The page for booking, with the project and a usual hour of that day filled in. */
const bookingOn = (project: string, day: string): string =>
  `/meetings/new?${new URLSearchParams({ project, start: `${day}T10:00` })}`;
