import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { t } from "../words/words.ts";
import { Icon } from "./icon.tsx";
import "./field.css";
import "./combobox.css";

export interface Suggestion {
  value: string;
  /** What is written into the field when it is chosen, and read aloud. */
  label: string;
  /** How it is drawn in the list; the label when missing. */
  shown?: ReactNode;
}

export interface ComboboxProps {
  label: string;
  name: string;
  hint?: ReactNode | undefined;
  error?: string | undefined;
  /** What is chosen, or null. */
  chosen: Suggestion | null;
  onChoose: (chosen: Suggestion | null) => void;
  /** What fits the words in the field, as far as it is known; undefined while it is asked for. */
  suggestions: readonly Suggestion[] | undefined;
  /** Called with every change of the words, and with none when the list is opened. */
  onSeek: (words: string) => void;
  /** Said where nothing fits. */
  nothing: string;
}

/**
 * A field that is typed into and a list of what fits it: WAI-ARIA's editable combobox with list autocomplete. Arrow keys move,
 * Enter takes, Escape closes the list and no dialog around it. Words that stand for nothing chosen are put back when the field
 * is left; an emptied field chooses nothing.
 */
export function Combobox({ label, name, hint, error, chosen, onChoose, suggestions, onSeek, nothing }: ComboboxProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [words, setWords] = useState(chosen?.label ?? "");
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const shown = suggestions ?? [];
  const chosenLabel = chosen?.label ?? "";

  useEffect(() => setWords(chosenLabel), [chosenLabel]);
  // What was at this place may be something else by now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: anew with every list
  useEffect(() => setActive(-1), [suggestions]);
  useEffect(() => {
    if (isOpen) list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  });

  const open = () => {
    if (isOpen) return;
    setOpen(true);
    onSeek("");
  };
  const close = () => {
    setOpen(false);
    setActive(-1);
  };
  const take = (one: Suggestion) => {
    onChoose(one);
    setWords(one.label);
    close();
  };
  const leave = () => {
    close();
    if (words.trim() === "") onChoose(null);
    else setWords(chosenLabel);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (!isOpen) open();
      else if (shown.length > 0)
        setActive((active + step + (active < 0 && step < 0 ? 1 : 0) + shown.length) % shown.length);
    } else if (event.key === "Enter" && isOpen) {
      // The form is sent by the next one.
      event.preventDefault();
      const one = shown[active] ?? (shown.length === 1 ? shown[0] : undefined);
      if (one !== undefined) take(one);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      setWords(chosenLabel);
      close();
    }
  };

  const described = [error === undefined ? "" : `${id}-error`, hint === undefined ? "" : `${id}-hint`];
  return (
    <div className="field combobox" data-wrong={error !== undefined || undefined}>
      <label className="field__label" htmlFor={id}>
        {label}
      </label>
      <span className="select">
        <input
          id={id}
          className="input"
          type="text"
          role="combobox"
          name={name}
          autoComplete="off"
          spellCheck={false}
          maxLength={120}
          aria-autocomplete="list"
          aria-expanded={isOpen}
          aria-controls={`${id}-list`}
          aria-activedescendant={isOpen && active >= 0 ? `${id}-${active}` : undefined}
          aria-describedby={described.filter(Boolean).join(" ") || undefined}
          aria-invalid={error !== undefined || undefined}
          value={words}
          onChange={(event) => {
            setWords(event.target.value);
            setOpen(true);
            onSeek(event.target.value);
          }}
          onClick={open}
          onFocus={(event) => event.target.select()}
          onBlur={leave}
          onKeyDown={onKeyDown}
        />
        <Icon name="caret-down" className="select__caret" />
      </span>
      <div
        ref={list}
        id={`${id}-list`}
        className="combobox__list"
        role="listbox"
        aria-label={t("word.suggestions")}
        hidden={!isOpen || shown.length === 0}
        // The field keeps the focus; a press on the list must not count as leaving it.
        onPointerDown={(event) => event.preventDefault()}
      >
        {shown.map((one, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, which keeps the focus
          // biome-ignore lint/a11y/useFocusableInteractive: named by aria-activedescendant of the field
          <div
            key={one.value}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === active}
            aria-label={one.label}
            className="combobox__option"
            data-chosen={one.value === chosen?.value || undefined}
            onClick={() => take(one)}
          >
            {one.shown ?? one.label}
          </div>
        ))}
      </div>
      <p className="unseen" role="status">
        {isOpen && suggestions !== undefined ? t("word.fitting", { count: shown.length }) : ""}
      </p>
      {isOpen && suggestions !== undefined && shown.length === 0 ? (
        <p className="combobox__nothing">{nothing}</p>
      ) : null}
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
