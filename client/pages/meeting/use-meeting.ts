/** Holds the session and its media for as long as the room is drawn. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { School } from "../../../protocol/http/accounts.ts";
import type { Seated } from "../../../protocol/http/seats.ts";
import type { Id } from "../../../protocol/ids.ts";
import { isRefused, schoolsOf } from "../../api.ts";
import { type Media, type MediaLink, openMedia, type ShownMedia } from "../../media.ts";
import { openSession, type Reached, type Session, type SessionState } from "../../session.ts";
import { followStills } from "../../stills.ts";
import type { Sight } from "../../views/room/sight.ts";
import { schoolsToAsk } from "../../views/room/sight.ts";
import type { OwnDevices } from "./use-devices.ts";

export interface HeldMeeting {
  session: Session;
  media: Media;
  state: SessionState;
  /** What there is to show of each seat. */
  shown: ReadonlyMap<Id, ShownMedia>;
  mediaLink: MediaLink;
  soundBlocked: boolean;
  /** I share my screen. */
  sharing: boolean;
  setSharing: (sharing: boolean) => void;
  schools: ReadonlyMap<Id, School>;
  stills: ReadonlyMap<Id, string>;
  /** The server's clock. */
  clock: () => number;
}

/** Opens both when first drawn, closes both when gone. */
export function useMeeting(code: string, seated: Seated, reached: Reached, devices: OwnDevices): HeldMeeting | null {
  const [held, setHeld] = useState<{ session: Session; media: Media } | null>(null);
  const [shown, setShown] = useState<ReadonlyMap<Id, ShownMedia>>(new Map());
  const [mediaLink, setMediaLink] = useState<MediaLink>("off");
  const [soundBlocked, setSoundBlocked] = useState(false);
  const [sharing, setSharing] = useState(false);
  const [stills, setStills] = useState<ReadonlyMap<Id, string>>(new Map());
  const { ticket, routerRtpCapabilities } = seated;

  // Before the browser draws: nobody waits for a picture of a room to be connected to it.
  useLayoutEffect(() => {
    const session = openSession({ ticket, reached });
    const media = openMedia({
      session,
      routerRtpCapabilities,
      onShown: (seat, of) => setShown((before) => new Map(before).set(seat, of)),
      onLink: setMediaLink,
      onSoundBlocked: setSoundBlocked,
      onScreenEnded: () => {
        setSharing(false);
        if (session.state.meeting?.share?.seat === session.state.seat) void session.send({ type: "share.stop" });
      },
    });
    const unfollow = followStills(session, setStills);
    setHeld({ session, media });
    return () => {
      unfollow();
      media.close();
      session.close();
    };
  }, [ticket, reached, routerRtpCapabilities]);

  const state = useSessionState(held?.session);
  useOwnDevices(held, state, devices);
  const schools = useSchools(code, state);
  const offset = useRef(0);
  offset.current = state?.clockOffsetMs ?? 0;
  const clock = useMemo(() => () => Date.now() + offset.current, []);

  if (held === null || state === null) return null;
  return { ...held, state, shown, mediaLink, soundBlocked, sharing, setSharing, schools, stills, clock };
}

const nothingToFollow = () => () => undefined;

function useSessionState(session: Session | undefined): SessionState | null {
  return useSyncExternalStore(session?.subscribe ?? nothingToFollow, () => session?.state ?? null);
}

/** Media gets my tracks whenever they change, and the meeting is told which devices I have. */
function useOwnDevices(
  held: { session: Session; media: Media } | null,
  state: SessionState | null,
  devices: OwnDevices,
) {
  const { cameraTrack, microphoneTrack } = devices;
  useEffect(() => {
    held?.media.prepare({ camera: cameraTrack, microphone: microphoneTrack });
  }, [held, cameraTrack, microphoneTrack]);

  const seat = state?.seat == null ? undefined : state.meeting?.seats[state.seat];
  const inRoom = seat?.place === "room" && seat.role !== "watcher" && state?.meeting?.phase === "open";
  const [camera, microphone] = [cameraTrack !== null, microphoneTrack !== null];
  const told = seat?.camera === camera && seat.microphone === microphone;
  useEffect(() => {
    if (held && inRoom && !told) void held.session.send({ type: "seat.setDevices", camera, microphone });
  }, [held, inRoom, told, camera, microphone]);
}

/** The schools people come from; asked for when somebody comes from one that is not known yet. */
function useSchools(code: string, state: SessionState | null): ReadonlyMap<Id, School> {
  const [schools, setSchools] = useState<ReadonlyMap<Id, School>>(new Map());
  const unknown = state?.meeting ? schoolsToAsk({ meeting: state.meeting, schools }).join() : "";
  useEffect(() => {
    if (unknown === "") return;
    let here = true;
    void schoolsOf(code).then((answer) => {
      if (!here || isRefused(answer)) return;
      setSchools(new Map(answer.value.schools.map((school) => [school.id, school])));
    });
    return () => {
      here = false;
    };
  }, [code, unknown]);
  return schools;
}

/** What the views look at, or null before the first snapshot. */
export function sightOf({ state, schools, stills }: HeldMeeting, bookedChair: string): Sight | null {
  if (state.meeting === null || state.seat === null) return null;
  return { meeting: state.meeting, contents: state.contents, me: state.seat, schools, stills, bookedChair };
}
