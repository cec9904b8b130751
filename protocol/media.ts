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
const Direction = z.enum(["send", "receive"]);
export type Direction = z.infer<typeof Direction>;

export const MediaRequest = z.discriminatedUnion("type", [
  /** The router's codecs, and a receiving transport made at once: answered by `MediaReady`. */
  z.strictObject({ type: z.literal("media.begin") }),
  z.strictObject({ type: z.literal("media.createTransport"), direction: Direction }),
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
  z.strictObject({ type: z.literal("media.closeProducer"), producer: Id }),
  /** Only with the floor; refused otherwise. The server resumes by itself when a turn starts. */
  z.strictObject({ type: z.literal("media.resumeProducer"), producer: Id }),
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
}

export interface MediaAnswers {
  "media.begin": { routerRtpCapabilities: unknown; receive: TransportParameters };
  "media.createTransport": { transport: TransportParameters };
  "media.connectTransport": { ok: true };
  "media.restartIce": { iceParameters: unknown };
  "media.receive": { consumers: ToldConsumer[] };
  "media.produce": { producer: Id };
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
  /** A worker died: everything of media begins again with `media.begin`. */
  | { type: "media.restart" };
