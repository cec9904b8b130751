import { useState } from "react";
import { CommentKind } from "../../../protocol/reports/comments.ts";
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

/** The words of whoever speaks for the central service, in a list of countries. */
const central = "";

/**
 * Writing to the partners, about one entry or the whole card: behind a button until it is wanted, and open where a question
 * waits. What was begun survives refusals and reloads.
 */
export function CommentForm({
  report: { project, speaksFor },
  entry,
  account,
  sent,
}: {
  report: DeskReport;
  /** Null: about the card as a whole. */
  entry: EntryView | null;
  account: string;
  sent: () => void;
}) {
  const kept = useKeptText(`report comment ${account} ${entry?.id ?? project.id}`);
  const waits = entry !== null && entry.waits !== null;
  const [isOpen, open] = useState(kept.text !== "");
  const [kind, setKind] = useState<CommentKind>(waits ? "answer" : "advice");
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
      open(false);
      sent();
    },
  );
  if (!isOpen) {
    const about =
      entry === null ? t("deskReport.commentCard") : t("deskReport.commentOn", { title: titleOfEntry(entry) });
    return (
      <Button
        size="small"
        look={waits ? "filled" : "outlined"}
        icon="chat-circle-text"
        aria-label={waits ? `${t("deskReport.answer")}: ${titleOfEntry(entry)}` : about}
        onClick={() => open(true)}
      >
        {t(waits ? "deskReport.answer" : "deskReport.comment")}
      </Button>
    );
  }
  return (
    <form {...form.props} className="form">
      <Select
        label={t("deskReport.kind")}
        hint={hintOf(kind)}
        value={kind}
        choices={kindsOf(entry).map((value) => ({ value, label: t(`comments.kind.${value}`) }))}
        onChoose={setKind}
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
  );
}

/** An answer is one to a question: where none was asked there is nothing to answer. */
const kindsOf = (entry: EntryView | null): CommentKind[] =>
  CommentKind.options.filter((kind) => kind !== "answer" || (entry !== null && entry.body.question !== ""));

function hintOf(kind: CommentKind): string | undefined {
  return kind === "answer" || kind === "question" || kind === "action" ? t(`deskReport.kindHint.${kind}`) : undefined;
}
