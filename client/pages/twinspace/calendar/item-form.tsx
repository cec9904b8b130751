import { useState } from "react";
import type {
  CalendarItem,
  CalendarKind,
  ItemChanged,
  SeriesScope,
  WrittenTime,
} from "../../../../protocol/twinspace/calendar.ts";
import { addItem, changeItem } from "../../../api/space/calendar.ts";
import { type Answer, isRefused } from "../../../api.ts";
import { Button } from "../../../parts/button.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { Checkbox, Radios, TextArea, TextField } from "../../../parts/field.tsx";
import { Alert } from "../../../parts/said.tsx";
import { writtenOf } from "../../../views/calendar.ts";
import type { FieldErrors } from "../../../views/field-errors.ts";
import { personName } from "../../../views/people-of-space.ts";
import { t } from "../../../words/words.ts";
import { ErrorSummary, Trouble } from "../../portal/trouble.tsx";
import { type Form, useForm } from "../../portal/use-form.ts";
import { ZoneSelect } from "../../portal/zone-select.tsx";
import { dropDraft, keepDraft, readDraft } from "./draft.ts";
import type { CalendarSight } from "./entry.tsx";
import { whenInWords } from "./said.ts";

/** A new date on a day, or one that is there. */
export type Writing = { readonly day: string; readonly item?: undefined } | { readonly item: CalendarItem };

/** Writes a date. Whoever was overtaken by somebody else sees both, and what they wrote stays. */
export function ItemForm({
  sight,
  writing,
  onClose,
  done,
}: {
  sight: CalendarSight;
  writing: Writing;
  onClose: () => void;
  done: (sentence: string) => void;
}) {
  const { item } = writing;
  const { slug, zone, schools } = sight;
  const before: WrittenTime = item ? writtenOf(item.time) : startOn(writing.item ? "" : writing.day, zone);
  const [kind, setKind] = useState<CalendarKind>(item?.kind ?? "activity");
  const [wholeDays, setWholeDays] = useState(before.shape === "days");
  const [scope, setScope] = useState<SeriesScope>("one");
  const [base, setBase] = useState(item?.version ?? 0);
  const [draft] = useState(() => readDraft(slug, item?.id));
  const own = schools.find(({ mine }) => mine);
  const cancel = () => {
    dropDraft(slug, item?.id);
    onClose();
  };

  const form = useForm<string>(
    (fields) => {
      const text = (name: string) => String(fields.get(name) ?? "").trim();
      const errors = wrongIn(text, wholeDays, kind);
      if (Object.keys(errors).length > 0) return { errors };
      const time: WrittenTime = wholeDays
        ? { shape: "days", first: text("first"), last: text("last") || text("first") }
        : { shape: "hours", start: text("start"), end: text("end"), timeZone: text("timeZone") };
      const words = {
        ...{ kind, title: text("title"), description: text("description"), place: text("place"), time },
        school: kind === "holiday" ? (item?.school ?? own?.id ?? null) : null,
      };
      if (item) return said(changeItem(slug, item.id, { ...words, base, scope }), changedInWords);
      return said(addItem(slug, { ...words, until: text("until") || null }), ({ items }) =>
        t("calendar.added", { count: items.length }),
      );
    },
    (sentence) => {
      dropDraft(slug, item?.id);
      done(sentence);
    },
  );
  const now = form.refusal?.refused === "calendar.changedMeanwhile" ? form.refusal.current : undefined;
  // The server answers what it is by now in the shape of the route (protocol/twinspace/calendar.ts).
  const current = (now as ItemChanged | undefined)?.item;
  const overtaken = current !== undefined && current.version !== base;

  return (
    <Dialog title={t(item ? "calendar.editTitle" : "calendar.add")} onClose={onClose}>
      <form className="form" {...form.props} onChange={({ currentTarget }) => keepDraft(slug, item?.id, currentTarget)}>
        <ErrorSummary form={form} labels={labels()} />
        <Radios
          label={t("calendar.kind")}
          name="kind"
          value={kind}
          onChoose={(chosen) => {
            setKind(chosen);
            if (chosen === "holiday") setWholeDays(true);
          }}
          choices={kindsFor(sight, item).map((value) => ({ value, label: t(`calendar.kind.${value}`) }))}
        />
        {kind === "holiday" ? (
          <p className="soft">
            {t("calendar.school")}: {schools.find(({ id }) => id === (item?.school ?? own?.id))?.name}
          </p>
        ) : null}
        <TextField
          label={t("calendar.title")}
          name="title"
          maxLength={120}
          defaultValue={draft.title ?? item?.title}
          hint={t("calendar.titleHint")}
          error={form.error("title")}
          data-first
        />
        <Checkbox
          label={t("calendar.wholeDays")}
          checked={wholeDays}
          onChange={({ target }) => setWholeDays(target.checked)}
        />
        {wholeDays ? (
          <DayFields form={form} before={before} />
        ) : (
          <HourFields form={form} before={before} zone={zone} kind={kind} />
        )}
        {item ? null : (
          <TextField
            label={t("calendar.until")}
            name="until"
            type="date"
            hint={t("calendar.untilHint")}
            error={form.error("until")}
          />
        )}
        <TextField
          label={t("calendar.place")}
          name="place"
          maxLength={120}
          defaultValue={draft.place ?? item?.place}
          error={form.error("place")}
        />
        <TextArea
          label={t("calendar.description")}
          name="description"
          rows={3}
          maxLength={2000}
          defaultValue={draft.description ?? item?.description}
          error={form.error("description")}
        />
        {item && item.series !== null ? (
          <Radios
            label={t("calendar.scope")}
            name="scope"
            value={scope}
            onChoose={setScope}
            choices={(["one", "following"] as const).map((value) => ({ value, label: t(`calendar.scope.${value}`) }))}
          />
        ) : null}
        {overtaken ? (
          <Alert act={{ label: t("calendar.keepMine"), onPress: () => setBase(current.version) }} onClose={onClose}>
            {t("calendar.conflict", { name: personName(current.changedBy ?? current.by) })}. {t("calendar.theirs")}:{" "}
            {current.title}, {whenInWords(current.time, zone, schools)}
          </Alert>
        ) : (
          <Trouble refusal={current ? undefined : form.refusal} />
        )}
        <div className="form__acts">
          <Button look="filled" type="submit" disabled={form.busy}>
            {t(item ? "act.save" : "calendar.add")}
          </Button>
          <Button onClick={cancel}>{t("act.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Ten o'clock for an hour, to begin with. */
const startOn = (day: string, timeZone: string) => ({
  shape: "hours" as const,
  ...{ start: `${day}T10:00`, end: `${day}T11:00`, timeZone },
});

/** Holidays are their own school's; what somebody may not write is not offered. */
function kindsFor({ schools }: CalendarSight, item: CalendarItem | undefined): CalendarKind[] {
  if (item?.kind === "holiday") return ["holiday"];
  return schools.some(({ mine }) => mine) ? ["activity", "deadline", "holiday"] : ["activity", "deadline"];
}

function changedInWords({ changed, kept }: ItemChanged): string {
  const saved = t("calendar.saved", { count: changed });
  return kept === 0 ? saved : `${saved} ${t("calendar.keptOwn", { count: kept })}`;
}

async function said<T>(asked: Promise<Answer<T>>, sentence: (value: T) => string): Promise<Answer<string>> {
  const answer = await asked;
  return isRefused(answer) ? answer : { value: sentence(answer.value) };
}

function wrongIn(text: (name: string) => string, wholeDays: boolean, kind: CalendarKind): FieldErrors {
  const errors: FieldErrors = {};
  if (text("title") === "") errors.title = "form.missing";
  const [from, to] = wholeDays ? ["first", "last"] : ["start", "end"];
  if (from && text(from) === "") errors[from] = "form.missing";
  else if (to && text(to) === "" && !wholeDays) errors[to] = "form.missing";
  else if (
    from &&
    to &&
    text(to) !== "" &&
    (text(to) < text(from) || (!wholeDays && text(to) === text(from) && kind !== "deadline"))
  )
    errors[to] = "calendar.endWrong";
  if (from && text("until") !== "" && text("until") < text(from).slice(0, 10)) errors.until = "calendar.untilWrong";
  return errors;
}

const labels = () => ({
  ...{ title: t("calendar.title"), first: t("calendar.first"), last: t("calendar.last"), start: t("calendar.start") },
  ...{ end: t("calendar.end"), until: t("calendar.until"), place: t("calendar.place"), timeZone: t("calendar.zone") },
  description: t("calendar.description"),
});

function DayFields({ form, before }: { form: Form; before: WrittenTime }) {
  const [first, last] = before.shape === "days" ? [before.first, before.last] : [before.start, before.end];
  return (
    <div className="form__pair">
      <TextField
        label={t("calendar.first")}
        name="first"
        type="date"
        defaultValue={first.slice(0, 10)}
        error={form.error("first")}
      />
      <TextField
        label={t("calendar.last")}
        name="last"
        type="date"
        defaultValue={last.slice(0, 10)}
        error={form.error("last")}
      />
    </div>
  );
}

function HourFields({
  form,
  before,
  zone,
  kind,
}: {
  form: Form;
  before: WrittenTime;
  zone: string;
  kind: CalendarKind;
}) {
  const hours = before.shape === "hours" ? before : startOn(before.first, zone);
  return (
    <>
      <div className="form__pair">
        <TextField
          label={t("calendar.start")}
          name="start"
          type="datetime-local"
          defaultValue={hours.start}
          error={form.error("start")}
        />
        <TextField
          label={t("calendar.end")}
          name="end"
          type="datetime-local"
          defaultValue={hours.end}
          hint={kind === "deadline" ? t("calendar.endHint") : undefined}
          error={form.error("end")}
        />
      </div>
      <ZoneSelect label={t("calendar.zone")} zone={hours.timeZone} error={form.error("timeZone")} />
    </>
  );
}
