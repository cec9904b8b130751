/** The room: session and media for as long as it is drawn. Loaded when somebody is about to join. */
import { useEffect, useRef, useState } from "react";
import type { Door, Seated } from "../../../protocol/http/seats.ts";
import type { Reached } from "../../session.ts";
import { chairName, mySeat } from "../../views/room/sight.ts";
import { t } from "../../words/words.ts";
import { InRoom } from "./in-room.tsx";
import type { OwnDevices } from "./use-devices.ts";
import { sightOf, useMeeting } from "./use-meeting.ts";
import { InLobby, OneThing, type Over } from "./waiting.tsx";

export { warmMedia } from "../../media.ts";
export { reachServer } from "../../session.ts";

export default function Room({
  code,
  door,
  seated,
  reached,
  devices,
  demo,
  onOver,
}: {
  code: string;
  door: Door;
  seated: Seated;
  reached: Reached;
  devices: OwnDevices;
  demo: boolean;
  onOver: (over: Over) => void;
}) {
  const held = useMeeting(code, seated, reached, devices);
  const [leaving, setLeaving] = useState(false);
  const over = useRef(onOver);
  over.current = onOver;
  const link = held?.state.link;
  const why = held?.state.why ?? null;
  const phase = held?.state.meeting?.phase;

  const replay = held?.state.meeting?.settings.recorded === false ? null : `/r/${code}`;
  useEffect(() => {
    if (phase === "ended" || why === "meeting.ended") over.current({ is: "ended", replay });
    else if (link === "over" && !leaving) over.current({ is: "refused", code: why ?? "seat.unknown" });
  }, [phase, link, why, leaving, replay]);

  const sight = held === null ? null : sightOf(held, door.chair.name);
  const seat = sight === null ? undefined : mySeat(sight);
  if (held === null || sight === null || seat === undefined) {
    return <OneThing icon="door-open" lit title={t("arrive.joining")} />;
  }

  const leave = async () => {
    setLeaving(true);
    await Promise.race([
      held.session.send({ type: "seat.leave" }),
      new Promise((resolve) => setTimeout(resolve, 1500)),
    ]);
    onOver({ is: "left" });
  };
  if (seat.place === "lobby")
    return <InLobby title={door.title} chair={chairName(sight)} onLeave={() => void leave()} />;
  return <InRoom door={door} held={held} sight={sight} devices={devices} demo={demo} onLeave={() => void leave()} />;
}
