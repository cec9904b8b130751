import { type ReactNode, useId, useState } from "react";
import { Checkbox, type Choice, Select, TextArea, TextField } from "../../parts/field.tsx";
import { TickList } from "../../parts/tick-list.tsx";
import { type Draft, textIn, textsIn } from "../../views/drafts.ts";
import { ages, isTicked } from "../../views/school-form.ts";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import type { Form } from "../portal/use-form.ts";
import { type List, useList } from "../portal/use-list.ts";

interface FieldsGiven {
  form: Form;
  draft: Draft;
  /** Its country cannot be changed any more. */
  isValidated: boolean;
}

/** The lists that the form chooses from; it is drawn once they are there, so that nothing chosen before is lost. */
function useSchoolLists() {
  const lists = {
    country: useList("country"),
    type: useList("schoolType"),
    language: useList("language"),
    subject: useList("subject"),
  };
  const all = Object.values(lists);
  return {
    lists,
    isHere: all.every(({ entries }) => entries !== undefined),
    refused: all.find(({ refusal }) => refusal !== undefined),
  };
}
type Lists = ReturnType<typeof useSchoolLists>["lists"];

/** What a field of the school's form is called. */
export const schoolLabels = (): Readonly<Record<string, string>> => ({
  name: t("register.schoolName"),
  legalName: t("register.legalName"),
  number: t("register.number"),
  type: t("register.type"),
  website: t("register.website"),
  country: t("register.country"),
  region: t("register.region"),
  address: t("register.address"),
  postcode: t("register.postcode"),
  town: t("register.town"),
  mainLanguage: t("register.mainLanguage"),
  languages: t("register.languages"),
  subjects: t("register.subjects"),
  ageMin: t("register.ageMin"),
  ageMax: t("register.ageMax"),
  pupilCount: t("register.pupilCount"),
  description: t("register.description"),
  available: t("register.available"),
  principalName: t("register.principalName"),
  principalEmail: t("register.principalEmail"),
  leadName: t("register.leadName"),
  leadEmail: t("register.leadEmail"),
});

/** Every field of a school. Under `number` stands what is said about a number that is taken. */
export function SchoolFields({ number, ...given }: FieldsGiven & { number?: ReactNode }) {
  const { lists, isHere, refused } = useSchoolLists();
  if (refused !== undefined) return <Trouble refusal={refused.refusal} again={refused.again} />;
  if (!isHere) return <p role="status">{t("app.loading")}</p>;
  return (
    <>
      <TheSchool {...given} lists={lists} number={number} />
      <WhereItIs {...given} lists={lists} />
      <Teaching {...given} lists={lists} />
      <WhoAnswers {...given} />
    </>
  );
}

export function Part({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className="card form" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {hint === undefined ? null : <p className="soft">{hint}</p>}
      {children}
    </section>
  );
}

interface LineOptions {
  hint?: string;
  most?: number;
  type?: string;
  autoComplete?: string;
  inputMode?: "numeric";
  optional?: boolean;
}

function Line({ form, draft, name, options = {} }: FieldsOf & { name: string; options?: LineOptions }) {
  const { hint, most = 200, type = "text", autoComplete = "off", inputMode, optional = false } = options;
  const label = schoolLabels()[name] ?? name;
  return (
    <TextField
      label={optional ? t("register.optional", { label }) : label}
      name={name}
      type={type}
      maxLength={most}
      autoComplete={autoComplete}
      {...(inputMode ? { inputMode } : {})}
      defaultValue={textIn(draft, name)}
      hint={hint}
      error={form.error(name)}
    />
  );
}
type FieldsOf = Pick<FieldsGiven, "form" | "draft">;

/** What was chosen when it was on the list stays to be chosen. */
const withChosen = (list: List, code: string): Choice[] =>
  code === "" || list.choices.some(({ value }) => value === code)
    ? [...list.choices]
    : [...list.choices, { value: code, label: list.labelOf(code) }];

function TheSchool({ form, draft, lists, number }: FieldsGiven & { lists: Lists; number?: ReactNode }) {
  const given = { form, draft };
  return (
    <Part title={t("register.partSchool")}>
      <Line {...given} name="name" options={{ most: 120, hint: t("register.schoolNameHint") }} />
      <Line {...given} name="legalName" options={{ hint: t("register.legalNameHint"), optional: true }} />
      <div className="form__pair">
        <Select
          label={t("register.type")}
          name="type"
          defaultValue={textIn(draft, "type")}
          choices={[{ value: "", label: t("register.chooseType") }, ...withChosen(lists.type, textIn(draft, "type"))]}
          error={form.error("type")}
        />
        <Line {...given} name="number" options={{ most: 40, hint: t("register.numberHint"), optional: true }} />
      </div>
      {number}
      <Line {...given} name="website" options={{ autoComplete: "url", optional: true }} />
    </Part>
  );
}

function WhereItIs({ form, draft, lists, isValidated }: FieldsGiven & { lists: Lists }) {
  const given = { form, draft };
  const [country, choose] = useState(textIn(draft, "country"));
  const regions = useList("region", country === "" ? null : country);
  const offered = isValidated
    ? lists.country.choices.filter(({ value }) => value === country)
    : [{ value: "", label: t("register.chooseCountry") }, ...withChosen(lists.country, country)];
  return (
    <Part title={t("register.partPlace")}>
      <div className="form__pair">
        <Select
          label={t("register.country")}
          name="country"
          value={country}
          choices={offered.length === 0 ? [{ value: country, label: lists.country.labelOf(country) }] : offered}
          onChoose={choose}
          hint={isValidated ? t("register.countryFixed") : undefined}
          error={form.error("country")}
        />
        {regions.choices.length === 0 ? (
          // None to choose from, or not here yet: then what was chosen before stays.
          <input
            type="hidden"
            name="region"
            value={regions.entries === undefined && country !== "" ? textIn(draft, "region") : ""}
          />
        ) : (
          <Select
            key={country}
            label={t("register.optional", { label: t("register.region") })}
            name="region"
            defaultValue={textIn(draft, "region")}
            choices={[{ value: "", label: t("register.chooseRegion") }, ...regions.choices]}
            error={form.error("region")}
          />
        )}
      </div>
      <Line {...given} name="address" options={{ autoComplete: "street-address" }} />
      <div className="form__pair">
        <Line {...given} name="postcode" options={{ most: 16, autoComplete: "postal-code", optional: true }} />
        <Line {...given} name="town" options={{ most: 80, autoComplete: "address-level2" }} />
      </div>
    </Part>
  );
}

function Teaching({ form, draft, lists }: FieldsGiven & { lists: Lists }) {
  const given = { form, draft };
  const years = [
    { value: "", label: t("register.chooseAge") },
    ...ages.map((count) => ({ value: String(count), label: t("register.years", { count }) })),
  ];
  return (
    <Part title={t("register.partTeaching")}>
      <Select
        label={t("register.mainLanguage")}
        name="mainLanguage"
        defaultValue={textIn(draft, "mainLanguage")}
        choices={[
          { value: "", label: t("register.chooseLanguage") },
          ...withChosen(lists.language, textIn(draft, "mainLanguage")),
        ]}
        error={form.error("mainLanguage")}
      />
      <TickList
        label={t("register.optional", { label: t("register.languages") })}
        name="languages"
        choices={lists.language.choices}
        chosen={textsIn(draft, "languages")}
        nothing={t("register.noneChosen")}
        hint={t("register.languagesHint")}
        error={form.error("languages")}
      />
      <TickList
        label={t("register.optional", { label: t("register.subjects") })}
        name="subjects"
        choices={lists.subject.choices}
        chosen={textsIn(draft, "subjects")}
        nothing={t("register.noneChosen")}
        hint={t("register.subjectsHint")}
        error={form.error("subjects")}
      />
      <div className="form__pair">
        {(["ageMin", "ageMax"] as const).map((name) => (
          <Select
            key={name}
            label={t(`register.${name}`)}
            name={name}
            defaultValue={textIn(draft, name)}
            choices={years}
            error={form.error(name)}
          />
        ))}
        <Line
          {...given}
          name="pupilCount"
          options={{ most: 9, inputMode: "numeric", hint: t("register.pupilCountHint") }}
        />
      </div>
      <TextArea
        label={t("register.optional", { label: t("register.description") })}
        name="description"
        maxLength={2000}
        rows={5}
        defaultValue={textIn(draft, "description")}
        hint={t("register.descriptionHint")}
        error={form.error("description")}
      />
      <Checkbox
        label={t("register.available")}
        name="available"
        hint={t("register.availableHint")}
        defaultChecked={isTicked(draft, "available")}
      />
    </Part>
  );
}

function WhoAnswers(given: FieldsGiven) {
  const { form, draft } = given;
  const both = { form, draft };
  return (
    <>
      <Part title={t("register.partPrincipal")} hint={t("register.principalHint")}>
        <div className="form__pair">
          <Line {...both} name="principalName" options={{ most: 80 }} />
          <Line
            {...both}
            name="principalEmail"
            options={{ type: "email", most: 254, hint: t("register.principalEmailHint") }}
          />
        </div>
      </Part>
      <Part title={t("register.partLead")} hint={t("register.leadPartHint")}>
        <div className="form__pair">
          <Line {...both} name="leadName" options={{ most: 80, optional: true }} />
          <Line {...both} name="leadEmail" options={{ type: "email", most: 254, optional: true }} />
        </div>
      </Part>
    </>
  );
}
