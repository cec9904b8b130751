/**
 * Every part in every state, for tests and for eyes; never part of what is served. `?scene=` chooses, `&theme=`, `&big=1` and
 * `&reading=` dress it.
 */
import { createRoot } from "react-dom/client";
import "../looks/tokens.css";
import "../looks/fonts.css";
import "../looks/base.css";
import "./gallery.css";
import { ArriveScene } from "./arrive-scene.tsx";
import { ChartsScene } from "./charts-scene.tsx";
import { PlatesScene } from "./plates-scene.tsx";
import { ReplayScene } from "./replay-scene.tsx";
import { type RoomScene, RoomSceneView } from "./room-scene.tsx";
import { scenes } from "./scenes.ts";
import { SmallScene } from "./small-scene.tsx";

const asked = new URLSearchParams(location.search);
const page = document.documentElement;
for (const [name, key] of [
  ["theme", "theme"],
  ["reading", "reading"],
  ["big", "big"],
] as const) {
  const value = asked.get(name);
  if (value !== null) page.dataset[key] = value;
}

function Scene({ name }: { name: string }) {
  if (name === "plates") return <PlatesScene />;
  if (name === "replay") return <ReplayScene />;
  if (name === "arrive") return <ArriveScene camera="works" />;
  if (name === "arrive-denied") return <ArriveScene camera="denied" />;
  if (name === "arrive-untried") return <ArriveScene camera="untried" />;
  if (name === "charts") return <ChartsScene rtl={asked.get("dir") === "rtl"} />;
  if (name === "small") return <SmallScene />;
  const room = name.replace(/^room-/, "");
  if (isRoomScene(room)) return <RoomSceneView scene={room} />;
  return (
    <main className="gallery-column">
      <h1>Gallery</h1>
      <ul>
        {scenes.map((scene) => (
          <li key={scene}>
            <a href={`?scene=${scene}`}>{scene}</a>
          </li>
        ))}
      </ul>
    </main>
  );
}

const isRoomScene = (name: string): name is RoomScene => scenes.some((scene) => scene === `room-${name}`);

const root = document.getElementById("root");
if (root !== null) createRoot(root).render(<Scene name={asked.get("scene") ?? ""} />);
