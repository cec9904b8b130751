import { useCallback, useEffect, useRef, useState } from "react";
import type { FindMaterials, MaterialCard, Materials } from "../../../../protocol/twinspace/materials.ts";
import { materials as askMaterials } from "../../../api/space/materials.ts";
import { isRefused, type Refusal } from "../../../api.ts";

const pauseMs = 220;

export interface FoundMaterials {
  /** The first page, with the folder it is in; undefined until it is here. */
  readonly first: Materials | undefined;
  readonly cards: readonly MaterialCard[];
  readonly hasMore: boolean;
  readonly busy: boolean;
  readonly refusal: Refusal | undefined;
  readonly more: () => void;
  readonly again: () => void;
}

/** Materials page by page. What was shown stays until the answer is here; an answer to an older question is thrown away. */
export function useMaterials(slug: string, asked: Omit<FindMaterials, "after">): FoundMaterials {
  const [first, setFirst] = useState<Materials>();
  const [cards, setCards] = useState<readonly MaterialCard[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const latest = useRef(0);
  const { folder, kind, words } = asked;

  const load = useCallback(
    async (after: string | null) => {
      latest.current += 1;
      const mine = latest.current;
      setBusy(true);
      const answer = await askMaterials(slug, {
        ...(folder === undefined ? {} : { folder }),
        ...(kind === undefined ? {} : { kind }),
        ...(words ? { words } : {}),
        ...(after === null ? {} : { after }),
      });
      if (mine !== latest.current) return;
      setBusy(false);
      if (isRefused(answer)) return setRefusal(answer);
      setRefusal(undefined);
      setNext(answer.value.next);
      if (after === null) setFirst(answer.value);
      setCards((before) => (after === null ? answer.value.materials : [...before, ...answer.value.materials]));
    },
    [slug, folder, kind, words],
  );

  const isFirst = useRef(true);
  useEffect(() => {
    const timer = setTimeout(() => void load(null), isFirst.current ? 0 : pauseMs);
    isFirst.current = false;
    return () => clearTimeout(timer);
  }, [load]);
  useEffect(
    () => () => {
      latest.current += 1;
    },
    [],
  );

  const again = useCallback(() => void load(null), [load]);
  return {
    ...{ first, cards, busy, refusal, again },
    hasMore: next !== null,
    more: () => {
      if (next !== null && !busy) void load(next);
    },
  };
}
