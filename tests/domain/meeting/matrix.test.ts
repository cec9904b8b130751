import { expect } from "chai";
import { decide } from "../../../domain/meeting/decide.ts";
import { isRefused } from "../../../domain/meeting/draft.ts";
import type { Place } from "../../../domain/meeting/state.ts";
import type { Command, CommandType } from "../../../protocol/commands.ts";
import type { SeatRole } from "../../../protocol/meeting.ts";
import type { RefusalCode } from "../../../protocol/refusals.ts";
import { aMeeting, aMessage, arrival, type Story } from "../../support/meeting.ts";

/*
 * Every command x every role x every place x the meeting's course. The table is written by hand and knows nothing of
 * domain/meeting/permissions.ts.
 *
 * `who`: C chair, c co-chair, p participant, w watcher.
 * `has`: what the actor has so that nothing but permission can refuse them.
 * `frozen`: "yes" where it goes on while everything is frozen; nobody has a turn or a share then, so whoever wants to
 * end one hears that there is none.
 */
type Has = "nothing" | "hand" | "turn" | "share";
interface Row {
  who: string;
  frozen: "yes" | RefusalCode;
  has?: Has;
  command: (story: Story) => Command;
}

const stops = "meeting.frozen";
const table: Record<CommandType, Row> = {
  "floor.raiseHand": { who: "Ccp", frozen: stops, command: () => ({ type: "floor.raiseHand" }) },
  "floor.lowerHand": { who: "Ccp", frozen: "yes", has: "hand", command: () => ({ type: "floor.lowerHand" }) },
  "floor.finishTurn": {
    who: "Ccp",
    frozen: "floor.noTurn",
    has: "turn",
    command: () => ({ type: "floor.finishTurn" }),
  },
  "floor.giveTurn": { who: "C", frozen: stops, command: () => ({ type: "floor.giveTurn", seat: "quiet" }) },
  "floor.endTurn": {
    who: "C",
    frozen: "floor.noTurn",
    command: () => ({ type: "floor.endTurn", turn: "turn-speaker" }),
  },
  "floor.extendTurn": {
    who: "C",
    frozen: stops,
    command: (story) => ({ type: "floor.extendTurn", turn: "turn-speaker", endsAt: story.now + 60_000, byMs: 60_000 }),
  },
  "floor.moveHand": {
    who: "C",
    frozen: "yes",
    command: () => ({ type: "floor.moveHand", seat: "waiting2", toPlace: 1 }),
  },
  "floor.clearQueue": { who: "C", frozen: "yes", command: () => ({ type: "floor.clearQueue" }) },
  "floor.changeSettings": { who: "C", frozen: "yes", command: () => ({ type: "floor.changeSettings", capacity: 4 }) },
  "lobby.admit": { who: "Cc", frozen: "yes", command: () => ({ type: "lobby.admit", seat: "knocking" }) },
  "lobby.turnAway": { who: "Cc", frozen: "yes", command: () => ({ type: "lobby.turnAway", seat: "knocking" }) },
  "lobby.admitAll": { who: "Cc", frozen: "yes", command: () => ({ type: "lobby.admitAll" }) },
  "lobby.switch": { who: "C", frozen: "yes", command: () => ({ type: "lobby.switch", on: true }) },
  "seat.leave": { who: "Ccpw", frozen: "yes", command: () => ({ type: "seat.leave" }) },
  "seat.mute": { who: "C", frozen: "yes", command: () => ({ type: "seat.mute", seat: "speaker" }) },
  "seat.unmute": { who: "C", frozen: "yes", command: () => ({ type: "seat.unmute", seat: "muted" }) },
  "seat.remove": { who: "C", frozen: "yes", command: () => ({ type: "seat.remove", seat: "speaker" }) },
  "seat.handOverChair": { who: "C", frozen: "yes", command: () => ({ type: "seat.handOverChair", seat: "grown" }) },
  "seat.makeCoChair": {
    who: "C",
    frozen: "yes",
    command: () => ({ type: "seat.makeCoChair", seat: "grown", on: true }),
  },
  "seat.setDevices": {
    who: "Ccp",
    frozen: "yes",
    command: () => ({ type: "seat.setDevices", microphone: true, camera: true }),
  },
  "seat.namePupils": { who: "Ccp", frozen: "yes", command: () => ({ type: "seat.namePupils", names: ["Rui"] }) },
  "share.start": { who: "Ccp", frozen: stops, has: "turn", command: () => ({ type: "share.start" }) },
  "share.stop": { who: "Ccp", frozen: "share.none", has: "share", command: () => ({ type: "share.stop" }) },
  "chat.sendMessage": { who: "Ccpw", frozen: stops, command: () => aMessage("Hello") },
  "reaction.show": { who: "Ccpw", frozen: stops, command: () => ({ type: "reaction.show", reaction: "heart" }) },
  "meeting.lock": { who: "C", frozen: "yes", command: () => ({ type: "meeting.lock", on: true }) },
  "meeting.freeze": { who: "Cc", frozen: "yes", command: () => ({ type: "meeting.freeze" }) },
  "meeting.resume": { who: "Cc", frozen: "yes", command: () => ({ type: "meeting.resume" }) },
  "meeting.end": { who: "C", frozen: "yes", command: () => ({ type: "meeting.end" }) },
};

const letters: Record<SeatRole, string> = { chair: "C", coChair: "c", participant: "p", watcher: "w" };
const roles = Object.keys(letters) as SeatRole[];
const places: Place[] = ["lobby", "room", "away", "left", "removed", "turnedAway"];
const courses = ["open", "frozen", "ended"] as const;
type Course = (typeof courses)[number];

/** What the table says of one case. */
function expected(type: CommandType, role: SeatRole, place: Place, course: Course): RefusalCode | "allowed" {
  const { who, frozen } = table[type];
  if (place === "removed") return "seat.removed";
  if (place === "turnedAway") return "seat.turnedAway";
  if (place === "left") return "seat.notInRoom";
  if (place === "lobby" && type !== "seat.leave") return "seat.notInRoom";
  if (course === "ended") return "meeting.ended";
  if (!who.includes(letters[role])) {
    return role === "watcher" && who.includes("p") ? "seat.watcher" : "command.notAllowed";
  }
  if (course === "frozen" && frozen !== "yes") return frozen;
  if (course === "open" && type === "meeting.resume") return "meeting.notFrozen";
  return "allowed";
}

/**
 * A room with somebody in every condition, and the actor in the one of this case. Written as events, since the rules
 * would not let a chair into the lobby, and the table asks what they may do there all the same.
 */
function scene(role: SeatRole, place: Place, course: Course, has: Has): Story {
  const story = aMeeting({ capacity: 2, turnLimitMs: 60_000, maxSeats: 20 });
  const others = ["speaker", "waiting1", "waiting2", "quiet", "muted"];
  for (const name of others) story.with(name);
  story.with("grown", { kind: "adult" });
  // Without a chair in the room a co-chair would lead.
  story.with("leader", { role: "chair" });
  story.event({ ...arrival("knocking"), type: "lobby.knocked" });
  story.event({ type: "seat.muted", seat: "muted", by: null });
  const actor = arrival("actor", { role, kind: "class" });
  story.event({ ...actor, type: place === "lobby" || place === "turnedAway" ? "lobby.knocked" : "seat.taken" });
  story.event({ type: "seat.connected", seat: "actor" });

  const running = course === "open";
  if (running) turn(story, "speaker");
  if (running && (has === "turn" || has === "share")) turn(story, "actor");
  if (running && has === "share") story.event({ type: "share.started", seat: "actor", turn: "turn-actor" });
  for (const seat of ["waiting1", "waiting2", ...(has === "hand" ? ["actor"] : [])]) {
    story.event({ type: "floor.handRaised", seat, pupil: null });
  }

  if (place === "away") story.event({ type: "seat.connectionLost", seat: "actor" });
  if (place === "left") story.event({ type: "seat.left", seat: "actor", why: "left" });
  if (place === "removed") story.event({ type: "seat.removed", seat: "actor", by: null });
  if (place === "turnedAway") story.event({ type: "lobby.turnedAway", seat: "actor", by: null });
  if (course === "frozen") story.event({ type: "meeting.frozen", by: null });
  if (course === "ended") story.event({ type: "meeting.ended", by: null });
  return story;
}

function turn(story: Story, seat: string) {
  const endsAt = story.now + 60_000;
  story.event({ type: "floor.turnStarted", turn: `turn-${seat}`, seat, pupil: null, endsAt, why: "byQueue" });
}

describe("who may do what", () => {
  for (const [name, row] of Object.entries(table)) {
    // The keys of the table are command types; Object.entries forgets it.
    const type = name as CommandType;
    it(`${type}: only ${row.who}, as the table says for every place and course`, () => {
      for (const role of roles) {
        for (const place of places) {
          for (const course of courses) {
            const story = scene(role, place, course, row.has ?? "nothing");
            const decision = decide(story.meeting, "actor", row.command(story), story.given);
            const answer = isRefused(decision) ? decision.refused : "allowed";
            expect(answer, `${role} in ${place}, ${course}`).to.equal(expected(type, role, place, course));
          }
        }
      }
    });
  }
});
