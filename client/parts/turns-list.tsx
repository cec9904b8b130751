import { useEffect, useRef } from "react";
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
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (now !== null) showInList(list.current);
  }, [now]);
  return (
    <section className="turns-list">
      <header className="panel-head">
        <h2>{t("replay.turns")}</h2>
        <p className="soft">{summary}</p>
      </header>
      <ol aria-label={t("replay.turns")} ref={list}>
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

/** Scrolls the list alone, never the page, so far that the turn that plays is seen. */
function showInList(list: HTMLOListElement | null): void {
  const chosen = list?.querySelector("[aria-current]");
  if (!list || !chosen) return;
  const [around, own] = [list.getBoundingClientRect(), chosen.getBoundingClientRect()];
  const margin = 8;
  if (own.top < around.top + margin) list.scrollTop -= around.top + margin - own.top;
  else if (own.bottom > around.bottom - margin) list.scrollTop += own.bottom - around.bottom + margin;
}
