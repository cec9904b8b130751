/**
 * One medium of one seat as the recorder receives it. The server lets packets flow only while the seat is heard; the
 * gate here opens when the recorder has read in the log that a turn began. Packets are a little faster than the log, so
 * those of the last moment are kept and given when the gate opens: nothing of a turn's first word is lost.
 */
import type { Consumer, DirectTransport, Producer } from "mediasoup/types";
import * as z from "zod";
import { writeSenderReport } from "../../frames/rtp.ts";
import type { Id } from "../../protocol/ids.ts";
import type { MediumKind } from "../../protocol/meeting.ts";

export interface TappedSource {
  meeting: Id;
  seat: Id;
  medium: MediumKind;
  producer: Producer;
  transport: DirectTransport;
  consumer: Consumer;
  now: () => number;
}

/** What a worker's trace says of a sender report (RFC 3550 6.4.1): seconds since 1900 and their fraction in 2^-32. */
const ReportTrace = z.object({ ntpSec: z.int(), ntpFrac: z.int(), rtpTs: z.int() });
const ntpToUnixS = 2_208_988_800;

type Take = (packet: Buffer, atMs: number) => void;

/** How much of what came before the gate opened is given. */
const keptMs = 1_000;
/** Against a sender that sends more than a second should hold. */
const keptPackets = 1_000;

export class Tapped {
  readonly meeting: Id;
  readonly seat: Id;
  readonly medium: MediumKind;
  readonly kind: "audio" | "video";
  readonly producer: Id;
  readonly #source: TappedSource;
  readonly #rtp = new Set<Take>();
  readonly #rtcp = new Set<Take>();
  readonly #done = new Set<() => void>();
  #kept: { packet: Buffer; atMs: number }[] = [];
  #open = false;
  #closed = false;

  constructor(source: TappedSource) {
    this.#source = source;
    this.meeting = source.meeting;
    this.seat = source.seat;
    this.medium = source.medium;
    this.producer = source.producer.id;
    this.kind = source.consumer.kind;
    source.consumer.on("rtp", (packet) => this.#take(packet, source.now()));
    source.producer.on("trace", ({ type, info }) => {
      if (type === "sr") this.#report(info);
    });
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Opens the gate: what came in the last second is given first. Doing it twice changes nothing. */
  resume(): void {
    if (this.#open || this.#closed) return;
    this.#open = true;
    const since = this.#source.now() - keptMs;
    const kept = this.#kept;
    this.#kept = [];
    for (const { packet, atMs } of kept) if (atMs >= since) this.#give(packet, atMs);
  }

  /** Closes the gate. What came before it is not given again. */
  pause(): void {
    this.#open = false;
    this.#kept = [];
  }

  /** Every RTP packet while the gate is open, with when it came (ms since 1970). Answers with how to stop it. */
  onRtp(take: Take): () => void {
    this.#rtp.add(take);
    return () => this.#rtp.delete(take);
  }

  /** Sender reports of this medium as RTCP packets, with the SSRC of its RTP packets, whether the gate is open or not. */
  onRtcp(take: Take): () => void {
    this.#rtcp.add(take);
    return () => this.#rtcp.delete(take);
  }

  /** Called once, when nothing comes any more: the producer is gone, the meeting over, the server or a worker lost. */
  onClosed(done: () => void): () => void {
    this.#done.add(done);
    return () => this.#done.delete(done);
  }

  /** Asks the sender for a whole picture; workers in between ask at most once in a while. */
  requestKeyFrame(): void {
    if (this.#closed || this.kind !== "video") return;
    // A closed consumer, or a worker that just died: `onClosed` follows.
    this.#source.consumer.requestKeyFrame().catch(() => {});
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#open = false;
    this.#kept = [];
    this.#source.transport.close();
    for (const done of this.#done) done();
  }

  #take(packet: Buffer, atMs: number): void {
    if (this.#open) {
      this.#give(packet, atMs);
      return;
    }
    this.#kept.push({ packet, atMs });
    const tooOld = this.#kept.findIndex((one) => one.atMs >= atMs - keptMs);
    const tooMany = this.#kept.length - keptPackets;
    const drop = Math.max(tooOld, tooMany, 0);
    // Cut now and then instead of with every packet.
    if (drop >= 100) this.#kept.splice(0, drop);
  }

  /**
   * A direct transport makes no sender reports. Those that came through the pipe speak of the same RTP clock, only of
   * another SSRC: told as of the one by which the packets go.
   */
  #report(info: unknown): void {
    const report = ReportTrace.safeParse(info);
    const ssrc = this.#source.consumer.rtpParameters.encodings?.[0]?.ssrc;
    if (!report.success || ssrc === undefined) return;
    const { ntpSec, ntpFrac, rtpTs } = report.data;
    const ntpMs = (ntpSec - ntpToUnixS + ntpFrac / 2 ** 32) * 1000;
    const packet = Buffer.from(writeSenderReport({ ssrc, ntpMs, rtpTimestamp: rtpTs }));
    for (const take of this.#rtcp) take(packet, this.#source.now());
  }

  #give(packet: Buffer, atMs: number): void {
    for (const take of this.#rtp) take(packet, atMs);
  }
}
