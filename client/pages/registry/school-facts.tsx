import type { SchoolSeen } from "../../../protocol/http/registry.ts";
import { countryName, languageName, listOf } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { dayIn } from "../../words/zoned.ts";
import { useList } from "../portal/use-list.ts";

type KeptForm = NonNullable<SchoolSeen["form"]>;

/** The form as it is kept, read only; what was left empty is left out. */
export function SchoolFacts({ seen, form, zone }: { seen: SchoolSeen; form: KeptForm; zone: string }) {
  const types = useList("schoolType");
  const subjects = useList("subject");
  const regions = useList("region", form.country);
  const told =
    seen.principalToldAt === null
      ? t("school.notTold")
      : t("school.told", { date: dayIn(seen.principalToldAt, zone, Date.now()) });
  const facts: [string, string][] = [
    [t("register.legalName"), form.legalName],
    [t("register.number"), form.number],
    [t("register.type"), form.type === "" ? "" : types.labelOf(form.type)],
    [
      t("school.addressLabel"),
      [form.address, [form.postcode, form.town].filter(Boolean).join(" ")].filter(Boolean).join(", "),
    ],
    [t("register.region"), form.region === "" ? "" : regions.labelOf(form.region)],
    [t("register.country"), countryName(form.country)],
    [t("school.languages"), listOf(form.languages.map(languageName))],
    [t("register.subjects"), listOf(form.subjects.map(subjects.labelOf))],
    [
      t("school.ages"),
      form.ageMin === null || form.ageMax === null ? "" : t("school.agesSpan", { from: form.ageMin, to: form.ageMax }),
    ],
    [t("register.pupilCount"), form.pupilCount === null ? "" : new Intl.NumberFormat().format(form.pupilCount)],
    [t("school.principal"), form.principalName === "" ? "" : `${form.principalName}, ${form.principalEmail} (${told})`],
    [t("school.lead"), [form.leadName, form.leadEmail].filter(Boolean).join(", ")],
    [t("school.findable"), t(form.available ? "school.yes" : "school.no")],
    [t("register.description"), form.description],
  ];
  return (
    <section className="card" aria-labelledby="school-facts">
      <h2 id="school-facts" className="home-head">
        {t("school.data")}
      </h2>
      <dl className="facts">
        {facts
          .filter(([, value]) => value !== "")
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="school-fact">{value}</dd>
            </div>
          ))}
        {form.website === "" ? null : (
          <div>
            <dt>{t("register.website")}</dt>
            <dd className="school-fact">
              <a href={form.website} rel="noreferrer noopener">
                {form.website}
              </a>
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}
