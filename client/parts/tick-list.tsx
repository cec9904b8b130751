import { useId, useState } from "react";
import { listOf } from "../words/formats.ts";
import type { Choice } from "./field.tsx";
import { Icon } from "./icon.tsx";
import "./field.css";
import "./tick-list.css";

interface TickListWords {
  label: string;
  choices: readonly Choice[];
  /** What stands there while nothing is chosen. */
  nothing: string;
  hint?: string | undefined;
  error?: string | undefined;
}

/** Several of a long list, kept by the form it stands in: what is chosen is in it under `name`, once for each. */
export function TickList({
  chosen: first,
  ...given
}: TickListWords & {
  name: string;
  chosen: readonly string[];
}) {
  const [chosen, choose] = useState(first);
  return <Ticks {...given} chosen={chosen} choose={choose} />;
}

/** Several of a long list, kept by whoever shows it. Folded together it says what is chosen; unfolded every entry is a box to tick. */
export function Ticks({
  label,
  name,
  choices,
  chosen,
  choose,
  left,
  nothing,
  hint,
  error,
}: TickListWords & {
  name?: string;
  chosen: readonly string[];
  choose: (chosen: readonly string[]) => void;
  left?: () => void;
}) {
  const id = useId();
  const [isOpen, open] = useState(false);
  const names = choices.filter(({ value }) => chosen.includes(value)).map((choice) => choice.label);
  const said = [error === undefined ? "" : `${id}-error`, hint === undefined ? "" : `${id}-hint`].join(" ").trim();
  return (
    <fieldset className="field tick-list" data-wrong={error !== undefined || undefined}>
      <legend className="field__label">{label}</legend>
      <details open={isOpen || error !== undefined} onToggle={(event) => open(event.currentTarget.open)}>
        <summary className="input tick-list__chosen" aria-describedby={said || undefined}>
          <span>{names.length === 0 ? nothing : listOf(names)}</span>
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
                onBlur={left}
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
