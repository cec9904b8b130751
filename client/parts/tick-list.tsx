import { useId, useState } from "react";
import type { Choice } from "./field.tsx";
import { Icon } from "./icon.tsx";
import "./field.css";
import "./tick-list.css";

/**
 * Several of a long list. Folded together it says what is chosen; unfolded every entry is a box to tick. What is chosen is in the
 * form under `name`, once for each.
 */
export function TickList({
  label,
  name,
  choices,
  chosen: first,
  nothing,
  hint,
  error,
}: {
  label: string;
  name: string;
  choices: readonly Choice[];
  chosen: readonly string[];
  /** What stands there while nothing is chosen. */
  nothing: string;
  hint?: string;
  error?: string | undefined;
}) {
  const id = useId();
  const [chosen, choose] = useState<readonly string[]>(first);
  const [isOpen, open] = useState(false);
  const names = choices.filter(({ value }) => chosen.includes(value)).map((choice) => choice.label);
  const said = [error === undefined ? "" : `${id}-error`, hint === undefined ? "" : `${id}-hint`].join(" ").trim();
  return (
    <fieldset className="field tick-list" data-wrong={error !== undefined || undefined}>
      <legend className="field__label">{label}</legend>
      <details open={isOpen || error !== undefined} onToggle={(event) => open(event.currentTarget.open)}>
        <summary className="input tick-list__chosen" aria-describedby={said || undefined}>
          <span>{names.length === 0 ? nothing : names.join(", ")}</span>
          <Icon name="caret-down" />
        </summary>
        <div className="tick-list__choices">
          {choices.map(({ value, label: words }) => (
            <div className="ticked" key={value}>
              <input
                type="checkbox"
                className="ticked__box ticked__box--checkbox"
                id={`${id}-${value}`}
                name={name}
                value={value}
                checked={chosen.includes(value)}
                onChange={(event) =>
                  choose(event.target.checked ? [...chosen, value] : chosen.filter((one) => one !== value))
                }
              />
              <label htmlFor={`${id}-${value}`}>{words}</label>
            </div>
          ))}
        </div>
      </details>
      {error === undefined ? null : (
        <p className="field__error" id={`${id}-error`}>
          <Icon name="warning-circle" />
          {error}
        </p>
      )}
      {hint === undefined ? null : (
        <p className="field__hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </fieldset>
  );
}
