import { expect } from "chai";
import {
  actsFor,
  handsShown,
  knocksShown,
  messagesShown,
  peopleSummary,
  seatsShown,
} from "../../client/views/room/people.ts";
import { chairName, type Sight, schoolsToAsk } from "../../client/views/room/sight.ts";
import { situationOf } from "../../client/views/room/situation.ts";
import { whatHappened } from "../../client/views/room/told.ts";
import { en } from "../../client/words/en/index.ts";
import { speak } from "../../client/words/words.ts";
import { evolve, fold } from "../../domain/meeting/evolve.ts";
import { defaultSettings, type Happened, type Meeting } from "../../domain/meeting/state.ts";
import type { MeetingEvent } from "../../protocol/events.ts";
import type { MeetingSettings, SeatKind, SeatRole } from "../../protocol/meeting.ts";

before(() => speak({ tag: "en-GB", words: en }));

const names: Record<string, string> = {
  n1: "Ana",
  n2: "Eetu L.",
  n3: "Inês M.",
  n4: "Class 6A",
  n5: "Guest 7",
  p1: "Leo",
};
const schools = new Map([
  ["aveiro", { id: "aveiro", name: "Escola de Aveiro", town: "Aveiro", country: "PT" }],
  ["oulu", { id: "oulu", name: "Oulun koulu", town: "Oulu", country: "FI" }],
]);

interface Person {
  seat: string;
  name: string;
  kind: SeatKind;
  role: SeatRole;
  school: string | null;
}
const ana: Person = { seat: "s1", name: "n1", kind: "adult", role: "chair", school: "aveiro" };
const eetu: Person = { seat: "s2", name: "n2", kind: "pupil", role: "participant", school: "oulu" };
const ines: Person = { seat: "s3", name: "n3", kind: "pupil", role: "participant", school: "aveiro" };
const class6: Person = { seat: "s4", name: "n4", kind: "class", role: "participant", school: "oulu" };
const guest: Person = { seat: "s5", name: "n5", kind: "pupil", role: "participant", school: null };

const comes = (person: Person): MeetingEvent[] => [
  { type: "seat.taken", identity: "", vouched: true, ...person },
  { type: "seat.connected", seat: person.seat },
];
const raises = (seat: string, pupil: string | null = null): MeetingEvent => ({ type: "floor.handRaised", seat, pupil });
const starts = (
  seat: string,
  more: Partial<Extract<MeetingEvent, { type: "floor.turnStarted" }>> = {},
): MeetingEvent[] => [
  { type: "floor.handLowered", seat, by: null, why: "turnStarted" },
  { type: "floor.turnStarted", turn: `t-${seat}`, seat, pupil: null, endsAt: null, why: "byQueue", ...more },
];
const ends = (seat: string): MeetingEvent => ({
  type: "floor.turnEnded",
  turn: `t-${seat}`,
  seat,
  why: "finished",
  by: seat,
});

const opens = (settings: Partial<MeetingSettings> = {}): MeetingEvent[] => [
  { type: "meeting.opened", settings: { ...defaultSettings, ...settings } },
  ...[ana, eetu, ines, class6].flatMap(comes),
];
const at = (events: MeetingEvent[]): Happened[] => events.map((event, i) => ({ at: 1000 * (i + 1), event }));
const meetingAfter = (...events: MeetingEvent[][]): Meeting => fold(defaultSettings, at(events.flat()));
const seenBy = (me: string, meeting: Meeting): Sight => ({
  meeting,
  contents: names,
  me,
  schools,
  stills: new Map(),
  bookedChair: "Ana",
});

describe("the plate's situation", () => {
  const situation = (me: string, meeting: Meeting) => situationOf(seenBy(me, meeting), true, "camera");

  it("is free, then somebody else's, then a place in the queue", () => {
    expect(situation("s3", meetingAfter(opens()))).to.deep.include({ is: "free", chairGives: undefined });
    const taken = meetingAfter(opens(), [raises("s2")], starts("s2"));
    expect(situation("s3", taken)).to.deep.equal({ is: "listening", speakers: "Eetu L.", handsUp: 0 });
    const queued = meetingAfter(opens(), [raises("s2")], starts("s2"), [raises("s4"), raises("s3")]);
    expect(situation("s3", queued)).to.deep.equal({
      is: "waiting",
      place: 2,
      before: "Class 6A",
      chairGives: undefined,
      ready: "camera",
    });
    expect(situation("s4", queued)).to.deep.include({ is: "next" });
    expect(situation("s2", queued)).to.deep.include({ is: "speaking" });
  });

  it("names who is behind a class", () => {
    const named: MeetingEvent = { type: "seat.pupilsNamed", seat: "s4", pupils: [{ pupil: "leo", name: "p1" }] };
    const meeting = meetingAfter(opens(), [named, raises("s4", "leo")], starts("s4", { pupil: "leo" }));
    expect(situation("s3", meeting)).to.deep.include({ is: "listening", speakers: "Leo, Class 6A" });
  });

  it("is the chair's own while somebody else speaks", () => {
    const meeting = meetingAfter(opens(), [raises("s2")], starts("s2"), [raises("s3")]);
    expect(situation("s1", meeting)).to.deep.include({
      is: "leading",
      speakers: "Eetu L.",
      next: "Inês M.",
      nextReady: false,
    });
  });

  it("says that the chair gives the turns, to all but the chair", () => {
    const meeting = meetingAfter(opens({ next: "byChair" }), [raises("s2")]);
    expect(situation("s3", meeting)).to.deep.include({ is: "free", chairGives: "Ana" });
    expect(situation("s2", meeting)).to.deep.include({ is: "next", chairGives: "Ana" });
    expect(situation("s1", meeting)).to.deep.include({ is: "free", chairGives: undefined, handsToGive: 1 });
  });

  it("asks the rule who is next when it is fair", () => {
    const long = at([...opens({ next: "fair" }), raises("s2"), ...starts("s2")]);
    const spoke = [...long, { at: 100_000, event: ends("s2") }];
    const all = [raises("s4"), ...starts("s4"), raises("s2"), raises("s3")];
    const meeting = fold(defaultSettings, [...spoke, ...all.map((event, i) => ({ at: 100_001 + i, event }))]);
    expect(situation("s2", meeting)).to.deep.include({ is: "waiting", place: 1, before: undefined });
    expect(situation("s3", meeting)).to.deep.include({ is: "next" });
  });

  it("puts freezing before muting, and losing the connection before both", () => {
    const meeting = meetingAfter(opens(), [
      { type: "seat.muted", seat: "s3", by: "s1" },
      { type: "meeting.frozen", by: "s1" },
    ]);
    expect(situation("s3", meeting)).to.deep.equal({ is: "frozen", chair: "Ana", byMe: false });
    expect(situation("s1", meeting)).to.deep.include({ byMe: true });
    expect(situationOf(seenBy("s3", meeting), false, "none")).to.deep.equal({ is: "offline", place: undefined });
    const resumed = evolve(meeting, { at: 99_000, event: { type: "meeting.resumed", by: "s1" } });
    expect(situation("s3", resumed)).to.deep.equal({ is: "muted", chair: "Ana" });
  });
});

describe("the room's lists", () => {
  const busy = meetingAfter(opens(), [raises("s2")], starts("s2"), [raises("s4"), raises("s3")]);

  it("put who speaks first, then the queue, then the others", () => {
    const shown = seatsShown(seenBy("s3", busy), 20_000);
    expect(shown.map(({ person, state, place }) => [person.name, state, place])).to.deep.equal([
      ["Eetu L.", "speaking", undefined],
      ["Class 6A", "hand up", 1],
      ["Inês M.", "hand up", 2],
      ["Ana", "chair", undefined],
    ]);
    expect(shown.find(({ person }) => person.you)?.person.name).to.equal("Inês M.");
  });

  it("tell who leads how long somebody speaks and waits", () => {
    const now = (busy.turns[0]?.startedAt ?? 0) + 108_000;
    const states = seatsShown(seenBy("s1", busy), now).map(({ state }) => state);
    expect(states[0]).to.equal("speaking for 1:48");
    expect(states[1]).to.equal("1st, waiting 1:47");
    expect(states[3]).to.equal("chair");
  });

  it("show the queue in the server's order, with who is coming back", () => {
    const lost = evolve(busy, { at: 99_000, event: { type: "seat.connectionLost", seat: "s4" } });
    const hands = handsShown(seenBy("s3", lost)).map(({ place, person, comingBack }) => [
      place,
      person.name,
      comingBack,
    ]);
    expect(hands).to.deep.equal([
      [1, "Class 6A", true],
      [2, "Inês M.", false],
    ]);
  });

  it("give acts to the chair alone, and only those that fit", () => {
    expect(actsFor(seenBy("s3", busy), "s2")).to.deep.equal([]);
    expect(actsFor(seenBy("s1", busy), "s2")).to.deep.equal(["endTurn", "mute", "remove"]);
    expect(actsFor(seenBy("s1", busy), "s3")).to.deep.equal(["giveTurn", "lowerHand", "mute", "remove"]);
    expect(actsFor(seenBy("s1", busy), "s1")).to.deep.equal(["giveTurn"]);
    const muted = evolve(busy, { at: 99_000, event: { type: "seat.muted", seat: "s3", by: "s1" } });
    expect(actsFor(seenBy("s1", muted), "s3"))
      .to.include("unmute")
      .and.not.include("giveTurn");
  });

  it("say what nobody vouches for in the lobby, and draw it as unknown", () => {
    const knocked: MeetingEvent[] = [
      { type: "lobby.knocked", identity: "", vouched: false, ...guest },
      { type: "lobby.connected", seat: "s5" },
    ];
    const [knock] = knocksShown(seenBy("s1", meetingAfter(opens(), knocked)));
    expect([knock?.person.name, knock?.person.kind, knock?.from]).to.deep.equal(["Guest 7", "unknown", "Kind unknown"]);
  });

  it("count people and schools", () => {
    expect(peopleSummary(seenBy("s1", busy))).to.equal("4 here, 2 schools");
  });

  it("show a reaction for a moment", () => {
    const clapped = evolve(busy, { at: 50_000, event: { type: "reaction.shown", seat: "s2", reaction: "applause" } });
    expect(seatsShown(seenBy("s1", clapped), 51_000)[0]?.reaction).to.equal("applause");
    expect(seatsShown(seenBy("s1", clapped), 60_000)[0]?.reaction).to.equal(undefined);
  });

  it("keep a message whose words were erased", () => {
    const said = evolve(busy, {
      at: 50_000,
      event: { type: "chat.messageSent", seat: "s2", message: "m1", length: 5 },
    });
    expect(messagesShown(seenBy("s1", said))[0]?.text).to.equal(undefined);
  });

  it("ask for schools they do not know", () => {
    expect(schoolsToAsk({ meeting: busy, schools: new Map() }).sort()).to.deep.equal(["aveiro", "oulu"]);
    expect(schoolsToAsk({ meeting: busy, schools })).to.deep.equal([]);
  });

  it("call the chair by name, also while nobody leads", () => {
    expect(chairName(seenBy("s3", busy))).to.equal("Ana");
    expect(chairName({ ...seenBy("s3", meetingAfter(opens().slice(0, 1))), bookedChair: "" })).to.equal("The chair");
  });
});

describe("what just happened", () => {
  const told = (me: string, before: Meeting, events: MeetingEvent[], finished = false, now = 500_000) => {
    const after = events.reduce((meeting, event) => evolve(meeting, { at: now, event }), before);
    return whatHappened(before, seenBy(me, after), now, finished)?.words ?? null;
  };
  const open = meetingAfter(opens());

  it("is told to whom it concerns in their words", () => {
    expect(told("s2", open, starts("s2"))).to.equal("The floor is yours. Everybody sees and hears you.");
    expect(told("s3", open, starts("s2"))).to.equal("Eetu L. speaks.");
    expect(told("s3", open, starts("s2", { why: "givenByChair" }))).to.equal("Ana gave the turn to Eetu L.");
    expect(told("s3", open, [{ type: "seat.muted", seat: "s3", by: "s1" }])).to.contain("Ana muted you");
    expect(told("s2", open, [{ type: "seat.muted", seat: "s3", by: "s1" }])).to.equal(null);
  });

  it("tells time up from being ended, and says nothing about finishing myself", () => {
    const limited = starts("s2", { endsAt: 500_000 }).reduce(
      (meeting, event) => evolve(meeting, { at: 400_000, event }),
      open,
    );
    expect(told("s2", limited, [ends("s2")])).to.contain("Your time is over. Thank you, Eetu L. You can raise");
    expect(told("s2", limited, [ends("s2")], false, 450_000)).to.contain("Ana ended your turn");
    expect(told("s2", limited, [ends("s2")], true, 450_000)).to.equal(null);
    expect(told("s3", limited, [ends("s2")])).to.equal("Eetu L. has finished.");
  });

  it("says of a freeze only that, and that it goes on", () => {
    const speaking = starts("s2").reduce((meeting, event) => evolve(meeting, { at: 400_000, event }), open);
    const frozen: MeetingEvent[] = [{ type: "meeting.frozen", by: "s1" }];
    expect(told("s3", speaking, [...frozen, ends("s2")])).to.equal("Ana stopped everything. Please wait.");
    const after = evolve(speaking, { at: 500_000, event: { type: "meeting.frozen", by: "s1" } });
    expect(told("s2", after, [ends("s2")])).to.equal(null);
    expect(told("s3", after, [{ type: "meeting.resumed", by: "s1" }])).to.equal("The meeting goes on.");
  });

  it("says who came, who left and who raised a hand", () => {
    expect(told("s3", open, comes(guest))).to.equal("Guest 7 is here.");
    expect(told("s3", open, [{ type: "seat.left", seat: "s2", why: "left" }])).to.equal("Eetu L. has left.");
    expect(told("s3", open, [raises("s2")])).to.equal("Eetu L. raised a hand.");
    expect(told("s2", open, [raises("s2")])).to.equal(null);
  });
});
