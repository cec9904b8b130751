/** What may stand in the calendar of a TwinSpace, and who may change it. */
import type { CalendarKind, WrittenTime } from "../../protocol/twinspace/calendar.ts";
import type { SpaceRole } from "../permissions.ts";
import { daysBetween, minutesBetween } from "./calendarDays.ts";
import { firstDayOf, lastDayOf } from "./calendarSeries.ts";

/** Nothing in a calendar takes longer than a school year. */
export const longestDays = 400;

interface Somebody {
  readonly author: string;
  readonly role: SpaceRole;
  readonly school: string | null;
}
interface Owned {
  readonly kind: CalendarKind;
  readonly author: string;
  /** Of a holiday: whose. */
  readonly school: string | null;
}

const admins: readonly SpaceRole[] = ["founder", "teacherAdmin"];
const teachers: readonly SpaceRole[] = [...admins, "teacher"];

/** A school's holidays are said by its own teachers, and by nobody else. */
export const mayHaveHoliday = ({ role, school }: Somebody, of: string | null): boolean =>
  teachers.includes(role) && of !== null && school === of;

/** One's own; administrators everybody's; holidays the school's teachers. */
export function mayChange(me: Somebody, item: Owned): boolean {
  if (item.kind === "holiday") return mayHaveHoliday(me, item.school);
  return admins.includes(me.role) || item.author === me.author;
}

/** Which fields are wrong. A deadline may be one moment. */
export function wrongIn(item: { kind: CalendarKind; school: string | null; time: WrittenTime }): string[] {
  const { kind, school, time } = item;
  const wrong: string[] = [];
  if ((kind === "holiday") !== (school !== null)) wrong.push("school");
  const isMoment = time.shape === "hours" && time.start === time.end;
  const isBackwards = time.shape === "days" ? time.last < time.first : minutesBetween(time.start, time.end) < 0;
  const isTooLong = daysBetween(firstDayOf(time), lastDayOf(time)) > longestDays;
  if (isBackwards || isTooLong || (isMoment && kind !== "deadline")) wrong.push(time.shape === "days" ? "last" : "end");
  return wrong;
}
