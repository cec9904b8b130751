import { useMemo } from "react";
import { Select } from "../../parts/field.tsx";
import { byName, countries } from "../../views/regions.ts";
import { countryName } from "../../words/formats.ts";
import { languageTag } from "../../words/words.ts";

/** Every country by its name in the reader's language. `nothing`: what stands there before one is chosen. */
export function CountrySelect({
  label,
  name,
  nothing,
  error,
}: {
  label: string;
  name: string;
  nothing: string;
  error?: string | undefined;
}) {
  const choices = useMemo(
    () => [{ value: "", label: nothing }, ...byName(countries, countryName, languageTag())],
    [nothing],
  );
  return <Select label={label} name={name} autoComplete="off" choices={choices} error={error} />;
}
