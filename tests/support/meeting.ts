/**
 * Meetings for tests that read like rules:
 *
 *     const room = aMeeting().with("ana", { role: "chair" }).with("ines").with("olli");
 *     expect(room.raises("ines").speakers).to.deep.equal(["ines"]);
 *
 * A person's name is also their seat id and, with `guest:` before it, their identity. Other ids count up, the clock
 * begins at `start` and moves only by `later` and `jumps`: the same story always gives the same log.
 */
import { decide, decideSystem } from "../../domain/meeting/decide.ts";
import { type Decision, type Given, isRefused, type NewContent } from "../../domain/meeting/draft.ts";
import { nextDue } from "../../domain/meeting/due.ts";
import { evolve } from "../../domain/meeting/evolve.ts";
import { bookedMeeting, defaultSettings, type Meeting, type Seat } from "../../domain/meeting/state.ts";
import type { Command, SystemCommand, SystemCommandOf } from "../../protocol/commands.ts";
import type { EventOf, EventType, LoggedEvent, MeetingEvent } from "../../protocol/events.ts";
import type { FloorSettings, MeetingSettings } from "../../protocol/meeting.ts";
import type { RefusalCode } from "../../protocol/refusals.ts";

/** When every story begins: 2026-03-02 10:00 UTC. */
export const start = Date.UTC(2026, 2, 2, 10);

export type Person = Partial<Omit<SystemCommandOf<"seat.arrive">, "type">>;

/** An open meeting, lobby off unless asked for. */
export function aMeeting(settings: Partial<MeetingSettings> = {}): Story {
  return new Story({ ...defaultSettings, lobby: false, ...settings }).system({ type: "meeting.open" });
}

export class Story {
  meeting: Meeting;
  now = start;
  readonly log: LoggedEvent[] = [];
  readonly contents: NewContent[] = [];
  /** What followed from the last command. */
  happened: MeetingEvent[] = [];
  #ids = 0;
  #messages = 0;

  constructor(settings: MeetingSettings) {
    this.meeting = bookedMeeting(settings);
  }

  get given(): Given {
    return { now: this.now, newId: () => `id${++this.#ids}` };
  }

  /* Coming and going. */

  /** Arrives and connects; in the lobby where there is one, else in the room. */
  with(name: string, person: Person = {}): this {
    return this.arrives(name, person).connects(name);
  }
  arrives(name: string, person: Person = {}): this {
    return this.system(arrival(name, person));
  }
  connects(name: string): this {
    return this.system({ type: "seat.connect", seat: name });
  }
  loses(name: string): this {
    return this.system({ type: "seat.loseConnection", seat: name });
  }
  leaves(name: string): this {
    return this.does(name, { type: "seat.leave" });
  }

  /* The floor. */

  raises(name: string, pupil?: string): this {
    return this.does(name, { type: "floor.raiseHand", ...(pupil && { pupil }) });
  }
  lowers(name: string): this {
    return this.does(name, { type: "floor.lowerHand" });
  }
  finishes(name: string): this {
    return this.does(name, { type: "floor.finishTurn" });
  }
  /** Raises a hand, has the floor for so long, and finishes. */
  speaks(name: string, ms: number): this {
    return this.raises(name).jumps(ms).finishes(name);
  }
  gives(name: string): this {
    return this.does(this.chair, { type: "floor.giveTurn", seat: name });
  }
  /** The chair ends the turn of this person. */
  ends(name: string): this {
    return this.does(this.chair, { type: "floor.endTurn", turn: this.turnOf(name) });
  }
  changes(settings: Partial<FloorSettings>): this {
    return this.does(this.chair, { type: "floor.changeSettings", ...settings });
  }
  mutes(name: string): this {
    return this.does(this.chair, { type: "seat.mute", seat: name });
  }
  removes(name: string): this {
    return this.does(this.chair, { type: "seat.remove", seat: name });
  }
  freezes(): this {
    return this.does(this.chair, { type: "meeting.freeze" });
  }
  resumes(): this {
    return this.does(this.chair, { type: "meeting.resume" });
  }
  ended(): this {
    return this.does(this.chair, { type: "meeting.end" });
  }

  /* Beside the floor. */

  says(name: string, text: string): this {
    return this.does(name, aMessage(text, `msg${String(++this.#messages).padStart(5, "0")}`));
  }
  reacts(name: string): this {
    return this.does(name, { type: "reaction.show", reaction: "applause" });
  }

  /* Time. */

  /** Time passes and the clock says punctually what is due. */
  later(ms: number): this {
    const until = this.now + ms;
    for (let due = nextDue(this.meeting); due && due.at <= until; due = nextDue(this.meeting)) {
      this.now = Math.max(this.now, due.at);
      this.system(due.command);
    }
    this.now = until;
    return this;
  }
  /** Time passes and nobody looks at the clock. */
  jumps(ms: number): this {
    this.now += ms;
    return this;
  }

  /* Any command. */

  /** Throws when it is refused. */
  does(name: string, command: Command): this {
    return this.#must(`${name}: ${command.type}`, decide(this.meeting, name, command, this.given));
  }
  /** Throws when it is refused. */
  system(command: SystemCommand): this {
    return this.#must(command.type, decideSystem(this.meeting, command, this.given));
  }
  /** With which code it is refused, or "allowed". The meeting stays as it is. */
  answer(name: string, command: Command): RefusalCode | "allowed" {
    const decision = decide(this.meeting, name, command, this.given);
    return isRefused(decision) ? decision.refused : "allowed";
  }
  systemAnswer(command: SystemCommand): RefusalCode | "allowed" {
    const decision = decideSystem(this.meeting, command, this.given);
    return isRefused(decision) ? decision.refused : "allowed";
  }
  /** Something in the log that no rule has decided. */
  event(event: MeetingEvent): this {
    this.happened = [event];
    this.log.push({ seq: this.log.length + 1, at: this.now, event });
    this.meeting = evolve(this.meeting, { at: this.now, event });
    return this;
  }

  #must(what: string, decision: Decision): this {
    if (isRefused(decision)) throw new Error(`${what} was refused with ${decision.refused}`);
    for (const event of decision.events) this.event(event);
    this.happened = decision.events;
    this.contents.push(...decision.contents);
    return this;
  }

  /* Looking. */

  get chair(): string {
    const chair = Object.values(this.meeting.seats).find(({ role, place }) => role === "chair" && place !== "left");
    if (!chair) throw new Error("Nobody leads this meeting");
    return chair.seat;
  }
  get speakers(): string[] {
    return this.meeting.turns.map(({ seat }) => seat);
  }
  get queue(): string[] {
    return this.meeting.queue.map(({ seat }) => seat);
  }
  /** The types of what followed from the last command. */
  get types(): EventType[] {
    return this.happened.map(({ type }) => type);
  }
  seat(name: string): Seat {
    const seat = this.meeting.seats[name];
    if (!seat) throw new Error(`${name} has no seat`);
    return seat;
  }
  turnOf(name: string): string {
    const turn = this.meeting.turns.find(({ seat }) => seat === name);
    if (!turn) throw new Error(`${name} does not have the floor`);
    return turn.turn;
  }
  /** The newest event of a type. */
  newest<T extends EventType>(type: T): EventOf<T> {
    const found = this.log.findLast(({ event }) => event.type === type)?.event;
    if (!found) throw new Error(`No ${type} has happened`);
    // It was found by its type.
    return found as EventOf<T>;
  }
}

export function arrival(name: string, person: Person = {}): SystemCommandOf<"seat.arrive"> {
  return {
    type: "seat.arrive",
    seat: name,
    identity: `guest:${name}`,
    kind: person.role === "chair" || person.role === "coChair" ? "adult" : "pupil",
    vouched: true,
    school: null,
    role: "participant",
    name: `name-${name}`,
    ...person,
  };
}

export function aMessage(text: string, id = "msg-0000") {
  return { type: "chat.sendMessage", id, text } as const satisfies Command;
}
