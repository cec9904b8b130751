/**
 * What server and recorder say to each other about media (socket.io namespace `/recorder`). The recorder connects with
 * the secret the two share. What happened in a meeting it reads from the log; here is only where the packets come from.
 *
 * A tap is one recorded meeting's pipe to the recorder. It ends when the meeting's media find another home, when either
 * side loses a worker and when the connection is lost; the server then opens a new one.
 */
import * as z from "zod";
import { Id } from "./ids.ts";
import { MediumKind } from "./meeting.ts";

export const recorderNamespace = "/recorder";

export const RecorderAuth = z.strictObject({ secret: z.string().max(500) });

/** One end of a pipe: where it listens and the key it encrypts with. */
export const PipeEnd = z.strictObject({
  ip: z.string().max(100),
  port: z.int().min(1).max(65_535),
  srtpParameters: z.strictObject({ cryptoSuite: z.string().max(40), keyBase64: z.string().max(200) }),
});
export type PipeEnd = z.infer<typeof PipeEnd>;

/** Server to recorder: `tap.open`, answered by the recorder's own end. */
export const TapOpen = z.strictObject({ tap: Id, meeting: Id, pipe: PipeEnd });
export type TapOpen = z.infer<typeof TapOpen>;

/** Server to recorder: `tap.producer`, acknowledged when packets may come. They come only while the seat is heard. */
export const TapProducer = z.strictObject({
  tap: Id,
  producer: Id,
  seat: Id,
  medium: MediumKind,
  kind: z.enum(["audio", "video"]),
  /** mediasoup's own, from one worker to the other. */
  rtpParameters: z.record(z.string(), z.unknown()),
});
export type TapProducer = z.infer<typeof TapProducer>;

/** Server to recorder: `tap.producerClosed`. */
export const TapProducerClosed = z.strictObject({ tap: Id, producer: Id });
export type TapProducerClosed = z.infer<typeof TapProducerClosed>;

/** Server to recorder: `tap.close`. */
export const TapClose = z.strictObject({ tap: Id });
export type TapClose = z.infer<typeof TapClose>;

export const TapOpened = z.strictObject({ pipe: PipeEnd });
export const TapDone = z.strictObject({ ok: z.literal(true) });

/** Recorder to server: `tap.lost`, its worker died and every tap with it. Without content. */
export const TapsLost = z.strictObject({});
