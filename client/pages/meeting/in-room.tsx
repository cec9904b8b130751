import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { turnOf } from "../../../domain/meeting/state.ts";
import type { Command } from "../../../protocol/commands.ts";
import type { Door } from "../../../protocol/http/seats.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { Reaction } from "../../../protocol/meeting.ts";
import { showBig } from "../../looks/chosen.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { Chat } from "../../parts/chat.tsx";
import { ConfirmDialog } from "../../parts/dialog.tsx";
import { FloorPlate } from "../../parts/floor-plate.tsx";
import { HelpDialog } from "../../parts/help-dialog.tsx";
import { DemoLine } from "../../parts/page-frame.tsx";
import { Queue } from "../../parts/queue.tsx";
import { Reactions, ReactionsMenu } from "../../parts/reactions.tsx";
import { RoomLayout, type RoomPanel } from "../../parts/room-layout.tsx";
import { Alert, Refusal, StatusLine } from "../../parts/said.tsx";
import { sendStills } from "../../stills.ts";
import type { FloorAct, Readiness } from "../../views/floor-plate.ts";
import { reactionWords } from "../../views/reactions.ts";
import { handsShown, knocksShown, may, messagesShown } from "../../views/room/people.ts";
import { chairName, leadsNow, mySeat, nameOf, type Sight } from "../../views/room/sight.ts";
import { situationOf } from "../../views/room/situation.ts";
import { refusalSentence } from "../../words/refusals.ts";
import { t } from "../../words/words.ts";
import { ChangeFloor } from "./change-floor.tsx";
import { RoomLobby } from "./room-lobby.tsx";
import { RoomPeople } from "./room-people.tsx";
import { RoomStage } from "./room-stage.tsx";
import { RoomTop } from "./room-top.tsx";
import { SettingsDialog } from "./settings-dialog.tsx";
import type { OwnDevices } from "./use-devices.ts";
import { useKeys } from "./use-keys.ts";
import type { HeldMeeting } from "./use-meeting.ts";
import { useTold } from "./use-told.ts";
import { WhoSpeaks } from "./who-speaks.tsx";

const extendByMs = 60_000;

/** What asks again before it is done. */
export type Asking = { title: string; hint: string; confirm: string; onConfirm: () => void };

/** Everything there is in the room, wired to the session. */
export function InRoom({
  door,
  held,
  sight,
  devices,
  demo,
  onLeave,
}: {
  door: Door;
  held: HeldMeeting;
  sight: Sight;
  devices: OwnDevices;
  demo: boolean;
  onLeave: () => void;
}) {
  const { session, media, state, clock } = held;
  const { meeting, me } = sight;
  const live = state.link === "live";
  const seat = mySeat(sight);
  const leads = leadsNow(sight);
  const watches = seat?.role === "watcher";
  const frozen = meeting.frozen !== null;

  const [panel, setPanel] = useState<RoomPanel>("floor");
  const [sending, setSending] = useState<FloorAct | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [open, setOpen] = useState<"help" | "settings" | null>(null);
  const [stills, setStills] = useState(false);
  const [pupil, setPupil] = useState<Id | null>(null);
  const told = useTold(sight, clock);
  const fresh = useFreshMessages(meeting.chat.length, panel);
  useSaidWhenBack(live, told.say);
  useNewestWhenBig(sight, told.say);
  useBigForClass(seat?.kind === "class");
  useStills(held, devices, stills && seat?.place === "room" && !frozen);

  const send = useCallback(
    async (command: Command): Promise<boolean> => {
      const answer = await session.send(command);
      if (!("refused" in answer)) {
        setRefused(null);
        return true;
      }
      setRefused(refusalSentence(answer.refused, { chair: chairName(sight), message: answer.message }));
      return false;
    },
    [session, sight],
  );

  const myTurn = turnOf(meeting, me);
  const act = async (wanted: FloorAct) => {
    if (sending !== null) return;
    setSending(wanted);
    if (wanted !== "raiseHand") told.finishing();
    await send(commandFor(wanted, sight, pupil));
    setSending(null);
  };

  const turn = meeting.turns[0];
  const endTurn =
    leads && turn !== undefined && turn.seat !== me
      ? () => void send({ type: "floor.endTurn", turn: turn.turn })
      : undefined;
  const endsAt = turn?.endsAt ?? null;
  const extendTurn =
    leads && turn !== undefined && endsAt !== null
      ? () => void send({ type: "floor.extendTurn", turn: turn.turn, endsAt, byMs: extendByMs })
      : undefined;

  const situation = situationOf(sight, live, readinessOf(held, devices));
  const holding = useHeldFloor(sight, act);
  useKeys({
    hold: () => holding.hold(),
    release: () => holding.release(),
    floor: () => {
      const wanted = myTurn ? "finishTurn" : meeting.queue.some((hand) => hand.seat === me) ? "lowerHand" : "raiseHand";
      if (!watches && !frozen && live) void act(wanted);
    },
    chat: () => {
      setPanel("chat");
      focusSoon(".chat__writing input");
    },
    people: () => {
      setPanel("people");
      focusSoon(".room__people .seat__menu, .room__people ul");
    },
    end: () => endTurn?.(),
    help: () => setOpen("help"),
  });

  const whoSpeaks =
    seat?.kind === "class" && seat.pupils.length > 0 && !frozen ? (
      <WhoSpeaks sight={sight} pupil={pupil} onChoose={setPupil} />
    ) : undefined;

  const knocks = may(sight, "lobby.admit") ? knocksShown(sight) : [];
  const askToEnd = () =>
    setAsking({
      title: t("room.endAsk"),
      hint: t("room.endAskHint"),
      confirm: t("room.end"),
      onConfirm: () => void send({ type: "meeting.end" }),
    });
  const react = (reaction: Reaction) =>
    void send({ type: "reaction.show", reaction }).then((shown) => {
      if (shown) told.say(t("react.yours", { reaction: reactionWords(reaction) }));
    });

  return (
    <>
      {demo ? <DemoLine short /> : null}
      <RoomLayout
        panel={panel}
        onPanel={setPanel}
        fresh={{ chat: fresh, people: knocks.length }}
        bar={
          <RoomTop
            door={door}
            sight={sight}
            clock={clock}
            onHelp={() => setOpen("help")}
            onLeave={onLeave}
            onFreeze={() => void send({ type: "meeting.freeze" })}
            onResume={() => void send({ type: "meeting.resume" })}
            onEnd={askToEnd}
            settings={<IconButton icon="gear-six" name={t("room.settings")} onClick={() => setOpen("settings")} />}
          />
        }
        notice={
          <>
            {refused === null ? null : <Refusal onClose={() => setRefused(null)}>{refused}</Refusal>}
            {live ? null : <Alert>{t("told.offline")}</Alert>}
            {held.soundBlocked ? (
              <Refusal act={{ label: t("room.hear"), onPress: () => void media.allowSound() }}>
                {t("room.soundBlocked")}
              </Refusal>
            ) : null}
          </>
        }
        stage={
          <RoomStage held={held} sight={sight} devices={devices}>
            <StatusLine>{told.sentence}</StatusLine>
          </RoomStage>
        }
        lobby={knocks.length === 0 ? null : <RoomLobby sight={sight} send={send} />}
        people={<RoomPeople sight={sight} clock={clock} send={send} ask={setAsking} />}
        chat={
          <Chat
            messages={messagesShown(sight)}
            onSend={(text) => send({ type: "chat.sendMessage", id: messageId(), text })}
            stopped={frozen}
            aside={<ReactionsMenu onReact={react} disabled={frozen} />}
          />
        }
        react={<Reactions onReact={react} disabled={frozen} />}
        queue={
          <Queue
            hands={handsShown(sight)}
            lit={meeting.turns.length > 0}
            free={situation.is === "free"}
            acts={
              leads
                ? {
                    onMove: (id, toPlace) => void send({ type: "floor.moveHand", seat: id, toPlace }),
                    onGiveTurn: frozen ? undefined : (id) => void send({ type: "floor.giveTurn", seat: id }),
                    onLower: (id) => void send({ type: "floor.lowerHand", seat: id }),
                  }
                : undefined
            }
            aside={
              leads ? <ChangeFloor settings={meeting.settings} hands={meeting.queue.length} send={send} /> : undefined
            }
          />
        }
        plate={
          <FloorPlate
            situation={situation}
            clock={clock}
            sending={sending}
            onAct={(wanted) => void act(wanted)}
            chair={leads && !frozen && live ? { endTurn, extendTurn } : undefined}
          >
            {!live ? undefined : myTurn !== undefined ? (
              <WhileSpeaking held={held} devices={devices} send={send} />
            ) : situation.is === "waiting" || situation.is === "next" ? undefined : (
              whoSpeaks
            )}
          </FloorPlate>
        }
      />
      {open === "help" ? <HelpDialog chair={leads} onClose={() => setOpen(null)} /> : null}
      {open === "settings" ? (
        <SettingsDialog
          devices={watches ? undefined : devices}
          stills={stills}
          onStills={setStills}
          pupils={
            seat?.kind === "class"
              ? {
                  names: seat.pupils.map((one) => sight.contents[one.name] ?? ""),
                  onName: (names) => send({ type: "seat.namePupils", names }),
                }
              : undefined
          }
          meeting={
            leads
              ? {
                  settings: meeting.settings,
                  onFloor: (changed) => void send({ type: "floor.changeSettings", ...changed }),
                  onLobby: (on) => void send({ type: "lobby.switch", on }),
                  onLock: (on) => void send({ type: "meeting.lock", on }),
                  onEnd: () => {
                    setOpen(null);
                    askToEnd();
                  },
                }
              : undefined
          }
          onClose={() => setOpen(null)}
        />
      ) : null}
      {asking === null ? null : (
        <ConfirmDialog
          title={asking.title}
          confirm={asking.confirm}
          onConfirm={asking.onConfirm}
          onClose={() => setAsking(null)}
        >
          <p>{asking.hint}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

/** A chair who gives every turn takes a free floor by giving it to themselves. */
function commandFor(act: FloorAct, { meeting, me }: Sight, pupil: Id | null): Command {
  if (act === "lowerHand") return { type: "floor.lowerHand" };
  if (act === "finishTurn") return { type: "floor.finishTurn" };
  const takes =
    meeting.settings.next === "byChair" && meeting.seats[me]?.role === "chair" && meeting.turns.length === 0;
  if (takes) return { type: "floor.giveTurn", seat: me };
  const named = meeting.seats[me]?.pupils.some((one) => one.pupil === pupil);
  return { type: "floor.raiseHand", ...(pupil !== null && named ? { pupil } : {}) };
}

function readinessOf({ mediaLink }: HeldMeeting, { cameraTrack, microphoneTrack }: OwnDevices): Readiness {
  if (cameraTrack === null && microphoneTrack === null) return "none";
  if (mediaLink !== "live") return "readying";
  return cameraTrack === null ? "microphone" : "camera";
}

/** Twelve letters and digits nobody else has. */
const messageId = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_");
};

const focusSoon = (selector: string) =>
  requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus());

/** Camera and screen while I speak. */
function WhileSpeaking({
  held,
  devices,
  send,
}: {
  held: HeldMeeting;
  devices: OwnDevices;
  send: (command: Command) => Promise<boolean>;
}): ReactNode {
  const { media, sharing, setSharing } = held;
  const hasCamera = devices.cameraTrack !== null;
  const share = async () => {
    if (sharing) return media.stopScreen();
    if (!(await media.startScreen())) return;
    setSharing(true);
    if (!(await send({ type: "share.start" }))) media.stopScreen();
  };
  return (
    <>
      <Button
        size="small"
        icon={hasCamera ? "video-camera" : "video-camera-slash"}
        aria-pressed={hasCamera}
        onClick={() => devices.wantCamera(!hasCamera)}
      >
        {hasCamera ? t("room.cameraOn") : t("room.cameraOff")}
      </Button>
      {"getDisplayMedia" in (navigator.mediaDevices ?? {}) ? (
        <Button size="small" icon="screencast" onClick={() => void share()}>
          {sharing ? t("room.shareStop") : t("room.share")}
        </Button>
      ) : null}
    </>
  );
}

/** Holding Space: the hand goes up; letting go finishes the turn or lowers the hand, whichever it has become. */
function useHeldFloor(sight: Sight, act: (act: FloorAct) => Promise<void>) {
  const latest = useRef({ sight, act });
  latest.current = { sight, act };
  const raised = useRef<Promise<void> | null>(null);
  return useMemo(
    () => ({
      hold: () => {
        const { meeting, me } = latest.current.sight;
        const seat = meeting.seats[me];
        if (seat === undefined || seat.role === "watcher" || meeting.frozen) return;
        if (turnOf(meeting, me) || meeting.queue.some((hand) => hand.seat === me)) return;
        raised.current = latest.current.act("raiseHand");
      },
      release: async () => {
        if (raised.current === null) return;
        await raised.current;
        raised.current = null;
        const { meeting, me } = latest.current.sight;
        if (turnOf(meeting, me)) await latest.current.act("finishTurn");
        else if (meeting.queue.some((hand) => hand.seat === me)) await latest.current.act("lowerHand");
      },
    }),
    [],
  );
}

/** How many messages came since the chat was last looked at, on narrow screens. */
function useFreshMessages(count: number, panel: RoomPanel): number {
  const [seen, setSeen] = useState(count);
  useEffect(() => {
    if (panel === "chat") setSeen(count);
  }, [panel, count]);
  return panel === "chat" ? 0 : Math.max(0, count - seen);
}

/** After a lost connection: that nothing is lost. */
function useSaidWhenBack(live: boolean, say: (words: string) => void): void {
  const was = useRef(live);
  useEffect(() => {
    if (live && !was.current) say(t("told.back"));
    was.current = live;
  }, [live, say]);
}

/** On a projector the chat is not drawn: its newest message is said over the picture. */
function useNewestWhenBig(sight: Sight, say: (words: string) => void): void {
  const newest = sight.meeting.chat.at(-1);
  const words = newest === undefined ? undefined : sight.contents[newest.message];
  const line = newest === undefined || words === undefined ? "" : `${nameOf(sight, newest.seat)}: ${words}`;
  const before = useRef(newest?.message);
  const id = newest?.message;
  useEffect(() => {
    if (id === before.current) return;
    before.current = id;
    if (line !== "" && document.documentElement.dataset.big !== undefined) say(line);
  }, [id, line, say]);
}

/** A class sits far from its projector: everything is big for it, where there is room, unless somebody switches that off. */
function useBigForClass(isClass: boolean): void {
  useEffect(() => {
    if (!isClass || !window.matchMedia("(min-width: 100em) and (min-height: 54em)").matches) return;
    showBig(true);
    return () => showBig(false);
  }, [isClass]);
}

function useStills({ session }: HeldMeeting, { cameraTrack }: OwnDevices, allowed: boolean): void {
  useEffect(() => {
    if (!allowed || cameraTrack === null) return;
    return sendStills(session, cameraTrack);
  }, [session, cameraTrack, allowed]);
}
