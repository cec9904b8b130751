import { useCallback, useEffect, useRef, useState } from "react";
import type { EntryBody, EntryField, EntryView } from "../../../protocol/reports/entries.ts";
import { entry as askEntry, saveEntry, saveEntryGoing } from "../../api/reports.ts";
import { isRefused, type Refusal } from "../../api.ts";
import { useSpaceNews } from "../../use-space-news.ts";
import {
  answeredWith,
  beginEntryForm,
  type EntryNow,
  type EntryValue,
  heardOf,
  insistedOn,
  isSending,
  keepEntry,
  keptEntryUnder,
  notAnsweredTo,
  notTakenOf,
  putKeptBack,
  sentOf,
  settledOn,
  toSendOf,
  typedIn,
  unsavedIn,
} from "../../views/report-form.ts";
import { useSeldom } from "./use-seldom.ts";

/** How long after the last letter it is saved; leaving a field saves it at once. */
const afterTypingMs = 800;
/** Somebody else who types tells of each of their saves. */
const newsEveryMs = 700;
/** While there is no connection it is tried again so often. */
const tryAgainMs = 4_000;

export interface EntryForm {
  now: EntryNow;
  /** As the server showed it last. */
  entry: EntryView;
  type: <F extends EntryField>(field: F, value: EntryBody[F]) => void;
  /** The field was left: save it now. */
  left: () => void;
  settle: (field: EntryField, value: EntryValue) => void;
  /** Saves what is unsaved; answers whether the server has everything that stands here. */
  saveAll: () => Promise<boolean>;
  /** Saves what was refused because it seems to name a pupil: it names none. */
  insist: () => void;
  /** It was shared, taken back. */
  became: (entry: EntryView) => void;
  /** `half`: the server has everything but what is not complete yet or waits to be chosen. */
  state: "saved" | "unsaved" | "saving" | "half" | "offline" | "signedOut" | "stopped";
  /** Why saving stopped. */
  refusal: Refusal | undefined;
  /** False where this browser keeps nothing, so that a reload would lose what is unsaved. */
  isKept: boolean;
}

type TroubleNow = { state: "offline" | "signedOut" | "stopped"; refusal: Refusal };
const passing = ["offline", "request.tooMany", "command.failed"];

/** An entry that saves itself as it is typed, by whoever writes in it at the same time. */
export function useEntryForm(slug: string, begun: EntryView, author: string): EntryForm {
  const { id } = begun;
  const key = keptEntryUnder(author, id);
  const [now, show] = useState<EntryNow>(() => putKeptBack(beginEntryForm(begun), sessionStorage, key));
  const latest = useRef(now);
  const [entry, setEntry] = useState(begun);
  const [trouble, setTrouble] = useState<TroubleNow | null>(null);
  const [isKept, setKept] = useState(true);
  const running = useRef<Promise<void> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  /** Saves what there is to save, in a moment. */
  const soon = useRef<() => void>(() => {});

  const become = useCallback(
    (next: EntryNow) => {
      latest.current = next;
      show(next);
      setKept(keepEntry(sessionStorage, key, next));
    },
    [key],
  );

  const save = useCallback(
    async (sure = false): Promise<void> => {
      clearTimeout(timer.current);
      while (running.current !== null) await running.current;
      const found = toSendOf(latest.current);
      if (found === null) return;
      const going = { ...found, sure };
      const work = async () => {
        become(sentOf(latest.current, going));
        const answer = await saveEntry(slug, id, going);
        if (!isRefused(answer)) {
          setTrouble(null);
          setEntry(answer.value.entry);
          become(answeredWith(latest.current, answer.value));
          // Put together with what somebody else wrote, or typed since.
          return soon.current();
        }
        // `changes.title.0` of what does not fit, `title` of what its readers could not read like this.
        const fields = answer.fields?.flatMap((path) => /^(?:changes\.)?(\w+)/.exec(path)?.[1] ?? []) ?? [];
        if (answer.refused === "request.malformed" || fields.length > 0) {
          become(notTakenOf(latest.current, fields, answer.refused));
          // What was sent along is well, and goes by itself.
          return soon.current();
        }
        become(notAnsweredTo(latest.current));
        const state =
          answer.refused === "account.signedOut"
            ? "signedOut"
            : passing.includes(answer.refused)
              ? "offline"
              : "stopped";
        setTrouble({ state, refusal: answer });
      };
      running.current = work().finally(() => {
        running.current = null;
      });
      await running.current;
    },
    [become, slug, id],
  );

  soon.current = () => {
    clearTimeout(timer.current);
    if (toSendOf(latest.current) !== null) timer.current = setTimeout(() => void save(), afterTypingMs);
  };

  // What was kept from before a reload goes to the server by itself.
  useEffect(() => {
    if (toSendOf(latest.current) !== null) void save();
  }, [save]);

  const isOffline = trouble?.state === "offline";
  useEffect(() => {
    if (!isOffline) return;
    const again = () => void save();
    const trying = setInterval(again, tryAgainMs);
    addEventListener("online", again);
    return () => {
      clearInterval(trying);
      removeEventListener("online", again);
    };
  }, [isOffline, save]);

  useEffect(() => {
    const going = () => {
      const changes = toSendOf(latest.current);
      if (changes !== null) saveEntryGoing(slug, id, changes);
    };
    addEventListener("pagehide", going);
    return () => {
      removeEventListener("pagehide", going);
      clearTimeout(timer.current);
    };
  }, [slug, id]);

  const look = useSeldom(() => {
    // The answer to a save tells the same.
    if (running.current !== null) return;
    void askEntry(slug, id).then((answer) => {
      if (isRefused(answer) || running.current !== null) return;
      setEntry(answer.value.entry);
      become(heardOf(latest.current, answer.value.entry));
      soon.current();
    });
  }, newsEveryMs);
  useSpaceNews(slug, ({ type }) => {
    if (type !== "chat" && type !== "page") look();
  });

  const unsaved = unsavedIn(now);
  return {
    now,
    entry,
    isKept,
    refusal: trouble?.refusal,
    state:
      trouble?.state ??
      (isSending(now) ? "saving" : unsaved.length === 0 ? "saved" : toSendOf(now) === null ? "half" : "unsaved"),
    type(field, value) {
      become(typedIn(latest.current, field, value));
      soon.current();
    },
    left() {
      if (toSendOf(latest.current) !== null) void save();
    },
    settle(field, value) {
      become(settledOn(latest.current, field, value));
      void save();
    },
    async saveAll() {
      for (let tries = 0; tries < 3 && toSendOf(latest.current) !== null; tries += 1) await save();
      while (running.current !== null) await running.current;
      return unsavedIn(latest.current).length === 0;
    },
    insist() {
      become(insistedOn(latest.current));
      void save(true);
    },
    became(next) {
      setEntry(next);
      become(heardOf(latest.current, next));
    },
  };
}
