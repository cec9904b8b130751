import type { CalendarList } from "../../../protocol/twinspace/calendar.ts";
import { calendarList } from "../../api/space/calendar.ts";
import { useSpaceNews } from "../../use-space-news.ts";
import { dayIn, daysOf, readersZone } from "../../views/calendar.ts";
import { sectionPath } from "../../views/space-sections.ts";
import { ownZone } from "../../views/zoned-time.ts";
import { t } from "../../words/words.ts";
import { useDoor } from "../portal/door.ts";
import { useAsked } from "../portal/use-asked.ts";
import { dateOfDay, hoursInWords, kindInWords, monthShort } from "./calendar/said.ts";
import { useSpace } from "./space-page.tsx";
import "./calendar/calendar.css";

/** The next five dates of the TwinSpace, for its Home. Nothing where there is none, or where it is not for who looks. */
export function NextDates() {
  const { slug, me } = useSpace();
  const account = useDoor()?.me?.timeZone ?? null;
  const today = dayIn(Date.now(), account ?? ownZone());
  const { asked, again } = useAsked<CalendarList>(() => calendarList(slug, { from: today, most: 8 }));
  useSpaceNews(slug, ({ type }) => {
    if (type === "calendar" || type === "missed") again();
  });
  if (asked.state !== "here") return null;
  const { entries, schools } = asked.value;
  const zone = readersZone(account, me.school?.id ?? null, schools, ownZone());
  const next = entries.filter(({ time }) => daysOf(time, zone).last >= today).slice(0, 5);
  if (next.length === 0) return null;
  return (
    <section className="card home-part" aria-labelledby="next-dates">
      <div className="links-head">
        <h2 className="home-head" id="next-dates">
          {t("calendar.next")}
        </h2>
        <a href={sectionPath(slug, "calendar")}>{t("calendar.all")}</a>
      </div>
      <ul className="next-dates">
        {next.map((entry) => {
          const { first } = daysOf(entry.time, zone);
          return (
            <li key={entry.id}>
              <span className="leaf">
                <strong>{dateOfDay(first)}</strong>
                {monthShort(first)}
              </span>
              <span className="next-dates__words">
                <strong>{entry.title}</strong>
                <span className="soft small">
                  {kindInWords(entry, schools)}, {hoursInWords(entry.time, zone, schools)}
                </span>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
