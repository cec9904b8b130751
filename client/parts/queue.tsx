import { type ReactNode, useEffect, useRef, useState } from "react";
import { t } from "../words/words.ts";
import { Face } from "./face.tsx";
import { Icon } from "./icon.tsx";
import { Menu, type MenuAct } from "./menu.tsx";
import type { ShownPerson } from "./person.ts";
import { Place } from "./place.tsx";
import "./queue.css";

export interface ShownHand {
  /** Their place, from 1. */
  place: number;
  person: ShownPerson;
  /** They lost their connection; the place is kept. */
  comingBack?: boolean;
}

export interface QueueActs {
  onMove: (seat: string, toPlace: number) => void;
  onGiveTurn?: ((seat: string) => void) | undefined;
  onLower?: ((seat: string) => void) | undefined;
}

const placeWords = (place: number) => t("queue.place", { place });

/**
 * The raised hands as a line drawn from the floor, in the server's order. The chair moves hands by dragging or by "Move up" and
 * "Move down" in the menu of each.
 */
export function Queue({
  hands,
  lit,
  free = !lit,
  aside,
  acts,
}: {
  hands: readonly ShownHand[];
  /** True while somebody has the floor. */
  lit: boolean;
  /** A raised hand would get the floor at once: whoever looks is asked to raise one. */
  free?: boolean;
  /** Beside the heading: how the floor goes on. */
  aside?: ReactNode;
  /** Only for who may reorder. */
  acts?: QueueActs | undefined;
}) {
  const [all, setAll] = useState(false);
  const line = useRef<HTMLOListElement>(null);
  const fits = useFitting(line, hands.length);
  const shown = all ? hands : hands.slice(0, fits);
  const more = hands.length - shown.length;
  return (
    <section className="queue">
      <header className="queue__head">
        <h2>{t("queue.name")}</h2>
        <p className="soft">{hands.length === 0 ? "" : t("queue.handsUp", { count: hands.length })}</p>
        {aside}
      </header>
      <div className="queue__line">
        <span className="queue__floor" data-lit={lit || undefined} aria-hidden="true">
          <span>
            <Icon name={lit ? "microphone-fill" : "microphone"} />
          </span>
          {t("queue.onFloor")}
        </span>
        <ol ref={line} aria-label={t("queue.name")} data-all={all || undefined}>
          {shown.map((hand) => (
            <Hand key={hand.person.id} hand={hand} last={hands.length} acts={acts} />
          ))}
          {more > 0 ? (
            <li className="queue__more">
              <button type="button" className="button button--plain" onClick={() => setAll(true)}>
                {t("queue.more", { count: more })}
              </button>
            </li>
          ) : null}
        </ol>
        {hands.length === 0 ? (
          <p className="queue__nobody soft">{free ? t("queue.nobody") : t("floor.listenNobody")}</p>
        ) : null}
      </div>
    </section>
  );
}

function Hand({ hand, last, acts }: { hand: ShownHand; last: number; acts: QueueActs | undefined }) {
  const { person, place, comingBack = false } = hand;
  const [over, setOver] = useState(false);
  return (
    <li
      className="hand"
      data-mine={person.you || undefined}
      data-away={comingBack || undefined}
      data-over={over || undefined}
      draggable={acts !== undefined}
      onDragStart={(event) => event.dataTransfer.setData("text/plain", person.id)}
      onDragOver={(event) => {
        if (acts === undefined) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const dragged = event.dataTransfer.getData("text/plain");
        if (dragged !== "" && dragged !== person.id) acts?.onMove(dragged, place);
      }}
    >
      <span className="hand__place">{placeWords(place)}</span>
      <Face person={person} />
      <span className="hand__who">
        <strong className="cut">{person.you ? t("word.you") : person.name}</strong>
        {comingBack ? (
          <span className="soft">{t("queue.comingBack")}</span>
        ) : (
          <Place country={person.country}>{person.town ?? person.school ?? ""}</Place>
        )}
      </span>
      {acts === undefined ? null : (
        <Menu
          name={t("queue.drag", { name: person.name })}
          title={person.name}
          trigger={<Icon name="dots-six-vertical" />}
          className="hand__handle"
          acts={handActs(hand, last, acts)}
        />
      )}
    </li>
  );
}

function handActs({ person, place }: ShownHand, last: number, acts: QueueActs): MenuAct[] {
  const { onGiveTurn, onLower, onMove } = acts;
  return [
    { label: t("queue.moveUp"), icon: "arrow-up", disabled: place === 1, onPress: () => onMove(person.id, place - 1) },
    {
      label: t("queue.moveDown"),
      icon: "arrow-down",
      disabled: place === last,
      onPress: () => onMove(person.id, place + 1),
    },
    ...(onGiveTurn === undefined
      ? []
      : [{ label: t("people.giveTurn"), icon: "microphone" as const, onPress: () => onGiveTurn(person.id) }]),
    ...(onLower === undefined
      ? []
      : [{ label: t("people.lowerHand"), icon: "hand-arrow-down" as const, onPress: () => onLower(person.id) }]),
  ];
}

/** How many hands the line has room for; all of them where the line stands upright (phone). */
function useFitting(line: React.RefObject<HTMLOListElement | null>, wanted: number): number {
  const [fits, setFits] = useState(Number.POSITIVE_INFINITY);
  useEffect(() => {
    const list = line.current;
    if (list === null) return;
    const measure = () => {
      const seat = list.querySelector<HTMLElement>(".hand");
      if (seat === null || getComputedStyle(list).flexWrap === "wrap") return setFits(Number.POSITIVE_INFINITY);
      const { columnGap, paddingLeft, paddingRight } = getComputedStyle(list);
      const gap = Number.parseFloat(columnGap) || 0;
      const width = list.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
      const room = Math.floor((width + gap) / (seat.offsetWidth + gap));
      setFits(
        room >= wanted
          ? Number.POSITIVE_INFINITY
          : Math.max(1, Math.floor((width + gap - 120) / (seat.offsetWidth + gap))),
      );
    };
    const observer = new ResizeObserver(measure);
    observer.observe(list);
    measure();
    return () => observer.disconnect();
  }, [line, wanted]);
  return fits;
}
