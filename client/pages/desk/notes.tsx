import { useId, useState } from "react";
import type { DeskItemSeen } from "../../../protocol/http/desk.ts";
import { noteDown } from "../../api/desk.ts";
import { Button } from "../../parts/button.tsx";
import { TextArea } from "../../parts/field.tsx";
import { actInWords } from "../../views/desk.ts";
import { t } from "../../words/words.ts";
import { dateTimeIn } from "../../words/zoned.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useForm } from "../portal/use-form.ts";

/** What was done and noted, newest first, and a place to note something down for the other desks. */
export function Notes({
  seen: { item, acts },
  zone,
  noted,
}: {
  seen: DeskItemSeen;
  zone: string;
  noted: (seen: DeskItemSeen) => void;
}) {
  const id = useId();
  const [note, write] = useState("");
  const { kind, id: thing, country } = item;
  const form = useForm(
    () => {
      if (note.trim() === "") return { errors: { note: "form.missing" as const } };
      return noteDown({ kind, id: thing, country }, note.trim());
    },
    (seen) => {
      write("");
      noted(seen);
    },
  );
  return (
    <section className="desk-notes" aria-labelledby={id}>
      <h3 id={id}>{t("desk.notes")}</h3>
      <form {...form.props} className="form">
        <TextArea
          label={t("desk.noteLabel")}
          hint={t("desk.noteHint")}
          name="note"
          rows={2}
          maxLength={1000}
          value={note}
          onChange={(event) => write(event.target.value)}
          error={form.error("note")}
        />
        <Trouble refusal={form.refusal} />
        <Button type="submit" size="small" aria-disabled={form.busy}>
          {t("desk.noteDown")}
        </Button>
      </form>
      {acts.length === 0 ? (
        <p className="soft">{t("desk.noActs")}</p>
      ) : (
        <ul className="desk-acts">
          {acts.map(({ id: act, at, by, act: what, note: said }) => (
            <li key={act}>
              <strong>{actInWords(what)}</strong>
              {said === "" ? null : <p className="desk-acts__note">{said}</p>}
              <span className="soft small">
                {t("desk.by", { who: by ?? t("desk.server"), when: dateTimeIn(at, zone) })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
