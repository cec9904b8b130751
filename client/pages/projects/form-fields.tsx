/** The controls of the form. Each shows what is saved, and where somebody else was faster both versions to choose from. */
import { useEffect, useState } from "react";
import {
  type DayField,
  type FieldValue,
  type FormField,
  joined,
  type ListField,
  listFields,
  listOfField,
  longest,
  misfitsIn,
  mostPupils,
  oldest,
  type TextField as TextName,
  youngest,
} from "../../../domain/projects/form.ts";
import { Button } from "../../parts/button.tsx";
import { Select, TextArea, TextField } from "../../parts/field.tsx";
import { Ticks } from "../../parts/tick-list.tsx";
import { valuesOf } from "../../views/project-form.ts";
import { listOf, longDate } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { useList } from "../portal/use-list.ts";
import type { SavedForm } from "./use-saved-form.ts";
import "../../parts/tick-list.css";

type Of<F> = { saved: SavedForm; field: F };

/** What is wrong with a field here, or undefined. */
function errorOf(saved: SavedForm, field: FormField): string | undefined {
  if (saved.form[field].wrong !== undefined) return t("projects.notTaken");
  if (!misfitsIn(valuesOf(saved.form)).includes(field)) return undefined;
  return t(field === "ageMax" ? "projects.agesWrong" : "projects.daysWrong");
}

export function TextControl({ saved, field, hint, long }: Of<TextName> & { hint?: string; long?: boolean }) {
  const { value } = saved.form[field];
  const shared = {
    label: t(`projects.field.${field}`),
    name: field,
    value: typeof value === "string" ? value : "",
    maxLength: longest[field],
    onBlur: saved.left,
    hint,
    error: errorOf(saved, field),
  };
  return (
    <Both saved={saved} field={field}>
      {long ? (
        <TextArea {...shared} rows={7} onChange={(event) => saved.type(field, event.target.value)} />
      ) : (
        <TextField {...shared} autoComplete="off" onChange={(event) => saved.type(field, event.target.value)} />
      )}
    </Both>
  );
}

export function AgeControl({ saved, field }: Of<"ageMin" | "ageMax">) {
  const { value } = saved.form[field];
  const ages = Array.from({ length: oldest - youngest + 1 }, (_, index) => String(youngest + index));
  return (
    <Both saved={saved} field={field}>
      <Select
        label={t(`projects.field.${field}`)}
        name={field}
        value={typeof value === "number" ? String(value) : ""}
        choices={[{ value: "", label: t("projects.chooseAge") }, ...ages.map((age) => ({ value: age, label: age }))]}
        onChoose={(age) => saved.type(field, age === "" ? null : Number(age))}
        onBlur={saved.left}
        error={errorOf(saved, field)}
      />
    </Both>
  );
}

export function PupilNumberControl({ saved }: { saved: SavedForm }) {
  const { value } = saved.form.pupilNumber;
  const [text, setText] = useState(value === null ? "" : String(value));
  const [isWrong, setWrong] = useState(false);
  useEffect(() => {
    setText((before) => (readCount(before) === value ? before : value === null ? "" : String(value)));
  }, [value]);
  return (
    <Both saved={saved} field="pupilNumber">
      <TextField
        label={t("projects.field.pupilNumber")}
        name="pupilNumber"
        inputMode="numeric"
        autoComplete="off"
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          const count = readCount(target.value);
          setWrong(count === undefined);
          if (count !== undefined) saved.type("pupilNumber", count);
        }}
        onBlur={saved.left}
        hint={t("projects.hint.pupilNumber")}
        error={isWrong ? t("projects.numberWrong") : errorOf(saved, "pupilNumber")}
      />
    </Both>
  );
}

/** Null for nothing written, undefined for what is no such number. */
function readCount(text: string): number | null | undefined {
  if (text.trim() === "") return null;
  const count = /^\s*\d{1,6}\s*$/.test(text) ? Number(text) : 0;
  return count >= 1 && count <= mostPupils ? count : undefined;
}

export function DayControl({ saved, field, hint }: Of<DayField> & { hint?: string }) {
  const { value } = saved.form[field];
  const day = typeof value === "string" ? value : "";
  const [text, setText] = useState(day);
  useEffect(() => setText(day), [day]);
  return (
    <Both saved={saved} field={field}>
      <TextField
        label={t(`projects.field.${field}`)}
        name={field}
        type="date"
        min="2005-01-01"
        max="2099-12-31"
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          // While a year is being typed it is the year 2 and then the year 20.
          if (target.value === "" || /^20\d\d-/.test(target.value)) saved.type(field, target.value || null);
        }}
        onBlur={saved.left}
        hint={hint}
        error={errorOf(saved, field)}
      />
    </Both>
  );
}

/** Several of a list, each tick saved by itself. */
export function CodesControl({ saved, field, hint }: Of<ListField> & { hint?: string }) {
  const list = useList(listOfField[field]);
  const { value } = saved.form[field];
  const chosen: readonly string[] = typeof value === "object" && value !== null ? value : [];
  const ended = chosen.filter((code) => !list.choices.some((choice) => choice.value === code));
  return (
    <Both saved={saved} field={field}>
      <Ticks
        label={t(`projects.field.${field}`)}
        choices={[...list.choices, ...ended.map((code) => ({ value: code, label: list.labelOf(code) }))]}
        chosen={chosen}
        choose={(codes) => saved.type(field, codes)}
        left={saved.left}
        nothing={t("projects.nothingChosen")}
        hint={hint}
        error={errorOf(saved, field)}
      />
    </Both>
  );
}

/** A control, and under it what somebody else has written meanwhile. */
function Both({ saved, field, children }: Of<FormField> & { children: React.ReactNode }) {
  const { conflict, value } = saved.form[field];
  const label = t(`projects.field.${field}`);
  const both = conflict === undefined ? undefined : joined(value, conflict.theirs);
  return (
    <div className="project-part">
      {children}
      {conflict === undefined ? null : (
        <section className="project-conflict" role="alert" aria-label={t("projects.conflictOf", { field: label })}>
          <p>
            <strong>{t("projects.conflict", { name: conflict.by || t("word.somebody") })}</strong>
          </p>
          <div className="project-conflict__both">
            <div>
              <span className="small">{t("projects.theirs", { name: conflict.by || t("word.somebody") })}</span>
              <ValueInWords field={field} value={conflict.theirs} />
            </div>
            <div>
              <span className="small">{t("projects.mine")}</span>
              <ValueInWords field={field} value={value} />
            </div>
          </div>
          <div className="project-acts">
            <Button onClick={() => saved.settle(field, value)}>{t("projects.keepMine")}</Button>
            <Button onClick={() => saved.settle(field, conflict.theirs)}>{t("projects.takeTheirs")}</Button>
            {both === undefined ? null : (
              <Button onClick={() => saved.settle(field, both)}>{t("projects.joinBoth")}</Button>
            )}
          </div>
          <p className="small">{t("projects.conflictHint")}</p>
        </section>
      )}
    </div>
  );
}

/** A field's value as somebody reads it. */
export function ValueInWords({ field, value }: { field: FormField; value: FieldValue }) {
  const list = useList(listOfField[listFields.find((one) => one === field) ?? "languages"]);
  const words = () => {
    if (value === null || value === "") return "";
    if (typeof value === "number") return String(value);
    if (typeof value === "object") return listOf(value.map(list.labelOf));
    return /Date$/.test(field) ? longDate(Date.parse(`${value}T12:00:00`)) : value;
  };
  return <p className="project-words">{words() || t("projects.empty")}</p>;
}
