/** From what stands in the booking form to what is sent. What does not fit is named by field, so that the form can say it there. */
import type { BookMeeting } from "../../protocol/http/meetings.ts";
import type { NextRule } from "../../protocol/meeting.ts";
import type { Invited } from "../../protocol/twinspace/meetings.ts";
import type { FieldErrors } from "./field-errors.ts";
import { isNobody } from "./invited.ts";
import { momentOf } from "./zoned-time.ts";

export const lengthsInMinutes = [15, 20, 30, 45, 60, 75, 90, 120, 150, 180, 240, 300, 360, 480] as const;
/** Null is off. */
export const turnLimitsMs = [null, 30, 45, 60, 90, 120, 180, 240, 300, 420, 600].map((s) =>
  s === null ? s : s * 1000,
);
export const capacities = [1, 2, 3, 4] as const;
export const nextRules: readonly NextRule[] = ["byQueue", "byChair", "fair"];
export const leastSeats = 2;
export const mostSeats = 500;
export const usual = { lengthMinutes: 60, maxSeats: 50, next: "byQueue", capacity: 1 } as const;

/** As the server has it: who books at five past for a lesson that began at the hour means now. */
const latenessMs = 15 * 60_000;
const farthestMs = 2 * 366 * 86_400_000;
const longestPurpose = 600;

export type BookingField =
  | "title"
  | "start"
  | "timeZone"
  | "lengthMinutes"
  | "language"
  | "maxSeats"
  | "next"
  | "turnLimitMs"
  | "capacity"
  | "school"
  | "project"
  | "purpose"
  | "invited";

/** Reads a form's fields. With `atOnce` the start in the form does not count. */
export function readBooking(
  form: FormData,
  { atOnce, now, invited = null }: { atOnce: boolean; now: number; invited?: Invited | null },
): { booking: BookMeeting } | { errors: FieldErrors<BookingField> } {
  const text = (field: BookingField) => String(form.get(field) ?? "").trim();
  const errors: FieldErrors<BookingField> = {};

  const title = text("title").replace(/\s+/g, " ");
  if (title === "") errors.title = "book.titleMissing";
  else if (title.length > 120) errors.title = "book.titleLong";

  const start = text("start");
  const at = momentOf(start, text("timeZone"));
  if (!atOnce && at === undefined) errors.start = "book.startMissing";
  else if (!atOnce && at !== undefined && at < now - latenessMs) errors.start = "refusal.booking.inPast";
  else if (!atOnce && at !== undefined && at > now + farthestMs) errors.start = "book.startFar";

  const maxSeats = Number(text("maxSeats"));
  if (!Number.isInteger(maxSeats) || maxSeats < leastSeats || maxSeats > mostSeats) errors.maxSeats = "book.sizeWrong";

  const purpose = text("purpose");
  if (purpose.length > longestPurpose) errors.purpose = "book.purposeLong";
  if (invited !== null && isNobody(invited)) errors.invited = "book.whoMissing";

  if (Object.keys(errors).length > 0) return { errors };
  const turnLimit = text("turnLimitMs");
  const [school, project] = [text("school"), text("project")];
  return {
    booking: {
      title,
      start: atOnce ? "now" : start,
      timeZone: text("timeZone"),
      lengthMinutes: Number(text("lengthMinutes")),
      language: text("language"),
      maxSeats,
      floor: {
        next: nextRules.find((rule) => rule === text("next")) ?? usual.next,
        capacity: Number(text("capacity")),
        turnLimitMs: turnLimit === "" ? null : Number(turnLimit),
      },
      recorded: form.has("recorded"),
      lobby: form.has("lobby"),
      ...(school === "" ? {} : { school }),
      ...(project === "" ? {} : { project }),
      ...(purpose === "" ? {} : { purpose }),
      ...(project === "" || invited === null ? {} : { invited }),
    },
  };
}
