/** From what a clock on a wall shows to the moment it shows it. */

/**
 * The moment (milliseconds since 1970) when clocks in `timeZone` show `local` (`2026-11-23T18:30`). A time that is
 * skipped in spring counts as that much later (02:30 becomes 03:30); of one that comes twice in autumn the first is
 * taken. The rule is the one calendars use (RFC 5545, 3.3.5).
 */
export function instantOf(local: string, timeZone: string): number {
  const asUtc = Date.parse(`${local}:00.000Z`);
  // Zones change by at most some hours at once, so one day on either side holds the offsets before and after.
  const dayMs = 86_400_000;
  const before = offsetMs(asUtc - dayMs, timeZone);
  const after = offsetMs(asUtc + dayMs, timeZone);
  const fits = [asUtc - before, asUtc - after].filter((instant) => instant + offsetMs(instant, timeZone) === asUtc);
  return fits.length > 0 ? Math.min(...fits) : asUtc - before;
}

/** What clocks in `timeZone` show at that moment, as `instantOf` reads it; whole minutes. */
export const localTimeIn = (instant: number, timeZone: string): string =>
  new Date(instant + offsetMs(instant, timeZone)).toISOString().slice(0, 16);

/** How far clocks there are ahead of UTC at this moment. */
function offsetMs(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", {
    ...{ timeZone, hourCycle: "h23", era: "narrow" },
    ...{ year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" },
  } as const).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((each) => each.type === type)?.value);
  const shown = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return shown - Math.floor(instant / 1000) * 1000;
}
