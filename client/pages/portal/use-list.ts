import { useEffect, useMemo, useState } from "react";
import type { ListEntry, ListName } from "../../../protocol/http/lists.ts";
import { entriesOf } from "../../api/lists.ts";
import { type Answer, isRefused, type Refusal } from "../../api.ts";
import type { Choice } from "../../parts/field.tsx";
import { countryName, languageName } from "../../words/formats.ts";
import { languageTag } from "../../words/words.ts";

export interface List {
  /** Undefined while it is being asked for. */
  entries: readonly ListEntry[] | undefined;
  refusal: Refusal | undefined;
  again: () => void;
  /** By label in the reader's alphabet, or in the list's own order where it has one. Empty until it is here. */
  choices: readonly Choice[];
  /** The code's name in the reader's language; the code itself for what has ended since. */
  labelOf: (code: string) => string;
}

/** What was asked for stays for as long as the page does: lists change about once a year. */
const asked = new Map<string, Promise<Answer<{ entries: ListEntry[] }>>>();
/** These have an order of their own; all others are ordered by name. */
const ordered: readonly ListName[] = ["schoolType", "staffRole", "vocationalSubject", "rubric", "criterion"];

/** A list that forms choose from. `country`: only what belongs to it; null asks for nothing and has no entries. */
export function useList(list: ListName, country?: string | null): List {
  const [entries, setEntries] = useState<readonly ListEntry[]>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [tries, setTries] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `tries` counts how often it was asked again
  useEffect(() => {
    let current = true;
    setEntries(country === null ? [] : undefined);
    setRefusal(undefined);
    if (country === null) return;
    once(list, country).then((answer) => {
      if (!current) return;
      if (isRefused(answer)) setRefusal(answer);
      else setEntries(answer.value.entries);
    });
    return () => {
      current = false;
    };
  }, [list, country, tries]);

  return useMemo(() => {
    const labels = new Map(entries?.map((entry) => [entry.code, nameOf(list, entry)]));
    const choices = [...labels].map(([value, label]) => ({ value, label }));
    const { compare } = new Intl.Collator(languageTag());
    if (!ordered.includes(list)) choices.sort((a, b) => compare(a.label, b.label));
    return {
      entries,
      refusal,
      choices,
      again: () => setTries((before) => before + 1),
      labelOf: (code) => labels.get(code) ?? byIntl(list, code),
    };
  }, [entries, refusal, list]);
}

function once(list: ListName, country: string | undefined) {
  const key = `${list} ${country ?? ""}`;
  const known = asked.get(key);
  if (known !== undefined) return known;
  const asking = entriesOf(list, country);
  asked.set(key, asking);
  asking.then((answer) => {
    if (isRefused(answer)) asked.delete(key);
  });
  return asking;
}

/** Forgets what was asked for, because somebody has just changed a list. */
export const forgetLists = (): void => asked.clear();

function byIntl(list: ListName, code: string): string {
  if (list === "country") return countryName(code);
  if (list === "language") return languageName(code);
  return code;
}

/** What this entry is called in the reader's language, else in English. */
export function nameOf(list: ListName, { code, labels }: Pick<ListEntry, "code" | "labels">): string {
  const known = byIntl(list, code);
  if (known !== code) return known;
  const tag = languageTag();
  return labels[tag] ?? labels[tag.split("-")[0] ?? tag] ?? labels.en ?? code;
}
