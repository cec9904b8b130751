import type { ReactNode } from "react";
import type { EntryField } from "../../../protocol/reports/entries.ts";
import { Button } from "../../parts/button.tsx";
import { bothTexts, type EntryValue } from "../../views/report-form.ts";
import { dayInWords } from "../../words/days.ts";
import { listOf } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { useList } from "../portal/use-list.ts";
import type { EntryForm } from "./use-entry-form.ts";

/** A control, and under it what somebody else has put there meanwhile: nothing is sent of it until one is chosen. */
export function Beside({ form, field, children }: { form: EntryForm; field: EntryField; children: ReactNode }) {
  const { value, conflict } = form.now.fields[field];
  if (conflict === undefined) return children;
  const name = conflict.by || t("word.somebody");
  const both = bothTexts(value, conflict.theirs);
  return (
    <div className="report-field">
      {children}
      <section
        className="report-conflict"
        role="alert"
        aria-label={t("projects.conflictOf", { field: t(`reports.field.${field}`) })}
      >
        <p>
          <strong>{t("projects.conflict", { name })}</strong>
        </p>
        <div className="report-conflict__both">
          <div>
            <span className="small">{t("projects.theirs", { name })}</span>
            <ValueInWords field={field} value={conflict.theirs} />
          </div>
          <div>
            <span className="small">{t("projects.mine")}</span>
            <ValueInWords field={field} value={value} />
          </div>
        </div>
        <div className="form__acts">
          <Button onClick={() => form.settle(field, value)}>{t("projects.keepMine")}</Button>
          <Button onClick={() => form.settle(field, conflict.theirs)}>{t("projects.takeTheirs")}</Button>
          {both === undefined ? null : (
            <Button onClick={() => form.settle(field, both)}>{t("projects.joinBoth")}</Button>
          )}
        </div>
      </section>
    </div>
  );
}

function ValueInWords({ field, value }: { field: EntryField; value: EntryValue }) {
  const { labelOf } = useList(field === "tools" ? "tool" : field === "criteria" ? "criterion" : "subject");
  return (
    <p className="report-conflict__words" dir="auto">
      {inWords(field, value, labelOf) || t("projects.empty")}
    </p>
  );
}

function inWords(field: EntryField, value: EntryValue, labelOf: (code: string) => string): string {
  if (value === null || value === "") return "";
  if (typeof value === "boolean") return t(value ? "act.yes" : "act.no");
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return field.endsWith("Day") ? dayInWords(value) : value;
  return listOf(value.map((one) => (typeof one === "string" ? labelOf(one) : numberOf(one))));
}

/** Of what is counted, how many; of what is to be seen, what it is called. */
function numberOf(one: object): string {
  if ("count" in one) return String(one.count);
  if ("amount" in one) return String(one.amount);
  if ("words" in one && typeof one.words === "string" && one.words !== "") return one.words;
  return t("reports.oneThing");
}
