import type { SenderReport } from "./rtp.ts";
import { unwrapNear } from "./wrap.ts";

/**
 * Puts the streams of one seat on one clock, in milliseconds: the clock by which their packets' arrival is told.
 *
 * Every stream counts from a random number at its own rate, so two of them say nothing about each other. Two things do:
 *
 * - **Sender reports** tie each stream to the sender's wall clock, which all streams of a seat share. Once every stream
 *   has one, picture and sound lie to each other as they were captured. An SFU that makes reports of its own ties a
 *   stream to the clock by a packet that may have been late, never early: so the earliest of the last few reports counts.
 * - **Arrival.** Until then, and for the distance to our own clock always: the packet that travelled fastest came as
 *   near to the moment of its capture as can be known. Only the last ten seconds count, so a clock that runs a little
 *   slower is followed.
 *
 * Reports that would move a stream further than half a second from where its arrivals put it are not believed.
 * What becomes known later does not make a step in the recording: a stream is pulled towards its place by at most a
 * twentieth of the time that passes, unless it is more than a second off (a sender that stood still), then at once.
 */
export class SeatClock<Name extends string> {
  readonly #streams: Map<Name, StreamClock>;

  /** The clock rates by the streams' names, e.g. `{ audio: 48000, video: 90000 }`. */
  constructor(clockRates: Readonly<Record<Name, number>>) {
    const names = Object.keys(clockRates) as Name[]; // Object.keys forgets that the keys are Names.
    this.#streams = new Map(names.map((name) => [name, new StreamClock(clockRates[name])]));
  }

  /** A packet with this unwrapped timestamp came at `atMs`. To be told of every packet, in the order of the stream. */
  arrived(name: Name, timestamp: number, atMs: number): void {
    this.#streams.get(name)?.arrived(timestamp, atMs);
  }

  /** A sender report for this stream. */
  reported(name: Name, report: SenderReport): void {
    this.#streams.get(name)?.reported(report);
  }

  /** The stream began anew: its timestamps have nothing to do with those before. */
  restarted(name: Name): void {
    this.#streams.get(name)?.restarted();
  }

  /**
   * When the sample with this unwrapped timestamp was captured, in ms of the arrivals' clock (plus the shortest time
   * the network needs). `null` before any packet of the stream arrived. To be asked in the order of the stream.
   */
  timeOf(name: Name, timestamp: number): number | null {
    const stream = this.#streams.get(name);
    const arrivalMs = stream?.arrivalOffsetMs ?? null;
    if (stream === undefined || arrivalMs === null) return null;
    const reportedMs = this.#offsetByReports(stream);
    const believed = reportedMs !== null && Math.abs(reportedMs - arrivalMs) <= BELIEVED_MS;
    return stream.timeOf(timestamp, believed ? reportedMs : arrivalMs);
  }

  /** Where the reports put a stream, on the arrivals' clock; `null` unless there are two streams and reports of all. */
  #offsetByReports(stream: StreamClock): number | null {
    let toArrivalMs = Number.POSITIVE_INFINITY;
    let running = 0;
    for (const { arrivalOffsetMs, reportOffsetMs } of this.#streams.values()) {
      if (arrivalOffsetMs === null) continue;
      if (reportOffsetMs === null) return null;
      running += 1;
      toArrivalMs = Math.min(toArrivalMs, arrivalOffsetMs - reportOffsetMs);
    }
    return running > 1 && stream.reportOffsetMs !== null ? stream.reportOffsetMs + toArrivalMs : null;
  }
}

const BELIEVED_MS = 500;
const REPORTS_KEPT = 8;
const SPAN_MS = 500;
const SPANS_KEPT = 20;
/** Further off than this is another time line, not a late packet. */
const STEP_MS = 1000;
const PULL = 1 / 20;

/** All offsets are what is to be added to a timestamp, taken as milliseconds, to get a time. */
class StreamClock {
  readonly #clockRate: number;
  /** The least offset in each of the last spans of time, the running one last. */
  #spans: number[] = [];
  #spanEndsMs = 0;
  #reports: SenderReport[] = [];
  #lastTimestamp = 0;
  #offsetMs: number | null = null;
  #askedMs = 0;

  constructor(clockRate: number) {
    this.#clockRate = clockRate;
  }

  get arrivalOffsetMs(): number | null {
    return this.#spans.length === 0 ? null : Math.min(...this.#spans);
  }

  get reportOffsetMs(): number | null {
    if (this.#reports.length === 0 || this.#spans.length === 0) return null;
    let least = Number.POSITIVE_INFINITY;
    for (const { ntpMs, rtpTimestamp } of this.#reports) {
      least = Math.min(least, ntpMs - this.#toMs(unwrapNear(this.#lastTimestamp, rtpTimestamp, 32)));
    }
    return least;
  }

  arrived(timestamp: number, atMs: number): void {
    this.#lastTimestamp = timestamp;
    const offsetMs = atMs - this.#toMs(timestamp);
    if (atMs >= this.#spanEndsMs || this.#spans.length === 0) this.#nextSpan(atMs);
    const running = this.#spans.length - 1;
    this.#spans[running] = Math.min(this.#spans[running] ?? offsetMs, offsetMs);
  }

  /** A whole span in which even the fastest packet was this late: the sender stood still and goes on from there. */
  #nextSpan(atMs: number): void {
    const ended = this.#spans.at(-1);
    if (ended !== undefined && ended - Math.min(...this.#spans) > STEP_MS) {
      this.#spans = [ended];
      this.#reports = [];
    }
    this.#spans.push(Number.POSITIVE_INFINITY);
    if (this.#spans.length > SPANS_KEPT) this.#spans.shift();
    this.#spanEndsMs = atMs + SPAN_MS;
  }

  reported(report: SenderReport): void {
    this.#reports.push(report);
    if (this.#reports.length > REPORTS_KEPT) this.#reports.shift();
  }

  /** Before its first packet a stream has nothing to forget, but may have a report already. */
  restarted(): void {
    if (this.#spans.length === 0) return;
    this.#spans = [];
    this.#reports = [];
    this.#offsetMs = null;
  }

  timeOf(timestamp: number, targetMs: number): number {
    const mediaMs = this.#toMs(timestamp);
    const before = this.#offsetMs;
    if (before === null || Math.abs(targetMs - before) > STEP_MS) {
      this.#offsetMs = targetMs;
    } else {
      const pull = Math.max(0, mediaMs - this.#askedMs) * PULL;
      this.#offsetMs = before + Math.min(pull, Math.max(-pull, targetMs - before));
    }
    this.#askedMs = mediaMs;
    return mediaMs + this.#offsetMs;
  }

  #toMs(timestamp: number): number {
    return (timestamp / this.#clockRate) * 1000;
  }
}
