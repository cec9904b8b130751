import { FloorPlate } from "../parts/floor-plate.tsx";
import type { FloorSituation } from "../views/floor-plate.ts";

const begun = Date.now();
const nothing = () => undefined;
const clock = () => Date.now();

const situations: FloorSituation[] = [
  { is: "free" },
  { is: "listening", speakers: "Aino K.", handsUp: 0 },
  { is: "waiting", place: 2, before: "Eetu L.", ready: "none" },
  { is: "next", ready: "camera" },
  { is: "speaking", turn: { startedAt: begun - 59_000, endsAt: begun + 121_000 } },
  { is: "speaking", turn: { startedAt: begun - 160_000, endsAt: begun + 20_000 } },
  { is: "muted", chair: "Ana" },
  { is: "frozen", chair: "Ana", byMe: false },
  { is: "offline", place: 2 },
  { is: "watching" },
];

function All() {
  return (
    <>
      {situations.map((situation, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
        <FloorPlate key={i} situation={situation} clock={clock} onAct={nothing} />
      ))}
      <FloorPlate
        situation={{ is: "leading", speakers: "Aino K.", next: "Eetu L.", nextReady: true }}
        clock={clock}
        onAct={nothing}
        chair={{ endTurn: nothing, extendTurn: nothing }}
      />
      <FloorPlate situation={{ is: "free" }} clock={clock} onAct={nothing} sending="raiseHand" />
    </>
  );
}

/** Every state of the floor plate. */
export function PlatesScene() {
  return (
    <main className="gallery-plates">
      <h1 className="unseen">Floor plates</h1>
      <All />
    </main>
  );
}
