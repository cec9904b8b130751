import { useCallback, useEffect, useRef, useState } from "react";
import type { ApplicationView } from "../../../../protocol/qualityLabels/applications.ts";
import { qualityLabel, saveApplication, saveApplicationGoing } from "../../../api/quality-label.ts";
import { isRefused } from "../../../api.ts";
import {
  beginLabelForm,
  changesOf,
  chosenText,
  isUnderWay,
  keepLabel,
  keptLabelUnder,
  type LabelField,
  type LabelNow,
  type LabelValue,
  learntOf,
  notAnswered,
  notTaken,
  putLabelBack,
  savedAs,
  sentAs,
  typedInto,
  unsavedFields,
} from "../../../views/label-application.ts";
import type { Saving } from "../../reports/saving-state.tsx";

/** How long after the last letter it is saved; leaving a field saves it at once. */
const afterTypingMs = 800;
/** While there is no connection it is tried again so often. */
const tryAgainMs = 4_000;
const passing = ["offline", "request.tooMany", "command.failed"];

export interface LabelForm extends Saving {
  now: LabelNow;
  /** As the server showed it last. */
  application: ApplicationView;
  type: (field: LabelField, value: LabelValue) => void;
  /** The field was left: save it now. */
  left: () => void;
  /** Of two texts from two windows this one. */
  settle: (criterion: string, text: string) => void;
  /** Saves what is unsaved; answers the version the server then has, or null where it has not everything. */
  saveAll: () => Promise<number | null>;
}

/** An application that saves itself as it is written. `gone`: it is no draft any more. */
export function useApplication(
  slug: string,
  begun: ApplicationView,
  criteria: readonly string[],
  author: string,
  gone: () => void,
): LabelForm {
  const key = keptLabelUnder(author, begun.id);
  const [now, show] = useState(() => putLabelBack(beginLabelForm(begun, criteria), sessionStorage, key));
  const latest = useRef(now);
  const [application, setApplication] = useState(begun);
  const [trouble, setTrouble] = useState<Pick<LabelForm, "state" | "refusal"> | null>(null);
  const [isKept, setKept] = useState(true);
  const running = useRef<Promise<void> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const soon = useRef<() => void>(() => {});
  const over = useRef(gone);
  over.current = gone;

  const become = useCallback(
    (next: LabelNow) => {
      latest.current = next;
      show(next);
      setKept(keepLabel(sessionStorage, key, next));
    },
    [key],
  );

  const save = useCallback(async (): Promise<void> => {
    clearTimeout(timer.current);
    while (running.current !== null) await running.current;
    const going = changesOf(latest.current);
    if (going === null) return;
    const work = async () => {
      become(sentAs(latest.current, going));
      const answer = await saveApplication(slug, going);
      if (!isRefused(answer)) {
        setTrouble(null);
        setApplication(answer.value.application);
        become(savedAs(latest.current, answer.value));
        return soon.current();
      }
      if (answer.refused === "request.malformed") {
        become(notTaken(latest.current, answer.fields ?? []));
        return soon.current();
      }
      become(notAnswered(latest.current));
      if (answer.refused === "label.sent" || answer.refused === "request.notFound") over.current();
      const state =
        answer.refused === "account.signedOut" ? "signedOut" : passing.includes(answer.refused) ? "offline" : "stopped";
      setTrouble({ state, refusal: answer });
    };
    running.current = work().finally(() => {
      running.current = null;
    });
    await running.current;
  }, [become, slug]);

  soon.current = () => {
    clearTimeout(timer.current);
    if (changesOf(latest.current) !== null) timer.current = setTimeout(() => void save(), afterTypingMs);
  };

  // What was kept from before a reload goes to the server by itself.
  useEffect(() => {
    if (changesOf(latest.current) !== null) void save();
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
      const changes = changesOf(latest.current);
      if (changes !== null) saveApplicationGoing(slug, changes);
    };
    // Another window of theirs may have written in it, or an entry that is shown was taken back.
    const look = () => {
      if (document.visibilityState !== "visible" || running.current !== null) return;
      void qualityLabel(slug).then((answer) => {
        if (isRefused(answer) || running.current !== null) return;
        const { application: there } = answer.value;
        if (there?.id !== begun.id || there.state !== "draft") return over.current();
        setApplication(there);
        become(learntOf(latest.current, there));
        soon.current();
      });
    };
    addEventListener("pagehide", going);
    document.addEventListener("visibilitychange", look);
    return () => {
      removeEventListener("pagehide", going);
      document.removeEventListener("visibilitychange", look);
      clearTimeout(timer.current);
    };
  }, [become, slug, begun.id]);

  return {
    ...{ now, application, isKept },
    refusal: trouble?.refusal,
    state: trouble?.state ?? stateOf(now),
    type(field, value) {
      become(typedInto(latest.current, field, value));
      soon.current();
    },
    left() {
      if (changesOf(latest.current) !== null) void save();
    },
    settle(criterion, text) {
      become(chosenText(latest.current, criterion, text));
      void save();
    },
    async saveAll() {
      for (let tries = 0; tries < 3 && changesOf(latest.current) !== null; tries += 1) await save();
      while (running.current !== null) await running.current;
      return unsavedFields(latest.current).length === 0 ? latest.current.version : null;
    },
  };
}

const stateOf = (now: LabelNow): Saving["state"] =>
  isUnderWay(now) ? "saving" : unsavedFields(now).length === 0 ? "saved" : changesOf(now) === null ? "half" : "unsaved";
