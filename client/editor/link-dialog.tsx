import { toggleMark } from "prosemirror-commands";
import type { EditorState } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { useState } from "react";
import { isHref, textSchema } from "../../domain/text/schema.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { TextField } from "../parts/field.tsx";
import { t } from "../words/words.ts";

const { link } = textSchema.marks;

/** The stretch with the same link around the caret, or what is marked. */
function stretchOf({ selection, doc }: EditorState): { from: number; to: number; href: string } {
  const { $from, from, to, empty } = selection;
  const mark = link.isInSet($from.marks()) ?? link.isInSet(doc.nodeAt(from)?.marks ?? []);
  const href = String(mark?.attrs.href ?? "");
  if (!empty || !mark) return { from, to, href };
  let [start, end] = [from, to];
  const block = $from.start();
  $from.parent.forEach((node, offset) => {
    const [begins, ends] = [block + offset, block + offset + node.nodeSize];
    if (mark.isInSet(node.marks) && begins <= from && ends >= from) [start, end] = [begins, ends];
  });
  return { from: start, to: end, href };
}

/** "example.org" is meant as an address on the web, "a@b.org" as a mailbox. */
export function meantBy(written: string): string {
  const text = written.trim();
  if (/^(https?:|mailto:)/i.test(text)) return text;
  return /^[^\s@/]+@[^\s@/]+$/.test(text) ? `mailto:${text}` : `https://${text}`;
}

/** Asks where a link leads, and what it is called where nothing is marked. */
export function LinkDialog({ view, onClose }: { view: EditorView; onClose: () => void }) {
  const [stretch] = useState(() => stretchOf(view.state));
  const [wrong, setWrong] = useState(false);
  const isBare = stretch.from === stretch.to;

  const close = () => {
    onClose();
    requestAnimationFrame(() => view.focus());
  };
  const remove = () => {
    view.dispatch(view.state.tr.removeMark(stretch.from, stretch.to, link));
    close();
  };
  const set = (form: FormData) => {
    const href = meantBy(String(form.get("href")));
    if (!isHref(href)) return setWrong(true);
    const mark = link.create({ href });
    const transaction = view.state.tr;
    if (isBare) {
      const words = String(form.get("words")).trim() || String(form.get("href")).trim();
      transaction.replaceSelectionWith(textSchema.text(words, [mark]), false);
    } else {
      transaction.removeMark(stretch.from, stretch.to, link).addMark(stretch.from, stretch.to, mark);
    }
    view.dispatch(transaction.removeStoredMark(link).scrollIntoView());
    close();
  };
  return (
    <Dialog title={t("editor.link")} onClose={close}>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          set(new FormData(event.currentTarget));
        }}
      >
        <TextField
          label={t("editor.linkTo")}
          hint={t("editor.linkToHint")}
          name="href"
          type="url"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          maxLength={2000}
          defaultValue={stretch.href}
          data-first
          error={wrong ? t("editor.linkWrong") : undefined}
          onChange={() => setWrong(false)}
        />
        {isBare ? <TextField label={t("editor.linkWords")} name="words" maxLength={300} autoComplete="off" /> : null}
        <div className="form__acts">
          <Button type="submit" look="filled">
            {t("editor.linkSet")}
          </Button>
          {stretch.href === "" ? null : <Button onClick={remove}>{t("editor.linkRemove")}</Button>}
          <Button onClick={close}>{t("act.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Whether a link can stand where the caret is. */
export const mayLink = (state: EditorState): boolean =>
  toggleMark(link, { href: "https://a.b" })(state) || state.selection.empty;
