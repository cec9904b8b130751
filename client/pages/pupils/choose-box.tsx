import { useId } from "react";
import "../../parts/field.css";

/** A box to tick in a row of a table; its words are read aloud, and seen where `label` says so. */
export function ChooseBox({
  name,
  label,
  checked,
  onChange,
}: {
  name: string;
  label?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <span className="ticked">
      <input
        type="checkbox"
        className="ticked__box ticked__box--checkbox"
        id={id}
        aria-label={label === undefined ? name : undefined}
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      {label === undefined ? null : <label htmlFor={id}>{label}</label>}
    </span>
  );
}
