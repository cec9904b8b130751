import { type Answer, isRefused } from "../../api.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { TextArea } from "../../parts/field.tsx";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useForm } from "../portal/use-form.ts";

/** As protocol/http/partners.ts has it. */
const fewestLetters = 20;

/** What one writes to somebody for the first time. A refusal is said at the words, which stay. */
export function WriteDialog<T>({
  title,
  name,
  send,
  done,
  onClose,
}: {
  title: string;
  /** Of the field, as the server calls it. */
  name: string;
  send: (words: string) => Promise<Answer<T>>;
  done: (value: T) => void;
  onClose: () => void;
}) {
  const form = useForm((fields) => {
    const words = String(fields.get(name)).trim();
    if (words.length < fewestLetters) return { errors: { [name]: "partners.noteShort" } };
    return send(words).then((answer) =>
      // The sentence of these is about the words; the field's own would only say that they do not fit.
      isRefused(answer) && answer.refused.startsWith("contact.") ? { ...answer, fields: [] } : answer,
    );
  }, done);
  return (
    <Dialog title={title} onClose={onClose}>
      <form {...form.props} className="form">
        <TextArea
          label={t("partners.note")}
          hint={t("partners.noteHint")}
          name={name}
          rows={6}
          maxLength={1000}
          data-first
          error={form.error(name)}
        />
        <Trouble refusal={form.refusal} />
        <div className="form__acts">
          <Button type="submit" look="filled" aria-disabled={form.busy}>
            {t("partners.send")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
