import { useRef, useState } from "react";
import { type Answer, isRefused, type Refusal } from "../../api.ts";

export interface Act<A extends unknown[]> {
  /** Does it, unless it is being done: a double click sends once. */
  run: (...args: A) => void;
  busy: boolean;
  /** Why it was not done the last time. */
  refusal: Refusal | undefined;
  forget: () => void;
}

/** Something a button does on the server. `done` is called with what was answered; a refusal is kept to be shown. */
export function useAct<T, A extends unknown[]>(
  send: (...args: A) => Promise<Answer<T>>,
  done: (value: T, ...args: A) => void,
): Act<A> {
  const sending = useRef(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();

  const run = async (...args: A) => {
    if (sending.current) return;
    sending.current = true;
    setBusy(true);
    setRefusal(undefined);
    const answer = await send(...args);
    sending.current = false;
    setBusy(false);
    if (isRefused(answer)) setRefusal(answer);
    else done(answer.value, ...args);
  };
  return { run: (...args) => void run(...args), busy, refusal, forget: () => setRefusal(undefined) };
}
