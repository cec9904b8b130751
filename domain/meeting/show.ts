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

/** The event as this viewer may see it, or null. It needs no state: what happens in the lobby has its own events. */
export function show(viewer: Perspective, event: MeetingEvent): MeetingEvent | null {
  switch (viewer.from) {
    case "lead":
      return withoutIdentity(event);
    case "room":
      return isHiddenInRoom(event) ? null : withoutIdentity(event);
    case "lobby":
      return showInLobby(viewer.seat, event);
  }
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
    case "lobby.connected":
    case "lobby.connectionLost":
    case "lobby.left":
      return event.seat === own ? withoutIdentity(event) : null;
    default:
      return null;
  }
}

function isHiddenInRoom(event: MeetingEvent): boolean {
  return event.type.startsWith("lobby.") && event.type !== "lobby.admitted";
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
