import type { ReactNode } from "react";
import type { Answer } from "../../../api.ts";
import { Button } from "../../../parts/button.tsx";
import { TextArea, TextField } from "../../../parts/field.tsx";
import { t } from "../../../words/words.ts";
import { Trouble } from "../../portal/trouble.tsx";
import { useForm } from "../../portal/use-form.ts";
import { useDraft } from "./use-draft.ts";

/** As protocol/twinspace/said.ts has them. */
const mostLetters = 4000;
const mostInTitle = 120;

export interface Written {
  title: string;
  words: string;
}

/** Writing or changing something that people say. What is typed stays until it is sent, through refusals and reloads. */
export function WriteForm<T>({
  where,
  label,
  title,
  hint,
  begin = { title: "", words: "" },
  send,
  mayBeEmpty = false,
  rows = 4,
  first = false,
  onSend,
  done,
  cancel,
  children,
}: {
  /** Under which the draft is kept: one for each thing that is written. */
  where: string;
  /** Of the words. */
  label: string;
  /** Of the title, where there is one. */
  title?: string;
  hint?: ReactNode;
  begin?: Written;
  /** On the button. */
  send: string;
  mayBeEmpty?: boolean;
  rows?: number;
  /** Takes the focus as it appears. */
  first?: boolean;
  onSend: (written: Written) => Promise<Answer<T>>;
  done: (value: T) => void;
  cancel?: () => void;
  children?: ReactNode;
}) {
  const draft = useDraft<"title" | "words">(where, begin);
  const form = useForm(
    () => {
      const written = { title: draft.text.title.trim(), words: draft.text.words.trim() };
      const noTitle = title !== undefined && written.title === "";
      const noWords = !mayBeEmpty && written.words === "";
      if (noTitle || noWords) {
        return {
          errors: {
            ...(noTitle ? { title: "form.missing" as const } : {}),
            ...(noWords ? { words: "form.missing" as const } : {}),
          },
        };
      }
      return onSend(written);
    },
    (value) => {
      draft.forget();
      done(value);
    },
  );
  const tooLong =
    draft.text.words.length > mostLetters ? t("thing.tooLong", { most: mostLetters }) : form.error("words");
  return (
    <form {...form.props} className="form">
      {title === undefined ? null : (
        <TextField
          label={title}
          name="title"
          maxLength={mostInTitle}
          autoComplete="off"
          autoFocus={first}
          value={draft.text.title}
          error={form.error("title")}
          onChange={(event) => draft.write("title", event.target.value)}
        />
      )}
      <TextArea
        label={label}
        hint={hint}
        name="words"
        rows={rows}
        autoFocus={first && title === undefined}
        value={draft.text.words}
        error={tooLong}
        onChange={(event) => draft.write("words", event.target.value)}
      />
      {children}
      <Trouble refusal={form.refusal} />
      <div className="form__acts">
        <Button type="submit" look="filled" aria-disabled={form.busy}>
          {send}
        </Button>
        {cancel === undefined ? null : (
          <Button
            onClick={() => {
              draft.forget();
              cancel();
            }}
          >
            {t("act.cancel")}
          </Button>
        )}
      </div>
    </form>
  );
}
