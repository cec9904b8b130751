import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";
import type { IconName } from "../looks/icons.ts";
import { Icon } from "./icon.tsx";
import "./menu.css";

export interface MenuAct {
  label: string;
  icon?: IconName;
  /** In brick, behind a line; write "…" when it asks again. */
  danger?: boolean;
  /** For choices: ticked or not. */
  chosen?: boolean;
  disabled?: boolean;
  /** What is spoken, where it differs from the label by a "…". */
  name?: string;
  onPress: () => void;
}

/**
 * A button that opens a list of acts, in the browser's own popover: it lies above everything, closes on Escape and on a press
 * outside. Arrow keys move, Home and End jump, letters are left to the browser.
 */
export function Menu({
  name,
  title,
  trigger,
  className,
  acts,
}: {
  /** The trigger's accessible name when `trigger` is an icon alone. */
  name?: string;
  /** A heading inside the menu. */
  title?: string;
  trigger: ReactNode;
  className?: string;
  acts: readonly MenuAct[];
}) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);

  const items = () => [...(list.current?.querySelectorAll<HTMLButtonElement>("[role^=menuitem]") ?? [])];

  const opened = () => {
    if (button.current !== null && list.current !== null) placeBeside(button.current, list.current);
    items()[0]?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const all = items();
    const at = all.findIndex((item) => item.matches(":focus"));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      all[(to + all.length) % all.length]?.focus();
    } else if (event.key === "Tab") {
      list.current?.hidePopover();
    }
  };

  const first = acts.findIndex((act) => act.danger);
  return (
    <>
      <button
        type="button"
        ref={button}
        className={className ?? "button button--plain"}
        aria-haspopup="menu"
        aria-label={name}
        title={name}
        popoverTarget={id}
      >
        {trigger}
      </button>
      <div
        ref={list}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={title ?? name}
        className="menu"
        onKeyDown={onKeyDown}
        onToggle={(event) => {
          if (event.newState === "open") opened();
        }}
      >
        {title === undefined ? null : (
          <p className="menu__title" role="presentation">
            {title}
          </p>
        )}
        {acts.map((act, i) => (
          <button
            key={act.label}
            type="button"
            {...(act.chosen === undefined
              ? { role: "menuitem" }
              : { role: "menuitemradio", "aria-checked": act.chosen })}
            aria-label={act.name}
            aria-disabled={act.disabled || undefined}
            tabIndex={-1}
            className={`menu__act${act.danger ? " menu__act--danger" : ""}${i === first && i > 0 ? " menu__act--line" : ""}`}
            onClick={() => {
              if (act.disabled) return;
              list.current?.hidePopover();
              button.current?.focus();
              act.onPress();
            }}
          >
            {act.icon === undefined ? null : <Icon name={act.icon} />}
            <span>{act.label}</span>
            {act.chosen ? <Icon name="check" className="menu__tick" /> : null}
          </button>
        ))}
      </div>
    </>
  );
}

/** Below the trigger if there is room, else above; never outside the window. Through the CSSOM, so no inline style attribute. */
function placeBeside(button: HTMLElement, list: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = list;
  const below = at.bottom + 6;
  const top = below + height <= window.innerHeight - 8 ? below : Math.max(8, at.top - height - 6);
  const left = Math.min(Math.max(8, at.right - width), window.innerWidth - width - 8);
  list.style.setProperty("top", `${top}px`);
  list.style.setProperty("left", `${Math.max(8, left)}px`);
}
