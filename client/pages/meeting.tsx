/** A meeting, from its door to its end: arriving, waiting to be let in, the room, and what comes after. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Door, Seated } from "../../protocol/http/seats.ts";
import { type Answer, doorOf, frontDoor, isRefused, type Refusal as Refused, takeSeat } from "../api.ts";
import { keepSeat, keptSeat } from "../kept-seat.ts";
import { DemoLine } from "../parts/page-frame.tsx";
import { Refusal } from "../parts/said.tsx";
import type { PageParams } from "../routes.ts";
import type { Reached } from "../session.ts";
import { dateAndTime } from "../words/formats.ts";
import { refusalSentence } from "../words/refusals.ts";
import { t } from "../words/words.ts";
import { Arriving } from "./meeting/arriving.tsx";
import { useDevices } from "./meeting/use-devices.ts";
import { ItIsOver, NotOpenYet, OneThing, type Over } from "./meeting/waiting.tsx";

type RoomParts = typeof import("./meeting/room.tsx");
const loadRoom = (): Promise<RoomParts> => import("./meeting/room.tsx");

/** How often it is asked whether a meeting has been opened. */
const askIfOpenMs = 3_000;
/** The room's scripts are fetched, and the server reached, a little after the door is drawn: that is not to be held up. */
const fetchRoomAfterMs = 300;

/** As the server has it: who may open a meeting in place of its chair waits until shortly before its start. */
const mayOpenFrom = (startsAt: number): number => startsAt - 15 * 60_000;

type Stage =
  | { is: "door" }
  | { is: "joining" }
  | { is: "notOpen" }
  /* The room itself is kept here: React's `lazy` would show what stands in for it for a third of a second first. */
  | { is: "room"; seated: Seated; reached: Reached; Room: RoomParts["default"] }
  | { is: "over"; over: Over };

export default function MeetingPage({ params }: { params: PageParams }) {
  const code = (params.code ?? "").toLowerCase();
  const door = useDoor(code);
  if (door === null) return <OneThing icon="door-open" title={t("app.loading")} />;
  if (isRefused(door)) return <ItIsOver over={overOf(door.refused, code)} chair={undefined} onBack={reload} />;
  return <Meeting code={code} door={door.value} />;
}

/** The key stands behind the `#`, so that no server's log has it. */
const keyInAddress = (): string | undefined => new URLSearchParams(location.hash.slice(1)).get("k") ?? undefined;

const reload = () => location.reload();

function overOf(refused: string, code: string): Over {
  return refused === "meeting.ended" ? { is: "ended", replay: `/r/${code}` } : { is: "refused", code: refused };
}

function useDoor(code: string): Answer<Door> | null {
  const [door, setDoor] = useState<Answer<Door> | null>(null);
  useEffect(() => {
    let here = true;
    const key = keyInAddress();
    void doorOf(code, key === undefined ? {} : { key }).then((answer) => {
      if (here) setDoor(answer);
    });
    return () => {
      here = false;
    };
  }, [code]);
  return door;
}

function Meeting({ code, door }: { code: string; door: Door }) {
  const kept = useMemo(() => keptSeat(code), [code]);
  // A shared computer's tab may keep somebody else's name; who has one for good has no other.
  const [name, setName] = useState(door.you.isNameFixed ? (door.you.name ?? "") : kept.name || (door.you.name ?? ""));
  const [stage, setStage] = useState<Stage>(
    door.phase === "ended"
      ? { is: "over", over: { is: "ended", replay: door.recorded ? `/r/${code}` : null } }
      : { is: "door" },
  );
  const [refused, setRefused] = useState<Refused | null>(null);
  const devices = useDevices(door.you.role !== "watcher");
  const demo = useDemo();

  const capabilities = useRef(door.routerRtpCapabilities);
  /** Nobody speaks for it before there is a seat; the session takes it over. */
  const reached = useRef<Reached | null>(null);
  useEffect(() => {
    const timer = setTimeout(
      () =>
        void loadRoom().then(
          (room) => {
            reached.current ??= room.reachServer();
            return room.warmMedia(capabilities.current);
          },
          () => {},
        ),
      fetchRoomAfterMs,
    );
    return () => {
      clearTimeout(timer);
      reached.current?.letGo();
      reached.current = null;
    };
  }, []);

  const opens = useRef(false);
  const knock = useCallback(async () => {
    const key = keyInAddress();
    const { resume } = keptSeat(code);
    // Gone when a new version was put up meanwhile: then the page must be loaded again.
    const loading = loadRoom().catch(() => null);
    const answer = await takeSeat(code, {
      name: name.trim(),
      ...(key === undefined ? {} : { key }),
      ...(resume === null ? {} : { resume }),
      ...(opens.current ? { open: true } : {}),
    });
    if (!isRefused(answer)) {
      keepSeat(code, { name: name.trim(), resume: answer.value.resume });
      const room = await loading;
      if (room === null) return reload();
      const way = reached.current ?? room.reachServer();
      reached.current = null;
      setStage({ is: "room", seated: answer.value, reached: way, Room: room.default });
    } else if (answer.refused === "meeting.notOpen") {
      setStage({ is: "notOpen" });
    } else if (answer.refused === "meeting.ended" || answer.refused === "seat.removed") {
      setStage({ is: "over", over: overOf(answer.refused, code) });
    } else {
      setRefused(answer);
      setStage({ is: "door" });
    }
  }, [code, name]);

  const join = () => {
    setRefused(null);
    setStage({ is: "joining" });
    // Both at once: nobody waits at the door for a camera, and nobody's camera waits for the door.
    if (devices.camera === "untried" || devices.microphone === "untried") void devices.open();
    void knock();
  };

  const isOver = stage.is === "over";
  const { release } = devices;
  useEffect(() => {
    if (isOver) release();
  }, [isOver, release]);

  const waits = stage.is === "notOpen";
  const knocking = useRef(knock);
  knocking.current = knock;
  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(() => void knocking.current(), askIfOpenMs);
    return () => clearInterval(timer);
  }, [waits]);

  const line = demo && stage.is !== "room" ? <DemoLine /> : null;
  if (stage.is === "room") {
    const { Room, seated } = stage;
    return (
      <Room
        code={code}
        door={door}
        seated={seated}
        reached={stage.reached}
        devices={devices}
        demo={demo}
        onOver={(over) => setStage({ is: "over", over })}
      />
    );
  }
  if (stage.is === "over") {
    return (
      <>
        {line}
        <ItIsOver over={stage.over} chair={door.chair.name} onBack={reload} />
      </>
    );
  }
  if (stage.is === "notOpen") {
    return (
      <>
        {line}
        <NotOpenYet
          title={door.title}
          when={dateAndTime(door.startsAt)}
          onBack={() => setStage({ is: "door" })}
          instead={
            door.you.mayOpen && mayOpenFrom(door.startsAt) <= Date.now()
              ? {
                  chair: door.chair.name,
                  open: () => {
                    opens.current = true;
                    void knock();
                  },
                }
              : undefined
          }
        />
      </>
    );
  }
  return (
    <>
      {line}
      <Arriving
        door={door}
        name={name}
        onName={setName}
        devices={devices}
        joining={stage.is === "joining"}
        trouble={
          refused === null ? null : (
            <Refusal>{refusalSentence(refused.refused, { chair: door.chair.name, message: refused.message })}</Refusal>
          )
        }
        onJoin={join}
      />
    </>
  );
}

/** A demo says so on every page. */
function useDemo(): boolean {
  const [demo, setDemo] = useState(false);
  useEffect(() => {
    let here = true;
    void frontDoor().then((answer) => {
      if (here && !isRefused(answer)) setDemo(answer.value.demo);
    });
    return () => {
      here = false;
    };
  }, []);
  return demo;
}
