import type { ReactNode } from "react";
import type { Door } from "../../../protocol/http/seats.ts";
import { RoomBar } from "../../parts/room-bar.tsx";
import { useNow } from "../../parts/use-now.ts";
import { adultsWords, hereWords, may } from "../../views/room/people.ts";
import type { Sight } from "../../views/room/sight.ts";
import { aboutLength, clockTime } from "../../words/formats.ts";
import { t } from "../../words/words.ts";

/** The room's bar with its times; it ticks by itself. */
export function RoomTop({
  door,
  sight,
  clock,
  onHelp,
  onLeave,
  onFreeze,
  onResume,
  onEnd,
  settings,
}: {
  door: Door;
  sight: Sight;
  clock: () => number;
  onHelp: () => void;
  onLeave: () => void;
  onFreeze: () => void;
  onResume: () => void;
  onEnd: () => void;
  settings: ReactNode;
}) {
  const { meeting } = sight;
  const now = useNow(clock, 15_000);
  const endsAt = door.startsAt + door.lengthMinutes * 60_000;
  const time =
    now < endsAt
      ? t("room.endsAt", { length: aboutLength(endsAt - now), time: clockTime(endsAt) })
      : t("room.runsFor", { length: aboutLength(now - (meeting.openedAt ?? now)) });
  const freezes = may(sight, "meeting.freeze");
  return (
    <RoomBar
      title={door.title}
      recording={recordingShown(meeting, now)}
      time={time}
      people={hereWords(sight)}
      locked={meeting.settings.locked}
      adults={may(sight, "lobby.admit") ? adultsWords(sight) : undefined}
      freeze={freezes ? { frozen: meeting.frozen !== null, onFreeze, onResume } : undefined}
      endForAll={may(sight, "meeting.end") ? onEnd : undefined}
      onHelp={onHelp}
      onLeave={onLeave}
      menu={settings}
    />
  );
}

/** How long after opening the recorder may take to begin without anybody being told that it has not. */
const beginsWithinMs = 10_000;

/** A meeting that should be recorded and is not says so: nobody must believe in vain that something is kept. */
function recordingShown(
  { recording, settings, openedAt }: Sight["meeting"],
  now: number,
): Sight["meeting"]["recording"] {
  if (recording !== "off" || !settings.recorded) return recording;
  return now - (openedAt ?? now) < beginsWithinMs ? "running" : "interrupted";
}
