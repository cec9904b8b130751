/** Times on the wall clock of a zone, and the moments they stand for. Zones are IANA names; moments are ms since 1970. */

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** What a clock on the wall of `zone` shows at that moment, as forms write it: "2026-11-23T18:30". */
export function localTimeIn(at: number, zone: string): string {
  return new Date(at + offsetAt(at, zone)).toISOString().slice(0, 16);
}

/**
 * The moment of a local time, or undefined when it is none ("2026-02-30T10:00"). One that the clocks skip in spring counts
 * as that much later, one that comes twice in autumn is the first of both, as the server has it.
 */
export function momentOf(local: string, zone: string): number | undefined {
  const asUtc = Date.parse(`${local}:00.000Z`);
  if (Number.isNaN(asUtc) || !new Date(asUtc).toISOString().startsWith(local)) return undefined;
  const before = asUtc - offsetAt(asUtc - dayMs, zone);
  const after = asUtc - offsetAt(asUtc + dayMs, zone);
  const fitting = [before, after].filter((at) => localTimeIn(at, zone) === local);
  return fitting.length > 0 ? Math.min(...fitting) : before;
}

/** The next full hour on the wall of `zone` that is at least ten minutes away. */
export function nextFullHour(now: number, zone: string): string {
  const local = now + offsetAt(now, zone) + 10 * minuteMs;
  const hour = Math.ceil(local / (60 * minuteMs)) * 60 * minuteMs;
  return new Date(hour).toISOString().slice(0, 16);
}

/** How far the zone's clocks are ahead of UTC at that moment, in ms; whole minutes. */
function offsetAt(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"));
  return shown - Math.floor(at / minuteMs) * minuteMs;
}

/** The zone of this device. */
export const ownZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Every zone this browser knows, and those of `also` (a zone may be known to the server alone). */
export function zonesWith(also: readonly string[]): string[] {
  return [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC", ...also])];
}

/** "Lisbon (Europe)": the town first, because that is the letter one presses in a list. */
export function zoneName(zone: string): string {
  const parts = zone.replaceAll("_", " ").split("/");
  const town = parts.at(-1) ?? zone;
  const where = parts.slice(0, -1);
  return where.length === 0 ? town : `${town} (${where.join(", ")})`;
}
