import type { OrderedPacket } from "./reorder.ts";

/** Opus in RTP (RFC 7587) is one Opus packet per RTP packet; its clock is always 48 kHz, mono or stereo. */

export const OPUS_CLOCK_RATE = 48_000;

export interface AudioFrame {
  readonly kind: "audio";
  /** Unwrapped RTP timestamp in 1/48000 s. */
  readonly timestamp: number;
  readonly durationMs: number;
  /** Views into the packet, as for video; here always one. */
  readonly parts: readonly Uint8Array[];
}

/** At most this much sound fits in one Opus packet (RFC 6716, 3.2.5). */
const LONGEST_MS = 120;
/** A packet of one or two bytes has no sound in it: it only says that silence goes on (RFC 6716, 2.1.9). */
const SILENCE_BYTES = 2;

/**
 * The sound in a packet, or `null` when there is none: padding, silence (DTX), or bytes that are not Opus. What is
 * left out is a gap in the file, which players fill with silence.
 */
export function opusFrame(ordered: OrderedPacket): AudioFrame | null {
  const { payload } = ordered.packet;
  if (payload.length <= SILENCE_BYTES) return null;
  const durationMs = opusDurationMs(payload);
  if (durationMs === null) return null;
  return { kind: "audio", timestamp: ordered.timestamp, durationMs, parts: [payload] };
}

/** How long an Opus packet sounds, by its first bytes (RFC 6716, 3.1), or `null` when they cannot be Opus. */
export function opusDurationMs(packet: Uint8Array): number | null {
  const toc = packet[0];
  if (toc === undefined) return null;
  const frames = frameCount(packet, toc & 0x03);
  const durationMs = frames * frameMs(toc >> 3);
  return frames > 0 && durationMs <= LONGEST_MS ? durationMs : null;
}

function frameCount(packet: Uint8Array, code: number): number {
  if (code === 0) return 1;
  if (code < 3) return 2;
  return (packet[1] ?? 0) & 0x3f;
}

/** Configurations 0-11 are speech (10 to 60 ms), 12-15 both (10, 20 ms), 16-31 music (2.5 to 20 ms). */
function frameMs(configuration: number): number {
  const step = configuration % 4;
  if (configuration < 12) return step === 3 ? 60 : 10 * 2 ** step;
  if (configuration < 16) return configuration % 2 === 0 ? 10 : 20;
  return 2.5 * 2 ** step;
}
