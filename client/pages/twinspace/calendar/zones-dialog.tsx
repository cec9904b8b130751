import { sayZone } from "../../../api/space/calendar.ts";
import { Button } from "../../../parts/button.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { zoneName } from "../../../views/zoned-time.ts";
import { t } from "../../../words/words.ts";
import { Trouble } from "../../portal/trouble.tsx";
import { useForm } from "../../portal/use-form.ts";
import { ZoneSelect } from "../../portal/zone-select.tsx";
import type { CalendarSight } from "./entry.tsx";

/** On which clocks the schools live; their teachers say it of their own. */
export function ZonesDialog({
  sight,
  open,
  onClose,
  done,
}: {
  sight: CalendarSight;
  /** Not in a closed project. */
  open: boolean;
  onClose: () => void;
  done: (sentence: string) => void;
}) {
  const own = open ? sight.schools.find(({ mine }) => mine) : undefined;
  const form = useForm(
    (fields) => sayZone(sight.slug, own?.id ?? "", String(fields.get("timeZone"))),
    () => done(t("calendar.clockSaid")),
  );
  return (
    <Dialog title={t("calendar.clocks")} onClose={onClose}>
      <ul className="calendar-clocks">
        {sight.schools.map(({ id, name, zone }) => (
          <li key={id}>{t("calendar.clockOf", { school: name, zone: zoneName(zone) })}</li>
        ))}
      </ul>
      {own === undefined ? null : (
        <form className="form" {...form.props}>
          <ZoneSelect label={t("calendar.clockSay")} zone={own.zone} error={form.error("timeZone")} />
          <Trouble refusal={form.refusal} />
          <Button type="submit" look="filled" disabled={form.busy}>
            {t("act.save")}
          </Button>
        </form>
      )}
    </Dialog>
  );
}
