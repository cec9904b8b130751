/** A meeting as a calendar file, for whoever one link is for. */
import ical, { ICalCalendarMethod } from "ical-generator";
import type { MeetingRow } from "./booking.ts";

/** `address` is the one link it is made for: a calendar is often shared, so no other link stands in it. */
export function calendarFile(meeting: MeetingRow, address: string): string {
  const start = new Date(meeting.startsAt);
  const end = new Date(meeting.startsAt + meeting.lengthMinutes * 60_000);
  const calendar = ical({
    prodId: { company: "Twinlight", product: "Twinlight", language: "EN" },
    method: ICalCalendarMethod.PUBLISH,
  });
  // In UTC: every calendar shows it in its owner's zone, and no table of zones need be trusted.
  calendar.createEvent({
    id: `${meeting.id}@twinlight`,
    summary: meeting.title,
    start,
    end,
    stamp: start,
    description: address,
    location: address,
    url: address,
  });
  return calendar.toString();
}

/** A file's name that any system takes. */
export const calendarName = (meeting: MeetingRow): string => `${meeting.code}.ics`;
