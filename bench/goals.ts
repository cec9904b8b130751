/** What is aimed at, by figure. Kept apart from the measuring, which knows no goal. */
import type { Figure } from "./measure.ts";

export interface Goal {
  /** For people. */
  says: string;
  isReached: (figure: Figure) => boolean;
}

const atMost = (limit: number, unit: string): Goal => ({
  says: `at most ${limit} ${unit}`,
  isReached: ({ value }) => value <= limit,
});
const timesAtMost = (limit: number, what: string): Goal => ({
  says: `at most ${limit} times ${what}`,
  isReached: ({ ratio }) => ratio !== null && ratio <= limit,
});

const goals: Readonly<Record<string, Goal>> = {
  "floor.handover.p95": timesAtMost(2, "mediasoup alone"),
  "floor.handover.unprepared.p95": timesAtMost(0.2, "an unprepared one"),
  "floor.cut.p95": atMost(300, "ms"),
  "join.firstFrame.p50": timesAtMost(1.5, "mediasoup alone"),
  "join.firstFrame.p95": timesAtMost(1.5, "mediasoup alone"),
  "sfu.overhead.50": timesAtMost(1.05, "mediasoup alone"),
  "sfu.overhead.100": timesAtMost(1.05, "mediasoup alone"),
  "sfu.overhead.200": timesAtMost(1.05, "mediasoup alone"),
  "sfu.node.50": atMost(3, "% of a core"),
  "sfu.node.100": atMost(3, "% of a core"),
  "sfu.node.200": atMost(3, "% of a core"),
  "signal.joins.failed": { says: "none", isReached: ({ value }) => value === 0 },
  "signal.fanout.p99": atMost(150, "ms"),
  "replay.ready.1min": atMost(2_000, "ms"),
  "replay.ready.10min": { says: "at most 2000 ms, and flat", isReached: isFlat },
  "replay.ready.60min": { says: "at most 2000 ms, and flat", isReached: isFlat },
  "replay.ready.live": atMost(2_000, "ms"),
  "recording.cost": atMost(2, "s of CPU a minute"),
  "desk.worklist.p95": atMost(100, "ms"),
  "partner.search.p95": atMost(100, "ms"),
  ...Object.fromEntries(
    ["open", "open.home", "open.tree", "open.page", "open.folder", "open.month", "search", "search.common"].map(
      (what) => [`twinspace.${what}.p95`, atMost(100, "ms")],
    ),
  ),
  "reportcard.worklist.p95": atMost(100, "ms"),
  "reportcard.pdf.p95": timesAtMost(8, "bare pdfkit"),
  "reportcard.pdf.block.p95": atMost(250, "ms"),
  "client.meetingPage.join": atMost(130, "kB"),
  "client.meetingPage.room": atMost(260, "kB"),
};

/** Flat: no more than half as long again as for the shortest meeting. */
function isFlat({ value, ratio }: Figure): boolean {
  return value <= 2_000 && ratio !== null && ratio <= 1.5;
}

export const goalOf = ({ name }: Figure): Goal | undefined => goals[name];
