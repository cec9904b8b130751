import sprite from "virtual:sprite";
import type { IconName } from "../looks/icons.ts";
import "./icon.css";

/**
 * An icon of the sprite. It has words beside it and is hidden from screen readers; the few that stand alone (close, more,
 * help, send, play, skip) get their name from the button around them.
 */
export function Icon({ name, className }: { name: IconName; className?: string }) {
  return (
    <svg className={`icon ${className ?? ""}`} aria-hidden="true" focusable="false">
      <use href={`${sprite}#${name}`} />
    </svg>
  );
}
