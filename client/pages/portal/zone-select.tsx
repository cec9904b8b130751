import { useMemo } from "react";
import { Select } from "../../parts/field.tsx";
import { byName } from "../../views/regions.ts";
import { ownZone, zoneName, zonesWith } from "../../views/zoned-time.ts";
import { languageTag } from "../../words/words.ts";

/** Every time zone, by its town. Its name in the form is `timeZone`. */
export function ZoneSelect({
  label,
  zone,
  hint,
  error,
}: {
  label: string;
  zone: string;
  hint?: string;
  error?: string | undefined;
}) {
  const choices = useMemo(() => byName(zonesWith([zone, ownZone()]), zoneName, languageTag()), [zone]);
  return <Select label={label} name="timeZone" defaultValue={zone} choices={choices} hint={hint} error={error} />;
}
