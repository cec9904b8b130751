import { useCallback, useEffect, useRef, useState } from "react";
import type { School } from "../../../protocol/http/accounts.ts";
import { isRefused, schools } from "../../api.ts";

/** Somebody types: what stands for a moment is asked for. */
const pauseMs = 180;

/**
 * Validated schools that fit the words somebody types. Undefined until the first answer; an answer to older words is thrown
 * away, and no answer leaves what there was.
 */
export function useSchools(): { found: readonly School[] | undefined; seek: (words: string) => void } {
  const [found, setFound] = useState<readonly School[]>();
  const latest = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const seek = useCallback((words: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(async () => {
      latest.current += 1;
      const mine = latest.current;
      const answer = await schools(words);
      if (mine === latest.current && !isRefused(answer)) setFound(answer.value.schools);
    }, pauseMs);
  }, []);

  useEffect(
    () => () => {
      clearTimeout(timer.current);
      latest.current += 1;
    },
    [],
  );
  return { found, seek };
}
