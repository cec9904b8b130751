import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { clockTime } from "../words/formats.ts";
import { t } from "../words/words.ts";
import { IconButton } from "./button.tsx";
import { Face } from "./face.tsx";
import type { ShownPerson } from "./person.ts";
import "./chat.css";

export interface ShownMessage {
  id: string;
  person: ShownPerson;
  /** When, in milliseconds since 1970. */
  at: number;
  /** Missing when its words were erased. */
  text?: string | undefined;
  /** Only for my own: on its way, or it did not get through. */
  state?: "sending" | "notSent" | undefined;
}

/** The longest message the protocol takes. */
const maxLength = 2000;

/** What everybody writes. New messages are read aloud by the log itself; the list follows them unless somebody scrolled up. */
export function Chat({
  messages,
  onSend,
  stopped = false,
  aside,
  timeOf = clockTime,
}: {
  messages: readonly ShownMessage[];
  /** False keeps the text in the box. */
  onSend?: (text: string) => Promise<boolean>;
  /** Frozen or over: reading only. */
  stopped?: boolean;
  aside?: ReactNode;
  /** How a message's time is written; replays count from the beginning. */
  timeOf?: (at: number) => string;
}) {
  const log = useFollowed(messages.length);
  return (
    <section className="chat">
      <header className="panel-head">
        <h2>{t("chat.name")}</h2>
        <p className="soft">{stopped ? t("chat.stopped") : t("chat.everybody")}</p>
        {aside}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className="chat__log" role="log" aria-label={t("chat.name")} ref={log} tabIndex={0}>
        {messages.length === 0 ? <p className="soft small">{t("chat.nobody")}</p> : null}
        {messages.map((message) => (
          <Message key={message.id} message={message} timeOf={timeOf} />
        ))}
      </div>
      {onSend === undefined ? null : <Writing onSend={onSend} stopped={stopped} />}
    </section>
  );
}

function Message({ message, timeOf }: { message: ShownMessage; timeOf: (at: number) => string }) {
  const { person, text, state } = message;
  return (
    <article className="message" data-state={state}>
      <Face person={person} size="small" />
      <div>
        <p className="message__head">
          <strong>{person.you ? t("word.you") : person.name}</strong>
          <span className="soft">
            {state === undefined ? timeOf(message.at) : t(state === "sending" ? "chat.sending" : "chat.notSent")}
          </span>
        </p>
        <p className={`message__text${text === undefined ? " soft" : ""}`}>{text ?? t("chat.erased")}</p>
      </div>
    </article>
  );
}

function Writing({ onSend, stopped }: { onSend: (text: string) => Promise<boolean>; stopped: boolean }) {
  const [text, setText] = useState("");
  const [sending, setSending] = useState(false);
  const send = async () => {
    const words = text.trim();
    if (words === "" || sending || stopped) return;
    setSending(true);
    const sent = await onSend(words);
    setSending(false);
    if (sent) setText("");
  };
  return (
    <form
      className="chat__writing"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <input
        className="input"
        type="text"
        aria-label={t("chat.message")}
        placeholder={t("chat.message")}
        maxLength={maxLength}
        autoComplete="off"
        value={text}
        readOnly={sending}
        disabled={stopped}
        onChange={(event) => setText(event.target.value)}
      />
      <IconButton look="filled" icon="paper-plane-right-fill" name={t("chat.send")} type="submit" disabled={stopped} />
    </form>
  );
}

/** Keeps a scrolled list at its end while the reader is there; leaves it alone when they scrolled up. */
function useFollowed(count: number) {
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useEffect(() => {
    const shown = list.current;
    if (shown === null) return;
    const noted = () => {
      atEnd.current = shown.scrollHeight - shown.scrollTop - shown.clientHeight < 40;
    };
    shown.addEventListener("scroll", noted, { passive: true });
    return () => shown.removeEventListener("scroll", noted);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message is the reason to follow
  useLayoutEffect(() => {
    if (list.current !== null && atEnd.current) list.current.scrollTop = list.current.scrollHeight;
  }, [count]);
  return list;
}
