/**
 * On which days something is that repeats, as files of holidays say it: every so many days, weeks, months or years, on named
 * weekdays or dates. Whatever a file says, the work is bounded: it is written by strangers.
 */
import { addDays, addMonths, daysBetween, monthOf, weekdayOf, weekOf } from "./calendarDays.ts";

export interface Repeats {
  readonly every: "day" | "week" | "month" | "year";
  /** Every so many of them, from 1. */
  readonly interval: number;
  /** How often in all, the first time among them. */
  readonly count: number | null;
  /** Not after this day. */
  readonly until: string | null;
  /** 1 for Monday; `nth` of the month, from its end when negative; 0 for every one. */
  readonly weekdays: readonly { readonly nth: number; readonly weekday: number }[];
  /** From the month's end when negative. */
  readonly dates: readonly number[];
  /** 1 for January. */
  readonly months: readonly number[];
}

/** How many steps may still be taken, for all of a file together. */
export interface Effort {
  left: number;
}

/**
 * The days from `from` to before `to` on which something is that is first on `first`; at most `most`. Undefined when it
 * would take more steps than there are left.
 */
export function repeatedDays(
  first: string,
  repeats: Repeats,
  { from, to, most }: { from: string; to: string; most: number },
  effort: Effort,
): string[] | undefined {
  const found: string[] = [];
  let times = 0;
  // What is counted is counted from its beginning; what is not may be looked at from where it matters.
  for (let step = repeats.count === null ? stepsBefore(first, repeats, from) : 0; ; step += 1) {
    effort.left -= 1;
    if (effort.left < 0) return undefined;
    const period = periodOf(first, repeats, step);
    if (period >= to || (repeats.until !== null && period > repeats.until)) return found;
    for (const day of daysIn(period, first, repeats)) {
      if (day < first) continue;
      if (repeats.until !== null && day > repeats.until) return found;
      times += 1;
      if (repeats.count !== null && times > repeats.count) return found;
      if (day < from || day >= to) continue;
      found.push(day);
      if (found.length >= most) return found;
    }
  }
}

/** The first day of the period that is so many steps away. */
function periodOf(first: string, { every, interval }: Repeats, step: number): string {
  if (every === "day") return addDays(first, step * interval);
  if (every === "week") return addDays(weekOf(first, 1)[0] ?? first, 7 * step * interval);
  const months = step * interval * (every === "year" ? 12 : 1);
  return addMonths(every === "year" ? `${first.slice(0, 4)}-01-01` : `${monthOf(first)}-01`, months);
}

/** How many steps can be left out because nothing of them is at `from` or later. */
function stepsBefore(first: string, { every, interval }: Repeats, from: string): number {
  const longest = { day: 1, week: 7, month: 31, year: 366 }[every] * interval;
  return Math.max(0, Math.floor(daysBetween(first, from) / longest) - 1);
}

function daysIn(period: string, first: string, repeats: Repeats): string[] {
  const { every, weekdays, months } = repeats;
  if (every === "day") return [period];
  if (every === "week") {
    const wanted = weekdays.length > 0 ? weekdays.map(({ weekday }) => weekday) : [weekdayOf(first)];
    return weekOf(period, 1).filter((day) => wanted.includes(weekdayOf(day)));
  }
  if (every === "month") return daysInMonth(period, first, repeats);
  const wanted = months.length > 0 ? [...new Set(months)] : [Number(first.slice(5, 7))];
  return wanted.flatMap((month) => daysInMonth(addMonths(period, month - 1), first, repeats)).sort();
}

function daysInMonth(month: string, first: string, { weekdays, dates }: Repeats): string[] {
  const length = daysBetween(month, addMonths(month, 1));
  const all = Array.from({ length }, (_, i) => addDays(month, i));
  if (weekdays.length > 0) {
    const named = weekdays.flatMap(({ nth, weekday }) => {
      const fitting = all.filter((day) => weekdayOf(day) === weekday);
      return nth === 0 ? fitting : (fitting.at(nth > 0 ? nth - 1 : nth) ?? []);
    });
    return [...new Set(named)].sort();
  }
  const wanted = dates.length > 0 ? dates : [Number(first.slice(8))];
  return [...new Set(wanted.flatMap((date) => all.at(date > 0 ? date - 1 : date) ?? []))].sort();
}
