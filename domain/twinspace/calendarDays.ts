/** Days as ISO dates (`2027-01-12`) and wall clock times (`2027-01-12T10:00`), without any zone. Weeks by ISO: Monday is 1. */

const dayMs = 86_400_000;
const minuteMs = 60_000;

const midnight = (day: string): number => Date.parse(`${day}T00:00:00.000Z`);
const dayAt = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

export const addDays = (day: string, count: number): string => dayAt(midnight(day) + count * dayMs);

/** How many days `to` is after `from`. */
export const daysBetween = (from: string, to: string): number => Math.round((midnight(to) - midnight(from)) / dayMs);

/** 1 for Monday to 7 for Sunday. */
export const weekdayOf = (day: string): number => new Date(midnight(day)).getUTCDay() || 7;

/** The same day of a month before or after; the month's last one where it has no such day. */
export function addMonths(day: string, count: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - 1 + count + 1, 0));
  return dayAt(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(date, last.getUTCDate())));
}

/** The days of the week that a day is in. `firstWeekday`: 1 for Monday to 7 for Sunday. */
export function weekOf(day: string, firstWeekday: number): string[] {
  const first = addDays(day, -((weekdayOf(day) - firstWeekday + 7) % 7));
  return Array.from({ length: 7 }, (_, i) => addDays(first, i));
}

export const monthOf = (day: string): string => day.slice(0, 7);

/** The whole weeks that a day's month touches: four to six rows of seven days. */
export function monthGrid(day: string, firstWeekday: number): string[][] {
  const month = monthOf(day);
  const weeks: string[][] = [];
  for (let week = weekOf(`${month}-01`, firstWeekday); ; week = weekOf(addDays(week[0] ?? day, 7), firstWeekday)) {
    if (weeks.length > 0 && monthOf(week[0] ?? "") !== month) return weeks;
    weeks.push(week);
  }
}

/** A wall clock time so many minutes later, as if the clocks there never changed. */
export const addMinutes = (local: string, minutes: number): string =>
  new Date(Date.parse(`${local}:00.000Z`) + minutes * minuteMs).toISOString().slice(0, 16);

export const minutesBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}:00.000Z`) - Date.parse(`${from}:00.000Z`)) / minuteMs);

export const dayOfLocal = (local: string): string => local.slice(0, 10);
