/**
 * Random meetings for properties: a sequence of steps that says what people, the network, the server and the clock do,
 * without ids. What a step means is worked out against the meeting as it is then, so that shrinking keeps it sensible.
 */
import fc from "fast-check";
import { type Meeting, seatsInLobby, seatsInRoom } from "../../domain/meeting/state.ts";
import type { Command, SystemCommand } from "../../protocol/commands.ts";
import { type MeetingSettings, NextRule, Reaction, SeatKind } from "../../protocol/meeting.ts";

/** Who there is. The same person may arrive many times; seats are given on their first arrival. */
export const people = [
  { identity: "account:ana", kind: "adult", role: "chair", school: "aveiro", vouched: true },
  { identity: "account:mikko", kind: "adult", role: "chair", school: "oulu", vouched: true },
  { identity: "account:vera", kind: "adult", role: "participant", school: "oulu", vouched: true },
  { identity: "guest:turma", kind: "class", role: "participant", school: "aveiro", vouched: true },
  { identity: "guest:ines", kind: "pupil", role: "participant", school: "aveiro", vouched: true },
  { identity: "guest:olli", kind: "pupil", role: "participant", school: "oulu", vouched: true },
  { identity: "guest:nobody", kind: "pupil", role: "participant", school: null, vouched: false },
  { identity: "guest:pia", kind: "adult", role: "watcher", school: null, vouched: false },
  { identity: "guest:rui", kind: "pupil", role: "coChair", school: "oulu", vouched: true },
] as const;

/** Stands for the end of the turn as it is at that moment. */
const asItIs = 1;
/** Who leads at that moment, whoever it is. */
const chair = -1;

/** A step. Numbers choose among what there is: `actor` a person, a command's `seat` mostly somebody in the room. */
export type Step =
  | { step: "arrives"; actor: number }
  | { step: "connects" | "loses"; actor: number }
  | { step: "server"; what: "recording.begin" | "recording.interrupt" | "meeting.open" }
  | { step: "closes" }
  | { step: "time"; ms: number }
  | { step: "clock"; choice: number }
  | { step: "asks"; actor: number; command: Wish };

/** A command whose seats and turns are still numbers. */
type Wish = { [K in Command["type"]]: Of<Extract<Command, { type: K }>> }[Command["type"]];
type Of<C> = { [K in keyof C]: K extends "seat" | "turn" | "pupil" ? number : C[K] };

/** Turns that have run or run now, so that a step may speak of one that is over. */
export type Past = { turns: string[]; pupils: string[] };

const actor = fc.nat({ max: people.length - 1 });
const seat = fc.nat({ max: 3 * people.length - 1 });
const turn = fc.nat({ max: 5 });
const next = fc.constantFrom(...NextRule.options);
const turnLimitMs = fc.constantFrom(null, 30_000, 60_000, 120_000);
const capacity = fc.integer({ min: 1, max: 4 });
const on = fc.boolean();

const hand: fc.Arbitrary<Wish> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ type: "floor.raiseHand" as const }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("floor.raiseHand" as const), pupil: fc.nat({ max: 3 }) }) },
  { weight: 2, arbitrary: fc.constant({ type: "floor.lowerHand" as const }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("floor.lowerHand" as const), seat }) },
  { weight: 4, arbitrary: fc.constant({ type: "floor.finishTurn" as const }) },
);

const settings = fc.record({ next, capacity, turnLimitMs }, { requiredKeys: [] });
/** The chair's everyday work, and what is rarer because little happens afterwards. */
const leads: fc.Arbitrary<Wish> = fc.oneof(
  fc.record({ type: fc.constant("floor.giveTurn" as const), seat }),
  fc.record({ type: fc.constant("floor.endTurn" as const), turn }),
  fc.record({
    type: fc.constant("floor.extendTurn" as const),
    turn,
    endsAt: fc.constantFrom(0, asItIs),
    byMs: fc.integer({ min: 10_000, max: 600_000 }),
  }),
  fc.record({ type: fc.constant("floor.moveHand" as const), seat, toPlace: fc.integer({ min: 1, max: 9 }) }),
  settings.map((wished) => ({ type: "floor.changeSettings" as const, ...wished })),
  fc.constant({ type: "lobby.admitAll" as const }),
  fc.record(
    {
      type: fc.constant("lobby.admit" as const),
      seat,
      kind: fc.constantFrom(...SeatKind.options),
      school: fc.constantFrom(null, "aveiro"),
    },
    { requiredKeys: ["type", "seat"] },
  ),
  fc.record({ type: fc.constant("seat.mute" as const), seat }),
  fc.record({ type: fc.constant("seat.unmute" as const), seat }),
);
const rules: fc.Arbitrary<Wish> = fc.oneof(
  fc.constant({ type: "floor.clearQueue" as const }),
  fc.record({ type: fc.constant("lobby.turnAway" as const), seat }),
  fc.record({ type: fc.constant("lobby.switch" as const), on }),
  fc.record({ type: fc.constant("seat.remove" as const), seat }),
  fc.record({ type: fc.constant("seat.handOverChair" as const), seat }),
  fc.record({ type: fc.constant("seat.makeCoChair" as const), seat, on }),
  fc.record({ type: fc.constant("meeting.lock" as const), on }),
  fc.constant({ type: "meeting.freeze" as const }),
);

/** Words nobody would find in an event by chance. */
export const words = fc.integer({ min: 1000, max: 9999 }).map((n) => `wörds ${n}`);
const beside: fc.Arbitrary<Wish> = fc.oneof(
  fc.constant({ type: "seat.leave" as const }),
  fc.record({ type: fc.constant("seat.setDevices" as const), microphone: on, camera: on }),
  fc.record({ type: fc.constant("seat.namePupils" as const), names: fc.array(words, { maxLength: 3 }) }),
  fc.constant({ type: "share.start" as const }),
  fc.constant({ type: "share.stop" as const }),
  fc.record({
    type: fc.constant("chat.sendMessage" as const),
    id: fc.constantFrom("msg-0001", "msg-0002", "msg-0003"),
    text: words,
  }),
  fc.record({ type: fc.constant("reaction.show" as const), reaction: fc.constantFrom(...Reaction.options) }),
);

const asks = (who: fc.Arbitrary<number>, command: fc.Arbitrary<Wish>): fc.Arbitrary<Step> =>
  fc.record({ step: fc.constant("asks" as const), actor: who, command });

const says = (command: Wish): Step => ({ step: "asks", actor: chair, command });
const arrives = (who: number): Step => ({ step: "arrives", actor: who });
const connects = (who: number): Step => ({ step: "connects", actor: who });
const loses = (who: number): Step => ({ step: "loses", actor: who });
const time = fc.integer({ min: 0, max: 20_000 }).map((ms): Step => ({ step: "time", ms }));

/** A few steps that often belong together, so that more of what is tried comes to something. */
const scene: fc.Arbitrary<Step[]> = fc.oneof(
  { weight: 4, arbitrary: actor.map((who) => [arrives(who), connects(who)]) },
  { weight: 2, arbitrary: actor.map((who) => [arrives(who), connects(who), says({ type: "lobby.admitAll" })]) },
  { weight: 1, arbitrary: actor.map((who) => [arrives(who)]) },
  { weight: 3, arbitrary: actor.map((who) => [connects(who)]) },
  { weight: 2, arbitrary: actor.map((who) => [loses(who)]) },
  { weight: 2, arbitrary: fc.tuple(actor, time).map(([who, passes]) => [loses(who), passes, connects(who)]) },
  { weight: 16, arbitrary: asks(actor, hand).map((asked) => [asked]) },
  { weight: 10, arbitrary: asks(fc.constant(chair), leads).map((asked) => [asked]) },
  { weight: 2, arbitrary: asks(fc.constant(chair), rules).map((asked) => [asked]) },
  { weight: 3, arbitrary: fc.constant<Step[]>([says({ type: "meeting.resume" })]) },
  { weight: 1, arbitrary: fc.constant<Step[]>([says({ type: "meeting.freeze" })]) },
  { weight: 2, arbitrary: asks(actor, fc.oneof(leads, rules)).map((asked) => [asked]) },
  { weight: 8, arbitrary: asks(actor, beside).map((asked) => [asked]) },
  { weight: 4, arbitrary: time.map((passes) => [passes]) },
  { weight: 1, arbitrary: fc.constant<Step[]>([{ step: "time", ms: 90_000 }]) },
  { weight: 2, arbitrary: turn.map((choice): Step[] => [{ step: "clock", choice }]) },
  {
    weight: 1,
    arbitrary: fc
      .subarray(["recording.begin", "recording.interrupt", "recording.begin", "meeting.open"] as const, {
        minLength: 1,
      })
      .map((all) => all.map((what): Step => ({ step: "server", what }))),
  },
);

/** A meeting's settings and what happens in it: most people come at once, now and then it ends in the middle. */
export const happenings: fc.Arbitrary<{ settings: MeetingSettings; steps: Step[] }> = fc.record({
  settings: fc.record({
    next,
    capacity,
    turnLimitMs,
    lobby: fc.constantFrom(true, false, false),
    locked: fc.constant(false),
    recorded: on,
    maxSeats: fc.integer({ min: 5, max: 12 }),
    graceMs: fc.constantFrom(0, 2_000, 8_000),
  }),
  steps: fc
    .tuple(
      fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8], { minLength: 3 }),
      fc.array(scene, { maxLength: 70, size: "max" }),
      fc.constantFrom<Step[]>([], [], [], [says({ type: "meeting.end" })], [{ step: "closes" }]),
      fc.array(scene, { maxLength: 4 }),
    )
    .map(([first, middle, end, after]) => [
      ...[0, ...first].flatMap((who) => [arrives(who), connects(who)]),
      ...[...middle, end, ...after].flat(),
    ]),
});

/** The seat that somebody acts from, or one that nobody has. */
function actorIn(meeting: Meeting, person: number): string {
  const seats = Object.values(meeting.seats);
  const identity = people[person]?.identity;
  const found = seats.find((seat) => (person === chair ? seat.role === "chair" : seat.identity === identity));
  return found?.seat ?? `nobody-${person}`;
}

/** Mostly somebody in the room; sometimes somebody in the lobby, or gone, or nobody. */
function seatIn(meeting: Meeting, choice: number): string {
  const here = [...seatsInRoom(meeting), ...seatsInLobby(meeting)];
  if (choice >= 2 * people.length) return actorIn(meeting, choice % (people.length + 1));
  return here[choice % Math.max(1, here.length)]?.seat ?? "nobody";
}

/** What a step asks of the meeting as it is now: a person's command, the server's, or nothing but time. */
export function meant(
  step: Step,
  meeting: Meeting,
  past: Past,
  newId: () => string,
): { actor: string; command: Command } | { system: SystemCommand } | { ms: number } {
  const turns = [...meeting.turns.map((running) => running.turn), ...past.turns.toReversed(), "no-turn"];
  const endOf = (turn: string) => meeting.turns.find((running) => running.turn === turn)?.endsAt ?? 0;
  const pick = (list: readonly string[], index: number) => list[index % list.length] ?? "none";
  switch (step.step) {
    case "arrives": {
      const person = people[step.actor] ?? people[0];
      return { system: { type: "seat.arrive", ...person, seat: newId(), name: newId() } };
    }
    case "connects":
      return { system: { type: "seat.connect", seat: actorIn(meeting, step.actor) } };
    case "loses":
      return { system: { type: "seat.loseConnection", seat: actorIn(meeting, step.actor) } };
    case "server":
      return { system: { type: step.what } };
    case "closes":
      return { system: { type: "meeting.close" } };
    case "time":
      return { ms: step.ms };
    case "clock":
      return { system: { type: "floor.passTime", turn: pick(turns, step.choice) } };
    case "asks": {
      const { command } = step;
      const ids = {
        ...("seat" in command && command.seat !== undefined && { seat: seatIn(meeting, command.seat) }),
        ...("turn" in command && { turn: pick(turns, command.turn) }),
        ...("endsAt" in command && command.endsAt === asItIs && { endsAt: endOf(pick(turns, command.turn)) }),
        ...("pupil" in command &&
          command.pupil !== undefined && { pupil: pick([...past.pupils, "no"], command.pupil) }),
      };
      // The numbers that stood for ids have been replaced; tests parse the result with the schema of commands.
      return { actor: actorIn(meeting, step.actor), command: { ...command, ...ids } as Command };
    }
  }
}
