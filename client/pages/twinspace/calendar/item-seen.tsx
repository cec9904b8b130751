import { useState } from "react";
import type { CalendarItem, ChangedField, ItemChanged, SeriesScope } from "../../../../protocol/twinspace/calendar.ts";
import { itemHistory, removeItem } from "../../../api/space/calendar.ts";
import { Button } from "../../../parts/button.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { Fact } from "../../../parts/fact.tsx";
import { Radios } from "../../../parts/field.tsx";
import { personName } from "../../../views/people-of-space.ts";
import { t } from "../../../words/words.ts";
import { dateTimeIn } from "../../../words/zoned.ts";
import { Trouble } from "../../portal/trouble.tsx";
import { useAct } from "../../portal/use-act.ts";
import { useAsked } from "../../portal/use-asked.ts";
import { PersonName } from "../person-name.tsx";
import type { CalendarSight } from "./entry.tsx";
import { kindInWords, whenInWords } from "./said.ts";

/** One date: everything about it, who changed what, and what its writers can do. */
export function ItemSeen({
  sight,
  item,
  onClose,
  edit,
  removed,
}: {
  sight: CalendarSight;
  item: CalendarItem;
  onClose: () => void;
  edit: (item: CalendarItem) => void;
  removed: (done: ItemChanged) => void;
}) {
  const { zone, schools, slug } = sight;
  const [asksScope, askScope] = useState(false);
  const [scope, setScope] = useState<SeriesScope>("one");
  const remove = useAct(() => removeItem(slug, item, scope), removed);
  return (
    <Dialog
      title={item.title}
      onClose={onClose}
      acts={
        item.mine ? (
          <>
            <Button
              look="danger"
              icon="trash"
              disabled={remove.busy}
              onClick={() => (item.series === null || asksScope ? remove.run() : askScope(true))}
            >
              {t("calendar.remove")}
            </Button>
            <Button look="filled" icon="pencil-simple" onClick={() => edit(item)}>
              {t("calendar.edit")}
            </Button>
          </>
        ) : undefined
      }
    >
      <dl className="facts">
        <Fact name={t("calendar.kind")}>{kindInWords(item, schools)}</Fact>
        <Fact name={t("calendar.when")}>{whenInWords(item.time, zone, schools)}</Fact>
        {item.place === "" ? null : <Fact name={t("calendar.place")}>{item.place}</Fact>}
        {item.series === null ? null : <Fact name={t("calendar.series")}>{t("calendar.seriesYes")}</Fact>}
        <Fact name={t("calendar.by")}>
          <PersonName person={item.by} />
        </Fact>
      </dl>
      {item.description === "" ? null : <p className="calendar-text">{item.description}</p>}
      {asksScope ? (
        <Radios
          label={t("calendar.removeTitle")}
          name="scope"
          value={scope}
          onChoose={setScope}
          choices={(["one", "following"] as const).map((value) => ({ value, label: t(`calendar.scope.${value}`) }))}
        />
      ) : null}
      <Trouble refusal={remove.refusal} />
      <History sight={sight} item={item} />
    </Dialog>
  );
}

function History({ sight, item }: { sight: CalendarSight; item: CalendarItem }) {
  const { asked } = useAsked(() => itemHistory(sight.slug, item.id));
  if (asked.state !== "here") return null;
  const valueInWords = ({ field }: ChangedField, value: ChangedField["after"]): string => {
    if (value === null || value === "") return t("calendar.nothing");
    if (typeof value !== "string") return whenInWords(value, sight.zone, sight.schools);
    if (field === "school") return sight.schools.find(({ id }) => id === value)?.name ?? t("calendar.nothing");
    return field === "kind" && (value === "activity" || value === "deadline" || value === "holiday")
      ? t(`calendar.kind.${value}`)
      : value;
  };
  const nameOf = (field: ChangedField["field"]) => t(field === "time" ? "calendar.when" : `calendar.${field}`);
  return (
    <details className="calendar-history">
      <summary>{t("calendar.history")}</summary>
      <ol>
        {asked.value.changes.map(({ at, by, act, fields }) => (
          <li key={`${at} ${act}`}>
            <strong>{t(`calendar.act.${act}`, { name: personName(by) })}</strong>{" "}
            <span className="soft small">{dateTimeIn(at, sight.zone)}</span>
            {fields.map((changed) => (
              <p key={changed.field} className="small">
                {t("calendar.fieldChanged", {
                  field: nameOf(changed.field),
                  before: valueInWords(changed, changed.before),
                  after: valueInWords(changed, changed.after),
                })}
              </p>
            ))}
          </li>
        ))}
      </ol>
    </details>
  );
}
