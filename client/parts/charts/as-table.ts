/** Whether charts are shown as tables: one choice for all of them, kept in this browser. */
import { createContext, useContext, useSyncExternalStore } from "react";

const key = "twinlight.charts";
const listeners = new Set<() => void>();
/** Where the browser keeps nothing, it lasts as long as the page. */
let chosen: boolean | null = null;

function wantsTables(): boolean {
  if (chosen !== null) return chosen;
  try {
    chosen = localStorage.getItem(key) === "tables";
  } catch {
    chosen = false;
  }
  return chosen;
}

function chooseTables(tables: boolean): void {
  chosen = tables;
  try {
    if (tables) localStorage.setItem(key, "tables");
    else localStorage.removeItem(key);
  } catch {
    // Kept until the page is left.
  }
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useAsTable = (): readonly [boolean, (tables: boolean) => void] => [
  useSyncExternalStore(listen, wantsTables),
  chooseTables,
];

/** True inside of a group that has the switch for all of its charts. */
export const InGroup = createContext(false);
export const useInGroup = (): boolean => useContext(InGroup);
