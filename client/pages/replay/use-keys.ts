import { useEffect, useRef } from "react";

/**
 * Keys for the whole page. `does` answers whether the key was its own. Who writes, or has a menu or a dialog open, keeps
 * the keys to themselves, and Space presses the button that has the focus.
 */
export function useKeys(does: (key: string) => boolean): void {
  const latest = useRef(does);
  latest.current = does;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
      if (!(event.target instanceof Element) || isKeptBy(event.target, event.key)) return;
      if (latest.current(event.key)) event.preventDefault();
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, []);
}

function isKeptBy(target: Element, key: string): boolean {
  if (target.closest("dialog, [role=menu], textarea, select, input:not([type=range])")) return true;
  if (key === " ") return target.closest("button, a, summary") !== null;
  // In a list that scrolls, these move the list.
  if (key === "Home" || key === "End") return target.closest("[tabindex], input") !== null;
  return false;
}
