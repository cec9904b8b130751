import { useState } from "react";
import { missingFor } from "../../../domain/reports/fields.ts";
import type { EntryField, EntryReaders } from "../../../protocol/reports/entries.ts";
import { shareEntry } from "../../api/reports.ts";
import { isRefused, type Refusal } from "../../api.ts";
import { bodyOf, entryFields, sameEntryValue } from "../../views/report-form.ts";
import { refusalSentence } from "../../words/refusals.ts";
import { t } from "../../words/words.ts";
import type { EntryForm } from "./use-entry-form.ts";

export interface Sharing {
  /** `sure`: although it seems to name a pupil. */
  share: (readers: EntryReaders, sure?: boolean) => void;
  busy: boolean;
  /** What is to be mended, by field; what was changed since is taken as mended. */
  errors: Partial<Record<EntryField, string>>;
  /** Fields that seem to name a pupil. */
  naming: readonly EntryField[];
  forgetNaming: () => void;
  /** Why it was not shared, where there is no field to say it at. */
  refusal: Refusal | undefined;
  /** Not everything has arrived: nothing was shared. */
  isHeld: boolean;
}

/** Sharing an entry: first everything is saved, then the server looks whether it may be read by others as it stands. */
export function useSharing(slug: string, form: EntryForm, done: () => void): Sharing {
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<Partial<Record<EntryField, { words: string; value: unknown }>>>({});
  const [naming, setNaming] = useState<readonly EntryField[]>([]);
  const [refusal, setRefusal] = useState<Refusal>();
  const [isHeld, hold] = useState(false);
  const { entry, now } = form;

  const blame = (fields: readonly EntryField[], words: string) =>
    setWrong(Object.fromEntries(fields.map((field) => [field, { words, value: now.fields[field].value }])));

  const share = async (readers: EntryReaders, sure: boolean) => {
    const empty = missingFor(entry.kind, bodyOf(now));
    if (empty.length > 0) return blame(empty, t("form.missing"));
    if (!(await form.saveAll())) return hold(true);
    const answer = await shareEntry(slug, entry.id, { readers, sure });
    if (!isRefused(answer)) {
      form.became(answer.value.entry);
      return done();
    }
    const named = entryFields.filter((field) => answer.fields?.includes(field));
    if (named.length === 0) return setRefusal(answer);
    if (answer.refused === "entry.namesPupil") return setNaming(named);
    blame(named, answer.refused === "entry.incomplete" ? t("form.missing") : refusalSentence(answer.refused));
  };

  const errors = Object.fromEntries(
    entryFields.flatMap((field) => {
      const known = wrong[field];
      const { value } = now.fields[field];
      // The same kind of value: it stood in this field.
      const isSame = known !== undefined && sameEntryValue(known.value as typeof value, value);
      return isSame ? [[field, known.words]] : [];
    }),
  );
  return {
    share(readers, sure = false) {
      if (busy) return;
      setBusy(true);
      setRefusal(undefined);
      setWrong({});
      setNaming([]);
      hold(false);
      void share(readers, sure).finally(() => setBusy(false));
    },
    busy,
    errors,
    naming,
    forgetNaming: () => setNaming([]),
    refusal,
    isHeld,
  };
}
