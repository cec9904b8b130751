import { expect } from "chai";
import { isRefused } from "../../../domain/meeting/draft.ts";
import { evolve, fold } from "../../../domain/meeting/evolve.ts";
import { perspectiveOf, view } from "../../../domain/meeting/show.ts";
import type { MeetingSettings } from "../../../protocol/meeting.ts";
import type { MeetingHost } from "../../../server/meetings/host.ts";
import type { Hosts } from "../../../server/meetings/hosts.ts";
import { read } from "../../../storage/log.ts";
import { bookedMeeting, freshPool, hostsOn, Listener, newId } from "../../support/meetings.ts";

describe("A meeting's host", () => {
  let database: Awaited<ReturnType<typeof freshPool>>;
  let hosts: Hosts;

  beforeEach(async () => {
    database = await freshPool();
    hosts = hostsOn(database.pool);
  });
  afterEach(async () => {
    await hosts.close();
    await database.end();
  });

  async function openMeeting(settings: Partial<MeetingSettings> = {}): Promise<MeetingHost> {
    const { id } = await bookedMeeting(database.pool, settings);
    const host = await hosts.of(id);
    if (!host) throw new Error("The meeting was just booked");
    await host.system({ type: "meeting.open" });
    return host;
  }

  async function comes(host: MeetingHost, who: string, role: "chair" | "participant" = "participant") {
    const [seat, name] = [newId(), newId()];
    const kind = role === "chair" ? "adult" : "pupil";
    const person = { seat, identity: `guest:${who}`, kind, vouched: true, school: null, role, name } as const;
    const decision = await host.system({ type: "seat.arrive", ...person }, [{ id: name, kind: "name", words: who }]);
    if (isRefused(decision)) throw new Error(decision.refused);
    const listener = new Listener();
    await host.attach(seat, listener);
    return { seat, listener };
  }

  const tellsTheSame = (host: MeetingHost, seat: string, listener: Listener) => {
    const snapshot = listener.snapshots.at(-1);
    if (!snapshot) throw new Error("Nothing was told");
    const since = listener.events.filter((told) => told.view === snapshot.view && told.n > snapshot.n);
    const folded = since.reduce((meeting, told) => evolve(meeting, told), snapshot.meeting);
    const perspective = perspectiveOf(host.meeting, seat);
    expect(folded).to.deep.equal(perspective && view(perspective, host.meeting));
  };

  it("tells everybody in the room what happened, numbered without gaps", async () => {
    const host = await openMeeting({ lobby: false });
    const ana = await comes(host, "Ana", "chair");
    const ines = await comes(host, "Inês");
    expect(await host.command(ines.seat, { type: "floor.raiseHand" })).to.deep.include({ ok: true });
    expect(ana.listener.types.slice(-3)).to.deep.equal(["floor.handRaised", "floor.handLowered", "floor.turnStarted"]);
    for (const { seat, listener } of [ana, ines]) tellsTheSame(host, seat, listener);
  });

  it("shows who waits in the lobby to the chair alone, and gives who is admitted a picture of their own", async () => {
    const host = await openMeeting();
    const ana = await comes(host, "Ana", "chair");
    const matti = await comes(host, "Matti");
    const rui = await comes(host, "Rui");
    expect(rui.listener.snapshots.at(-1)?.meeting.seats).to.have.all.keys(rui.seat);
    await host.command(ana.seat, { type: "lobby.admit", seat: matti.seat });
    expect(matti.listener.snapshots.at(-1)?.meeting.seats).to.have.all.keys(ana.seat, matti.seat);
    expect(matti.listener.types).not.to.include("lobby.knocked");
    for (const { seat, listener } of [ana, matti, rui]) tellsTheSame(host, seat, listener);
  });

  it("refuses who waits everything but leaving", async () => {
    const host = await openMeeting();
    const matti = await comes(host, "Matti");
    expect(await host.command(matti.seat, { type: "floor.raiseHand" })).to.deep.equal({ refused: "seat.notInRoom" });
    expect(await host.command(matti.seat, { type: "seat.leave" })).to.deep.include({ ok: true });
    expect(matti.listener.ended).to.equal("seat.unknown");
  });

  it("tells a browser that comes back exactly what it missed", async () => {
    const host = await openMeeting({ lobby: false });
    const ana = await comes(host, "Ana", "chair");
    const ines = await comes(host, "Inês");
    await host.detach(ines.seat, ines.listener);
    await host.command(ana.seat, { type: "chat.sendMessage", id: "12345678", text: "Olá" });
    const again = new Listener();
    again.standing = ines.listener.standing;
    await host.attach(ines.seat, again, ines.listener.standing);
    expect(again.snapshots).to.deep.equal([]);
    expect(again.types).to.deep.equal(["seat.connectionLost", "chat.messageSent", "seat.connected"]);
    expect(Object.values(again.events[1]?.contents ?? {})).to.deep.equal(["Olá"]);
  });

  it("gives the seat to its newest connection and ends the older one", async () => {
    const host = await openMeeting({ lobby: false });
    const ana = await comes(host, "Ana", "chair");
    const second = new Listener();
    await host.attach(ana.seat, second);
    expect(ana.listener.ended).to.equal("seat.replaced");
    await host.detach(ana.seat, ana.listener);
    expect(host.meeting.seats[ana.seat]?.place).to.equal("room");
  });

  it("goes on from the log after it was lost, with floor, queue and chat, and every seat in its grace time", async () => {
    const host = await openMeeting({ lobby: false, turnLimitMs: 600_000 });
    const ana = await comes(host, "Ana", "chair");
    const ines = await comes(host, "Inês");
    await host.command(ana.seat, { type: "floor.raiseHand" });
    await host.command(ines.seat, { type: "floor.raiseHand" });
    await host.command(ines.seat, { type: "chat.sendMessage", id: "abcdefgh", text: "Estou aqui" });
    const before = host.meeting;
    await hosts.close();

    hosts = hostsOn(database.pool);
    await hosts.recover();
    const again = await hosts.of(host.id);
    if (!again) throw new Error("The meeting is gone");
    expect(again.meeting.turns).to.deep.equal(before.turns);
    expect(again.meeting.queue).to.deep.equal(before.queue);
    expect(again.meeting.chat).to.deep.equal(before.chat);
    expect(again.meeting.seats[ana.seat]?.place).to.equal("away");
    const back = new Listener();
    back.standing = ines.listener.standing;
    await again.attach(ines.seat, back, ines.listener.standing);
    expect(back.ended).to.equal(undefined);
    expect(back.events.length + back.snapshots.length).to.be.greaterThan(0);
    expect(again.meeting.seats[ines.seat]?.place).to.equal("room");
  });

  it("appends before it tells, and the log folds to what it holds", async () => {
    const host = await openMeeting({ lobby: false });
    const ana = await comes(host, "Ana", "chair");
    await Promise.all(
      Array.from({ length: 4 }, (_, index) =>
        host.command(ana.seat, { type: "chat.sendMessage", id: `message-${index}`, text: `${index}` }),
      ),
    );
    const log = await read(database.pool, host.id);
    expect(log.map(({ seq }) => seq)).to.deep.equal(log.map((_, index) => index + 1));
    expect(fold(host.meeting.settings, log)).to.deep.equal(host.meeting);
  });

  it("takes a message that was sent twice once", async () => {
    const host = await openMeeting({ lobby: false });
    const ana = await comes(host, "Ana", "chair");
    const message = { type: "chat.sendMessage", id: "12345678", text: "Olá" } as const;
    await Promise.all([host.command(ana.seat, message), host.command(ana.seat, message)]);
    expect(host.meeting.chat).to.have.length(1);
  });

  it("ends a turn when its time is up without anybody's click", async () => {
    let now = Date.now();
    await hosts.close();
    hosts = hostsOn(database.pool, { now: () => now });
    const host = await openMeeting({ lobby: false, turnLimitMs: 30_000 });
    const ana = await comes(host, "Ana", "chair");
    now += 1;
    await host.command(ana.seat, { type: "floor.raiseHand" });
    now += 30_000;
    // Any event sets the clock anew; it finds that the time has passed meanwhile.
    await host.command(ana.seat, { type: "reaction.show", reaction: "applause" });
    await until(() => host.meeting.turns.length === 0);
    expect(host.log.at(-1)?.event).to.deep.include({ type: "floor.turnEnded", why: "timeUp" });
  });

  it("lets another owner of the log win and is loaded again", async () => {
    const host = await openMeeting({ lobby: false });
    const ana = await comes(host, "Ana", "chair");
    await database.pool.query(
      `insert into meeting_log (meeting_id, seq, at, event) values ($1, $2, now(), '{"type":"recording.started"}')`,
      [host.id, host.log.length + 1],
    );
    const fault = await host.command(ana.seat, { type: "floor.raiseHand" }).catch((cause: unknown) => cause);
    expect(fault).to.be.instanceOf(Error);
    expect(ana.listener.ended).to.equal("meeting.busy");
    const again = await hosts.of(host.id);
    expect(again).not.to.equal(host);
    expect(again?.meeting.recording).to.equal("running");
    expect(await again?.attach(ana.seat, new Listener())).to.deep.equal({ ok: true });
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
