import type { Desk, DeskKind, Shelf, WaitingKind } from "../../../protocol/http/desk.ts";
import { type DeskFilter, deskFile } from "../../api/desk.ts";
import type { IconName } from "../../looks/icons.ts";
import { ButtonLink } from "../../parts/button.tsx";
import { Select, TextField } from "../../parts/field.tsx";
import { Icon } from "../../parts/icon.tsx";
import { ageInWords } from "../../views/desk.ts";
import { byName } from "../../views/regions.ts";
import { countryName } from "../../words/formats.ts";
import { languageTag, t } from "../../words/words.ts";
import { useList } from "../portal/use-list.ts";

const icons: Readonly<Record<WaitingKind, IconName>> = {
  school: "buildings",
  person: "identification-card",
  project: "handshake",
  question: "megaphone",
  label: "seal-check",
};
/** What is decided or answered on a page of its own. */
const pages: Readonly<Partial<Record<WaitingKind, string>>> = {
  question: "/desk/reports?show=waiting",
  label: "/desk/quality-labels",
};
const isDeskKind = (kind: WaitingKind): kind is DeskKind =>
  kind === "school" || kind === "person" || kind === "project";
const shelves: readonly Shelf[] = ["waiting", "decided"];

/** How much waits of each kind (pressed, it shows only that), and what else narrows the list. */
export function DeskFilters({
  desk,
  filter,
  setFilter,
  words,
  setWords,
}: {
  desk: Desk;
  filter: DeskFilter;
  setFilter: (filter: DeskFilter) => void;
  words: string;
  setWords: (words: string) => void;
}) {
  const countries = useCountries(desk);
  return (
    <>
      <ul className="desk-counts">
        {desk.waiting.map((waiting) => (
          <li key={waiting.kind}>
            <Count waiting={waiting} filter={filter} setFilter={setFilter} />
          </li>
        ))}
      </ul>
      <div className="desk-filters">
        <Select
          label={t("desk.shelf")}
          value={filter.shelf}
          choices={shelves.map((value) => ({ value, label: t(`desk.${value}`) }))}
          onChoose={(shelf) => setFilter({ ...filter, shelf })}
        />
        {countries.length < 2 ? null : (
          <Select
            label={t("desk.country")}
            value={filter.country}
            choices={[{ value: "", label: t("desk.allCountries") }, ...countries]}
            onChoose={(country) => setFilter({ ...filter, country })}
          />
        )}
        <TextField
          label={t("desk.sought")}
          hint={t("desk.soughtHint")}
          type="search"
          autoComplete="off"
          maxLength={120}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <ButtonLink icon="download-simple" href={deskFile(filter, words)} download>
          {t("desk.csvName")}
        </ButtonLink>
      </div>
    </>
  );
}

/** Pressed, it shows only this kind; what has a page of its own leads there. */
function Count({
  waiting: { kind, count, oldest },
  filter,
  setFilter,
}: {
  waiting: Desk["waiting"][number];
  filter: DeskFilter;
  setFilter: (filter: DeskFilter) => void;
}) {
  const inside = (
    <>
      <Icon name={icons[kind]} />
      <strong>{count}</strong>
      <span className="desk-count__words">
        <span>{t(`desk.kinds.${kind}`)}</span>
        <span className="soft small">
          {oldest === null ? t("desk.none") : t("desk.oldest", { age: ageInWords(oldest, Date.now()) })}
        </span>
      </span>
    </>
  );
  if (!isDeskKind(kind)) {
    return (
      <a className="desk-count" href={pages[kind]}>
        {inside}
      </a>
    );
  }
  return (
    <button
      type="button"
      className="desk-count"
      aria-pressed={filter.kind === kind}
      onClick={() => setFilter({ ...filter, kind: filter.kind === kind ? "" : kind })}
    >
      {inside}
    </button>
  );
}

function useCountries({ servesAll, countries }: Desk) {
  const list = useList("country", servesAll ? undefined : null);
  return servesAll ? list.choices : byName(countries, countryName, languageTag());
}
