/** RTP and RTCP on the wire (RFC 3550). What is malformed is answered by `null`: it comes from outside and is expected. */

export interface RtpPacket {
  /** 16 bits, wraps. */
  readonly sequence: number;
  /** 32 bits, wraps, in units of the stream's clock rate. */
  readonly timestamp: number;
  readonly ssrc: number;
  readonly marker: boolean;
  readonly payloadType: number;
  /** A view into the packet's own bytes, without padding. Empty when the packet carried nothing but padding. */
  readonly payload: Uint8Array;
}

/** "At `ntpMs` by the sender's wall clock the stream's RTP clock stood at `rtpTimestamp`." */
export interface SenderReport {
  readonly ssrc: number;
  /** Milliseconds since 1970 with a fraction. The streams of one sender share this clock; ours may differ from it. */
  readonly ntpMs: number;
  /** 32 bits, wraps. */
  readonly rtpTimestamp: number;
}

const VERSION = 2;
const FIXED_HEADER = 12;
const SENDER_REPORT = 200;
const SENDER_REPORT_BYTES = 28;
/** Seconds between 1900, where NTP counts from, and 1970. */
const NTP_TO_UNIX_S = 2_208_988_800;

/** True for RTCP that shares a port with RTP (RFC 5761: second byte 192 to 223). */
export function isRtcp(bytes: Uint8Array): boolean {
  const second = bytes[1] ?? 0;
  return second >= 192 && second <= 223;
}

/** One RTP packet, or `null` when it is none: too short, another version, RTCP, or lengths that do not fit. */
export function parseRtp(bytes: Uint8Array): RtpPacket | null {
  if (bytes.length < FIXED_HEADER || byte(bytes, 0) >> 6 !== VERSION || isRtcp(bytes)) return null;
  const first = byte(bytes, 0);
  const start = payloadStart(bytes, first);
  const end = first & 0x20 ? bytes.length - byte(bytes, bytes.length - 1) : bytes.length;
  const paddingSaysZero = (first & 0x20) !== 0 && end === bytes.length;
  if (start === null || start > end || paddingSaysZero) return null;
  return {
    sequence: uint16(bytes, 2),
    timestamp: uint32(bytes, 4),
    ssrc: uint32(bytes, 8),
    marker: byte(bytes, 1) >> 7 === 1,
    payloadType: byte(bytes, 1) & 0x7f,
    payload: bytes.subarray(start, end),
  };
}

/** Where the payload begins: after the fixed header, the contributing sources and one header extension. */
function payloadStart(bytes: Uint8Array, first: number): number | null {
  const afterSources = FIXED_HEADER + (first & 0x0f) * 4;
  if ((first & 0x10) === 0) return afterSources;
  if (afterSources + 4 > bytes.length) return null;
  return afterSources + 4 + uint16(bytes, afterSources + 2) * 4;
}

/** The sender reports in a compound RTCP packet (none is an empty list), or `null` when the packet is malformed. */
export function parseSenderReports(bytes: Uint8Array): SenderReport[] | null {
  const reports: SenderReport[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + 4 > bytes.length || byte(bytes, at) >> 6 !== VERSION) return null;
    const end = at + (uint16(bytes, at + 2) + 1) * 4;
    if (end > bytes.length) return null;
    if (byte(bytes, at + 1) === SENDER_REPORT) {
      if (end - at < SENDER_REPORT_BYTES) return null;
      reports.push(senderReport(bytes, at));
    }
    at = end;
  }
  return at === 0 ? null : reports;
}

function senderReport(bytes: Uint8Array, at: number): SenderReport {
  const seconds = uint32(bytes, at + 8) - NTP_TO_UNIX_S;
  const fraction = uint32(bytes, at + 12) / 2 ** 32;
  return {
    ssrc: uint32(bytes, at + 4),
    ntpMs: (seconds + fraction) * 1000,
    rtpTimestamp: uint32(bytes, at + 16),
  };
}

/** An RTP packet with a fixed header only. Sequence and timestamp are cut to their 16 and 32 bits. */
export function writeRtp(packet: RtpPacket): Uint8Array {
  const bytes = new Uint8Array(FIXED_HEADER + packet.payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, VERSION << 6);
  view.setUint8(1, (packet.marker ? 0x80 : 0) | (packet.payloadType & 0x7f));
  view.setUint16(2, modulo(packet.sequence, 2 ** 16));
  view.setUint32(4, modulo(packet.timestamp, 2 ** 32));
  view.setUint32(8, packet.ssrc);
  bytes.set(packet.payload, FIXED_HEADER);
  return bytes;
}

/** A sender report on its own, without packet counts and report blocks. */
export function writeSenderReport(report: SenderReport): Uint8Array {
  const bytes = new Uint8Array(SENDER_REPORT_BYTES);
  const view = new DataView(bytes.buffer);
  const seconds = Math.floor(report.ntpMs / 1000);
  view.setUint8(0, VERSION << 6);
  view.setUint8(1, SENDER_REPORT);
  view.setUint16(2, SENDER_REPORT_BYTES / 4 - 1);
  view.setUint32(4, report.ssrc);
  view.setUint32(8, seconds + NTP_TO_UNIX_S);
  view.setUint32(12, Math.floor((report.ntpMs / 1000 - seconds) * 2 ** 32));
  view.setUint32(16, modulo(report.rtpTimestamp, 2 ** 32));
  return bytes;
}

function modulo(value: number, circle: number): number {
  return ((value % circle) + circle) % circle;
}

function byte(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

function uint16(bytes: Uint8Array, at: number): number {
  return (byte(bytes, at) << 8) | byte(bytes, at + 1);
}

function uint32(bytes: Uint8Array, at: number): number {
  return uint16(bytes, at) * 2 ** 16 + uint16(bytes, at + 2);
}
