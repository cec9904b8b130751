/** What a person chose about looks and keys, kept in this browser. "Big" lasts as long as the page. */

export type Theme = "system" | "light" | "dark";
export type Reading = "normal" | "large" | "largest";

export interface ChosenLooks {
  theme: Theme;
  reading: Reading;
  /** Whether single letters do something in the room; who steers by voice switches them off. */
  keys: boolean;
}

const key = "twinlight.looks";

/** What is kept; a browser that keeps nothing gives the defaults. */
export function chosenLooks(): ChosenLooks {
  const looks: ChosenLooks = { theme: "system", reading: "normal", keys: true };
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "{}");
    if (typeof kept !== "object" || kept === null) return looks;
    if ("theme" in kept && (kept.theme === "light" || kept.theme === "dark")) looks.theme = kept.theme;
    if ("keys" in kept && kept.keys === false) looks.keys = false;
    if ("reading" in kept && (kept.reading === "large" || kept.reading === "largest")) looks.reading = kept.reading;
  } catch {
    // No storage, or something that is not ours in it.
  }
  return looks;
}

/** Shows what was chosen, and keeps it. */
export function chooseLooks(looks: ChosenLooks): void {
  try {
    localStorage.setItem(key, JSON.stringify(looks));
  } catch {
    // It then lasts as long as the page.
  }
  show(looks);
}

/** Shows what was chosen before. */
export const applyLooks = (): void => show(chosenLooks());

/** Everything grows for a projector. */
export function showBig(big: boolean): void {
  const page = document.documentElement;
  if (big) page.dataset.big = "";
  else delete page.dataset.big;
}

function show({ theme, reading }: ChosenLooks): void {
  const page = document.documentElement;
  if (theme === "system") delete page.dataset.theme;
  else page.dataset.theme = theme;
  if (reading === "normal") delete page.dataset.reading;
  else page.dataset.reading = reading;
}
