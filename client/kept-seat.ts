/**
 * What a tab keeps of its seat: the name typed, and the secret by which a guest who reloads comes back to their own seat.
 * Nothing of it outlives the tab.
 */

export interface KeptSeat {
  name: string;
  resume: string | null;
}

const keyFor = (code: string) => `twinlight.seat.${code}`;

/** What this tab keeps for a meeting; empty when it keeps nothing. */
export function keptSeat(code: string): KeptSeat {
  const nothing = { name: "", resume: null };
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyFor(code)) ?? "null");
    if (typeof kept !== "object" || kept === null || !("name" in kept) || typeof kept.name !== "string") return nothing;
    const resume = "resume" in kept && typeof kept.resume === "string" ? kept.resume : null;
    return { name: kept.name, resume };
  } catch {
    return nothing;
  }
}

export function keepSeat(code: string, seat: KeptSeat): void {
  try {
    sessionStorage.setItem(keyFor(code), JSON.stringify(seat));
  } catch {
    // A browser that keeps nothing: a reload then makes a new guest.
  }
}
