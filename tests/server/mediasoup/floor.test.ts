import { expect } from "chai";
import { isForwarded, mayNotProduce, mayNotTakePart, toBeReady } from "../../../server/mediasoup/floor.ts";
import { aMeeting } from "../../support/meeting.ts";

const media = ["microphone", "camera", "screen"] as const;
const room = () => aMeeting().with("ana", { role: "chair" }).with("ines").with("olli").with("wim", { role: "watcher" });
const withDevices = (names: readonly string[]) =>
  names.reduce(
    (story, name) => story.does(name, { type: "seat.setDevices", microphone: true, camera: true }),
    room().with("eva"),
  );

describe("What the floor means for media", () => {
  it("forwards microphone and camera of who speaks, and nobody else's", () => {
    const { meeting } = room().raises("ines").raises("olli");
    expect(media.filter((medium) => isForwarded(meeting, "ines", medium))).to.deep.equal(["microphone", "camera"]);
    for (const seat of ["ana", "olli", "wim"]) {
      expect(media.some((medium) => isForwarded(meeting, seat, medium))).to.equal(false);
    }
  });

  it("forwards a screen only while it is shared", () => {
    const story = room().raises("ines").does("ines", { type: "share.start" });
    expect(isForwarded(story.meeting, "ines", "screen")).to.equal(true);
    expect(isForwarded(story.does("ines", { type: "share.stop" }).meeting, "ines", "screen")).to.equal(false);
  });

  it("forwards nothing while frozen and after the end", () => {
    const story = room().raises("ines").freezes();
    expect(isForwarded(story.meeting, "ines", "microphone")).to.equal(false);
    expect(mayNotProduce(story.meeting, "ines", "microphone")).to.equal("meeting.frozen");
    expect(isForwarded(room().raises("ines").ended().meeting, "ines", "microphone")).to.equal(false);
  });

  it("lets who has a hand up or a turn produce, a screen only with the turn, a watcher never", () => {
    const { meeting } = room().raises("ines").raises("olli");
    expect(mayNotProduce(meeting, "ines", "screen")).to.equal(undefined);
    expect(mayNotProduce(meeting, "olli", "camera")).to.equal(undefined);
    expect(mayNotProduce(meeting, "olli", "screen")).to.equal("share.noFloor");
    expect(mayNotProduce(meeting, "ana", "camera")).to.equal("media.noFloor");
    expect(mayNotProduce(meeting, "wim", "camera")).to.equal("seat.watcher");
    expect(mayNotProduce(room().mutes("ines").meeting, "ines", "camera")).to.equal("floor.muted");
  });

  it("has nothing to do with who waits, was removed or is unknown", () => {
    const story = room().removes("olli").does("ana", { type: "lobby.switch", on: true }).with("eve");
    expect(mayNotTakePart(story.meeting, "eve")).to.equal("seat.notInRoom");
    expect(mayNotTakePart(story.meeting, "olli")).to.equal("seat.removed");
    expect(mayNotTakePart(story.meeting, "nobody")).to.equal("seat.unknown");
    expect(mayNotTakePart(story.meeting, "ines")).to.equal(undefined);
  });

  it("keeps the floor's media while the connection of who speaks is lost for a moment", () => {
    const { meeting } = room().raises("ines").loses("ines");
    expect(isForwarded(meeting, "ines", "microphone")).to.equal(true);
  });

  it("makes ready who speaks and the next two, if they have something to send", () => {
    const story = withDevices(["ines", "olli", "ana"]).raises("eva").raises("ines").raises("olli").raises("ana");
    expect(toBeReady(story.meeting)).to.deep.equal(["ines", "olli"]);
    expect(toBeReady(story.finishes("eva").meeting)).to.deep.equal(["ines", "olli", "ana"]);
    expect(toBeReady(story.freezes().meeting)).to.deep.equal([]);
  });
});
