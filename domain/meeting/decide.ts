/**
 * May it happen, and what follows. Pure: the same meeting, actor, command and given always decide the same.
 * A refusal is a value with its code; nothing here throws.
 */
import type { Command, SystemCommand } from "../../protocol/commands.ts";
import type { Id } from "../../protocol/ids.ts";
import { type Decision, Draft, type Given, refused } from "./draft.ts";
import { permissions } from "./permissions.ts";
import * as arrivals from "./rules/arrivals.ts";
import * as conversation from "./rules/conversation.ts";
import * as course from "./rules/course.ts";
import * as floor from "./rules/floor.ts";
import * as seats from "./rules/seats.ts";
import { actingRole, isHere, type Meeting, type Seat } from "./state.ts";

/** A person's command. `actor` is the seat of their connection. */
export function decide(meeting: Meeting, actor: Id, command: Command, given: Given): Decision {
  const sitting = meeting.seats[actor];
  const seat = sitting && { ...sitting, role: actingRole(meeting, sitting) };
  const no = mayNot(meeting, seat, command);
  if (no) return no;
  // `mayNot` refuses an unknown seat; the compiler cannot follow it there.
  if (!seat) return refused("seat.unknown");
  return rule(new Draft(meeting, given), seat, command);
}

function mayNot(meeting: Meeting, seat: Seat | undefined, command: Command) {
  const permission = permissions[command.type];
  if (!seat) return refused("seat.unknown");
  if (seat.place === "removed") return refused("seat.removed");
  if (seat.place === "turnedAway") return refused("seat.turnedAway");
  const waitsAndMay = seat.place === "lobby" && permission.lobby === true;
  if (!isHere(seat) && !waitsAndMay) return refused("seat.notInRoom");
  if (meeting.phase === "ended") return refused("meeting.ended");
  if (!permission.roles.includes(seat.role)) {
    const onlyWatches = seat.role === "watcher" && permission.roles.includes("participant");
    return refused(onlyWatches ? "seat.watcher" : "command.notAllowed");
  }
  if (meeting.frozen && !permission.frozen) return refused("meeting.frozen");
  return undefined;
}

function rule(draft: Draft, actor: Seat, command: Command): Decision {
  switch (command.type) {
    case "floor.raiseHand":
      return floor.raiseHand(draft, actor, command);
    case "floor.lowerHand":
      return floor.lowerHand(draft, actor, command);
    case "floor.finishTurn":
      return floor.finishTurn(draft, actor);
    case "floor.giveTurn":
      return floor.giveTurn(draft, actor, command);
    case "floor.endTurn":
      return floor.chairEndsTurn(draft, actor, command);
    case "floor.extendTurn":
      return floor.extendTurn(draft, actor, command);
    case "floor.moveHand":
      return floor.moveHand(draft, actor, command);
    case "floor.clearQueue":
      return floor.clearQueue(draft, actor);
    case "floor.changeSettings":
      return floor.changeSettings(draft, actor, command);
    case "lobby.admit":
      return arrivals.admit(draft, actor, command);
    case "lobby.turnAway":
      return arrivals.turnAway(draft, actor, command);
    case "lobby.admitAll":
      return arrivals.admitAll(draft, actor);
    case "lobby.switch":
      return arrivals.switchLobby(draft, actor, command);
    case "seat.leave":
      return arrivals.leave(draft, actor);
    case "seat.remove":
      return arrivals.remove(draft, actor, command);
    case "seat.mute":
      return seats.mute(draft, actor, command);
    case "seat.unmute":
      return seats.unmute(draft, actor, command);
    case "seat.handOverChair":
      return seats.handOverChair(draft, actor, command);
    case "seat.makeCoChair":
      return seats.makeCoChair(draft, actor, command);
    case "seat.setDevices":
      return seats.setDevices(draft, actor, command);
    case "seat.namePupils":
      return seats.namePupils(draft, actor, command);
    case "share.start":
      return conversation.startShare(draft, actor);
    case "share.stop":
      return conversation.stopShare(draft, actor);
    case "chat.sendMessage":
      return conversation.sendMessage(draft, actor, command);
    case "reaction.show":
      return conversation.showReaction(draft, actor, command);
    case "meeting.lock":
      return course.lock(draft, actor, command);
    case "meeting.freeze":
      return course.freeze(draft, actor);
    case "meeting.resume":
      return course.resume(draft, actor);
    case "meeting.end":
      return course.end(draft, actor);
  }
}

/** What the server itself says to the meeting: arrivals, connections, clocks, the recorder's health. */
export function decideSystem(meeting: Meeting, command: SystemCommand, given: Given): Decision {
  if (meeting.phase === "ended") return refused("meeting.ended");
  if (meeting.phase === "booked" && command.type !== "meeting.open") return refused("meeting.notOpen");
  const draft = new Draft(meeting, given);
  switch (command.type) {
    case "meeting.open":
      return course.open(draft);
    case "meeting.close":
      return course.end(draft, null);
    case "seat.arrive":
      return arrivals.arrive(draft, command);
    case "seat.connect":
      return arrivals.connect(draft, command.seat);
    case "seat.loseConnection":
      return arrivals.loseConnection(draft, command.seat);
    case "seat.passGrace":
      return arrivals.passGrace(draft, command.seat);
    case "seat.dismiss":
      return arrivals.dismiss(draft, command.seat);
    case "floor.passTime":
      return floor.passTime(draft, command.turn);
    case "recording.begin":
      return course.beginRecording(draft);
    case "recording.interrupt":
      return course.interruptRecording(draft);
  }
}
