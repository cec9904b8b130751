import { weekOf } from "../../../../domain/twinspace/calendarDays.ts";
import { entriesOn, otherClocks, placedOn } from "../../../views/calendar.ts";
import { momentOf } from "../../../views/zoned-time.ts";
import { t } from "../../../words/words.ts";
import { timeIn } from "../../../words/zoned.ts";
import { type CalendarSight, EntryButton } from "./entry.tsx";
import { dayInWords, shortDay } from "./said.ts";

const usual = { from: 7, to: 19 };
const share = (minutes: number, of: number) => `${(100 * minutes) / of}%`;

/** A week by its hours, on the reader's clock with the other schools' beside it. */
export function WeekView({ sight, day, firstWeekday }: { sight: CalendarSight; day: string; firstWeekday: number }) {
  const { zone, schools, entries, today } = sight;
  const days = weekOf(day, firstWeekday);
  const placed = days.map((each) => placedOn(entries, each, zone));
  const from = Math.min(usual.from, ...placed.flat().map((one) => Math.floor(one.from / 60)));
  const to = Math.max(usual.to, ...placed.flat().map((one) => Math.ceil(one.to / 60)));
  const hours = Array.from({ length: to - from }, (_, i) => from + i);
  const moment = (hour: number) => momentOf(`${days[0] ?? day}T${String(hour).padStart(2, "0")}:00`, zone) ?? 0;
  const others = otherClocks(moment(12), zone, schools);
  const all = (to - from) * 60;
  return (
    // It is scrolled sideways where there is little room, which must work by keyboard too.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: as just said
    <section className="week" aria-label={t("calendar.week")} tabIndex={0}>
      <div className="week__hours" aria-hidden="true" style={{ height: `${hours.length * 2.75}rem` }}>
        {[{ town: "", zone }, ...others].map((clock) => (
          <div key={clock.zone} className="week__clock">
            <span className="week__town small">{clock.town}</span>
            {hours.map((hour) => (
              <span key={hour} style={{ top: share((hour - from) * 60, all) }}>
                {timeIn(moment(hour), clock.zone)}
              </span>
            ))}
          </div>
        ))}
      </div>
      {days.map((each, i) => (
        <section
          key={each}
          className="week__day"
          aria-label={dayInWords(each)}
          data-today={each === today || undefined}
        >
          <h2 className="week__head">{shortDay(each)}</h2>
          <div className="week__whole">
            {entriesOn(entries, each, zone)
              .filter(({ time }) => time.shape === "days")
              .map((entry) => (
                <EntryButton key={entry.id} sight={sight} entry={entry} brief />
              ))}
          </div>
          <div className="week__timed" style={{ height: `${hours.length * 2.75}rem` }}>
            {(placed[i] ?? []).map((one) => (
              <div
                key={one.entry.id}
                className="week__placed"
                style={{
                  top: share(one.from - from * 60, all),
                  height: share(one.to - one.from, all),
                  insetInlineStart: share(one.lane, one.lanes),
                  width: share(1, one.lanes),
                }}
              >
                <EntryButton sight={sight} entry={one.entry} brief />
              </div>
            ))}
          </div>
        </section>
      ))}
    </section>
  );
}
