import { useMemo, useState } from "react";
import type { PartnerProfile } from "../../../protocol/http/partners.ts";
import { changePartnerProfile, myPartnerProfile } from "../../api/partners.ts";
import { Button } from "../../parts/button.tsx";
import { Checkbox, TextArea } from "../../parts/field.tsx";
import { StatusLine } from "../../parts/said.tsx";
import { TickList } from "../../parts/tick-list.tsx";
import { byName, countries } from "../../views/regions.ts";
import { countryName } from "../../words/formats.ts";
import { languageTag, t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useAsked } from "../portal/use-asked.ts";
import { useForm } from "../portal/use-form.ts";
import { type List, useList } from "../portal/use-list.ts";

/** What others read of me when they look for a partner, and whether they find me at all. */
export function MyAvailability() {
  const { asked, again } = useAsked(myPartnerProfile);
  const languages = useList("language");
  const subjects = useList("subject");
  const lists = languages.entries !== undefined && subjects.entries !== undefined;
  const refusal = languages.refusal ?? subjects.refusal;
  return (
    <section className="card" id="partner" aria-labelledby="as-partner">
      {asked.state === "here" && lists ? (
        <ProfileForm profile={asked.value} languages={languages} subjects={subjects} />
      ) : (
        <div className="form">
          <h2 id="as-partner">{t("availability.title")}</h2>
          {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
          {refusal === undefined ? null : (
            <Trouble
              refusal={refusal}
              again={() => {
                languages.again();
                subjects.again();
              }}
            />
          )}
          {asked.state !== "refused" && refusal === undefined ? <p role="status">{t("app.loading")}</p> : null}
        </div>
      )}
    </section>
  );
}

function ProfileForm({ profile, languages, subjects }: { profile: PartnerProfile; languages: List; subjects: List }) {
  const [saved, setSaved] = useState(false);
  const places = useMemo(() => byName(countries, countryName, languageTag()), []);
  const form = useForm(
    (fields) => {
      const all = (name: string) => fields.getAll(name).map(String);
      return changePartnerProfile({
        available: fields.get("available") !== null,
        bio: String(fields.get("bio")).trim(),
        languages: all("languages"),
        subjects: all("subjects"),
        wantedCountries: all("wantedCountries"),
      });
    },
    () => setSaved(true),
  );
  return (
    <form {...form.props} className="form" onChange={() => setSaved(false)}>
      <h2 id="as-partner">{t("availability.title")}</h2>
      <Checkbox
        label={t("availability.available")}
        hint={t("availability.hint")}
        name="available"
        defaultChecked={profile.available}
      />
      <TextArea
        label={t("availability.bio")}
        name="bio"
        rows={4}
        maxLength={1000}
        defaultValue={profile.bio}
        hint={t("availability.bioHint")}
        error={form.error("bio")}
      />
      <TickList
        label={t("availability.languages")}
        name="languages"
        choices={withEnded(languages, profile.languages)}
        chosen={profile.languages}
        nothing={t("availability.nothing")}
        error={form.error("languages")}
      />
      <TickList
        label={t("availability.subjects")}
        name="subjects"
        choices={withEnded(subjects, profile.subjects)}
        chosen={profile.subjects}
        nothing={t("availability.nothing")}
        error={form.error("subjects")}
      />
      <TickList
        label={t("availability.countries")}
        name="wantedCountries"
        choices={places}
        chosen={profile.wantedCountries}
        nothing={t("availability.anyCountry")}
        error={form.error("wantedCountries")}
      />
      <Trouble refusal={form.refusal} />
      <div className="form__acts">
        <Button type="submit" look="filled" aria-disabled={form.busy}>
          {t("availability.save")}
        </Button>
        <StatusLine>{saved ? t("availability.saved") : undefined}</StatusLine>
      </div>
    </form>
  );
}

/** What has ended since it was chosen can still be seen, and taken away. */
function withEnded(list: List, chosen: readonly string[]) {
  const ended = chosen.filter((code) => !list.choices.some(({ value }) => value === code));
  return [...list.choices, ...ended.map((value) => ({ value, label: list.labelOf(value) }))];
}
