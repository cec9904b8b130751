import { TurnFile } from "../../recorder/turnFile.ts";
import { asRtp, RTP_START_MS, sampleFrames } from "../support/sampleMedia.ts";

/**
 * A process that records a made-up turn, to be killed or to run out of room. Arguments: the file's path, the seconds
 * of media, and how many times faster than real to record. It prints a line of JSON for what is on disk so far, and one
 * at the end.
 */
const [path = "", seconds = "8", speed = "8"] = process.argv.slice(2);
const packets = asRtp(await sampleFrames(Number(seconds)));
const turn = new TurnFile({
  path,
  startedAtMs: RTP_START_MS,
  expect: ["audio", "video"],
  wantKeyFrame: () => {},
  stopped: (reason, cause) => say({ stopped: reason, cause: String(cause) }),
});

const STEP_MS = 40;
const lastMs = packets.at(-1)?.sentMs ?? 0;
let next = 0;
for (let nowMs = 0; nowMs <= lastMs; nowMs += STEP_MS) {
  for (let packet = packets[next]; packet && packet.sentMs <= nowMs; packet = packets[++next]) {
    turn.rtp(packet.kind, packet.bytes, RTP_START_MS + packet.sentMs);
  }
  turn.tick(RTP_START_MS + nowMs);
  say({ onDiskMs: turn.writing.durationMs });
  await new Promise((resolve) => setTimeout(resolve, STEP_MS / Number(speed)));
}
say({ finished: await turn.finish() });

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
