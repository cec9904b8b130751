/**
 * Requests about media, each acknowledged (socket.io event `media`, browser to server), and what the server says
 * by itself (`media`, server to browser). mediasoup's own parameters are passed on as they are: mediasoup checks them.
 */
import * as z from "zod";
import { Id } from "./ids.ts";
import { MediumKind } from "./meeting.ts";
import type { RefusalCode } from "./refusals.ts";

/** mediasoup's parameters: an object of at most some kilobytes, checked by the worker. */
const Opaque = z.record(z.string(), z.unknown());

export const MediaRequest = z.discriminatedUnion("type", [
  /**
   * Media begins, or begins again: whatever this seat had is put away, and a receiving transport is made. With
   * `rtpCapabilities` (what this browser can decode) everything to be shown is answered at once; with
   * `dtlsParameters` (fingerprints of the receiving transport's certificate) it is connected at once: one round trip.
   * The router's capabilities needed for that are constant and come with the ticket.
   */
  z.strictObject({
    type: z.literal("media.begin"),
    rtpCapabilities: Opaque.optional(),
    dtlsParameters: Opaque.optional(),
  }),
  /** After a reconnect, by a page that still has its transports; refused with `media.unknown` when the server has not. */
  z.strictObject({ type: z.literal("media.continue"), receive: Id, send: Id.nullable() }),
  /** The transport this browser sends by, one a seat: a second one replaces the first. Not for watchers. */
  z.strictObject({ type: z.literal("media.createTransport") }),
  z.strictObject({ type: z.literal("media.connectTransport"), transport: Id, dtlsParameters: Opaque }),
  z.strictObject({ type: z.literal("media.restartIce"), transport: Id }),
  /** What this browser can decode; the server then consumes for it whatever the floor says. */
  z.strictObject({ type: z.literal("media.receive"), rtpCapabilities: Opaque }),
  /** Only with a hand up or a turn; it begins paused unless the seat has the floor. */
  z.strictObject({
    type: z.literal("media.produce"),
    transport: Id,
    medium: MediumKind,
    kind: z.enum(["audio", "video"]),
    rtpParameters: Opaque,
  }),
  /** These consumers were taken up: the server waits a moment for it where `ToldConsumer.awaited`. */
  z.strictObject({ type: z.literal("media.shown"), consumers: z.array(Id).max(200) }),
  z.strictObject({ type: z.literal("media.closeProducer"), producer: Id }),
  /** Only with the floor; refused otherwise. The server resumes by itself when a turn starts. */
  z.strictObject({ type: z.literal("media.resumeProducer"), producer: Id }),
  /** Speaks on without a medium; holds until resumed or the turn ends. */
  z.strictObject({ type: z.literal("media.pauseProducer"), producer: Id }),
  /** The picture stands still: ask its sender for a key frame. Rate-limited. */
  z.strictObject({ type: z.literal("media.requestKeyFrame"), consumer: Id }),
]);
export type MediaRequest = z.infer<typeof MediaRequest>;

export interface TransportParameters {
  id: Id;
  iceParameters: unknown;
  iceCandidates: unknown;
  dtlsParameters: unknown;
}

/** One medium the browser is to show when its seat has the floor. Made before the turn, behind a paused producer. */
export interface ToldConsumer {
  id: Id;
  producer: Id;
  seat: Id;
  medium: MediumKind;
  kind: "audio" | "video";
  rtpParameters: unknown;
  /** Its sender waits for `media.shown` before the first picture, so that nobody misses the key frame. */
  awaited: boolean;
}

export interface MediaAnswers {
  "media.begin": { routerRtpCapabilities: unknown; receive: TransportParameters; consumers: ToldConsumer[] };
  /** All there is to be shown now, and which producers of this seat are still there. */
  "media.continue": { consumers: ToldConsumer[]; producers: Id[] };
  "media.createTransport": { transport: TransportParameters };
  "media.connectTransport": { ok: true };
  "media.restartIce": { iceParameters: unknown };
  "media.receive": { consumers: ToldConsumer[] };
  "media.produce": { producer: Id };
  "media.shown": { ok: true };
  "media.closeProducer": { ok: true };
  "media.resumeProducer": { ok: true };
  "media.pauseProducer": { ok: true };
  "media.requestKeyFrame": { ok: true };
}
export type MediaAnswer<T extends MediaRequest["type"]> = MediaAnswers[T] | { refused: RefusalCode; message: string };

/** What the server tells about media by itself. */
export type MediaNotice =
  /** Show these when their seats have the floor. */
  | { type: "media.consumers"; consumers: ToldConsumer[] }
  | { type: "media.consumersClosed"; consumers: Id[] }
  /** You are among the next: produce camera and microphone now, they begin paused. */
  | { type: "media.getReady" }
  /** Neither next nor speaking any more: stop sending. What was produced stays for a while, for the next turn. */
  | { type: "media.standDown" }
  /** The server closed these of your own producers. */
  | { type: "media.producersClosed"; producers: Id[] }
  /** A worker died: everything of media begins again with `media.begin`. */
  | { type: "media.restart" };
