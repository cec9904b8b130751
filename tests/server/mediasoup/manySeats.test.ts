import { expect } from "chai";
import { pino } from "pino";
import type { MediaNotice, MediaRequest, TransportParameters } from "../../../protocol/media.ts";
import { MeetingMedia } from "../../../server/mediasoup/meetingMedia.ts";
import { MediaWorkers, routerRtpCapabilities } from "../../../server/mediasoup/workers.ts";
import { until } from "../../support/mediaRoom.ts";
import { aMeeting, type Story } from "../../support/meeting.ts";

const logger = pino({ level: "silent" });
const audio = {
  codecs: [{ mimeType: "audio/opus", payloadType: 111, clockRate: 48_000, channels: 2 }],
  encodings: [{ ssrc: 1111 }],
};
const video = { codecs: [{ mimeType: "video/VP8", payloadType: 96, clockRate: 90_000 }], encodings: [{ ssrc: 2222 }] };

describe("Media of a meeting with many seats", () => {
  const seats = Array.from({ length: 300 }, (_, index) => `seat${index}`);
  let workers: MediaWorkers;
  let media: MeetingMedia;
  let story: Story;
  let notices: Map<string, MediaNotice[]>;

  beforeEach(async () => {
    workers = await MediaWorkers.start({ count: 1, listenIp: "127.0.0.1", firstPort: 0, logger });
    notices = new Map();
    media = new MeetingMedia({
      meeting: "m1",
      workers,
      notify: (seat, notice) => notices.set(seat, [...(notices.get(seat) ?? []), notice]),
      logger,
    });
    story = aMeeting({ maxSeats: 1000 }).with("ana", { role: "chair" });
    for (const seat of seats) story.with(seat);
    media.settle(story.meeting);
  });
  afterEach(() => {
    media.close();
    workers.close();
  });

  const begin = (seat: string) =>
    media.request(seat, { type: "media.begin", rtpCapabilities: { ...routerRtpCapabilities } });

  async function sendTransport(seat: string): Promise<TransportParameters> {
    const answer = await media.request(seat, { type: "media.createTransport" });
    if ("refused" in answer) throw new Error(answer.refused);
    return answer.transport;
  }

  const produce = (transport: string, medium: "microphone" | "camera"): MediaRequest => ({
    type: "media.produce",
    transport,
    medium,
    kind: medium === "microphone" ? "audio" : "video",
    rtpParameters: medium === "microphone" ? audio : video,
  });

  const consumersOf = (seat: string) =>
    (notices.get(seat) ?? []).flatMap((notice) => (notice.type === "media.consumers" ? notice.consumers : []));

  it("gives every one of 300 a consumer of both media of who speaks", async () => {
    await begin("ana");
    const answers = await Promise.all(seats.map(begin));
    expect(answers.every((answer) => "receive" in answer)).to.equal(true);
    story.raises("ana");
    media.settle(story.meeting);
    const { id } = await sendTransport("ana");
    await Promise.all([media.request("ana", produce(id, "microphone")), media.request("ana", produce(id, "camera"))]);
    await until(() => seats.every((seat) => consumersOf(seat).length === 2));
    expect(consumersOf("ana")).to.be.empty;
    expect(seats.every((seat) => new Set(consumersOf(seat).map(({ medium }) => medium)).size === 2)).to.equal(true);
  });

  it("has one producer for each medium of a seat, however often it produces", async () => {
    await begin("ana");
    await begin("seat1");
    story.raises("ana");
    media.settle(story.meeting);
    const { id } = await sendTransport("ana");
    for (let time = 1; time <= 3; time += 1) {
      await media.request("ana", produce(id, "microphone"));
      await until(() => consumersOf("seat1").length === time);
    }
    const closed = () =>
      (notices.get("seat1") ?? []).flatMap((notice) =>
        notice.type === "media.consumersClosed" ? notice.consumers : [],
      );
    await until(() => closed().length === 2);
    expect(closed()).to.not.include(consumersOf("seat1").at(-1)?.id);
    const more = [];
    for (let time = 0; time < 10; time += 1) more.push(await media.request("ana", produce(id, "microphone")));
    expect(more.at(-1)).to.include({ refused: "command.tooMany" });
  });

  it("tells who comes next to get ready once, and to stand down when they are no longer in line", async () => {
    await begin("ana");
    await begin("seat1");
    story.does("seat1", { type: "seat.setDevices", microphone: true, camera: true });
    const seen = () => (notices.get("seat1") ?? []).map(({ type }) => type);
    for (const step of [() => story.raises("ana"), () => story.raises("seat1"), () => story.raises("seat2")]) {
      step();
      media.settle(story.meeting);
    }
    expect(seen()).to.deep.equal(["media.getReady"]);
    story.finishes("ana");
    media.settle(story.meeting);
    story.finishes("seat1");
    media.settle(story.meeting);
    media.settle(story.meeting);
    expect(seen()).to.deep.equal(["media.getReady", "media.standDown"]);
  });

  it("puts the media of who left away", async () => {
    await begin("ana");
    await begin("seat1");
    story.leaves("seat1");
    media.settle(story.meeting);
    const answer = await media.request("seat1", { type: "media.createTransport" });
    expect(answer).to.include({ refused: "seat.notInRoom" });
  });

  it("refuses everything after the end", async () => {
    await begin("ana");
    story.ended();
    media.settle(story.meeting);
    expect(await begin("ana")).to.include({ refused: "meeting.ended" });
  });
});
