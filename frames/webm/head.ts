import { concat, element, float64, ID, idBytes, room, text, UNKNOWN_SIZE, uint } from "./ebml.ts";

/**
 * The beginning of a WebM file of ours: EBML header, Segment, room for a SeekHead, Info, Tracks. It can be written
 * before anything is known of the end; what is known then is written over the reserved room in one go.
 */

export type TrackKind = "audio" | "video";

export interface AudioTrack {
  readonly channels: number;
}

export interface VideoTrack {
  readonly width: number;
  readonly height: number;
}

export interface WebmHead {
  readonly bytes: Uint8Array;
  readonly layout: HeadLayout;
}

/** Where in the file the parts of the head lie that are filled in at the end, as offsets from the file's beginning. */
export interface HeadLayout {
  /** Eight bytes of Segment size. */
  readonly segmentSizeAt: number;
  /** Where the Segment's content begins, with the room for the SeekHead: positions in the file count from here. */
  readonly segmentAt: number;
  readonly infoAt: number;
  /** Room for the Duration. */
  readonly durationAt: number;
  readonly tracksAt: number;
}

export const TRACK_NUMBER: Readonly<Record<TrackKind, number>> = { audio: 1, video: 2 };

/** Three entries of 21 bytes and the SeekHead's own 5. */
export const SEEK_HEAD_BYTES = 68;
/** Id, size and an 8-byte float. */
export const DURATION_BYTES = 11;

const OPUS_RATE = 48_000;
/** What a decoder must hear before a seek's target to sound right (RFC 7845, 4.6), in nanoseconds. */
const OPUS_PRE_ROLL_NS = 80_000_000;
const UNIX_MS_OF_2001 = 978_307_200_000;

/** `startedAtMs` (ms since 1970) is kept in the file as its date; left out, the file has none. */
export function webmHead(options: {
  readonly audio?: AudioTrack;
  readonly video?: VideoTrack;
  readonly startedAtMs?: number;
}): WebmHead {
  const ebml = element(
    ID.EBML,
    uint(ID.EBMLVersion, 1),
    uint(ID.EBMLReadVersion, 1),
    uint(ID.EBMLMaxIDLength, 4),
    uint(ID.EBMLMaxSizeLength, 8),
    text(ID.DocType, "webm"),
    uint(ID.DocTypeVersion, 4),
    uint(ID.DocTypeReadVersion, 2),
  );
  const info = element(
    ID.Info,
    room(DURATION_BYTES),
    uint(ID.TimestampScale, 1_000_000),
    ...(options.startedAtMs === undefined ? [] : [date(options.startedAtMs)]),
    text(ID.MuxingApp, "Twinlight"),
    text(ID.WritingApp, "Twinlight"),
  );
  const tracks = element(
    ID.Tracks,
    ...(options.audio ? [audioEntry(options.audio)] : []),
    ...(options.video ? [videoEntry(options.video)] : []),
  );
  const segmentId = idBytes(ID.Segment);
  const segmentSizeAt = ebml.length + segmentId.length;
  const segmentAt = segmentSizeAt + UNKNOWN_SIZE.length;
  const infoAt = segmentAt + SEEK_HEAD_BYTES;
  const infoHeader = idBytes(ID.Info).length + 1;
  return {
    bytes: concat([ebml, segmentId, UNKNOWN_SIZE, room(SEEK_HEAD_BYTES), info, tracks]),
    layout: { segmentSizeAt, segmentAt, infoAt, durationAt: infoAt + infoHeader, tracksAt: infoAt + info.length },
  };
}

/** Nanoseconds since 2001. Exact to the millisecond: the product is larger than a number can hold exactly. */
function date(unixMs: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigInt64(0, BigInt(Math.round(unixMs - UNIX_MS_OF_2001)) * 1_000_000n);
  return element(ID.DateUTC, bytes);
}

/**
 * The decoder is told to skip nothing (no pre-skip, no CodecDelay): a stream that is joined in its middle has no
 * encoder's start in it, and the first word of a turn is in its first packets.
 */
function audioEntry({ channels }: AudioTrack): Uint8Array {
  return element(
    ID.TrackEntry,
    uint(ID.TrackNumber, TRACK_NUMBER.audio),
    uint(ID.TrackUID, TRACK_NUMBER.audio),
    uint(ID.TrackType, 2),
    uint(ID.FlagLacing, 0),
    text(ID.CodecID, "A_OPUS"),
    uint(ID.SeekPreRoll, OPUS_PRE_ROLL_NS),
    element(ID.CodecPrivate, opusHead(channels)),
    element(ID.Audio, float64(ID.SamplingFrequency, OPUS_RATE), uint(ID.Channels, channels)),
  );
}

/** RFC 7845, 5.1: version 1, channels, pre-skip 0, rate (little endian), gain 0, channel mapping family 0. */
function opusHead(channels: number): Uint8Array {
  const bytes = new Uint8Array(19);
  bytes.set(new TextEncoder().encode("OpusHead"));
  bytes[8] = 1;
  bytes[9] = channels;
  new DataView(bytes.buffer).setUint32(12, OPUS_RATE, true);
  return bytes;
}

function videoEntry({ width, height }: VideoTrack): Uint8Array {
  return element(
    ID.TrackEntry,
    uint(ID.TrackNumber, TRACK_NUMBER.video),
    uint(ID.TrackUID, TRACK_NUMBER.video),
    uint(ID.TrackType, 1),
    uint(ID.FlagLacing, 0),
    text(ID.CodecID, "V_VP8"),
    element(ID.Video, uint(ID.PixelWidth, width), uint(ID.PixelHeight, height)),
  );
}
