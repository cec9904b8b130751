import { Fragment, type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { ChatMessages, ChatSettings } from "../../protocol/twinspace/chat.ts";
import type { SpaceView } from "../../protocol/twinspace/space.ts";
import { chatMessages, switchChat, writeMessage } from "../api/space/talk.ts";
import { isRefused, type Refusal } from "../api.ts";
import { Button, IconButton } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Switch } from "../parts/field.tsx";
import { useNow } from "../parts/use-now.ts";
import type { PageParams } from "../routes.ts";
import { useSpaceNews } from "../use-space-news.ts";
import { ownZone } from "../views/own-zone.ts";
import { personName } from "../views/people-of-space.ts";
import { goesOn } from "../views/said-list.ts";
import { t } from "../words/words.ts";
import { dayIn } from "../words/zoned.ts";
import { sentenceOf, Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { SpaceFrame, SpacePage } from "./twinspace/space-page.tsx";
import { RemovedNotice } from "./twinspace/talk/removed.tsx";
import { SaidCard } from "./twinspace/talk/said-card.tsx";
import { useDraft } from "./twinspace/talk/use-draft.ts";

/** Beside what the line tells: for schools whose filter lets no line through. */
const askAgainMs = 15_000;
/** As protocol/twinspace/chat.ts has it. */
const mostLetters = 1000;

/** `/twinspace/<slug>/chat`: one for all members of the project. */
export default function SpaceChatPage({ params }: { params: PageParams }) {
  return (
    <SpacePage slug={params.slug ?? ""} title={t("space.chat")}>
      {(space, door) => <Chat space={space} door={door} />}
    </SpacePage>
  );
}

function Chat({ space, door }: { space: SpaceView; door: FrontDoor }) {
  const chat = useChat(space.slug);
  const { shown, refusal, again } = chat;
  return (
    <SpaceFrame door={door} section="chat" title={t("space.chat")} intro={t("spaceChat.intro")}>
      {shown?.maySwitch ? <Switches slug={space.slug} settings={shown.settings} again={again} /> : null}
      <Trouble refusal={refusal} again={again} />
      <RemovedNotice changed={again} />
      {shown === undefined ? null : (
        <section className="space-chat" aria-label={t("space.chat")}>
          <Log shown={shown} zone={ownZone(door)} again={again} loadEarlier={chat.loadEarlier} />
          <Writing slug={space.slug} mayWrite={shown.mayWrite} again={again} />
        </section>
      )}
    </SpaceFrame>
  );
}

/** All that is shown is asked for again, so that what was hidden or removed meanwhile is so here too. */
function useChat(slug: string) {
  const [shown, setShown] = useState<ChatMessages>();
  const [refusal, setRefusal] = useState<Refusal>();
  const latest = useRef(0);
  const from = useRef<string | null>(null);

  const again = useCallback(async () => {
    latest.current += 1;
    const mine = latest.current;
    const answer = await chatMessages(slug, { from: from.current });
    if (mine !== latest.current) return;
    if (isRefused(answer)) return setRefusal(answer);
    setRefusal(undefined);
    from.current = answer.value.from ?? from.current;
    setShown(answer.value);
  }, [slug]);

  const loadEarlier = useAct(
    (before: string) => chatMessages(slug, { before }),
    (page) => {
      latest.current += 1;
      from.current = page.from ?? from.current;
      setShown(
        (now) =>
          now && { ...now, messages: [...page.messages, ...now.messages], earlier: page.earlier, from: page.from },
      );
    },
  );

  useEffect(() => {
    void again();
    const timer = setInterval(() => document.visibilityState === "visible" && void again(), askAgainMs);
    return () => {
      clearInterval(timer);
      latest.current += 1;
    };
  }, [again]);
  useSpaceNews(slug, ({ type }) => {
    if (type === "chat" || type === "missed") void again();
  });
  return { shown, refusal, again: () => void again(), loadEarlier };
}

function Log({
  shown: { messages, earlier },
  zone,
  again,
  loadEarlier,
}: {
  shown: ChatMessages;
  zone: string;
  again: () => void;
  loadEarlier: ReturnType<typeof useChat>["loadEarlier"];
}) {
  const log = useFollowed(messages.at(-1)?.id, messages[0]?.id);
  const now = useNow(Date.now, 60_000);
  const dayOf = (at: number) => dayIn(at, zone, now);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className="space-chat__log" role="log" aria-label={t("spaceChat.messages")} ref={log} tabIndex={0}>
      {earlier === null ? null : (
        <Button size="small" aria-disabled={loadEarlier.busy} onClick={() => loadEarlier.run(earlier)}>
          {t("spaceChat.earlier")}
        </Button>
      )}
      <Trouble refusal={loadEarlier.refusal} />
      {messages.length === 0 ? (
        <EmptyState icon="chat-circle-text" title={t("spaceChat.none")}>
          {t("spaceChat.noneHint")}
        </EmptyState>
      ) : null}
      {messages.map((message, i) => {
        const before = messages[i - 1];
        const isNewDay = before === undefined || dayOf(before.at) !== dayOf(message.at);
        const on = !isNewDay && goesOn(before, message);
        return (
          <Fragment key={message.id}>
            {isNewDay ? <p className="space-chat__day soft">{dayOf(message.at)}</p> : null}
            <div className="space-chat__one" data-goes-on={on || undefined}>
              <SaidCard
                kind="message"
                said={message}
                name={t("spaceChat.theMessage", { name: personName(message.author) })}
                label={t("spaceChat.message")}
                goesOn={on}
                timeOnly
                changed={again}
              />
            </div>
          </Fragment>
        );
      })}
    </div>
  );
}

/** Stays at its end while the reader is there; and where they read, while earlier messages come before it. */
function useFollowed(last: string | undefined, first: string | undefined) {
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const height = useRef(0);
  useEffect(() => {
    const shown = list.current;
    if (shown === null) return;
    const noted = () => {
      atEnd.current = shown.scrollHeight - shown.scrollTop - shown.clientHeight < 60;
      height.current = shown.scrollHeight;
    };
    noted();
    shown.addEventListener("scroll", noted, { passive: true });
    return () => shown.removeEventListener("scroll", noted);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a message more is the reason to move
  useLayoutEffect(() => {
    const shown = list.current;
    if (shown === null) return;
    if (atEnd.current) shown.scrollTop = shown.scrollHeight;
    height.current = shown.scrollHeight;
  }, [last]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: earlier messages are the reason to move
  useLayoutEffect(() => {
    const shown = list.current;
    if (shown === null || atEnd.current) return;
    shown.scrollTop += shown.scrollHeight - height.current;
    height.current = shown.scrollHeight;
  }, [first]);
  return list;
}

function Writing({ slug, mayWrite, again }: { slug: string; mayWrite: ChatMessages["mayWrite"]; again: () => void }) {
  const draft = useDraft<"words">("chat", { words: "" });
  const field = useRef<HTMLTextAreaElement>(null);
  const send = useAct(
    (words: string) => writeMessage(slug, words),
    () => {
      draft.forget();
      again();
      field.current?.focus();
    },
  );
  if (mayWrite === "no") return <p className="soft">{t("spaceChat.onlyRead")}</p>;
  const words = draft.text.words;
  const isTooLong = words.length > mostLetters;
  const isStopped = mayWrite !== "yes";
  const go = () => {
    if (words.trim() !== "" && !isTooLong && !isStopped) send.run(words.trim());
  };
  // On a keyboard of glass Enter is a new line, as everywhere there.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    if (!matchMedia("(pointer: fine)").matches) return;
    event.preventDefault();
    go();
  };
  const wrong = isTooLong
    ? t("thing.tooLong", { most: mostLetters })
    : send.refusal === undefined
      ? undefined
      : sentenceOf(send.refusal);
  return (
    <form
      className="space-chat__writing"
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      {isStopped ? <p className="field__hint">{t(`spaceChat.${mayWrite}`)}</p> : null}
      <textarea
        className="input"
        ref={field}
        rows={2}
        aria-label={t("spaceChat.message")}
        aria-invalid={wrong !== undefined || undefined}
        aria-describedby={wrong === undefined ? undefined : "chat-wrong"}
        placeholder={t("spaceChat.message")}
        autoComplete="off"
        value={words}
        readOnly={send.busy}
        onChange={(event) => draft.write("words", event.target.value)}
        onKeyDown={onKeyDown}
      />
      <IconButton
        look="filled"
        icon="paper-plane-right-fill"
        name={t("spaceChat.send")}
        type="submit"
        aria-disabled={send.busy || isStopped}
      />
      <div role="alert">
        {wrong === undefined ? null : (
          <p className="field__error" id="chat-wrong">
            {wrong}
          </p>
        )}
      </div>
    </form>
  );
}

function Switches({ slug, settings, again }: { slug: string; settings: ChatSettings; again: () => void }) {
  const set = useAct((next: ChatSettings) => switchChat(slug, next), again);
  const { open, pupils } = settings;
  return (
    <div className="space-chat__switches">
      <Switch
        label={t("spaceChat.isOpen")}
        checked={open}
        onChange={(event) => set.run({ open: event.target.checked, pupils })}
      />
      <Switch
        label={t("spaceChat.pupilsWrite")}
        checked={pupils}
        disabled={!open}
        onChange={(event) => set.run({ open, pupils: event.target.checked })}
      />
      <Trouble refusal={set.refusal} />
    </div>
  );
}
