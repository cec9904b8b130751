/**
 * The codecs of every router, the meetings' and the recorder's: the two must be the same for media to be piped.
 * VP8 alone for pictures: every browser sends and plays it, and a recording then has one picture format.
 */
export const mediaCodecs = [
  {
    kind: "audio",
    mimeType: "audio/opus",
    clockRate: 48_000,
    channels: 2,
    /* Silence is sent too (`usedtx`): a gap in a recording's sound would have to be told from a loss. */
    parameters: { useinbandfec: 1, usedtx: 0 },
  },
  { kind: "video", mimeType: "video/VP8", clockRate: 90_000, parameters: { "x-google-start-bitrate": 500 } },
] as const;

/** Bits a second. The browser is asked to stay below, the server's congestion control holds it to the sum. */
export const maxBitrates = { microphone: 40_000, camera: 700_000, screen: 1_500_000 } as const;
