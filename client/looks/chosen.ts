/** What a person chose about looks, kept in this browser: light or dark, reading size. "Big" lasts as long as the page. */

export type Theme = "system" | "light" | "dark";
export type Reading = "normal" | "large" | "largest";

export interface ChosenLooks {
  theme: Theme;
  reading: Reading;
}

const key = "twinlight.looks";

/** What is kept; a browser that keeps nothing gives the defaults. */
export function chosenLooks(): ChosenLooks {
  const looks: ChosenLooks = { theme: "system", reading: "normal" };
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "{}");
    if (typeof kept !== "object" || kept === null) return looks;
    if ("theme" in kept && (kept.theme === "light" || kept.theme === "dark")) looks.theme = kept.theme;
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
