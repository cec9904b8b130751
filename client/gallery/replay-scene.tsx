import { useState } from "react";
import { Button } from "../parts/button.tsx";
import type { ShownPerson } from "../parts/person.ts";
import { ReplayControls, TimelineLegend } from "../parts/replay-controls.tsx";
import { Timeline, type TimelineRow, TimelineTable } from "../parts/timeline.tsx";
import { TurnsList } from "../parts/turns-list.tsx";
import { aino, ana, class6, eetu, ines, mikko, rui } from "./people.ts";

const minute = 60_000;
const row = (person: ShownPerson, pattern: number, spans: [number, number][]): TimelineRow => ({
  person,
  pattern,
  turns: spans.map(([from, to], i) => ({ id: `${person.id}-${i}`, fromMs: from * minute, toMs: to * minute })),
  waits: spans.filter(([from]) => from > 0).map(([from]) => ({ fromMs: (from - 3) * minute, toMs: from * minute })),
  spokeMs: spans.reduce((sum, [from, to]) => sum + (to - from) * minute, 0),
});

const rows = [
  row(ana, 1, [
    [0, 2],
    [14, 15],
    [36, 38],
  ]),
  row(aino, 2, [
    [2.2, 5.6],
    [21, 24],
  ]),
  row(rui, 3, [
    [5.7, 8.7],
    [24.2, 26.7],
  ]),
  row(eetu, 4, [
    [8.9, 11.7],
    [26.8, 29.9],
  ]),
  row(class6, 5, [
    [15.2, 20.9],
    [30, 33],
  ]),
  row(ines, 6, [
    [11.9, 13.9],
    [33.1, 35.8],
  ]),
  row(mikko, 7, [[38.2, 41.7]]),
  row({ ...rui, id: "s20", name: "Sofia T." }, 8, [[41.7, 42]]),
];
const turns = rows
  .flatMap(({ person, turns }) =>
    turns.map((turn) => ({ id: turn.id, person, fromMs: turn.fromMs, lengthMs: turn.toMs - turn.fromMs })),
  )
  .sort((a, b) => a.fromMs - b.fromMs);

/** The parts of the replay. */
export function ReplayScene() {
  const [at, setAt] = useState(22.58 * minute);
  const [playing, setPlaying] = useState(true);
  const [speed, setSpeed] = useState(1);
  return (
    <main className="gallery-column">
      <h1>Replay</h1>
      <ReplayControls
        playing={playing}
        positionMs={at}
        lengthMs={42 * minute}
        speed={speed}
        onPlay={setPlaying}
        onPrevious={() => setAt(0)}
        onNext={() => setAt(24.2 * minute)}
        onSpeed={setSpeed}
      >
        <Button icon="table">As a table</Button>
        <TimelineLegend />
      </ReplayControls>
      <Timeline rows={rows} lengthMs={42 * minute} positionMs={at} onSeek={setAt} />
      <TimelineTable rows={rows} />
      <div className="card">
        <TurnsList turns={turns} summary="14 turns in 42 minutes" now="s1-1" onGo={setAt} />
      </div>
    </main>
  );
}
