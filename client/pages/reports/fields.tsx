/** The controls of an entry's form, each for one of its fields. */
import { useEffect, useState } from "react";
import type { PlanItem } from "../../../protocol/reports/card.ts";
import type { EntryBody, EntryField } from "../../../protocol/reports/entries.ts";
import { Radios, TextArea, TextField } from "../../parts/field.tsx";
import { Stepper } from "../../parts/stepper.tsx";
import { Ticks } from "../../parts/tick-list.tsx";
import type { ReportSchool } from "../../views/report-entry.ts";
import { isWebAddress, sameEntryValue } from "../../views/report-form.ts";
import { refusalSentence } from "../../words/refusals.ts";
import { isWordKey, say, t } from "../../words/words.ts";
import { useList } from "../portal/use-list.ts";
import { Beside } from "./beside.tsx";
import { PupilsControl, TeachersControl } from "./count-fields.tsx";
import { EvidenceControl } from "./evidence-field.tsx";
import { PlanControl } from "./plan-field.tsx";
import type { EntryForm } from "./use-entry-form.ts";

export interface FieldGiven {
  form: EntryForm;
  /** What is missing or wrong, after it was asked to be shared. */
  error: string | undefined;
  /** The reader's own comes first. */
  schools: readonly ReportSchool[];
  plan: readonly PlanItem[];
}

type FieldsOf<V> = {
  [F in EntryField]: EntryBody[F] extends V ? (V extends EntryBody[F] ? F : never) : never;
}[EntryField];
type TextName = FieldsOf<string>;
type CodesName = FieldsOf<string[]>;
type DayName = FieldsOf<string | null>;

const longest: Readonly<Record<TextName, number>> = {
  ...{ title: 120, done: 4000, communication: 2000, collaboration: 2000, curriculum: 2000, learned: 3000 },
  ...{ difficulties: 3000, question: 2000, safeguarding: 2000, shownWhere: 500, shownLink: 500, audience: 200 },
  nextSteps: 2000,
};
const inOneLine: readonly TextName[] = ["title", "shownLink", "audience"];

/** A field by its name, whatever it takes. */
export function FieldControl({ field, ...given }: FieldGiven & { field: EntryField }) {
  return (
    <div className="report-field" data-field={field}>
      <Beside form={given.form} field={field}>
        <Control field={field} {...given} error={given.error ?? refusedWords(given.form, field)} />
      </Beside>
    </div>
  );
}

/** Why the server did not take what stands there. */
function refusedWords(form: EntryForm, field: EntryField): string | undefined {
  const { wrong, why, value } = form.now.fields[field];
  if (wrong === undefined || !sameEntryValue(wrong, value)) return undefined;
  if (why === "entry.incomplete") return t("form.missing");
  return why === undefined || why === "request.malformed" ? t("projects.notTaken") : refusalSentence(why);
}

function Control({ field, ...given }: FieldGiven & { field: EntryField }) {
  switch (field) {
    case "fromDay":
    case "toDay":
    case "nextDay":
      return <DayControl field={field} {...given} />;
    case "subjects":
    case "tools":
    case "criteria":
      return <CodesControl field={field} {...given} />;
    case "pupils":
      return <PupilsControl {...given} />;
    case "teachers":
      return <TeachersControl {...given} />;
    case "consentsChecked":
      return <ConsentsControl {...given} />;
    case "incidents":
      return <IncidentsControl {...given} />;
    case "plan":
      return <PlanControl {...given} />;
    case "evidence":
      return <EvidenceControl {...given} />;
    default:
      return <TextControl field={field} {...given} />;
  }
}

/** Where a field has a hint: `reports.hint.<field>`. */
function hintOf(field: EntryField): string | undefined {
  const key = `reports.hint.${field}`;
  return isWordKey(key) ? say(key, {}) : undefined;
}

function TextControl({ field, form, error }: FieldGiven & { field: TextName }) {
  const [wasLeft, leave] = useState(false);
  const { value } = form.now.fields[field];
  const text = typeof value === "string" ? value : "";
  const isHalf = field === "shownLink" && wasLeft && !isWebAddress(text.trim());
  const shared = {
    label: t(`reports.field.${field}`),
    name: field,
    value: text,
    maxLength: longest[field],
    hint: hintOf(field),
    error: error ?? (isHalf ? t("reports.addressWrong") : undefined),
    onBlur: () => {
      leave(true);
      form.left();
    },
  };
  if (inOneLine.includes(field)) {
    return (
      <TextField
        {...shared}
        {...(field === "shownLink" ? { type: "url", inputMode: "url" } : {})}
        dir="auto"
        autoComplete="off"
        onChange={({ target }) => form.type(field, target.value)}
      />
    );
  }
  return (
    <TextArea
      {...shared}
      dir="auto"
      rows={field === "done" ? 5 : 3}
      onChange={({ target }) => form.type(field, target.value)}
    />
  );
}

function DayControl({ field, form, error }: FieldGiven & { field: DayName }) {
  const { value } = form.now.fields[field];
  const day = typeof value === "string" ? value : "";
  const [text, setText] = useState(day);
  useEffect(() => setText(day), [day]);
  return (
    <TextField
      label={t(field === "toDay" && form.entry.kind === "activity" ? "reports.day" : `reports.field.${field}`)}
      name={field}
      type="date"
      min="2005-01-01"
      max="2099-12-31"
      value={text}
      hint={hintOf(field)}
      error={error}
      onChange={({ target }) => {
        setText(target.value);
        // While a year is being typed it is the year 2 and then the year 20.
        if (target.value === "" || /^20\d\d-/.test(target.value)) form.type(field, target.value || null);
      }}
      onBlur={form.left}
    />
  );
}

const listOfField = { subjects: "subject", tools: "tool", criteria: "criterion" } as const;

function CodesControl({ field, form, error }: FieldGiven & { field: CodesName }) {
  const list = useList(listOfField[field]);
  const chosen: readonly string[] = codesIn(form.now.fields[field].value);
  const ended = chosen.filter((code) => !list.choices.some((choice) => choice.value === code));
  return (
    <Ticks
      label={t(`reports.field.${field}`)}
      choices={[...list.choices, ...ended.map((code) => ({ value: code, label: list.labelOf(code) }))]}
      chosen={chosen}
      choose={(codes) => form.type(field, [...codes])}
      left={form.left}
      nothing={t("projects.nothingChosen")}
      hint={hintOf(field)}
      error={error}
    />
  );
}

const codesIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((code) => typeof code === "string") : [];

function ConsentsControl({ form }: FieldGiven) {
  const { value } = form.now.fields.consentsChecked;
  return (
    <Radios
      label={t("reports.consentsAsk")}
      name="consentsChecked"
      value={value === true ? "yes" : value === false ? "no" : "unsaid"}
      onChoose={(chosen) => form.type("consentsChecked", chosen === "unsaid" ? null : chosen === "yes")}
      choices={[
        { value: "yes", label: t("act.yes") },
        { value: "no", label: t("act.no") },
        { value: "unsaid", label: t("reports.unsaid") },
      ]}
    />
  );
}

/** Nothing said is not the same as none. */
function IncidentsControl({ form }: FieldGiven) {
  const { value } = form.now.fields.incidents;
  const isSaid = typeof value === "number";
  return (
    <fieldset className="field">
      <legend className="field__label">{t("reports.incidentsAsk")}</legend>
      <div className="ticked">
        <input
          type="checkbox"
          id="incidents-said"
          className="ticked__box ticked__box--checkbox"
          checked={isSaid}
          onChange={({ target }) => form.type("incidents", target.checked ? 0 : null)}
        />
        <label htmlFor="incidents-said">{t("reports.incidentsSay")}</label>
      </div>
      {isSaid ? (
        <Stepper
          label={t("reports.field.incidents")}
          name="incidents"
          value={value}
          most={1000}
          onChange={(count) => form.type("incidents", count)}
          onBlur={form.left}
        />
      ) : null}
    </fieldset>
  );
}
