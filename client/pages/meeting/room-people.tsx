import type { Command } from "../../../protocol/commands.ts";
import type { IconName } from "../../looks/icons.ts";
import type { MenuAct } from "../../parts/menu.tsx";
import { People } from "../../parts/people.tsx";
import { useNow } from "../../parts/use-now.ts";
import { may, peopleSummary, type SeatAct, seatsShown } from "../../views/room/people.ts";
import { nameOf, type Sight } from "../../views/room/sight.ts";
import { t } from "../../words/words.ts";
import type { Asking } from "./in-room.tsx";

/** The people with what the chair may do about each. It ticks by itself: waiting times grow, reactions fade. */
export function RoomPeople({
  sight,
  clock,
  send,
  ask,
}: {
  sight: Sight;
  clock: () => number;
  send: (command: Command) => Promise<boolean>;
  ask: (asking: Asking) => void;
}) {
  const leads = may(sight, "lobby.admit");
  const now = useNow(clock, 1000, leads || sight.meeting.reactions.length > 0);
  const seats = seatsShown(sight, now).map(({ may: acts, ...seat }) => ({
    ...seat,
    acts: acts.map((act) => menuAct(act, seat.person.id, sight, send, ask)),
  }));
  return <People seats={seats} summary={peopleSummary(sight)} look={leads ? "rows" : "tiles"} />;
}

const icons: Readonly<Record<SeatAct, IconName>> = {
  giveTurn: "microphone",
  endTurn: "check",
  lowerHand: "hand-arrow-down",
  mute: "microphone-slash",
  unmute: "microphone",
  makeCoChair: "user-plus",
  endCoChair: "user-minus",
  handOver: "crown-simple",
  remove: "user-minus",
};

function menuAct(
  act: SeatAct,
  seat: string,
  sight: Sight,
  send: (command: Command) => Promise<boolean>,
  ask: (asking: Asking) => void,
): MenuAct {
  const name = nameOf(sight, seat);
  const icon = icons[act];
  const does = (label: string, command: Command): MenuAct => ({ label, icon, onPress: () => void send(command) });
  switch (act) {
    case "giveTurn":
      return does(t("people.giveTurn"), { type: "floor.giveTurn", seat });
    case "endTurn": {
      const turn = sight.meeting.turns.find((running) => running.seat === seat);
      return does(t("floor.endTurn"), { type: "floor.endTurn", turn: turn?.turn ?? "" });
    }
    case "lowerHand":
      return does(t("people.lowerHand"), { type: "floor.lowerHand", seat });
    case "mute":
      return does(t("people.mute"), { type: "seat.mute", seat });
    case "unmute":
      return does(t("people.unmute"), { type: "seat.unmute", seat });
    case "makeCoChair":
      return does(t("people.makeCoChair"), { type: "seat.makeCoChair", seat, on: true });
    case "endCoChair":
      return does(t("people.endCoChair"), { type: "seat.makeCoChair", seat, on: false });
    case "handOver":
      return does(t("people.handOver"), { type: "seat.handOverChair", seat });
    case "remove":
      return {
        label: `${t("people.remove")}…`,
        name: t("people.remove"),
        icon,
        danger: true,
        onPress: () =>
          ask({
            title: t("people.removeAsk", { name }),
            hint: t("people.removeAskHint", { name }),
            confirm: t("people.remove"),
            onConfirm: () => void send({ type: "seat.remove", seat }),
          }),
      };
  }
}
