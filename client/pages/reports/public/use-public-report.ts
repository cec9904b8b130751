import { useCallback, useEffect, useRef, useState } from "react";
import type { PublicReportView, PublishableEntry } from "../../../../protocol/reports/published.ts";
import { publicReport } from "../../../api/report-public.ts";
import { isRefused, type Refusal } from "../../../api.ts";

/** The public version, and the other entries as far as they were asked for. Asked again when the window is come back to. */
export function usePublicReport(slug: string): {
  view: PublicReportView | undefined;
  others: readonly PublishableEntry[];
  refusal: Refusal | undefined;
  again: () => void;
  /** Undefined where there is no more. */
  more: (() => void) | undefined;
} {
  const [view, setView] = useState<PublicReportView>();
  const [others, setOthers] = useState<readonly PublishableEntry[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal>();
  const latest = useRef(0);

  const load = useCallback(
    async (after: string | null) => {
      latest.current += 1;
      const mine = latest.current;
      const answer = await publicReport(slug, after);
      if (mine !== latest.current) return;
      if (isRefused(answer)) return setRefusal(answer);
      setRefusal(undefined);
      setNext(answer.value.next);
      if (after === null) setView(answer.value);
      setOthers((before) => (after === null ? answer.value.others : [...before, ...answer.value.others]));
    },
    [slug],
  );
  const again = useCallback(() => void load(null), [load]);

  useEffect(() => {
    again();
    addEventListener("focus", again);
    return () => {
      latest.current += 1;
      removeEventListener("focus", again);
    };
  }, [again]);
  return { view, others, refusal, again, more: next === null ? undefined : () => void load(next) };
}
