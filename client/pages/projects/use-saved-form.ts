import { useCallback, useEffect, useRef, useState } from "react";
import { type FieldValue, type FormField, formFields, sameValue } from "../../../domain/projects/form.ts";
import type { ProjectView } from "../../../protocol/http/projects.ts";
import { project as askProject, changeForm, changeFormGoing } from "../../api/projects.ts";
import { isRefused, type Refusal } from "../../api.ts";
import {
  answered,
  beginForm,
  type FormNow,
  heard,
  type KeptFields,
  keepUnsaved,
  keptUnder,
  notAnswered,
  notTaken,
  putBack,
  readKept,
  sent,
  settled,
  toSend,
  typed,
  unsavedFields,
} from "../../views/project-form.ts";

/** How long after the last letter it is saved; leaving a field saves it at once. */
const afterTypingMs = 1_000;
/** How often is looked for what others have written. */
const lookEveryMs = 4_000;

export interface SavedForm {
  form: FormNow;
  type: (field: FormField, value: FieldValue) => void;
  /** The field was left: save it now. */
  left: () => void;
  settle: (field: FormField, value: FieldValue) => void;
  /** Saves everything; then the version of the form that stands here, or why there is none to say yes to. */
  read: () => Promise<number | Refusal>;
  state: "saved" | "unsaved" | "saving" | "offline" | "signedOut" | "stopped";
  /** Why saving stopped for good. */
  refusal: Refusal | undefined;
  /** What this device has from before, and nobody has saved. */
  kept: KeptFields;
  putBack: () => void;
  throwAway: () => void;
}

/** The form of a project that saves itself, field by field. `learned` is told what the server says of the project. */
export function useSavedForm(
  project: ProjectView,
  account: string,
  learned: (project: ProjectView) => void,
): SavedForm {
  const { id } = project;
  const key = keptUnder(account, id);
  const latest = useRef<FormNow>(beginForm(project.form));
  const known = useRef(project.form);
  const [form, show] = useState(latest.current);
  const [kept, setKept] = useState<KeptFields>(() => readKept(localStorage, key, project.form));
  const [trouble, setTrouble] = useState<{ state: "offline" | "signedOut" | "stopped"; refusal: Refusal } | null>(null);
  const running = useRef<Promise<void> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const keptNow = useRef(kept);
  keptNow.current = kept;
  const tell = useRef(learned);
  tell.current = learned;

  const become = useCallback(
    (next: FormNow) => {
      latest.current = next;
      show(next);
      keepUnsaved(localStorage, key, next, keptNow.current);
    },
    [key],
  );

  const save = useCallback(async (): Promise<void> => {
    clearTimeout(timer.current);
    while (running.current !== null) await running.current;
    const changes = toSend(latest.current);
    if (changes.length === 0) return;
    const work = async () => {
      become(sent(latest.current, changes));
      const answer = await changeForm(id, { changes });
      if (!isRefused(answer)) {
        setTrouble(null);
        return become(answered(latest.current, answer.value));
      }
      if (answer.fields?.length) {
        const fields = answer.fields.map((path) => changes[Number(/^changes\.(\d+)/.exec(path)?.[1])]?.field ?? path);
        return become(notTaken(latest.current, fields));
      }
      become(notAnswered(latest.current));
      const isOver =
        answer.refused !== "offline" && answer.refused !== "request.tooMany" && answer.refused !== "command.failed";
      const state = answer.refused === "account.signedOut" ? "signedOut" : isOver ? "stopped" : "offline";
      setTrouble({ state, refusal: answer });
    };
    running.current = work().finally(() => {
      running.current = null;
    });
    await running.current;
  }, [become, id]);

  const soon = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void save(), afterTypingMs);
  }, [save]);

  useEffect(() => {
    const look = async () => {
      if (document.visibilityState === "hidden") return;
      if (toSend(latest.current).length > 0) await save();
      const answer = await askProject(id);
      if (isRefused(answer)) return;
      known.current = answer.value.form;
      if (running.current === null) become(heard(latest.current, answer.value.form));
      tell.current(answer.value);
    };
    const looking = setInterval(() => void look(), lookEveryMs);
    return () => clearInterval(looking);
  }, [become, id, save]);

  useEffect(() => {
    const going = () => {
      const changes = toSend(latest.current);
      if (changes.length > 0) changeFormGoing(id, { changes });
    };
    addEventListener("pagehide", going);
    return () => {
      removeEventListener("pagehide", going);
      clearTimeout(timer.current);
    };
  }, [id]);

  const waits = unsavedFields(form).length > 0;
  const isSending = Object.values(form).some(({ sending }) => sending !== undefined);
  return {
    form,
    kept,
    state: trouble?.state ?? (isSending ? "saving" : waits ? "unsaved" : "saved"),
    refusal: trouble?.refusal,
    type(field, value) {
      become(typed(latest.current, field, value));
      soon();
    },
    left() {
      if (toSend(latest.current).length > 0) void save();
    },
    settle(field, value) {
      become(settled(latest.current, field, value));
      void save();
    },
    async read() {
      for (let tries = 0; tries < 3 && toSend(latest.current).length > 0; tries += 1) await save();
      const shown = latest.current;
      if (unsavedFields(shown).length > 0) return { refused: "project.incomplete" };
      const answer = await askProject(id);
      if (isRefused(answer)) return answer;
      const { form: theirs, version } = answer.value;
      become(heard(latest.current, theirs));
      const isRead = formFields.every((field) => sameValue(shown[field].value, theirs[field].value));
      return isRead ? version : { refused: "project.changed" };
    },
    putBack() {
      const back = keptNow.current;
      keptNow.current = {};
      setKept({});
      become(putBack(latest.current, back, known.current));
      void save();
    },
    throwAway() {
      keptNow.current = {};
      setKept({});
      become(latest.current);
    },
  };
}
