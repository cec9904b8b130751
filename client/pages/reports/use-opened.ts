import { type RefObject, useEffect, useRef, useState } from "react";

/**
 * A form that opens in the place of its button. Opened by hand it has the focus in its box; closed, the button has it again.
 * @param isFirst whether it is open from the beginning: then the focus stays where it is
 * @param box which of its controls, as a selector
 */
export function useOpened(
  isFirst: boolean,
  box: string,
): {
  isOpen: boolean;
  open: (isOpen: boolean) => void;
  /** For what holds the button and the form. */
  place: RefObject<HTMLDivElement | null>;
} {
  const [isOpen, open] = useState(isFirst);
  const before = useRef(isFirst);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (before.current === isOpen) return;
    before.current = isOpen;
    place.current?.querySelector<HTMLElement>(isOpen ? box : "button")?.focus();
  }, [isOpen, box]);
  return { isOpen, open, place };
}
