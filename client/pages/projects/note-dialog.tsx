import { useState } from "react";
import type { Answer } from "../../api.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { TextArea } from "../../parts/field.tsx";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useForm } from "../portal/use-form.ts";

/** A button that asks for a note, and does it then. `needed`: without a note it is not done. */
export function NoteButton<T>({
  label,
  title,
  hint,
  needed,
  danger = false,
  send,
  done,
}: {
  label: string;
  title: string;
  hint: string;
  needed: boolean;
  danger?: boolean;
  send: (note: string) => Promise<Answer<T>>;
  done: (value: T) => void;
}) {
  const [isOpen, open] = useState(false);
  const form = useForm<T>(
    (fields) => {
      const note = String(fields.get("note")).trim();
      return needed && note === "" ? { errors: { note: "form.missing" as const } } : send(note);
    },
    (value) => {
      open(false);
      done(value);
    },
  );
  return (
    <>
      <Button look={danger ? "danger" : "outlined"} onClick={() => open(true)}>
        {label}
      </Button>
      {isOpen ? (
        <Dialog title={title} onClose={() => open(false)}>
          <form {...form.props} className="form">
            <p>{hint}</p>
            <TextArea
              label={t(needed ? "projects.noteReason" : "projects.note")}
              name="note"
              maxLength={2000}
              hint={needed ? undefined : t("projects.noteOptional")}
              error={form.error("note")}
            />
            <Trouble refusal={form.refusal} />
            <div className="form__acts">
              <Button onClick={() => open(false)}>{t("act.cancel")}</Button>
              <Button type="submit" look={danger ? "danger" : "filled"} aria-disabled={form.busy}>
                {label}
              </Button>
            </div>
          </form>
        </Dialog>
      ) : null}
    </>
  );
}
