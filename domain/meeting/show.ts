/**
 * Who may see what: one place for live, reconnect, replay and export.
 *
 * Law (property test): folding what was shown to a perspective equals `view` of the whole fold for it, for any log.
 */
import type { MeetingEvent } from "../../protocol/events.ts";
import type { Id } from "../../protocol/ids.ts";
import { leads, type Meeting, type Seat } from "./state.ts";

/**
 * How somebody looks at a meeting. `lead`: chair and co-chair, who see the lobby. `room`: everybody else in it.
 * `lobby`: who waits sees themselves and the meeting's course, nothing of what goes on inside.
 */
export type Perspective = { from: "lead" } | { from: "room" } | { from: "lobby"; seat: Id };

/** Undefined for who has no place in the meeting any more. */
export function perspectiveOf(meeting: Meeting, id: Id): Perspective | undefined {
  const seat = meeting.seats[id];
  if (seat?.place === "lobby") return { from: "lobby", seat: id };
  if (seat?.place !== "room" && seat?.place !== "away") return undefined;
  return leads(seat) ? { from: "lead" } : { from: "room" };
}

export function samePerspective(a: Perspective | undefined, b: Perspective | undefined): boolean {
  return a?.from === b?.from;
}

/**
 * The event as this viewer may see it, or null. `after` is the meeting after the event: whether a seat has ever been
 * admitted is read there.
 */
export function show(viewer: Perspective, event: MeetingEvent, after: Meeting): MeetingEvent | null {
  if (viewer.from === "lobby") return showInLobby(viewer.seat, event);
  const bare = withoutIdentity(event);
  if (viewer.from === "lead") return bare;
  return isAboutLobby(event, after) ? null : bare;
}

function showInLobby(own: Id, event: MeetingEvent): MeetingEvent | null {
  switch (event.type) {
    case "meeting.opened":
    case "meeting.ended":
      return event;
    case "meeting.settingsChanged":
      return { ...event, by: null };
    case "lobby.knocked":
    case "lobby.admitted":
    case "lobby.turnedAway":
    case "seat.connected":
    case "seat.connectionLost":
    case "seat.left":
      return event.seat === own ? withoutIdentity(event) : null;
    default:
      return null;
  }
}

/** True for events of a seat that has not been in the room: its knock, its waiting, its going away. */
function isAboutLobby(event: MeetingEvent, after: Meeting): boolean {
  switch (event.type) {
    case "lobby.knocked":
    case "lobby.turnedAway":
      return true;
    case "seat.connected":
    case "seat.connectionLost":
    case "seat.left":
      return after.seats[event.seat]?.admitted !== true;
    default:
      return false;
  }
}

function withoutIdentity(event: MeetingEvent): MeetingEvent {
  return "identity" in event ? { ...event, identity: "" } : event;
}

/** The meeting as this viewer may see it. */
export function view(viewer: Perspective, meeting: Meeting): Meeting {
  const seats = (visible: (seat: Seat) => boolean) =>
    Object.fromEntries(
      Object.entries(meeting.seats)
        .filter(([, seat]) => visible(seat))
        .map(([id, seat]) => [id, { ...seat, identity: "" }]),
    );
  switch (viewer.from) {
    case "lead":
      return { ...meeting, seats: seats(() => true) };
    case "room":
      return { ...meeting, seats: seats((seat) => seat.admitted) };
    case "lobby": {
      const { phase, settings, openedAt, endedAt } = meeting;
      const nothing = { frozen: null, queue: [], turns: [], share: null, lastSchool: null, chat: [], reactions: [] };
      const own = seats((seat) => seat.seat === viewer.seat);
      return { phase, settings, openedAt, endedAt, recording: "off", seats: own, ...nothing };
    }
  }
}

/** The content ids whose words an event carries with it. */
export function contentsOf(event: MeetingEvent): Id[] {
  switch (event.type) {
    case "lobby.knocked":
    case "lobby.admitted":
    case "seat.taken":
      return [event.name];
    case "seat.pupilsNamed":
      return event.pupils.map((pupil) => pupil.name);
    case "chat.messageSent":
      return [event.message];
    default:
      return [];
  }
}

/** The content ids that a snapshot needs. */
export function contentsOfMeeting(meeting: Meeting): Id[] {
  const names = Object.values(meeting.seats).flatMap((seat) => [seat.name, ...seat.pupils.map((pupil) => pupil.name)]);
  return [...names, ...meeting.chat.map((message) => message.message)];
}
