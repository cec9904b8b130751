import { useCallback, useEffect, useRef, useState } from "react";
import type { EntryKind, EntryView } from "../../../protocol/reports/entries.ts";
import { entries as askEntries } from "../../api/reports.ts";
import { isRefused, type Refusal } from "../../api.ts";
import { joinEntries } from "../../views/report-card.ts";

export interface EntriesShown {
  /** Undefined until the first answer is there. */
  rows: readonly EntryView[] | undefined;
  hasMore: boolean;
  busy: boolean;
  refusal: Refusal | undefined;
  more: () => void;
  /** Asks for the newest again, and keeps the older ones that were loaded. */
  again: () => void;
}

/** The entries of a report card, of one kind or of all. An answer about another kind is thrown away. */
export function useEntries(slug: string, kind: EntryKind | null): EntriesShown {
  const [shown, setShown] = useState<{ rows: readonly EntryView[]; next: string | null }>();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const latest = useRef(0);

  const load = useCallback(
    async (how: "anew" | "again" | "more", after: string | null) => {
      latest.current += 1;
      const mine = latest.current;
      setBusy(true);
      const answer = await askEntries(slug, kind, after);
      if (mine !== latest.current) return;
      setBusy(false);
      if (isRefused(answer)) return setRefusal(answer);
      setRefusal(undefined);
      const { entries, next } = answer.value;
      setShown((before) => {
        if (how === "anew" || before === undefined) return { rows: entries, next };
        if (how === "more") return { rows: [...before.rows, ...entries], next };
        const rows = next === null ? entries : joinEntries(before.rows, entries);
        return { rows, next: rows.length > entries.length ? before.next : next };
      });
    },
    [slug, kind],
  );

  useEffect(() => {
    void load("anew", null);
    return () => {
      latest.current += 1;
    };
  }, [load]);

  return {
    rows: shown?.rows,
    hasMore: shown !== undefined && shown.next !== null,
    busy,
    refusal,
    more: () => {
      if (shown?.next && !busy) void load("more", shown.next);
    },
    again: useCallback(() => void load("again", null), [load]),
  };
}
