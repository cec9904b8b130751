import { useEffect, useId, useState } from "react";
import { t } from "../words/words.ts";
import { IconButton } from "./button.tsx";
import "./field.css";
import "./stepper.css";

/** A whole number with a button to each side that a thumb can press; it can be typed as well. */
export function Stepper({
  label,
  name,
  quiet = false,
  value,
  most,
  least = 0,
  onChange,
  onBlur,
}: {
  label: string;
  name?: string;
  /** The label stands beside it already, and is only read aloud. */
  quiet?: boolean;
  value: number;
  least?: number;
  most: number;
  onChange: (value: number) => void;
  onBlur?: () => void;
}) {
  const id = useId();
  const [text, setText] = useState(String(value));
  useEffect(() => setText((before) => (Number(before || least) === value ? before : String(value))), [value, least]);
  const within = (wanted: number) => Math.min(most, Math.max(least, wanted));
  return (
    <div className="stepper">
      <label htmlFor={id} className={quiet ? "unseen" : "field__label"}>
        {label}
      </label>
      <div className="stepper__row">
        <IconButton
          icon="minus"
          look="outlined"
          name={t("stepper.less", { label })}
          aria-disabled={value <= least || undefined}
          onClick={() => onChange(within(value - 1))}
        />
        <input
          id={id}
          name={name}
          className="input stepper__number"
          inputMode="numeric"
          autoComplete="off"
          value={text}
          onFocus={(event) => event.target.select()}
          onChange={({ target }) => {
            const digits = target.value.replace(/\D/g, "").slice(0, String(most).length);
            setText(digits);
            onChange(within(Number(digits || least)));
          }}
          onBlur={() => {
            setText(String(value));
            onBlur?.();
          }}
        />
        <IconButton
          icon="plus"
          look="outlined"
          name={t("stepper.more", { label })}
          aria-disabled={value >= most || undefined}
          onClick={() => onChange(within(value + 1))}
        />
      </div>
    </div>
  );
}
