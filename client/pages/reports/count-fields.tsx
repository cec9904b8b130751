/** How many took part, school by school: numbers alone. */
import { useState } from "react";
import type { PupilCount } from "../../../protocol/reports/entries.ts";
import { Button } from "../../parts/button.tsx";
import { Select } from "../../parts/field.tsx";
import { Place } from "../../parts/place.tsx";
import { Stepper } from "../../parts/stepper.tsx";
import type { ReportSchool } from "../../views/report-entry.ts";
import { t } from "../../words/words.ts";
import type { FieldGiven } from "./fields.tsx";

const youngest = 3;
const oldest = 20;
const ages = Array.from({ length: oldest - youngest + 1 }, (_, index) => youngest + index);

type Groups = readonly PupilCount[];

/** The groups of each school; one that counts nobody yet where there is none. */
const groupsOf = (value: Groups, school: string): PupilCount[] => {
  const groups = value.filter((group) => group.school === school);
  return groups.length > 0 ? groups : [{ school, ageMin: null, ageMax: null, count: 0 }];
};

/** What counts nobody and says no ages is not kept, unless it is one of several. */
const worthKeeping = ({ count, ageMin, ageMax }: PupilCount) => count > 0 || ageMin !== null || ageMax !== null;

export function PupilsControl({ form, schools, error }: FieldGiven) {
  const value = form.now.fields.pupils.value as Groups; // The field's own kind, which the union of all fields forgets.
  const put = (school: string, groups: readonly PupilCount[]) =>
    form.type(
      "pupils",
      schoolsIn(schools, value).flatMap(({ id }) =>
        (id === school ? groups : value.filter((group) => group.school === id)).filter(
          (group, _, all) => all.length > 1 || worthKeeping(group),
        ),
      ),
    );
  return (
    <fieldset className="field report-counts" data-wrong={error !== undefined || undefined}>
      <legend className="field__label">{t("reports.field.pupils")}</legend>
      <p className="field__hint">{t("reports.numbersOnly")}</p>
      {schoolsIn(schools, value).map((school) => (
        <SchoolPupils
          key={school.id}
          school={school}
          groups={groupsOf(value, school.id)}
          put={(groups) => put(school.id, groups)}
          left={form.left}
        />
      ))}
      {error === undefined ? null : <p className="field__error">{error}</p>}
    </fieldset>
  );
}

/** Schools that have left the project stay where they were counted. */
function schoolsIn(schools: readonly ReportSchool[], counts: readonly { school: string }[]): ReportSchool[] {
  const gone = [...new Set(counts.map(({ school }) => school))].filter((id) => !schools.some((one) => one.id === id));
  return [...schools, ...gone.map((id) => ({ id, name: t("reports.noSchool"), country: "" }))];
}

function SchoolPupils({
  school,
  groups,
  put,
  left,
}: {
  school: ReportSchool;
  groups: readonly PupilCount[];
  put: (groups: readonly PupilCount[]) => void;
  left: () => void;
}) {
  const [asksAges, askAges] = useState(groups.some(({ ageMin, ageMax }) => ageMin !== null || ageMax !== null));
  const change = (place: number, changed: Partial<PupilCount>) =>
    put(groups.map((group, at) => (at === place ? { ...group, ...changed } : group)));
  return (
    <div className="report-count">
      <SchoolName school={school} />
      {groups.map((group, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: groups of one school differ in nothing else
        <div key={place} className="report-count__group">
          <Stepper
            label={t("reports.pupilsOf", { school: school.name })}
            quiet
            name={`pupils-${school.id}-${place}`}
            value={group.count}
            most={100_000}
            onChange={(count) => change(place, { count })}
            onBlur={left}
          />
          {asksAges ? (
            <Ages group={group} school={school.name} change={(changed) => change(place, changed)} left={left} />
          ) : (
            <Button
              look="plain"
              size="small"
              aria-label={t("reports.agesOf", { school: school.name })}
              onClick={() => askAges(true)}
            >
              {t("reports.agesAsk")}
            </Button>
          )}
          {groups.length > 1 ? (
            <Button
              look="plain"
              size="small"
              icon="x"
              aria-label={t("reports.groupAway", { school: school.name, place: place + 1 })}
              onClick={() => put(groups.filter((_, at) => at !== place))}
            >
              {t("reports.groupAwayShort")}
            </Button>
          ) : null}
        </div>
      ))}
      {asksAges && groups.length < 6 ? (
        <Button
          look="plain"
          size="small"
          icon="plus"
          onClick={() => put([...groups, { school: school.id, ageMin: null, ageMax: null, count: 0 }])}
        >
          {t("reports.groupMore")}
        </Button>
      ) : null}
    </div>
  );
}

function Ages({
  group: { ageMin, ageMax },
  school,
  change,
  left,
}: {
  group: PupilCount;
  school: string;
  change: (changed: Partial<PupilCount>) => void;
  left: () => void;
}) {
  const choices = [{ value: "", label: "–" }, ...ages.map((age) => ({ value: String(age), label: String(age) }))];
  const read = (text: string) => (text === "" ? null : Number(text));
  return (
    <div className="report-count__ages">
      <Select
        label={t("reports.ageFrom")}
        aria-label={t("reports.ageFromOf", { school })}
        value={ageMin === null ? "" : String(ageMin)}
        choices={choices}
        onChoose={(text) => {
          const from = read(text);
          // Whoever says one of both means at least that.
          change({ ageMin: from, ageMax: from !== null && (ageMax === null || ageMax < from) ? from : ageMax });
        }}
        onBlur={left}
      />
      <Select
        label={t("reports.ageTo")}
        aria-label={t("reports.ageToOf", { school })}
        value={ageMax === null ? "" : String(ageMax)}
        choices={choices}
        onChoose={(text) => {
          const to = read(text);
          change({ ageMax: to, ageMin: to !== null && ageMin !== null && ageMin > to ? to : ageMin });
        }}
        onBlur={left}
      />
    </div>
  );
}

function SchoolName({ school: { name, country } }: { school: ReportSchool }) {
  return (
    <span className="report-count__school">
      <Place country={country || undefined}>{name}</Place>
    </span>
  );
}

export function TeachersControl({ form, schools, error }: FieldGiven) {
  const value = form.now.fields.teachers.value as readonly { school: string; count: number }[]; // As with pupils.
  const all = schoolsIn(schools, value);
  const countOf = (school: string) => value.find((one) => one.school === school)?.count ?? 0;
  return (
    <fieldset className="field report-counts" data-wrong={error !== undefined || undefined}>
      <legend className="field__label">{t("reports.field.teachers")}</legend>
      {all.map((school) => (
        <div key={school.id} className="report-count">
          <SchoolName school={school} />
          <Stepper
            label={t("reports.teachersOf", { school: school.name })}
            quiet
            name={`teachers-${school.id}`}
            value={countOf(school.id)}
            most={1_000}
            onChange={(count) =>
              form.type(
                "teachers",
                all
                  .map(({ id }) => ({ school: id, count: id === school.id ? count : countOf(id) }))
                  .filter((one) => one.count > 0),
              )
            }
            onBlur={form.left}
          />
        </div>
      ))}
      {error === undefined ? null : <p className="field__error">{error}</p>}
    </fieldset>
  );
}
