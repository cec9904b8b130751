import type { ReactNode } from "react";
import { type ReadySpeaker, type ShownSpeaker, Stage } from "../../parts/stage.tsx";
import { personOf, type Sight } from "../../views/room/sight.ts";
import { type OwnDevices, useLevel } from "./use-devices.ts";
import type { HeldMeeting } from "./use-meeting.ts";

/** Who has the floor, with the pictures there are. */
export function RoomStage({
  held,
  sight,
  devices,
  children,
}: {
  held: HeldMeeting;
  sight: Sight;
  devices: OwnDevices;
  children: ReactNode;
}) {
  const { meeting, me } = sight;
  const speaksMyself = meeting.turns.some((turn) => turn.seat === me);
  const { level } = useLevel(speaksMyself ? devices.microphoneTrack : null);
  const speakers: ShownSpeaker[] = meeting.turns.map((turn) => {
    const mine = turn.seat === me;
    const track = mine ? devices.cameraTrack : (held.shown.get(turn.seat)?.camera ?? null);
    return {
      id: turn.turn,
      person: personOf(sight, turn.seat, turn.pupil),
      stream: track === null ? null : streamOf(track),
      hasPicture: track !== null && (mine || meeting.seats[turn.seat]?.camera === true),
      turn,
      level: mine && devices.microphoneTrack !== null ? level : undefined,
    };
  });
  // Whoever could be next: their pictures stand still until their turn.
  const ready: ReadySpeaker[] = [...held.shown].flatMap(([seat, { camera }]) => {
    const speaks = meeting.turns.some((turn) => turn.seat === seat);
    if (camera === undefined || speaks || meeting.seats[seat] === undefined) return [];
    return [{ person: personOf(sight, seat), stream: streamOf(camera) }];
  });
  const { share } = meeting;
  const screenTrack = share === null || share.seat === me ? undefined : held.shown.get(share.seat)?.screen;
  return (
    <Stage
      speakers={speakers}
      ready={ready}
      screen={
        share === null || screenTrack === undefined
          ? null
          : { of: personOf(sight, share.seat), stream: streamOf(screenTrack) }
      }
      clock={held.clock}
      frozen={meeting.frozen !== null}
    >
      {children}
    </Stage>
  );
}

const streams = new WeakMap<MediaStreamTrack, MediaStream>();

/** The same stream for the same track, so that a video that shows it is left alone. */
function streamOf(track: MediaStreamTrack): MediaStream {
  const known = streams.get(track);
  if (known !== undefined) return known;
  const made = new MediaStream([track]);
  streams.set(track, made);
  return made;
}
