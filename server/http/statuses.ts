/** Which http status goes with which refusal: the one place. */
import type { RefusalAnswer } from "../../protocol/http/answers.ts";
import { type RefusalCode, refusals } from "../../protocol/refusals.ts";

/** Every other refusal is a conflict with how things are: 409. */
const statuses: Partial<Record<RefusalCode, number>> = {
  "command.malformed": 400,
  "command.tooMany": 429,
  "command.tooLarge": 413,
  "command.notAllowed": 403,
  "command.failed": 500,
  "meeting.unknown": 404,
  "meeting.ended": 410,
  "meeting.busy": 503,
  "seat.unknown": 404,
  "seat.removed": 403,
  "seat.notAdult": 403,
  "seat.turnedAway": 403,
  "ticket.invalid": 401,
  "link.invalid": 403,
  "media.unavailable": 503,
  "media.unknown": 404,
  "media.tooLarge": 413,
  "account.signedOut": 401,
  "account.wrong": 401,
  "account.tooManyTries": 429,
  "account.notAllowed": 403,
  "account.ended": 403,
  "account.weakPassword": 400,
  "invitation.invalid": 410,
  "secondFactor.wrong": 401,
  "secondFactor.used": 401,
  "secondFactor.expired": 410,
  "secondFactor.none": 404,
  "secondFactor.needed": 403,
  "sso.none": 404,
  "sso.providerDown": 503,
  "sso.cancelled": 403,
  "sso.expired": 410,
  "sso.untrusted": 403,
  "sso.notStaff": 403,
  "sso.emailNotVerified": 403,
  "booking.inPast": 400,
  "booking.unknown": 404,
  "booking.schoolSuspended": 403,
  "help.nobody": 503,
  "replay.notAllowed": 403,
  "replay.none": 404,
  "replay.notReady": 503,
  "registry.noReason": 400,
  "school.ownPrincipal": 400,
  "evidence.wrongType": 415,
  "evidence.tooLarge": 413,
  "contact.unknown": 404,
  "contact.tooMany": 429,
  "notice.unknown": 404,
  "search.unknown": 404,
  "request.malformed": 400,
  "request.notFound": 404,
  "request.tooMany": 429,
  "request.crossSite": 403,
};

export const statusOf = (code: RefusalCode): number => statuses[code] ?? 409;

/** The body of a refusal; `message` is the English sentence, for clients without words of their own. */
export function refusalAnswer(code: RefusalCode, fields?: readonly string[]): RefusalAnswer {
  return { refused: code, message: refusals[code], ...(fields?.length ? { fields: [...fields] } : {}) };
}
