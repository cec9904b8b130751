import type { ReactNode } from "react";
import { t } from "../words/words.ts";
import { Button, IconButton } from "./button.tsx";
import { Face } from "./face.tsx";
import type { ShownPerson } from "./person.ts";
import { Flag, Place } from "./place.tsx";
import "./lobby-list.css";

export interface ShownKnock {
  person: ShownPerson;
  /** "Pupil, Oulu", or "Kind unknown": what cannot be verified is said. */
  from: string;
  /** Instead of `from`: the same words with a way to correct them. */
  correct?: ReactNode;
}

/** Who waits to be let in, for who may admit. */
export function LobbyList({
  knocks,
  onAdmit,
  onTurnAway,
  onAdmitAll,
}: {
  knocks: readonly ShownKnock[];
  onAdmit: (seat: string) => void;
  onTurnAway: (seat: string) => void;
  onAdmitAll: () => void;
}) {
  return (
    <section className="lobby-list">
      <header className="panel-head">
        <h2>{t("lobby.name")}</h2>
        <p className="soft">{t("lobby.waiting", { count: knocks.length })}</p>
        <Button size="small" onClick={onAdmitAll}>
          {t("lobby.admitAll")}
        </Button>
      </header>
      <ul aria-label={t("lobby.name")}>
        {knocks.map(({ person, from, correct }) => (
          <li key={person.id}>
            <Face person={person} />
            <span className="lobby-list__who">
              <strong className="cut">{person.name}</strong>
              {correct === undefined ? (
                <span className="small soft">
                  <Place country={person.country}>{from}</Place>
                </span>
              ) : (
                <span className="small soft lobby-list__correct">
                  {person.country === undefined ? null : <Flag country={person.country} named />}
                  {correct}
                </span>
              )}
            </span>
            <Button
              look="filled"
              size="small"
              aria-label={t("lobby.admitName", { name: person.name })}
              onClick={() => onAdmit(person.id)}
            >
              {t("lobby.admit")}
            </Button>
            <IconButton
              look="outlined"
              size="small"
              icon="x"
              name={t("lobby.turnAwayName", { name: person.name })}
              onClick={() => onTurnAway(person.id)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
