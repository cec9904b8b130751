import { useState } from "react";
import type { CommentKind } from "../../../protocol/reports/comments.ts";
import type { DeskReport } from "../../../protocol/reports/desk.ts";
import type { EntryView } from "../../../protocol/reports/entries.ts";
import { writeComment } from "../../api/report-desk.ts";
import { Button } from "../../parts/button.tsx";
import { Checkbox, Select, TextArea, TextField } from "../../parts/field.tsx";
import { countryName } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { useKeptText } from "../mail/use-kept-text.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useForm } from "../portal/use-form.ts";
import { titleOfEntry } from "../reports/entry-card.tsx";
import { useOpened } from "../reports/use-opened.ts";

/** The words of whoever speaks for the central service, in a list of countries. */
const central = "";

/** In the order in which they are offered. */
const kinds: readonly CommentKind[] = ["praise", "advice", "question", "action", "answer"];

/**
 * Writing to the partners, about one entry or the whole card: behind a button until it is wanted. What was begun survives
 * refusals and reloads, and stands open then.
 */
export function CommentForm({
  report: { project, speaksFor },
  entry,
  waits,
  account,
  sent,
}: {
  report: DeskReport;
  /** Null: about the card as a whole. */
  entry: EntryView | null;
  /** Its question waits for who writes: what is written first is an answer. */
  waits: boolean;
  account: string;
  sent: () => void;
}) {
  const kept = useKeptText(`report comment ${account} ${entry?.id ?? project.id}`);
  const { isOpen, open, place } = useOpened(kept.text !== "", waits ? "textarea" : "select");
  const [chosen, choose] = useState<CommentKind>();
  const kind = chosen ?? (waits ? "answer" : "advice");
  const countries = speaksFor.map((country) => country ?? central);
  const [country, setCountry] = useState(countries[0] ?? central);
  const form = useForm(
    (fields) => {
      const words = kept.text.trim();
      if (words === "") return { errors: { words: "deskReport.missing" } };
      const day = String(fields.get("dueDay") ?? "");
      return writeComment(project.slug, {
        ...{ kind, words, readers: fields.get("services") === "on" ? ("services" as const) : ("partners" as const) },
        dueDay: kind === "action" && day !== "" ? day : null,
        ...(entry === null ? {} : { entry: entry.id }),
        ...(country === central ? {} : { country }),
      });
    },
    () => {
      kept.forget();
      choose(undefined);
      open(false);
      sent();
    },
  );
  if (!isOpen) {
    return (
      <div className="comment-write" ref={place}>
        <Button
          size="small"
          look={waits ? "filled" : "outlined"}
          icon="chat-circle-text"
          aria-label={nameOfButton(entry, waits)}
          onClick={() => open(true)}
        >
          {t(waits ? "deskReport.answer" : "deskReport.comment")}
        </Button>
      </div>
    );
  }
  return (
    <div className="comment-write" ref={place}>
      <form {...form.props} className="form">
        <Select
          label={t("deskReport.kind")}
          hint={hintOf(kind)}
          value={kind}
          choices={kindsOf(entry).map((value) => ({ value, label: t(`comments.kind.${value}`) }))}
          onChoose={choose}
        />
        <TextArea
          label={t("deskReport.words")}
          hint={t("deskReport.wordsHint")}
          name="words"
          rows={4}
          maxLength={2000}
          value={kept.text}
          onChange={(event) => kept.write(event.target.value)}
          error={form.error("words")}
        />
        {kind === "action" ? <TextField label={t("deskReport.dueDay")} name="dueDay" type="date" /> : null}
        {kind === "answer" ? null : (
          <Checkbox label={t("deskReport.servicesOnly")} hint={t("deskReport.servicesOnlyHint")} name="services" />
        )}
        {countries.length < 2 ? null : (
          <Select
            label={t("deskReport.inNameOf")}
            value={country}
            choices={countries.map((value) => ({
              value,
              label: value === central ? t("deskReport.central") : countryName(value),
            }))}
            onChoose={setCountry}
          />
        )}
        <Trouble refusal={form.refusal} />
        <div className="form__acts">
          <Button type="submit" look="filled" aria-disabled={form.busy}>
            {t("deskReport.send")}
          </Button>
          <Button onClick={() => open(false)}>{t("act.cancel")}</Button>
        </div>
      </form>
    </div>
  );
}

function nameOfButton(entry: EntryView | null, waits: boolean): string {
  if (entry === null) return t("deskReport.commentCard");
  const title = titleOfEntry(entry);
  return waits ? `${t("deskReport.answer")}: ${title}` : t("deskReport.commentOn", { title });
}

/** An answer is one to a question: where none was asked there is nothing to answer. */
const kindsOf = (entry: EntryView | null): CommentKind[] =>
  kinds.filter((kind) => kind !== "answer" || (entry !== null && entry.body.question !== ""));

function hintOf(kind: CommentKind): string | undefined {
  return kind === "answer" || kind === "question" || kind === "action" ? t(`deskReport.kindHint.${kind}`) : undefined;
}
