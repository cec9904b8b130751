import { useState } from "react";
import type { EditedEntry, ListName } from "../../../protocol/http/lists.ts";
import { addEntry, changeEntry } from "../../api/desk.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Select, TextArea, TextField } from "../../parts/field.tsx";
import type { FieldErrors } from "../../views/field-errors.ts";
import { byName, languages } from "../../views/regions.ts";
import { languageName } from "../../words/formats.ts";
import { languageTag, t } from "../../words/words.ts";
import { ErrorSummary, Trouble } from "../portal/trouble.tsx";
import { useForm } from "../portal/use-form.ts";
import { nameOf, useList } from "../portal/use-list.ts";

/** Adds an entry, or translates one, moves it, ends it. `entry` null: a new one. */
export function EntryDialog({
  list,
  entry,
  saved,
  onClose,
}: {
  list: ListName;
  entry: EditedEntry | null;
  saved: (entry: EditedEntry) => void;
  onClose: () => void;
}) {
  const [tags, setTags] = useState(() => ["en", ...Object.keys(entry?.labels ?? {}).filter((tag) => tag !== "en")]);
  const form = useForm((fields) => {
    const { errors, read } = readEntry(list, tags, entry, fields);
    if (read === undefined) return { errors };
    const { code, validUntil, ...rest } = read;
    return entry === null ? addEntry(list, { code, ...rest }) : changeEntry(list, entry.code, { ...rest, validUntil });
  }, saved);
  const free = byName(
    languages.filter((tag) => !tags.includes(tag)),
    languageName,
    languageTag(),
  );
  return (
    <Dialog
      title={entry === null ? t("desk.addEntry") : t("desk.editEntry", { name: nameOf(list, entry) })}
      onClose={onClose}
    >
      <form {...form.props} className="form">
        <ErrorSummary form={form} labels={{ code: t("desk.code"), en: t("desk.english") }} />
        {entry === null ? (
          <TextField
            label={t("desk.code")}
            hint={t("desk.codeHint")}
            name="code"
            maxLength={60}
            autoComplete="off"
            spellCheck={false}
            data-first
            error={form.error("code")}
          />
        ) : null}
        {tags.map((tag) => (
          <TextField
            key={tag}
            label={tag === "en" ? t("desk.english") : t("desk.inLanguage", { language: languageName(tag) })}
            name={tag}
            lang={tag}
            maxLength={200}
            defaultValue={entry?.labels[tag] ?? ""}
            error={form.error(tag)}
          />
        ))}
        <Select
          label={t("desk.whichLanguage")}
          value=""
          choices={[{ value: "", label: t("desk.addLanguage") }, ...free]}
          onChoose={(tag) => tag !== "" && setTags([...tags, tag])}
        />
        <FactsFields list={list} entry={entry} error={form.error} />
        <div className="form__pair">
          <TextField
            label={t("desk.validFrom")}
            hint={t("word.optional")}
            name="validFrom"
            type="date"
            defaultValue={entry?.validFrom ?? ""}
            error={form.error("validFrom")}
          />
          {entry === null ? null : (
            <TextField
              label={t("desk.validUntil")}
              hint={t("desk.validUntilHint")}
              name="validUntil"
              type="date"
              defaultValue={entry.validUntil ?? ""}
              error={form.error("validUntil")}
            />
          )}
        </div>
        <TextField
          label={t("desk.sort")}
          hint={t("desk.sortHint")}
          name="sort"
          type="number"
          min={0}
          max={100_000}
          defaultValue={entry?.sort ?? 0}
          error={form.error("sort")}
        />
        <Trouble refusal={form.refusal} />
        <div className="form__acts">
          <Button type="submit" look="filled" aria-disabled={form.busy}>
            {t("act.save")}
          </Button>
          <Button onClick={onClose}>{t("act.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What only entries of this list say. */
function FactsFields({
  list,
  entry,
  error,
}: {
  list: ListName;
  entry: EditedEntry | null;
  error: (field: string) => string | undefined;
}) {
  const countries = useList("country", list === "region" ? undefined : null);
  if (list === "country") {
    return (
      <Select
        label={t("desk.group")}
        name="group"
        defaultValue={String(entry?.facts.group ?? "member")}
        choices={(["member", "plus", "guest"] as const).map((value) => ({ value, label: t(`desk.group.${value}`) }))}
        error={error("group")}
      />
    );
  }
  if (list === "region") {
    return countries.choices.length === 0 ? null : (
      <Select
        label={t("desk.ofCountry")}
        name="country"
        defaultValue={String(entry?.facts.country ?? "")}
        choices={[{ value: "", label: t("form.choose") }, ...countries.choices]}
        error={error("country")}
      />
    );
  }
  if (list === "rubric" || list === "criterion") {
    return (
      <TextArea
        label={t("desk.facts")}
        hint={t("desk.factsHint")}
        name="facts"
        rows={8}
        spellCheck={false}
        defaultValue={JSON.stringify(entry?.facts ?? (list === "rubric" ? { steps: 5 } : criterionOfNothing), null, 2)}
        error={error("facts")}
      />
    );
  }
  return null;
}

const criterionOfNothing = { rubric: "", leastPoints: 0, descriptors: { en: ["", "", "", "", "", ""] } };

interface ReadEntry {
  code: string;
  labels: Record<string, string>;
  facts: Record<string, unknown>;
  sort: number;
  validFrom: string | null;
  validUntil: string | null;
}

function readEntry(
  list: ListName,
  tags: readonly string[],
  entry: EditedEntry | null,
  fields: FormData,
): { errors: FieldErrors; read?: ReadEntry } {
  const errors: FieldErrors = {};
  const text = (name: string) => String(fields.get(name) ?? "").trim();
  const code = entry?.code ?? text("code");
  if (!/^[A-Za-z0-9._-]{1,60}$/.test(code)) errors.code = code === "" ? "form.missing" : "desk.codeWrong";
  const written = tags.map((tag) => [tag, text(tag)] as const).filter(([, label]) => label !== "");
  const labels = Object.fromEntries(written);
  if (labels.en === undefined) errors.en = "form.missing";
  const [validFrom, validUntil] = [text("validFrom") || null, text("validUntil") || null];
  if (validFrom !== null && validUntil !== null && validUntil <= validFrom) errors.validUntil = "desk.endsBeforeBegins";
  const sort = Number(text("sort") || "0");
  if (!Number.isInteger(sort) || sort < 0 || sort > 100_000) errors.sort = "form.wrong";
  const facts = readFacts(list, entry, text);
  if (facts === undefined) errors[list === "region" ? "country" : "facts"] = "desk.factsWrong";
  if (facts === undefined || Object.keys(errors).length > 0) return { errors };
  return { errors, read: { code, labels, facts, sort, validFrom, validUntil } };
}

function readFacts(
  list: ListName,
  entry: EditedEntry | null,
  text: (name: string) => string,
): Record<string, unknown> | undefined {
  if (list === "country") return { group: text("group") };
  if (list === "region") return text("country") === "" ? undefined : { country: text("country") };
  if (list === "vocationalSubject") return entry?.facts ?? { broad: text("code").slice(0, 2) };
  if (list !== "rubric" && list !== "criterion") return {};
  try {
    const facts: unknown = JSON.parse(text("facts"));
    return typeof facts === "object" && facts !== null ? { ...facts } : undefined;
  } catch {
    return undefined;
  }
}
