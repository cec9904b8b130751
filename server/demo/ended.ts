/**
 * The demo's meeting that has ended: what was said in it, told through the same commands as a person's clicks, with a
 * clock of its own. Its media are written by the recorder, which finds the turns in the log.
 */
import { isRefused } from "../../domain/meeting/draft.ts";
import type { Command } from "../../protocol/commands.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Reaction, SeatKind, SeatRole } from "../../protocol/meeting.ts";
import { newId } from "../ids.ts";
import type { Connection, MeetingHost } from "../meetings/host.ts";

export interface Cast {
  name: string;
  identity: string;
  kind: SeatKind;
  school: Id;
  role: SeatRole;
}

/** A browser that looks away: the demo's people need nobody to tell them what they themselves do. */
const nobody: Connection = { event() {}, snapshot() {}, live() {}, end() {} };

/** Plays the whole meeting; `clock.now` moves on with it. */
export async function playMeeting(host: MeetingHost, clock: { now: number }, cast: Record<Role, Cast>): Promise<void> {
  await host.system({ type: "meeting.open" });
  await host.system({ type: "recording.begin" });
  const seats = new Map<Role, Id>();
  for (const role of roles) {
    seats.set(role, await comes(host, cast[role]));
    clock.now += 700;
  }
  for (const { after, who, does } of script) {
    clock.now += after;
    const seat = seats.get(who);
    if (!seat) throw new Error(`${who} is not in the demo's meeting`);
    const answer = await host.command(seat, does);
    if (isRefused(answer)) throw new Error(`${who} could not ${does.type} in the demo's meeting: ${answer.refused}`);
  }
}

async function comes(host: MeetingHost, { name: words, ...person }: Cast): Promise<Id> {
  const [seat, name] = [newId(), newId()];
  const arrival = { type: "seat.arrive", seat, vouched: true, name, ...person } as const;
  const decision = await host.system(arrival, [{ id: name, kind: "name", words }]);
  if (isRefused(decision)) throw new Error(`${words} could not come to the demo's meeting: ${decision.refused}`);
  await host.attach(seat, nobody);
  await host.command(seat, { type: "seat.setDevices", microphone: true, camera: person.kind !== "class" });
  return seat;
}

const roles = ["ana", "mikko", "aino", "ines", "class6a"] as const;
export type Role = (typeof roles)[number];

interface Line {
  /** Milliseconds after the line before. */
  after: number;
  who: Role;
  does: Command;
}

let messages = 0;
const does = (after: number, who: Role, command: Command): Line => ({ after, who, does: command });
const raises = (after: number, who: Role) => does(after, who, { type: "floor.raiseHand" });
const finishes = (after: number, who: Role) => does(after, who, { type: "floor.finishTurn" });
const shows = (after: number, who: Role, reaction: Reaction) => does(after, who, { type: "reaction.show", reaction });
const says = (after: number, who: Role, text: string) => {
  messages += 1;
  return does(after, who, { type: "chat.sendMessage", id: `demo-${String(messages).padStart(4, "0")}`, text });
};

const script: readonly Line[] = [
  raises(1_500, "ana"),
  says(3_000, "mikko", "Good morning from Oulu. It is minus four here."),
  raises(2_000, "aino"),
  raises(2_500, "ines"),
  finishes(2_500, "ana"),
  shows(3_000, "class6a", "applause"),
  raises(1_500, "class6a"),
  says(2_500, "ines", "We found an otter track near the salt pans!"),
  finishes(5_000, "aino"),
  says(4_000, "aino", "Is the water salty there? Ours is frozen."),
  shows(2_000, "mikko", "heart"),
  raises(1_000, "mikko"),
  finishes(4_000, "ines"),
  shows(5_000, "ines", "surprise"),
  raises(2_000, "aino"),
  finishes(3_500, "class6a"),
  finishes(6_000, "mikko"),
  says(3_000, "ana", "Thank you all. Next week: what lives under the ice?"),
  finishes(4_000, "aino"),
  does(2_000, "ana", { type: "meeting.end" }),
];
