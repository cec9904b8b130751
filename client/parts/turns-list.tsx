import { clockLength } from "../words/formats.ts";
import { t } from "../words/words.ts";
import { Face } from "./face.tsx";
import type { ShownPerson } from "./person.ts";
import { Tag } from "./tag.tsx";
import "./turns-list.css";

export interface ShownTurn {
  id: string;
  person: ShownPerson;
  fromMs: number;
  lengthMs: number;
}

/** The turns in their order, each a way to its beginning. */
export function TurnsList({
  turns,
  summary,
  now,
  onGo,
}: {
  turns: readonly ShownTurn[];
  /** "14 turns in 42 minutes" */
  summary: string;
  /** The turn that plays. */
  now: string | null;
  onGo: (fromMs: number) => void;
}) {
  return (
    <section className="turns-list">
      <header className="panel-head">
        <h2>{t("replay.turns")}</h2>
        <p className="soft">{summary}</p>
      </header>
      <ol aria-label={t("replay.turns")}>
        {turns.map((turn) => (
          <li key={turn.id}>
            <button type="button" aria-current={turn.id === now || undefined} onClick={() => onGo(turn.fromMs)}>
              <span className="soft">{clockLength(turn.fromMs)}</span>
              <Face person={turn.person} size="small" />
              <strong className="cut">{turn.person.name}</strong>
              {turn.id === now ? <Tag tone="now">{t("word.now")}</Tag> : <span />}
              <span className="soft">{clockLength(turn.lengthMs)}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
