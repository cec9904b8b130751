import { expect } from "chai";
import fc from "fast-check";
import { decide, decideSystem } from "../../../domain/meeting/decide.ts";
import { isRefused } from "../../../domain/meeting/draft.ts";
import { nextDue } from "../../../domain/meeting/due.ts";
import { evolve } from "../../../domain/meeting/evolve.ts";
import { bookedMeeting } from "../../../domain/meeting/state.ts";
import { meetingCounts, wasMeeting } from "../../../domain/reports/meetingCounts.ts";
import type { LoggedEvent } from "../../../protocol/events.ts";
import { MeetingCounts } from "../../../protocol/reports/meetingCounts.ts";
import { happenings, meant, type Past } from "../../support/happenings.ts";
import { aMeeting, type Story, start } from "../../support/meeting.ts";

const counts = (story: Story) => meetingCounts(story.log);

const aLesson = () =>
  aMeeting({ lobby: false })
    .with("ana", { role: "chair", school: "aveiro" })
    .with("ines", { school: "aveiro" })
    .with("turma", { school: "oulu", kind: "class" })
    .with("vera", { role: "watcher", kind: "adult", school: "oulu" })
    .with("pia", { role: "watcher" });

describe("what a meeting says of itself", () => {
  it("is nothing before it is over, or when it was never opened", () => {
    expect(meetingCounts([])).to.equal(null);
    expect(counts(aLesson())).to.equal(null);
  });

  it("has adults, pupils and classes, watchers too, by school in the order they came", () => {
    const told = counts(aLesson().ended());
    expect(told).to.include({ openedAt: start, adults: 2, pupils: 2, classes: 1 });
    expect(told?.schools.map(({ school, adults, pupils, classes }) => [school, adults, pupils, classes])).to.deep.equal(
      [
        ["aveiro", 1, 1, 0],
        ["oulu", 1, 0, 1],
        [null, 0, 1, 0],
      ],
    );
  });

  it("has turns and how long was spoken by school, messages, and how long it took", () => {
    const told = counts(
      aLesson().speaks("ines", 30_000).speaks("turma", 10_000).speaks("ines", 5_000).says("pia", "Hi").ended(),
    );
    expect(told).to.include({ lengthMs: 45_000, turns: 3, spokeMs: 45_000, messages: 1 });
    expect(told?.schools.map(({ turns, spokeMs }) => [turns, spokeMs])).to.deep.equal([
      [2, 35_000],
      [1, 10_000],
      [0, 0],
    ]);
  });

  it("counts the named pupils of a class, as they were named last", () => {
    const named = (names: string[]) => ({ type: "seat.namePupils", names }) as const;
    const room = aLesson()
      .does("turma", named(["Rui", "Eva", "Ruy"]))
      .does("turma", named(["Rui", "Eva"]));
    expect(counts(room.does("turma", named([])).ended())).to.include({ pupils: 4, classes: 1 });
  });

  it("counts who left and came back once", () => {
    expect(counts(aLesson().leaves("ines").with("ines", { name: "another" }).ended())).to.include({ pupils: 2 });
  });

  it("does not count who only waited in the lobby", () => {
    const room = aMeeting({ lobby: true }).with("ana", { role: "chair" }).with("ines").with("olli");
    room.does("ana", { type: "lobby.admit", seat: "ines" });
    expect(counts(room.ended())).to.include({ adults: 1, pupils: 1 });
  });

  it("takes somebody as what the chair said they are", () => {
    const room = aMeeting({ lobby: true }).with("ana", { role: "chair" }).with("tiago");
    room.does("ana", { type: "lobby.admit", seat: "tiago", kind: "class" });
    expect(counts(room.ended())).to.include({ adults: 1, pupils: 0, classes: 1 });
  });

  it("is worth an entry when somebody was there besides the chair", () => {
    const alone = aMeeting({ lobby: true }).with("ana", { role: "chair" }).with("ines");
    expect(wasMeeting(alone.log)).to.equal(false);
    expect(wasMeeting(alone.does("ana", { type: "lobby.admit", seat: "ines" }).log)).to.equal(true);
  });
});

/** The log of a random meeting, ended at its end. */
function logOf({ settings, steps }: typeof happenings extends fc.Arbitrary<infer H> ? H : never): LoggedEvent[] {
  const log: LoggedEvent[] = [];
  const past: Past = { turns: [], pupils: [] };
  let [meeting, now, ids] = [bookedMeeting(settings), start, 0];
  const newId = () => `id${++ids}`;
  const take = (asked: Exclude<ReturnType<typeof meant>, { ms: number }>) => {
    const given = { now, newId };
    const decision =
      "system" in asked
        ? decideSystem(meeting, asked.system, given)
        : decide(meeting, asked.actor, asked.command, given);
    for (const event of isRefused(decision) ? [] : decision.events) {
      log.push({ seq: log.length + 1, at: now, event });
      meeting = evolve(meeting, { at: now, event });
      if (event.type === "floor.turnStarted") past.turns.push(event.turn);
      if (event.type === "seat.pupilsNamed") past.pupils.push(...event.pupils.map(({ pupil }) => pupil));
    }
  };
  take({ system: { type: "meeting.open" } });
  for (const step of steps) {
    const meaning = meant(step, meeting, past, newId);
    if (!("ms" in meaning)) {
      take(meaning);
      continue;
    }
    const until = now + meaning.ms;
    for (let due = nextDue(meeting); due && due.at <= until; due = nextDue(meeting)) {
      now = Math.max(now, due.at);
      take({ system: due.command });
    }
    now = until;
  }
  take({ system: { type: "meeting.close" } });
  return log;
}

describe("what any meeting says of itself", () => {
  it("adds up over its schools", () => {
    fc.assert(
      fc.property(happenings, (happening) => {
        const told = meetingCounts(logOf(happening));
        if (!told) throw new Error("It was opened and ended");
        const all = MeetingCounts.parse(told);
        for (const number of ["adults", "pupils", "classes", "turns", "spokeMs"] as const) {
          const sum = all.schools.reduce((so, school) => so + school[number], 0);
          expect(sum, number).to.equal(all[number]);
        }
        expect(new Set(all.schools.map(({ school }) => school)).size).to.equal(all.schools.length);
      }),
      { numRuns: 200 },
    );
  });

  it("names nobody: no seat, no name, no pupil, no identity", () => {
    fc.assert(
      fc.property(happenings, (happening) => {
        const log = logOf(happening);
        const text = JSON.stringify(meetingCounts(log));
        for (const { event } of log) {
          const words = [
            ...("identity" in event ? [event.seat, event.name, event.identity] : []),
            ...(event.type === "seat.pupilsNamed" ? event.pupils.flatMap(({ pupil, name }) => [pupil, name]) : []),
          ];
          for (const word of words) expect(text).not.to.contain(word);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("has nobody in it who was never in the room", () => {
    fc.assert(
      fc.property(happenings, (happening) => {
        const log = logOf(happening);
        const came = new Set(
          log.flatMap(({ event }) =>
            event.type === "seat.taken" || event.type === "lobby.admitted" ? event.identity : [],
          ),
        );
        const told = meetingCounts(log);
        const named = log.reduce(
          (most, { event }) => most + (event.type === "seat.pupilsNamed" ? event.pupils.length : 0),
          0,
        );
        const seats = (told?.adults ?? 0) + (told?.pupils ?? 0) + (told?.classes ?? 0);
        expect(seats).to.be.at.least(came.size);
        expect(seats).to.be.at.most(came.size + named);
      }),
      { numRuns: 200 },
    );
  });
});
