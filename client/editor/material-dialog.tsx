import { NodeSelection } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { useState } from "react";
import { longestCaption } from "../../domain/text/schema.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { TextArea, TextField } from "../parts/field.tsx";
import { t } from "../words/words.ts";

/** The words of a picture, video or file that is chosen in the text: what it shows, its caption, its title. */
export function MaterialDialog({ view, onClose }: { view: EditorView; onClose: () => void }) {
  const [chosen] = useState(() => (view.state.selection instanceof NodeSelection ? view.state.selection : null));
  const close = () => {
    onClose();
    requestAnimationFrame(() => view.focus());
  };
  if (chosen === null) return null;
  const { type, attrs } = chosen.node;

  const set = (form: FormData) => {
    const transaction = view.state.tr;
    // Somebody else may have written meanwhile: it is where the selection is now.
    const { selection } = view.state;
    if (!(selection instanceof NodeSelection) || selection.node.type !== type) return close();
    for (const name of ["alt", "caption", "title"]) {
      const words = form.get(name);
      if (words !== null && words !== selection.node.attrs[name]) {
        transaction.setNodeAttribute(selection.from, name, String(words).trim());
      }
    }
    view.dispatch(transaction);
    close();
  };
  return (
    <Dialog title={t("editor.words")} onClose={close}>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          set(new FormData(event.currentTarget));
        }}
      >
        {type.name === "image" ? (
          <TextArea
            label={t("editor.alt")}
            hint={t("editor.altHint")}
            name="alt"
            rows={2}
            maxLength={longestCaption}
            defaultValue={String(attrs.alt)}
            data-first
          />
        ) : null}
        {type.name === "file" ? (
          <TextField
            label={t("editor.fileTitle")}
            name="title"
            maxLength={longestCaption}
            defaultValue={String(attrs.title)}
            data-first
          />
        ) : (
          <TextField
            label={t("editor.caption")}
            name="caption"
            maxLength={longestCaption}
            defaultValue={String(attrs.caption)}
          />
        )}
        <div className="form__acts">
          <Button type="submit" look="filled">
            {t("act.save")}
          </Button>
          <Button onClick={close}>{t("act.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}
