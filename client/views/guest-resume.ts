/**
 * What a guest's tab was given with its seat in a meeting, kept for this tab only. With it who reloads comes back to their
 * own seat, and who held a seat may watch the replay once it is open to them.
 */
const keyOf = (code: string): string => `twinlight.resume.${code}`;

export function keepResume(code: string, resume: string): void {
  try {
    sessionStorage.setItem(keyOf(code), resume);
  } catch {
    // Storage is switched off: a reload is then a new arrival.
  }
}

export function keptResume(code: string): string | undefined {
  try {
    return sessionStorage.getItem(keyOf(code)) ?? undefined;
  } catch {
    return undefined;
  }
}
