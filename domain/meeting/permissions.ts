/** Who may ask for what, as data. `decide` asks this table first; the rules then look at the meeting's state. */
import type { CommandType } from "../../protocol/commands.ts";
import type { SeatRole } from "../../protocol/meeting.ts";

export interface Permission {
  roles: readonly SeatRole[];
  /** Whether it may be done while everything is frozen. */
  frozen: boolean;
  /** Whether somebody in the lobby may do it: leaving, and nothing else. */
  lobby?: true;
}

const everybody: readonly SeatRole[] = ["chair", "coChair", "participant", "watcher"];
const speakers: readonly SeatRole[] = ["chair", "coChair", "participant"];
const leaders: readonly SeatRole[] = ["chair", "coChair"];
const chair: readonly SeatRole[] = ["chair"];

export const permissions: Record<CommandType, Permission> = {
  "floor.raiseHand": { roles: speakers, frozen: false },
  "floor.lowerHand": { roles: speakers, frozen: true },
  "floor.finishTurn": { roles: speakers, frozen: true },
  "floor.giveTurn": { roles: chair, frozen: false },
  "floor.endTurn": { roles: chair, frozen: true },
  "floor.extendTurn": { roles: chair, frozen: false },
  "floor.moveHand": { roles: chair, frozen: true },
  "floor.clearQueue": { roles: chair, frozen: true },
  "floor.changeSettings": { roles: chair, frozen: true },
  "lobby.admit": { roles: leaders, frozen: true },
  "lobby.turnAway": { roles: leaders, frozen: true },
  "lobby.admitAll": { roles: leaders, frozen: true },
  "lobby.switch": { roles: chair, frozen: true },
  "seat.leave": { roles: everybody, frozen: true, lobby: true },
  "seat.mute": { roles: chair, frozen: true },
  "seat.unmute": { roles: chair, frozen: true },
  "seat.remove": { roles: chair, frozen: true },
  "seat.handOverChair": { roles: chair, frozen: true },
  "seat.makeCoChair": { roles: chair, frozen: true },
  "seat.setDevices": { roles: speakers, frozen: true },
  "seat.namePupils": { roles: speakers, frozen: true },
  "share.start": { roles: speakers, frozen: false },
  "share.stop": { roles: speakers, frozen: true },
  "chat.sendMessage": { roles: everybody, frozen: false },
  "reaction.show": { roles: everybody, frozen: false },
  "meeting.lock": { roles: chair, frozen: true },
  "meeting.freeze": { roles: leaders, frozen: true },
  "meeting.resume": { roles: leaders, frozen: true },
  "meeting.end": { roles: chair, frozen: true },
};
