import { useMemo } from "react";
import type { School } from "../../../protocol/http/accounts.ts";
import { Combobox, type Suggestion } from "../../parts/combobox.tsx";
import { Place } from "../../parts/place.tsx";
import { t } from "../../words/words.ts";
import { useSchools } from "./use-schools.ts";

/** A school by its id, or what the field offers besides schools. */
export type ChosenSchool = Suggestion | null;

/** One of all validated schools, found by words of its name and town. `also`: what stands below whatever is found. */
export function SchoolField({
  label,
  name,
  hint,
  error,
  chosen,
  onChoose,
  also = [],
}: {
  label: string;
  name: string;
  hint?: string | undefined;
  error?: string | undefined;
  chosen: ChosenSchool;
  onChoose: (chosen: ChosenSchool) => void;
  also?: readonly Suggestion[];
}) {
  const { found, seek } = useSchools();
  const suggestions = useMemo(
    () => (found === undefined ? (also.length > 0 ? also : undefined) : [...found.map(suggestionOf), ...also]),
    [found, also],
  );
  return (
    <Combobox
      label={label}
      name={name}
      hint={hint ?? t("word.schoolHint")}
      error={error}
      chosen={chosen}
      onChoose={onChoose}
      suggestions={suggestions}
      onSeek={seek}
      nothing={t("word.noSchoolFits")}
    />
  );
}

const suggestionOf = ({ id, name, town, country }: School): Suggestion => {
  const label = t("book.schoolIn", { name, town });
  return { value: id, label, shown: <Place country={country}>{label}</Place> };
};
