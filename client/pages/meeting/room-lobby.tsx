import { useState } from "react";
import type { Command } from "../../../protocol/commands.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { SeatKind } from "../../../protocol/meeting.ts";
import { Icon } from "../../parts/icon.tsx";
import { LobbyList } from "../../parts/lobby-list.tsx";
import { Menu } from "../../parts/menu.tsx";
import { knocksShown } from "../../views/room/people.ts";
import type { Sight } from "../../views/room/sight.ts";
import { t } from "../../words/words.ts";

/** What the chair knows better than the link somebody came by. */
interface Correction {
  kind?: SeatKind;
  school?: Id | null;
}

const kinds: readonly SeatKind[] = ["pupil", "adult", "class"];

/** The lobby for who may admit; kind and school may be corrected before somebody is let in. */
export function RoomLobby({ sight, send }: { sight: Sight; send: (command: Command) => Promise<boolean> }) {
  const [corrections, setCorrections] = useState<ReadonlyMap<Id, Correction>>(new Map());
  const knocks = knocksShown(sight);
  if (knocks.length === 0) return null;

  const correct = (seat: Id, changed: Correction) =>
    setCorrections((before) => new Map(before).set(seat, { ...before.get(seat), ...changed }));
  const admit = (seat: Id) => send({ type: "lobby.admit", seat, ...corrections.get(seat) });
  const admitAll = async () => {
    // Those who were corrected first, each with what was corrected; the others all at once.
    for (const { seat } of knocks) if (corrections.has(seat.seat)) await admit(seat.seat);
    await send({ type: "lobby.admitAll" });
  };

  return (
    <LobbyList
      knocks={knocks.map(({ seat, person, from }) => {
        const corrected = corrections.get(seat.seat) ?? {};
        const kind = corrected.kind ?? (seat.vouched ? seat.kind : undefined);
        const school = corrected.school === undefined ? seat.school : corrected.school;
        const shownFrom =
          corrected.kind === undefined && corrected.school === undefined ? from : fromWords(sight, kind, school);
        return {
          person: { ...person, kind: kind ?? "unknown", country: schoolOf(sight, school)?.country },
          from: "",
          correct: (
            <Menu
              className="lobby-list__from"
              name={`${shownFrom}. ${t("lobby.correctName", { name: person.name })}`}
              title={t("lobby.correct")}
              trigger={
                <>
                  <span className="cut">{shownFrom}</span>
                  <Icon name="caret-down" />
                </>
              }
              acts={[
                ...kinds.map((one) => ({
                  label: t(`kind.${one}`),
                  chosen: kind === one,
                  onPress: () => correct(seat.seat, { kind: one }),
                })),
                ...[...sight.schools.values()].map((one) => ({
                  label: one.name,
                  chosen: school === one.id,
                  onPress: () => correct(seat.seat, { school: one.id }),
                })),
              ]}
            />
          ),
        };
      })}
      onAdmit={(seat) => void admit(seat)}
      onTurnAway={(seat) => void send({ type: "lobby.turnAway", seat })}
      onAdmitAll={() => void admitAll()}
    />
  );
}

const schoolOf = ({ schools }: Sight, id: Id | null) => (id === null ? undefined : schools.get(id));

function fromWords(sight: Sight, kind: SeatKind | undefined, school: Id | null): string {
  const kindWords = kind === undefined ? t("kind.unknown") : t(`kind.${kind}`);
  const known = schoolOf(sight, school);
  return known === undefined ? kindWords : t("kind.of", { kind: kindWords, school: known.name });
}
