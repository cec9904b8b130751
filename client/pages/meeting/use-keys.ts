import { useEffect, useRef } from "react";
import { chosenLooks } from "../../looks/chosen.ts";

export interface RoomKeys {
  /** Space goes down: raise the hand. */
  hold: () => void;
  /** Space comes up: finish or lower. */
  release: () => void;
  floor: () => void;
  chat: () => void;
  people: () => void;
  end: () => void;
  help: () => void;
}

/** The room's keys. They do nothing while somebody writes or a dialog is open; Space on a button is the button's. */
export function useKeys(keys: RoomKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    let held = false;
    const down = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
      if (event.key === " ") {
        if (isPressable(event.target)) return;
        event.preventDefault();
        if (!event.repeat && !held) {
          held = true;
          latest.current.hold();
        }
        return;
      }
      if (event.repeat || !chosenLooks().keys) return;
      const act = { r: "floor", c: "chat", p: "people", e: "end", "?": "help" }[event.key.toLowerCase()];
      if (act === undefined) return;
      event.preventDefault();
      latest.current[act as keyof RoomKeys]();
    };
    const release = () => {
      if (!held) return;
      held = false;
      latest.current.release();
    };
    const up = (event: KeyboardEvent) => {
      if (event.key === " ") release();
    };
    addEventListener("keydown", down);
    addEventListener("keyup", up);
    // Nobody goes on speaking because the window lost the key.
    addEventListener("blur", release);
    return () => {
      removeEventListener("keydown", down);
      removeEventListener("keyup", up);
      removeEventListener("blur", release);
    };
  }, []);
}

const isBusy = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  (target.closest("input, textarea, select, [contenteditable], [role=menu], dialog") !== null ||
    document.querySelector("dialog[open]") !== null);

const isPressable = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest("button, a, summary, [role=log]") !== null;
