import { useState } from "react";
import type { CalendarSchool, FileFound } from "../../../../protocol/twinspace/calendar.ts";
import { lookIntoFile, takeFile } from "../../../api/space/calendar.ts";
import { Button } from "../../../parts/button.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { Checkbox, TextArea, TextField } from "../../../parts/field.tsx";
import { t } from "../../../words/words.ts";
import { Trouble } from "../../portal/trouble.tsx";
import { useAct } from "../../portal/use-act.ts";
import { useForm } from "../../portal/use-form.ts";
import type { CalendarSight } from "./entry.tsx";
import { whenInWords } from "./said.ts";

interface Seen {
  readonly file: Blob;
  readonly found: FileFound;
}

/** A school's holidays from a file: looked into first, then what was chosen is taken in. */
export function FileDialog({
  sight,
  school,
  onClose,
  done,
}: {
  sight: CalendarSight;
  school: CalendarSchool;
  onClose: () => void;
  done: (sentence: string) => void;
}) {
  const { slug, zone, schools } = sight;
  const [seen, setSeen] = useState<Seen>();
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set());
  const form = useForm<Seen>(
    (fields) => {
      const file = fields.get("file");
      const pasted = String(fields.get("pasted") ?? "");
      const chosen = file instanceof File && file.size > 0 ? file : new Blob([pasted]);
      if (chosen.size === 0) return { errors: { file: "calendar.noFile" } };
      return look(slug, school.id, chosen);
    },
    (looked) => {
      setSeen(looked);
      // What somebody changed or removed here stays as it is unless it is chosen.
      const kept = looked.found.found.filter(({ state }) => state !== "new" && state !== "changed");
      setWithout(new Set(kept.map(({ key }) => key)));
    },
  );
  const take = useAct(
    (file: Blob) => takeFile(slug, school.id, [...without], file),
    ({ added, changed }) => done(t("calendar.taken", { added, changed })),
  );
  const count = (seen?.found.found.length ?? 0) - without.size;

  return (
    <Dialog title={t("calendar.import")} onClose={onClose}>
      <p className="soft">{t("calendar.importHint")}</p>
      <form className="form" {...form.props}>
        <TextField
          label={t("calendar.file")}
          name="file"
          type="file"
          accept=".ics,text/calendar"
          error={form.error("file")}
          data-first
        />
        <TextArea label={t("calendar.paste")} name="pasted" rows={3} spellCheck={false} />
        <Trouble refusal={form.refusal} />
        <Button type="submit" look={seen ? "outlined" : "filled"} disabled={form.busy}>
          {t("calendar.look")}
        </Button>
      </form>
      {seen === undefined ? null : (
        <section className="calendar-found" aria-labelledby="calendar-found">
          <h3 id="calendar-found">
            {seen.found.found.length === 0
              ? t("calendar.foundNone")
              : t("calendar.found", { count: seen.found.found.length })}
          </h3>
          <LeftOut found={seen.found} />
          <ul>
            {seen.found.found.map(({ key, title, time, state }) => (
              <li key={key}>
                <Checkbox
                  label={title}
                  hint={`${whenInWords(time, zone, schools)} · ${t(`calendar.state.${state}`)}`}
                  checked={!without.has(key)}
                  disabled={state === "same"}
                  onChange={({ target }) =>
                    setWithout((before) => {
                      const after = new Set(before);
                      if (target.checked) after.delete(key);
                      else after.add(key);
                      return after;
                    })
                  }
                />
              </li>
            ))}
          </ul>
          <Trouble refusal={take.refusal} />
          {count === 0 ? null : (
            <Button look="filled" disabled={take.busy} onClick={() => take.run(seen.file)}>
              {t("calendar.take", { count })}
            </Button>
          )}
        </section>
      )}
    </Dialog>
  );
}

async function look(slug: string, school: string, file: Blob) {
  const answer = await lookIntoFile(slug, school, file);
  return "refused" in answer ? answer : { value: { file, found: answer.value } };
}

function LeftOut({ found: { leftOut } }: { found: FileFound }) {
  const kinds = (["otherYears", "notUnderstood", "tooMany"] as const).filter((kind) => leftOut[kind] > 0);
  if (kinds.length === 0) return null;
  return <p className="soft small">{kinds.map((kind) => t(`calendar.${kind}`, { count: leftOut[kind] })).join(" ")}</p>;
}
