/** The whole room, as a pupil, a speaker, a chair or somebody offline sees it. */
import { useState } from "react";
import { Button } from "../parts/button.tsx";
import { Chat, type ShownMessage } from "../parts/chat.tsx";
import { FloorPlate } from "../parts/floor-plate.tsx";
import { Icon } from "../parts/icon.tsx";
import { LobbyList } from "../parts/lobby-list.tsx";
import { Menu } from "../parts/menu.tsx";
import { People, type ShownSeat } from "../parts/people.tsx";
import { Queue, type ShownHand } from "../parts/queue.tsx";
import { Reactions, ReactionsMenu } from "../parts/reactions.tsx";
import { RoomBar } from "../parts/room-bar.tsx";
import { RoomLayout, type RoomPanel } from "../parts/room-layout.tsx";
import { Refusal, StatusLine } from "../parts/said.tsx";
import { Stage } from "../parts/stage.tsx";
import type { FloorSituation } from "../views/floor-plate.ts";
import { aino, ana, class6, diogo, eetu, guest, ines, matti, me, mikko, rui } from "./people.ts";
import { drawnStream } from "./picture.ts";

const begun = Date.now();
const clock = () => Date.now();
const turn = { startedAt: begun - 108_000, endsAt: begun + 72_000 };
const nothing = () => undefined;
const stream = drawnStream(150);

const messages: ShownMessage[] = [
  { id: "m1", person: rui, at: begun - 240_000, text: "We found an otter track near the salt pans!" },
  { id: "m2", person: eetu, at: begun - 120_000, text: "Is the water salty there? Ours is frozen." },
];

export type RoomScene = "pupil" | "speaking" | "chair" | "free" | "frozen" | "offline" | "panel" | "two";

export function RoomSceneView({ scene }: { scene: RoomScene }) {
  const [panel, setPanel] = useState<RoomPanel>(scene === "panel" ? "chat" : "floor");
  const leads = scene === "chair";
  const speaking = scene === "speaking";
  const inesHere = speaking || scene === "pupil" || scene === "panel" ? me(ines) : ines;
  const hands: ShownHand[] =
    scene === "free"
      ? []
      : [eetu, inesHere, class6]
          .filter((person) => !(speaking && person.you))
          .map((person, i) => ({ place: i + 1, person, comingBack: scene === "offline" && i === 2 }));
  const acts = [
    { label: "Give turn", icon: "microphone" as const, onPress: nothing },
    { label: "Mute", icon: "microphone-slash" as const, onPress: nothing },
    { label: "Hand over the chair", icon: "crown-simple" as const, onPress: nothing },
    { label: "Remove…", name: "Remove", icon: "user-minus" as const, danger: true, onPress: nothing },
  ];
  const seats: ShownSeat[] = [
    { person: aino, state: speaking ? "listening" : "speaking for 1:48", speaking: !speaking, acts },
    { person: eetu, state: "hand up", place: 1, acts },
    {
      person: inesHere,
      state: speaking ? "speaking" : "hand up",
      speaking,
      place: speaking ? undefined : 2,
      acts: leads ? acts : [],
    },
    { person: class6, state: "hand up", place: 3, acts },
    { person: rui, state: "listening", reaction: "applause" as const, acts },
    { person: leads ? me(ana) : ana, state: "chair", chair: true, acts: [] },
    { person: diogo, state: "has not spoken yet", acts, muted: true },
    { person: mikko, state: "away", away: true, acts },
  ].map((seat) => ({ ...seat, acts: leads ? seat.acts : [] }));

  const situation: Record<RoomScene, FloorSituation> = {
    pupil: { is: "waiting", place: 2, before: "Eetu L.", ready: "readying" },
    panel: { is: "waiting", place: 2, before: "Eetu L.", ready: "readying" },
    two: { is: "listening", speakers: "Aino K. and Rui P.", handsUp: 3 },
    speaking: { is: "speaking", turn },
    chair: { is: "leading", speakers: "Aino K.", next: "Eetu L.", nextReady: true },
    free: { is: "free" },
    frozen: { is: "frozen", chair: "Ana", byMe: false },
    offline: { is: "offline", place: 2 },
  };
  const speakers =
    scene === "free" || scene === "frozen" ? [] : speaking ? [inesHere] : scene === "two" ? [aino, rui] : [aino];

  return (
    <RoomLayout
      panel={panel}
      onPanel={setPanel}
      fresh={{ chat: 2, ...(leads ? { people: 2 } : {}) }}
      bar={
        <RoomBar
          title="What lives in our river?"
          project="Two rivers"
          recording={scene === "offline" ? "interrupted" : "running"}
          time="24 min, ends 11:00"
          people="8 here"
          adults={leads ? "2 adults here" : undefined}
          freeze={leads ? { frozen: false, onFreeze: nothing, onResume: nothing } : undefined}
          endForAll={leads ? nothing : undefined}
          onHelp={nothing}
          onLeave={nothing}
          menu={
            <Menu
              name="Settings"
              className="button button--plain button--icon"
              trigger={<Icon name="gear-six" />}
              acts={[{ label: "Light", chosen: true, onPress: nothing }]}
            />
          }
        />
      }
      notice={
        scene === "frozen" ? (
          <Refusal onClose={nothing}>You cannot speak now. Ana muted you. You can still write in the chat.</Refusal>
        ) : null
      }
      stage={
        <Stage
          clock={clock}
          frozen={scene === "frozen"}
          speakers={speakers.map((person, i) => ({
            id: `t${i}`,
            person,
            stream,
            hasPicture: scene !== "offline",
            turn: scene === "two" ? { startedAt: begun - 60_000, endsAt: null } : turn,
            level: 6,
          }))}
        >
          <StatusLine>
            {scene === "pupil"
              ? "Eetu L. raised a hand."
              : scene === "speaking"
                ? "The floor is yours. Everybody sees and hears you."
                : ""}
          </StatusLine>
        </Stage>
      }
      lobby={
        leads ? (
          <LobbyList
            knocks={[
              { person: matti, from: "Pupil, Oulu" },
              { person: guest, from: "Kind unknown" },
            ]}
            onAdmit={nothing}
            onTurnAway={nothing}
            onAdmitAll={nothing}
          />
        ) : null
      }
      people={<People seats={seats} summary="8 here, 2 schools" look={leads ? "rows" : "tiles"} />}
      chat={
        <Chat
          messages={messages}
          onSend={async () => true}
          stopped={scene === "frozen"}
          aside={<ReactionsMenu onReact={nothing} />}
        />
      }
      react={<Reactions onReact={nothing} />}
      queue={
        <Queue
          hands={hands}
          lit={speakers.length > 0}
          acts={leads ? { onMove: nothing, onGiveTurn: nothing, onLower: nothing } : undefined}
          aside={
            leads ? (
              <Menu
                className="button button--plain button--small"
                title="How the floor goes on"
                trigger={
                  <>
                    <span>Change</span>
                    <Icon name="caret-down" />
                  </>
                }
                acts={[{ label: "by queue", chosen: true, onPress: nothing }]}
              />
            ) : null
          }
        />
      }
      plate={
        <FloorPlate
          situation={situation[scene]}
          clock={clock}
          onAct={nothing}
          chair={leads ? { endTurn: nothing, extendTurn: nothing } : undefined}
        >
          {speaking ? (
            <>
              <Button size="small" icon="video-camera">
                Camera on
              </Button>
              <Button size="small" icon="screencast">
                Share screen
              </Button>
            </>
          ) : undefined}
        </FloorPlate>
      }
    />
  );
}
