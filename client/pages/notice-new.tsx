import { oldest, youngest } from "../../domain/projects/form.ts";
import type { NewNotice, Notice } from "../../protocol/http/partners.ts";
import { editNotice, oneNotice, writeNotice } from "../api/partners.ts";
import { Button } from "../parts/button.tsx";
import { Select, TextArea, TextField } from "../parts/field.tsx";
import { TickList } from "../parts/tick-list.tsx";
import type { FieldErrors } from "../views/field-errors.ts";
import { t } from "../words/words.ts";
import { PartnerFrame } from "./partners/sections.tsx";
import { OwnPage } from "./portal/portal-page.tsx";
import { ErrorSummary, Trouble } from "./portal/trouble.tsx";
import { useAsked } from "./portal/use-asked.ts";
import { useForm } from "./portal/use-form.ts";
import { useList } from "./portal/use-list.ts";

/** `/partners/notices/new`, and with `?notice=` one of mine to be changed. */
export default function NewNoticePage() {
  const id = new URLSearchParams(location.search).get("notice");
  return (
    <OwnPage title={t(id === null ? "notices.write" : "notices.edit")} needs="account">
      {(me, door) => (
        <PartnerFrame me={me} door={door} title={t(id === null ? "notices.write" : "notices.edit")}>
          {id === null ? <NoticeForm notice={undefined} /> : <Changed id={id} />}
        </PartnerFrame>
      )}
    </OwnPage>
  );
}

function Changed({ id }: { id: string }) {
  const { asked } = useAsked(() => oneNotice(id));
  if (asked.state === "here") return <NoticeForm notice={asked.value.notice} />;
  return <Trouble refusal={asked.state === "refused" ? asked.refusal : undefined} />;
}

const ages = Array.from({ length: oldest - youngest + 1 }, (_, i) => String(youngest + i)).map((value) => ({
  value,
  label: value,
}));

function NoticeForm({ notice }: { notice: Notice | undefined }) {
  const [languages, subjects, countries] = [useList("language"), useList("subject"), useList("country")];
  const form = useForm(
    (fields) => {
      const read = readNotice(fields);
      if ("errors" in read) return read;
      return notice === undefined ? writeNotice(read.notice) : editNotice(notice.id, read.notice);
    },
    ({ notice: written }) => location.assign(`/partners/notices/${written.id}`),
  );
  const labels = {
    ...{ title: t("notices.name"), body: t("notices.body"), max: t("notices.ageMax") },
    ...{ languages: t("notices.languages"), startWanted: t("notices.start") },
  };
  return (
    <form {...form.props} className="card form">
      <ErrorSummary form={form} labels={labels} />
      <Select
        label={t("notices.kind")}
        name="kind"
        defaultValue={notice?.kind ?? "looking"}
        choices={[
          { value: "looking", label: t("notices.looking") },
          { value: "offer", label: t("notices.offer") },
        ]}
      />
      <TextField
        label={t("notices.name")}
        name="title"
        maxLength={120}
        defaultValue={notice?.title}
        error={form.error("title")}
      />
      <TextArea
        label={t("notices.body")}
        hint={t("notices.bodyHint")}
        name="body"
        rows={6}
        maxLength={2000}
        defaultValue={notice?.body}
        error={form.error("body")}
      />
      <div className="form__pair">
        <Select
          label={t("notices.ageMin")}
          name="min"
          defaultValue={String(notice?.ages.min ?? 9)}
          choices={ages}
          error={form.error("min")}
        />
        <Select
          label={t("notices.ageMax")}
          name="max"
          defaultValue={String(notice?.ages.max ?? 12)}
          choices={ages}
          error={form.error("max")}
        />
      </div>
      <TickList
        label={t("notices.languages")}
        name="languages"
        choices={languages.choices}
        chosen={notice?.languages ?? []}
        nothing={t("word.none")}
        error={form.error("languages")}
      />
      <TickList
        label={t("notices.subjects")}
        name="subjects"
        choices={subjects.choices}
        chosen={notice?.subjects ?? []}
        nothing={t("partners.any")}
        error={form.error("subjects")}
      />
      <TickList
        label={t("notices.countries")}
        name="countriesWanted"
        choices={countries.choices}
        chosen={notice?.countriesWanted ?? []}
        nothing={t("partners.any")}
        error={form.error("countriesWanted")}
      />
      <div className="form__pair">
        <TextField
          label={t("notices.start")}
          hint={t("word.optional")}
          type="date"
          name="startWanted"
          defaultValue={notice?.startWanted ?? ""}
          error={form.error("startWanted")}
        />
        <Select
          label={t("notices.days")}
          name="days"
          defaultValue="60"
          choices={[30, 60, 90].map((days) => ({ value: String(days), label: t("notices.daysOf", { count: days }) }))}
        />
      </div>
      <Trouble refusal={form.refusal} />
      <div className="form__acts">
        <Button type="submit" look="filled" aria-disabled={form.busy}>
          {t("notices.publish")}
        </Button>
      </div>
    </form>
  );
}

function readNotice(fields: FormData): { notice: NewNotice } | { errors: FieldErrors } {
  const text = (name: string) => String(fields.get(name) ?? "").trim();
  const all = (name: string) => fields.getAll(name).map(String);
  const [min, max, days] = [Number(text("min")), Number(text("max")), Number(text("days"))];
  const errors: FieldErrors = {};
  if (text("title") === "") errors.title = "notices.nameMissing";
  if (text("body").length < 40) errors.body = "notices.bodyHint";
  if (max < min) errors.max = "notices.ageWrong";
  if (all("languages").length === 0) errors.languages = "form.choose";
  if (Object.keys(errors).length > 0) return { errors };
  return {
    notice: {
      kind: text("kind") === "offer" ? "offer" : "looking",
      ...{ title: text("title"), body: text("body"), ages: { min, max } },
      ...{ subjects: all("subjects"), languages: all("languages"), countriesWanted: all("countriesWanted") },
      startWanted: text("startWanted") || null,
      days: days === 30 ? 30 : days === 90 ? 90 : 60,
    },
  };
}
