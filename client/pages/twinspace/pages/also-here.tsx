import type { PagePerson } from "../../../../protocol/twinspace/live.ts";
import { personName } from "../../../views/people-of-space.ts";
import { t } from "../../../words/words.ts";

/** Who else has the page open, in words; while writing, each in the colour of their caret. */
export function AlsoHere({
  people,
  me,
  colours = false,
}: {
  people: readonly PagePerson[];
  me: string;
  colours?: boolean;
}) {
  const others = people.filter(({ key }) => key !== me);
  return (
    <p className="also-here" role="status">
      {others.length === 0 ? null : <span>{t("pages.alsoHere")}</span>}
      {others.map(({ key, person, writes }, at) => (
        <span key={key} className={`also-here__who${colours ? ` caret--${(at % 8) + 1}` : ""}`}>
          {writes ? personName(person) : t("pages.reads", { name: personName(person) })}
        </span>
      ))}
    </p>
  );
}
