import { isDeepStrictEqual } from "node:util";
import { expect } from "chai";
import fc from "fast-check";
import { decide, decideSystem } from "../../../domain/meeting/decide.ts";
import { type Decision, type Given, isRefused, type NewContent } from "../../../domain/meeting/draft.ts";
import { type Due, nextDue } from "../../../domain/meeting/due.ts";
import { evolve, fold } from "../../../domain/meeting/evolve.ts";
import { chooseNext } from "../../../domain/meeting/next.ts";
import {
  contentsOf,
  contentsOfMeeting,
  type Perspective,
  perspectiveOf,
  samePerspective,
  show,
  view,
} from "../../../domain/meeting/show.ts";
import { bookedMeeting, isHere, type Meeting } from "../../../domain/meeting/state.ts";
import { Command, type SystemCommand } from "../../../protocol/commands.ts";
import { type LoggedEvent, MeetingEvent } from "../../../protocol/events.ts";
import type { MeetingSettings } from "../../../protocol/meeting.ts";
import { happenings, meant, type Past, type Step } from "../../support/happenings.ts";
import { start } from "../../support/meeting.ts";

/** Enough that a broken rule is found in nearly every run, few enough for a few seconds. */
const runs = { numRuns: 400 };

type Asked = { actor: string; command: Command } | { system: SystemCommand };

/** Something that was asked of the meeting, and what came of it. */
interface Act {
  asked: Asked;
  decision: Decision;
  before: Meeting;
  after: Meeting;
  now: number;
  logged: LoggedEvent[];
}

/** A meeting lived through. Ids count up, so that asking again with the same count gives the same ids. */
class Life {
  meeting: Meeting;
  now = start;
  ids = 0;
  readonly log: LoggedEvent[] = [];
  readonly contents: NewContent[] = [];
  readonly acts: Act[] = [];
  readonly past: Past = { turns: [], pupils: [] };

  constructor(settings: MeetingSettings) {
    this.meeting = bookedMeeting(settings);
    this.ask({ system: { type: "meeting.open" } });
  }

  decide(asked: Asked, ids = this.ids): { decision: Decision; ids: number } {
    let last = ids;
    const given: Given = { now: this.now, newId: () => `id${++last}` };
    const decision =
      "system" in asked
        ? decideSystem(this.meeting, asked.system, given)
        : decide(this.meeting, asked.actor, asked.command, given);
    return { decision, ids: last };
  }

  ask(asked: Asked): Act {
    const { decision, ids } = this.decide(asked);
    this.ids = ids;
    const before = this.meeting;
    const events = isRefused(decision) ? [] : decision.events;
    const logged = events.map((event, index) => ({ seq: this.log.length + 1 + index, at: this.now, event }));
    this.log.push(...logged);
    this.meeting = logged.reduce(evolve, before);
    if (!isRefused(decision)) this.contents.push(...decision.contents);
    for (const { event } of logged) {
      if (event.type === "floor.turnStarted") this.past.turns.push(event.turn);
      if (event.type === "seat.pupilsNamed") this.past.pupils.push(...event.pupils.map(({ pupil }) => pupil));
    }
    const act = { asked, decision, before, after: this.meeting, now: this.now, logged };
    this.acts.push(act);
    return act;
  }

  /** Time passes; a punctual clock says what is due when it is due. */
  pass(ms: number): void {
    const until = this.now + ms;
    for (let due = nextDue(this.meeting); due && due.at <= until; due = nextDue(this.meeting)) {
      this.clockSays(due);
    }
    this.now = until;
  }

  /** Says what is due at its time. Throws when nothing comes of it, for then it would be due for ever. */
  clockSays({ at, command }: Due): void {
    this.now = Math.max(this.now, at);
    const { decision, logged } = this.ask({ system: command });
    if (logged.length > 0) return;
    throw new Error(`${command.type} came to ${isRefused(decision) ? decision.refused : "nothing"} when it was due`);
  }

  take(step: Step): void {
    const meaning = meant(step, this.meeting, this.past, () => `id${++this.ids}`);
    if ("ms" in meaning) this.pass(meaning.ms);
    else this.ask(meaning);
  }
}

function live({ settings, steps }: { settings: MeetingSettings; steps: Step[] }): Life {
  const life = new Life(settings);
  for (const step of steps) life.take(step);
  return life;
}

/** Says `rule` holds for every random meeting. */
function always(rule: (life: Life) => void): void {
  fc.assert(
    fc.property(happenings, (happening) => rule(live(happening))),
    runs,
  );
}

/** Strict and fast; chai is asked only to show what differs. */
function same(actual: unknown, wanted: unknown, what: string): void {
  if (!isDeepStrictEqual(actual, wanted)) expect(actual, what).to.deep.equal(wanted);
}

describe("the random meetings of these properties", () => {
  it("are of all kinds: every event that there is happens in them", () => {
    const seen = new Set<string>();
    const refusals = new Set<string>();
    for (const happening of fc.sample(happenings, { numRuns: 1500, seed: 7 })) {
      const life = live(happening);
      for (const { event } of life.log) seen.add(event.type);
      for (const { decision } of life.acts) if (isRefused(decision)) refusals.add(decision.refused);
    }
    const all = MeetingEvent.options.map((option) => option.shape.type.value);
    expect(all.filter((type) => !seen.has(type))).to.deep.equal([]);
    expect(refusals.size).to.be.greaterThan(20);
  });

  it("ask only what the schema of commands lets through", () => {
    always(({ acts }) => {
      for (const { asked } of acts) if ("command" in asked) same(Command.parse(asked.command), asked.command, "parsed");
    });
  });
});

describe("the law of show", () => {
  const perspectives: Perspective[] = [{ from: "room" }, { from: "lead" }];

  it("holds from the first event on for the room and for who leads", () => {
    always(({ log, acts }) => {
      const settings = acts[0]?.before.settings;
      if (!settings) throw new Error("A life begins with its opening");
      for (const perspective of perspectives) {
        let whole = bookedMeeting(settings);
        let pictured = view(perspective, whole);
        for (const logged of log) {
          whole = evolve(whole, logged);
          const shown = show(perspective, logged.event);
          if (shown) pictured = evolve(pictured, { at: logged.at, event: shown });
          same(pictured, view(perspective, whole), `${perspective.from} after ${logged.event.type}`);
        }
      }
    });
  });

  it("holds for every seat, which begins anew with a snapshot when what it may see changes", () => {
    always(({ log, acts }) => {
      const settings = acts[0]?.before.settings;
      if (!settings) throw new Error("A life begins with its opening");
      let whole = bookedMeeting(settings);
      const pictures = new Map<string, { perspective: Perspective; pictured: Meeting }>();
      for (const logged of log) {
        whole = evolve(whole, logged);
        for (const seat of Object.keys(whole.seats)) {
          const perspective = perspectiveOf(whole, seat);
          if (!perspective) {
            pictures.delete(seat);
            continue;
          }
          const held = pictures.get(seat);
          const begun = held && samePerspective(held.perspective, perspective) ? held : undefined;
          const shown = begun && show(perspective, logged.event);
          const pictured = !begun
            ? view(perspective, whole)
            : shown
              ? evolve(begun.pictured, { at: logged.at, event: shown })
              : begun.pictured;
          pictures.set(seat, { perspective, pictured });
          same(pictured, view(perspective, whole), `${seat} (${perspective.from}) after ${logged.event.type}`);
        }
      }
    });
  });

  it("holds when a viewer begins with a snapshot at any moment", () => {
    fc.assert(
      fc.property(happenings, fc.nat(), (happening, moment) => {
        const { log } = live(happening);
        const at = moment % (log.length + 1);
        for (const perspective of perspectives) {
          const snapshot = view(perspective, fold(happening.settings, log.slice(0, at)));
          const pictured = log.slice(at).reduce((picture, logged) => {
            const event = show(perspective, logged.event);
            return event ? evolve(picture, { at: logged.at, event }) : picture;
          }, snapshot);
          same(pictured, view(perspective, fold(happening.settings, log)), perspective.from);
        }
      }),
      runs,
    );
  });

  it("shows nobody an identity, and only who leads a stranger in the lobby", () => {
    always(({ log, meeting }) => {
      const lobby: Perspective[] = Object.keys(meeting.seats).map((seat) => ({ from: "lobby", seat }));
      for (const perspective of [...perspectives, ...lobby]) {
        const shown = log.map(({ event }) => show(perspective, event)).filter((event) => event !== null);
        const seen = JSON.stringify([shown, view(perspective, meeting)]);
        expect(seen).to.not.match(/account:|guest:/);
        if (perspective.from === "lead") continue;
        for (const seat of Object.values(meeting.seats)) {
          const own = perspective.from === "lobby" && perspective.seat === seat.seat;
          if (!own && !seat.admitted) expect(Object.keys(view(perspective, meeting).seats)).to.not.include(seat.seat);
        }
      }
    });
  });
});

describe("what never happens in a meeting", () => {
  it("nobody is twice or both in queue and turns, and turns fit on the floor", () => {
    always(({ acts, log }) => {
      const largest = Math.max(
        ...log.map(({ event }) =>
          event.type === "meeting.opened"
            ? event.settings.capacity
            : event.type === "meeting.settingsChanged"
              ? (event.capacity ?? 0)
              : 0,
        ),
      );
      for (const { after } of acts) {
        const seats = [...after.queue, ...after.turns].map(({ seat }) => seat);
        expect(new Set(seats).size, "nobody twice").to.equal(seats.length);
        expect(after.turns.length).to.be.at.most(largest);
      }
    });
  });

  it("turns never become more while there are more than there are places", () => {
    always(({ acts }) => {
      for (const { before, after } of acts) {
        const fits = after.turns.length <= after.settings.capacity;
        expect(fits || after.turns.length <= before.turns.length).to.equal(true);
      }
    });
  });

  it("who is muted, waits in the lobby, watches or is gone never speaks nor queues", () => {
    always(({ acts }) => {
      for (const { after } of acts) {
        for (const { seat } of [...after.queue, ...after.turns]) {
          const person = after.seats[seat];
          if (!person || !isHere(person) || person.muted || person.role === "watcher") {
            throw new Error(`${seat} may not speak: ${JSON.stringify(person)}`);
          }
        }
      }
    });
  });

  it("nobody speaks or shares while everything is frozen, before it is open or after the end", () => {
    always(({ acts }) => {
      for (const { after } of acts) {
        if (after.phase === "open" && !after.frozen) continue;
        expect(after.turns).to.deep.equal([]);
        expect(after.share).to.equal(null);
      }
    });
  });

  it("a screen is only shared by who has the floor", () => {
    always(({ acts }) => {
      for (const { after } of acts) {
        if (after.share) expect(after.turns.map(({ turn }) => turn)).to.include(after.share.turn);
      }
    });
  });

  it("two never lead at once, and only adults do", () => {
    always(({ acts }) => {
      for (const { after } of acts) {
        const leading = Object.values(after.seats).filter((seat) => isHere(seat) && seat.role === "chair");
        expect(leading.length).to.be.at.most(1);
        for (const seat of Object.values(after.seats)) {
          if (isHere(seat) && (seat.role === "chair" || seat.role === "coChair")) expect(seat.kind).to.equal("adult");
        }
      }
    });
  });

  it("one identity never has two seats", () => {
    always(({ meeting }) => {
      const identities = Object.values(meeting.seats).map(({ identity }) => identity);
      expect(new Set(identities).size).to.equal(identities.length);
    });
  });

  it("only the chair's move changes the order of hands; a reconnect never does", () => {
    always(({ acts }) => {
      for (const { asked, before, after } of acts) {
        if ("command" in asked && asked.command.type === "floor.moveHand") continue;
        const stayed = before.queue.filter((hand) => after.queue.includes(hand));
        same(after.queue.slice(0, stayed.length), stayed, "the order of hands");
      }
    });
  });

  it("a free floor that goes on by itself never leaves a ready hand waiting", () => {
    always(({ acts }) => {
      for (const { after } of acts) {
        const goesOn = after.phase === "open" && !after.frozen && after.settings.next !== "byChair";
        if (goesOn && after.turns.length < after.settings.capacity) expect(chooseNext(after)).to.equal(undefined);
      }
    });
  });

  it("who was removed never comes back", () => {
    always(({ acts }) => {
      for (const { before, after } of acts) {
        for (const seat of Object.values(before.seats)) {
          if (seat.place === "removed") expect(after.seats[seat.seat]?.place).to.equal("removed");
        }
      }
    });
  });
});

describe("the log", () => {
  it("takes only events of the schema", () => {
    always(({ log }) => {
      for (const { event } of log) same(JSON.parse(JSON.stringify(MeetingEvent.parse(event))), event, event.type);
    });
  });

  it("holds ids and not words, and every word that belongs to it is kept beside it", () => {
    always(({ log, contents, acts, meeting }) => {
      expect(JSON.stringify(log)).to.not.contain("wörds");
      const names = acts.flatMap(({ asked }) =>
        "system" in asked && "name" in asked.system ? [asked.system.name] : [],
      );
      const kept = new Set([...names, ...contents.map(({ id }) => id)]);
      expect(kept.size).to.equal(names.length + contents.length);
      for (const { event } of log) for (const id of contentsOf(event)) expect(kept.has(id), id).to.equal(true);
      for (const id of contentsOfMeeting(meeting)) expect(kept.has(id), id).to.equal(true);
    });
  });

  it("folds to the meeting that the rules saw", () => {
    fc.assert(
      fc.property(happenings, (happening) => {
        const { log, meeting } = live(happening);
        same(fold(happening.settings, JSON.parse(JSON.stringify(log))), meeting, "folded from what was stored");
      }),
      runs,
    );
  });
});

describe("deciding", () => {
  it("is the same every time and changes nothing by itself", () => {
    fc.assert(
      fc.property(happenings, (happening) => {
        const life = new Life(happening.settings);
        for (const step of happening.steps) {
          const meaning = meant(step, life.meeting, life.past, () => `id${++life.ids}`);
          if ("ms" in meaning) {
            life.pass(meaning.ms);
            continue;
          }
          const copy = structuredClone(life.meeting);
          const first = life.decide(meaning);
          same(life.decide(meaning), first, "decided again");
          same(life.meeting, copy, "the meeting while deciding");
          life.ask(meaning);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("twice does no harm: a doubled command leaves the meeting as it was after the first", () => {
    const countsTwice = new Set(["reaction.show", "seat.namePupils"]);
    fc.assert(
      fc.property(happenings, (happening) => {
        const life = new Life(happening.settings);
        for (const step of happening.steps) {
          const meaning = meant(step, life.meeting, life.past, () => `id${++life.ids}`);
          if ("ms" in meaning) {
            life.pass(meaning.ms);
            continue;
          }
          const { after } = life.ask(meaning);
          const type = "system" in meaning ? meaning.system.type : meaning.command.type;
          if (!countsTwice.has(type)) same(life.ask(meaning).after, after, `${type} doubled`);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe("the clock", () => {
  it("is never behind once it was punctual: what is due next lies ahead", () => {
    always(({ acts, now, meeting }) => {
      for (const act of acts) {
        const due = nextDue(act.after);
        if (due) expect(due.at).to.be.at.least(act.now);
      }
      const due = nextDue(meeting);
      if (due) expect(due.at).to.be.at.least(now);
    });
  });

  it("is never refused when it is right, and comes to rest however late it is", () => {
    fc.assert(
      fc.property(happenings, fc.oneof(fc.constant(0), fc.nat({ max: 10_000_000 })), (happening, lateMs) => {
        const life = live(happening);
        life.now += lateMs;
        const most = life.meeting.queue.length + life.meeting.turns.length + 2 * Object.keys(life.meeting.seats).length;
        let said = 0;
        for (let due = nextDue(life.meeting); due; due = nextDue(life.meeting)) {
          life.clockSays(due);
          expect(++said, "times the clock had something to say").to.be.at.most(most);
        }
      }),
      runs,
    );
  });
});
