/** How somebody in a TwinSpace is called: pupils by their alias, whoever is gone by a phrase. */
import type { Person } from "../../protocol/twinspace/space.ts";
import { t } from "../words/words.ts";

/** For sentences and accessible names; `PersonName` draws it. */
export function personName({ name, kind, school }: Pick<Person, "name" | "kind" | "school">): string {
  if (name !== "") return name;
  if (kind !== "pupil") return t("person.gone");
  return school === null ? t("person.pupil") : t("person.pupilOf", { school: school.name });
}
