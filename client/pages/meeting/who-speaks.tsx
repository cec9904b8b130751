import type { Id } from "../../../protocol/ids.ts";
import { Select } from "../../parts/field.tsx";
import { nameOf, type Sight } from "../../views/room/sight.ts";
import { t } from "../../words/words.ts";

/** Behind a class seat: who of its pupils wants to speak, or the class as a whole. */
export function WhoSpeaks({
  sight,
  pupil,
  onChoose,
}: {
  sight: Sight;
  pupil: Id | null;
  onChoose: (pupil: Id | null) => void;
}) {
  const pupils = sight.meeting.seats[sight.me]?.pupils ?? [];
  return (
    <Select
      label={t("floor.whoSpeaks")}
      value={pupil ?? ""}
      choices={[
        { value: "", label: nameOf(sight, sight.me) },
        ...pupils.map((one) => ({ value: one.pupil, label: sight.contents[one.name] ?? t("word.somebody") })),
      ]}
      onChoose={(chosen) => onChoose(chosen === "" ? null : chosen)}
    />
  );
}
