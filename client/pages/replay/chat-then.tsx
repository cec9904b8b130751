import { useLayoutEffect, useRef } from "react";
import { Face } from "../../parts/face.tsx";
import type { Moment } from "../../views/replay.ts";
import { clockLength } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import "../../parts/chat.css";

/** The chat as it stood at this moment; a message's time is the way to it. */
export function ChatThen({
  moment: { messages },
  positionMs,
  onGo,
}: {
  moment: Moment;
  positionMs: number;
  onGo: (ms: number) => void;
}) {
  const list = useRef<HTMLOListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message is the reason to go to the end
  useLayoutEffect(() => {
    if (list.current !== null) list.current.scrollTop = list.current.scrollHeight;
  }, [messages.length]);
  return (
    <section className="chat">
      <header className="panel-head">
        <h2>{t("chat.name")}</h2>
        <p className="soft">{t("replay.chatAt", { time: clockLength(positionMs) })}</p>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <ol className="chat__log" aria-label={t("chat.name")} ref={list} tabIndex={0}>
        {messages.length === 0 ? <li className="soft small">{t("replay.chatNone")}</li> : null}
        {messages.map(({ id, atMs, person, text }) => (
          <li key={id} className="message">
            <Face person={person} size="small" />
            <div>
              <p className="message__head">
                <strong>{person.name}</strong>
                <button
                  type="button"
                  className="message__time"
                  aria-label={t("replay.goTo", { time: clockLength(atMs) })}
                  onClick={() => onGo(atMs)}
                >
                  {clockLength(atMs)}
                </button>
              </p>
              <p className={`message__text${text === undefined ? " soft" : ""}`}>{text ?? t("chat.erased")}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
