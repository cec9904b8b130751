import { useState } from "react";
import type { CalendarEntry } from "../../../../protocol/twinspace/calendar.ts";
import { calendarList } from "../../../api/space/calendar.ts";
import { Button } from "../../../parts/button.tsx";
import { EmptyState } from "../../../parts/empty-state.tsx";
import { daysOf } from "../../../views/calendar.ts";
import { t } from "../../../words/words.ts";
import { Trouble } from "../../portal/trouble.tsx";
import { useAct } from "../../portal/use-act.ts";
import { useAsked } from "../../portal/use-asked.ts";
import { type CalendarSight, EntryButton } from "./entry.tsx";
import { dayInWords } from "./said.ts";

/** What comes from a day on, day by day; what is over on request. */
export function CalendarRows({ sight, from }: { sight: CalendarSight; from: string }) {
  const { slug, zone } = sight;
  const { asked, again, change } = useAsked(() => calendarList(slug, { from }));
  const [past, setPast] = useState<{ entries: readonly CalendarEntry[]; next: string | null }>();
  const more = useAct(
    (after: string) => calendarList(slug, { from, after }),
    (page) => change((before) => ({ ...page, entries: [...before.entries, ...page.entries] })),
  );
  const back = useAct(
    (after: string | null) => calendarList(slug, { from, back: true, after }),
    (page) => setPast((before) => ({ next: page.next, entries: [...page.entries, ...(before?.entries ?? [])] })),
  );
  if (asked.state === "refused") return <Trouble refusal={asked.refusal} again={again} />;
  if (asked.state === "asking") return null;
  const { entries, next } = asked.value;
  const coming = entries.filter(({ time }) => daysOf(time, zone).last >= from);
  const over = (past?.entries ?? []).filter(({ id }) => !coming.some((entry) => entry.id === id));
  return (
    <div className="calendar-list">
      {past === undefined || past.next !== null ? (
        <Button size="small" look="plain" icon="arrow-up" onClick={() => back.run(past?.next ?? null)}>
          {t("calendar.showEarlier")}
        </Button>
      ) : null}
      <Trouble refusal={back.refusal ?? more.refusal} />
      {over.length + coming.length === 0 ? (
        <EmptyState icon="calendar-blank" title={t("calendar.empty")}>
          {sight.mayAdd ? t("calendar.emptyHint") : t("calendar.emptyRead")}
        </EmptyState>
      ) : null}
      {byDay([...over, ...coming], zone).map(([day, on]) => (
        <section
          key={day}
          className="calendar-list__day"
          aria-label={dayInWords(day)}
          data-today={day === sight.today || undefined}
        >
          <h2 className="home-head">{dayInWords(day)}</h2>
          <ul className="entries">
            {on.map((entry) => (
              <li key={entry.id}>
                <EntryButton sight={sight} entry={entry} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {next === null ? null : (
        <Button onClick={() => more.run(next)} disabled={more.busy}>
          {t("calendar.showMore")}
        </Button>
      )}
    </div>
  );
}

/** Under the day on which each begins. */
function byDay(entries: readonly CalendarEntry[], zone: string): [string, CalendarEntry[]][] {
  const days = new Map<string, CalendarEntry[]>();
  for (const entry of entries) {
    const { first } = daysOf(entry.time, zone);
    days.set(first, [...(days.get(first) ?? []), entry]);
  }
  return [...days].sort(([one], [other]) => (one < other ? -1 : 1));
}
