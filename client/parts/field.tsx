import {
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from "react";
import { Icon } from "./icon.tsx";
import "./field.css";

interface FieldWords {
  label: string;
  hint?: ReactNode | undefined;
  /** What is wrong and how to mend it; what was written stays. */
  error?: string | undefined;
}

/** Joins label, hint and error to a control; the control gets its ids from `children`. */
function Field({ id, label, hint, error, children }: FieldWords & { id: string; children: ReactNode }) {
  return (
    <div className="field" data-wrong={error !== undefined || undefined}>
      <label className="field__label" htmlFor={id}>
        {label}
      </label>
      {children}
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
    </div>
  );
}

function described(id: string, { hint, error }: Pick<FieldWords, "hint" | "error">) {
  const ids = [error === undefined ? "" : `${id}-error`, hint === undefined ? "" : `${id}-hint`]
    .filter(Boolean)
    .join(" ");
  return { id, "aria-describedby": ids || undefined, "aria-invalid": error !== undefined || undefined };
}

type Bare<T> = Omit<T, "id" | "aria-describedby" | "aria-invalid">;

/** A text box with its label above. Everything an `input` takes goes through. */
export function TextField({
  label,
  hint,
  error,
  large = false,
  ...input
}: FieldWords & { large?: boolean; ref?: Ref<HTMLInputElement> } & Bare<InputHTMLAttributes<HTMLInputElement>>) {
  const id = useId();
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <input
        className={`input${large ? " input--large" : ""}`}
        type="text"
        {...input}
        {...described(id, { hint, error })}
      />
    </Field>
  );
}

export function TextArea({
  label,
  hint,
  error,
  ...input
}: FieldWords & Bare<TextareaHTMLAttributes<HTMLTextAreaElement>>) {
  const id = useId();
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <textarea className="input" rows={4} {...input} {...described(id, { hint, error })} />
    </Field>
  );
}

export interface Choice<V extends string = string> {
  value: V;
  label: string;
  disabled?: boolean;
}

/** The system's own list of choices. */
export function Select<V extends string>({
  label,
  hint,
  error,
  choices,
  icon,
  onChoose,
  ...select
}: FieldWords & { choices: readonly Choice<V>[]; icon?: ReactNode; onChoose?: (value: V) => void } & Bare<
    SelectHTMLAttributes<HTMLSelectElement>
  >) {
  const id = useId();
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <span className="select">
        {icon === undefined ? null : <span className="select__icon">{icon}</span>}
        <select
          className={`input${icon === undefined ? "" : " input--icon"}`}
          {...select}
          {...described(id, { hint, error })}
          onChange={(event) => {
            select.onChange?.(event);
            const chosen = choices.find((choice) => choice.value === event.target.value);
            if (chosen !== undefined) onChoose?.(chosen.value);
          }}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value} disabled={choice.disabled}>
              {choice.label}
            </option>
          ))}
        </select>
        <Icon name="caret-down" className="select__caret" />
      </span>
    </Field>
  );
}

/** Yes or no, with the words beside the box. */
export function Checkbox({
  label,
  hint,
  ...input
}: { label: string; hint?: ReactNode } & Bare<InputHTMLAttributes<HTMLInputElement>>) {
  return <Ticked kind="checkbox" label={label} hint={hint} {...input} />;
}

/** On or off, at once. */
export function Switch({
  label,
  hint,
  ...input
}: { label: string; hint?: ReactNode } & Bare<InputHTMLAttributes<HTMLInputElement>>) {
  return <Ticked kind="switch" label={label} hint={hint} {...input} />;
}

function Ticked({
  kind,
  label,
  hint,
  ...input
}: { kind: "checkbox" | "switch"; label: string; hint?: ReactNode } & Bare<InputHTMLAttributes<HTMLInputElement>>) {
  const id = useId();
  return (
    <div className="ticked">
      <input
        type="checkbox"
        role={kind === "switch" ? "switch" : undefined}
        className={`ticked__box ticked__box--${kind}`}
        {...input}
        id={id}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      />
      <label htmlFor={id}>{label}</label>
      {hint === undefined ? null : (
        <p className="field__hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** One of a few, all of them seen. */
export function Radios<V extends string>({
  label,
  name,
  value,
  choices,
  onChoose,
}: {
  label: string;
  name: string;
  value: V;
  choices: readonly (Choice<V> & { hint?: string })[];
  onChoose: (value: V) => void;
}) {
  const id = useId();
  return (
    <fieldset className="field">
      <legend className="field__label">{label}</legend>
      {choices.map((choice) => (
        <div className="ticked" key={choice.value}>
          <input
            type="radio"
            className="ticked__box ticked__box--radio"
            id={`${id}-${choice.value}`}
            name={name}
            value={choice.value}
            checked={choice.value === value}
            disabled={choice.disabled}
            aria-describedby={choice.hint === undefined ? undefined : `${id}-${choice.value}-hint`}
            onChange={() => onChoose(choice.value)}
          />
          <label htmlFor={`${id}-${choice.value}`}>{choice.label}</label>
          {choice.hint === undefined ? null : (
            <p className="field__hint" id={`${id}-${choice.value}-hint`}>
              {choice.hint}
            </p>
          )}
        </div>
      ))}
    </fieldset>
  );
}
