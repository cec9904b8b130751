/** What the room's views look at, and how they name people. Pure: no session, no media, no clock of their own. */
import { actingRole, type Meeting, type Seat, type Turn } from "../../../domain/meeting/state.ts";
import type { School } from "../../../protocol/http/accounts.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { Contents } from "../../../protocol/told.ts";
import type { ShownPerson } from "../../parts/person.ts";
import { t } from "../../words/words.ts";

export interface Sight {
  meeting: Meeting;
  contents: Contents;
  /** My own seat. */
  me: Id;
  schools: ReadonlyMap<Id, School>;
  /** Addresses of the stills people allow, by seat. */
  stills: ReadonlyMap<Id, string>;
  /** Who leads by booking, for while no chair is here. */
  bookedChair: string;
}

/** My own seat, or undefined when I have none any more. */
export const mySeat = ({ meeting, me }: Sight): Seat | undefined => meeting.seats[me];

/** True while I lead: as the chair, or as a co-chair while there is no chair in the room. */
export function leadsNow(sight: Sight): boolean {
  const seat = mySeat(sight);
  return seat !== undefined && actingRole(sight.meeting, seat) === "chair";
}

/** A seat's name; an erased one has none. */
export function nameOf({ meeting, contents }: Sight, id: Id): string {
  const seat = meeting.seats[id];
  return (seat === undefined ? undefined : contents[seat.name]) ?? t("word.somebody");
}

/** The name of who speaks or waits from a seat: behind a class seat it may be one of its pupils. */
export function speakerName(sight: Sight, id: Id, pupil: Id | null): string {
  const name = nameOf(sight, id);
  if (pupil === null) return name;
  const named = sight.meeting.seats[id]?.pupils.find((candidate) => candidate.pupil === pupil);
  const own = named === undefined ? undefined : sight.contents[named.name];
  return own === undefined ? name : t("word.pupilOf", { name: own, seat: name });
}

/** Who leads now, by name; while no chair is here, who booked the meeting. */
export function chairName(sight: Sight): string {
  const chair = Object.values(sight.meeting.seats).find(
    (seat) => seat.role === "chair" && (seat.place === "room" || seat.place === "away"),
  );
  const name = chair === undefined ? sight.bookedChair : nameOf(sight, chair.seat);
  return name === "" ? t("word.theChair") : name;
}

/** A seat as the parts draw it. In the lobby an unknown kind is said, in the room it counts as a pupil. */
export function personOf(sight: Sight, id: Id, pupil: Id | null = null, inLobby = false): ShownPerson {
  const seat = sight.meeting.seats[id];
  const school = seat?.school ? sight.schools.get(seat.school) : undefined;
  return {
    id,
    name: speakerName(sight, id, pupil),
    you: id === sight.me,
    kind: seat === undefined || (inLobby && !seat.vouched) ? "unknown" : seat.kind,
    country: school?.country,
    school: school?.name,
    town: school?.town,
    still: sight.stills.get(id),
  };
}

/** Schools that people come from and whose names are not known yet. */
export function schoolsToAsk({ meeting, schools }: Pick<Sight, "meeting" | "schools">): Id[] {
  const seen = new Set(Object.values(meeting.seats).flatMap((seat) => (seat.school === null ? [] : [seat.school])));
  return [...seen].filter((school) => !schools.has(school));
}

/** The names of those who speak, as one phrase. */
export const namesOfTurns = (sight: Sight, turns: readonly Turn[]): string[] =>
  turns.map((turn) => speakerName(sight, turn.seat, turn.pupil));
