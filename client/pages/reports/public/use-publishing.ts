import { useRef, useState } from "react";
import type { PublishableEntry } from "../../../../protocol/reports/published.ts";
import { publishReport } from "../../../api/report-public.ts";
import { isRefused, type Refusal } from "../../../api.ts";
import { titleOf } from "../../../views/report-public.ts";
import { t } from "../../../words/words.ts";

export interface Publishing {
  chosen: ReadonlySet<string>;
  choose: (entry: PublishableEntry, chosen: boolean) => void;
  chooseAll: (entries: readonly PublishableEntry[]) => void;
  publish: (entries: readonly PublishableEntry[]) => void;
  busy: boolean;
  refusal: Refusal | undefined;
  /** Where a pupil seems to be named: asked once, before everybody reads it. */
  naming: { where: readonly string[]; anyway: () => void; change: () => void } | undefined;
}

/**
 * Which entries are chosen, and publishing them with the words above. `settle`: what is being typed is on the server first.
 * `done`: anew is asked; `isDone` where it was published.
 */
export function usePublishing(
  slug: string,
  entries: readonly PublishableEntry[],
  { settle, done }: { settle: () => Promise<boolean>; done: (isDone: boolean) => void },
): Publishing {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [named, setNamed] = useState<{ wanted: readonly PublishableEntry[]; where: readonly string[] }>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [busy, setBusy] = useState(false);
  const sending = useRef(false);

  const send = async (wanted: readonly PublishableEntry[], sure: boolean) => {
    if (!(await settle())) return;
    const answer = await publishReport(slug, {
      entries: wanted.map(({ id, version, held }) => ({ id, version, leaveOut: held.map((thing) => thing.id) })),
      sure,
    });
    if (!isRefused(answer)) {
      setChosen((before) => new Set([...before].filter((id) => !wanted.some((entry) => entry.id === id))));
      return done(true);
    }
    if (answer.refused === "entry.namesPupil") {
      return setNamed({ wanted, where: (answer.fields ?? []).map((field) => placeOf(field, entries)) });
    }
    setRefusal(answer);
    done(false);
  };
  const publish = async (wanted: readonly PublishableEntry[], sure = false) => {
    if (sending.current) return;
    sending.current = true;
    setBusy(true);
    setRefusal(undefined);
    setNamed(undefined);
    await send(wanted, sure);
    sending.current = false;
    setBusy(false);
  };

  return {
    ...{ chosen, busy, refusal },
    choose: (entry, isChosen) =>
      setChosen((before) => new Set([...before].filter((id) => id !== entry.id).concat(isChosen ? [entry.id] : []))),
    chooseAll: (all) => setChosen(new Set(all.map(({ id }) => id))),
    publish: (wanted) => void publish(wanted),
    naming: named && {
      where: named.where,
      anyway: () => void publish(named.wanted, true),
      change: () => setNamed(undefined),
    },
  };
}

/** In the words of this page, where the server thinks that a pupil is named. */
function placeOf(field: string, entries: readonly PublishableEntry[]): string {
  if (field === "line") return t("reportPublic.inLine");
  if (field === "intro") return t("reportPublic.inBeginning");
  const entry = entries.find(({ id }) => id === field);
  return entry === undefined ? field : titleOf(entry);
}
