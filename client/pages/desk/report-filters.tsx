import type { Desk } from "../../../protocol/http/desk.ts";
import { deskReportsFile, type ReportFilter } from "../../api/report-desk.ts";
import { ButtonLink } from "../../parts/button.tsx";
import { Select, TextField } from "../../parts/field.tsx";
import { byName } from "../../views/regions.ts";
import { labelChoices, schoolYears, shownChoices } from "../../views/report-desk.ts";
import { countryName } from "../../words/formats.ts";
import { languageTag, t } from "../../words/words.ts";
import { useList } from "../portal/use-list.ts";

/** What narrows the list of report cards. */
export function ReportFilters({
  desk,
  filter,
  setFilter,
  words,
  setWords,
}: {
  desk: Desk;
  filter: ReportFilter;
  setFilter: (filter: ReportFilter) => void;
  words: string;
  setWords: (words: string) => void;
}) {
  const countries = useDeskCountries(desk);
  return (
    <div className="desk-filters report-filters">
      <TextField
        label={t("deskReports.sought")}
        type="search"
        autoComplete="off"
        maxLength={120}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <Select
        label={t("deskReports.show")}
        value={filter.show}
        choices={shownChoices.map((value) => ({ value, label: showInWords(value) }))}
        onChoose={(show) => setFilter({ ...filter, show })}
      />
      <Select
        label={t("deskReports.label")}
        value={filter.label}
        choices={[
          { value: "" as const, label: t("deskReports.label.any") },
          ...labelChoices.map((value) => ({ value, label: t(`deskReports.label.${value}`) })),
        ]}
        onChoose={(label) => setFilter({ ...filter, label })}
      />
      <Select
        label={t("deskReports.year")}
        value={filter.year}
        choices={[
          { value: "", label: t("deskReports.anyYear") },
          ...schoolYears(Date.now()).map((year) => ({ value: String(year), label: yearInWords(year) })),
        ]}
        onChoose={(year) => setFilter({ ...filter, year })}
      />
      {countries.length < 2 ? null : (
        <Select
          label={t("desk.country")}
          value={filter.country}
          choices={[{ value: "", label: t("desk.allCountries") }, ...countries]}
          onChoose={(country) => setFilter({ ...filter, country })}
        />
      )}
      <ButtonLink icon="download-simple" href={deskReportsFile(filter, words)} download>
        {t("deskReports.csv")}
      </ButtonLink>
    </div>
  );
}

function showInWords(show: ReportFilter["show"]): string {
  if (show === "all" || show === "waiting" || show === "silent" || show === "unread") {
    return t(`deskReports.show.${show}`);
  }
  return t(`deskReports.state.${show}`);
}

/** "2026 to 2027": years are written without a separator. */
export const yearInWords = (year: number): string =>
  t("deskReports.yearValue", { from: String(year), to: String(year + 1) });

export function useDeskCountries({ servesAll, countries }: Desk) {
  const list = useList("country", servesAll ? undefined : null);
  return servesAll ? list.choices : byName(countries, countryName, languageTag());
}
