import type { Reaction } from "../../protocol/meeting.ts";
import { reactionIcons, reactionWords } from "../views/reactions.ts";
import { t } from "../words/words.ts";
import { Face } from "./face.tsx";
import { Icon } from "./icon.tsx";
import { Menu, type MenuAct } from "./menu.tsx";
import type { ShownPerson } from "./person.ts";
import { Flag } from "./place.tsx";
import "./people.css";

export interface ShownSeat {
  person: ShownPerson;
  /** One word or two: "speaking", "hand up", "waiting 2:05", "chair". */
  state: string;
  speaking?: boolean;
  /** Their place in the queue. */
  place?: number | undefined;
  chair?: boolean;
  coChair?: boolean;
  away?: boolean;
  muted?: boolean;
  /** Shown for a moment. */
  reaction?: Reaction | undefined;
  /** What may be done about them; none, no menu. */
  acts?: readonly MenuAct[];
}

/** Everybody in the room: tiles for pupils, rows with their acts for the chair. */
export function People({
  seats,
  summary,
  look,
}: {
  seats: readonly ShownSeat[];
  /** "8 here, 2 schools" */
  summary: string;
  look: "tiles" | "rows";
}) {
  return (
    <section className={`people people--${look}`}>
      <header className="panel-head">
        <h2>{t("people.name")}</h2>
        <p className="soft">{summary}</p>
      </header>
      {/* What scrolls must be reachable by keyboard. */}
      <ul aria-label={t("people.name")} tabIndex={look === "tiles" ? 0 : undefined}>
        {seats.map((seat) => (
          <Seat key={seat.person.id} seat={seat} look={look} />
        ))}
      </ul>
    </section>
  );
}

function Seat({ seat, look }: { seat: ShownSeat; look: "tiles" | "rows" }) {
  const { person, acts = [] } = seat;
  const name = person.you ? (look === "tiles" ? t("word.you") : t("word.withYou", { name: person.name })) : person.name;
  const state = seat.reaction === undefined ? seat.state : reactionWords(seat.reaction);
  return (
    <li
      className="seat"
      data-speaking={seat.speaking || undefined}
      data-away={seat.away || undefined}
      data-you={person.you || undefined}
    >
      <span className="seat__face">
        <Face person={person} size="large" />
        <Badge seat={seat} />
        {person.country === undefined || look === "rows" ? null : <Flag country={person.country} />}
      </span>
      <span className="seat__words">
        <strong className="cut">{name}</strong>
        <span className="seat__state">
          {person.country === undefined || look === "tiles" ? null : <Flag country={person.country} />}
          <span className="cut">{state}</span>
        </span>
      </span>
      {acts.length === 0 ? null : (
        <Menu
          name={t("people.actionsFor", { name: person.name })}
          title={person.name}
          trigger={<Icon name="dots-three-vertical" />}
          className="seat__menu"
          acts={acts}
        />
      )}
    </li>
  );
}

function Badge({ seat }: { seat: ShownSeat }) {
  if (seat.reaction !== undefined) {
    return (
      <span className="seat__badge" aria-hidden="true">
        <Icon name={reactionIcons[seat.reaction]} />
      </span>
    );
  }
  if (seat.speaking) {
    return (
      <span className="seat__badge seat__badge--lamp" aria-hidden="true">
        <Icon name="microphone-fill" />
      </span>
    );
  }
  if (seat.place !== undefined) {
    return (
      <span className="seat__badge" aria-hidden="true">
        {seat.place}
      </span>
    );
  }
  const icon = seat.muted
    ? "microphone-slash"
    : seat.away
      ? "wifi-slash"
      : seat.chair || seat.coChair
        ? "star-fill"
        : null;
  if (icon === null) return null;
  return (
    <span className="seat__badge" aria-hidden="true">
      <Icon name={icon} />
    </span>
  );
}
