import { useState } from "react";
import type { Person, School } from "../../../protocol/http/accounts.ts";
import { addSchool } from "../../api.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Place } from "../../parts/place.tsx";
import { StatusLine } from "../../parts/said.tsx";
import type { FieldErrors } from "../../views/field-errors.ts";
import { t } from "../../words/words.ts";
import { NewSchoolFields, readNewSchool, schoolLabels } from "./new-school-fields.tsx";
import { ErrorSummary, Trouble } from "./trouble.tsx";
import { useForm } from "./use-form.ts";

/** The schools this server knows, and how many accounts each has. */
export function SchoolsPart({
  schools,
  people,
  added,
}: {
  schools: readonly School[];
  people: readonly Person[];
  added: (school: School) => void;
}) {
  const [isAdding, add] = useState(false);
  const [said, say] = useState<string>();
  const accountsOf = (school: School) =>
    people.filter((person) => person.school?.id === school.id && person.state !== "ended").length;
  return (
    <section className="home-part" aria-labelledby="schools">
      <header className="links-head">
        <h2 id="schools" className="home-head">
          {t("operate.schools")}
        </h2>
        <Button size="small" icon="plus" onClick={() => add(true)}>
          {t("operate.addSchool")}
        </Button>
      </header>
      <StatusLine>{said}</StatusLine>
      {schools.length === 0 ? (
        <p className="soft">{t("operate.noSchools")}</p>
      ) : (
        <ul className="rows" aria-labelledby="schools">
          {schools.map((school) => (
            <li className="row" key={school.id}>
              <div className="row__words">
                <strong>{school.name}</strong>
                <span className="soft small">
                  <Place country={school.country}>{school.town}</Place>
                </span>
              </div>
              <span className="row__acts soft">{t("operate.accounts", { count: accountsOf(school) })}</span>
            </li>
          ))}
        </ul>
      )}
      {isAdding ? (
        <AddSchoolDialog
          added={(school) => {
            added(school);
            say(t("operate.schoolAdded", { name: school.name }));
            add(false);
          }}
          onClose={() => add(false)}
        />
      ) : null}
    </section>
  );
}

function AddSchoolDialog({ added, onClose }: { added: (school: School) => void; onClose: () => void }) {
  const form = useForm((fields) => {
    const errors: FieldErrors = {};
    const school = readNewSchool(fields, errors);
    return Object.keys(errors).length > 0 ? { errors } : addSchool(school);
  }, added);
  return (
    <Dialog title={t("operate.addSchool")} onClose={onClose}>
      <form {...form.props} className="form">
        <ErrorSummary form={form} labels={schoolLabels()} />
        <NewSchoolFields form={form} />
        <Trouble refusal={form.refusal} />
        <div className="form__acts">
          <Button type="submit" look="filled" aria-disabled={form.busy}>
            {t("operate.add")}
          </Button>
          <Button onClick={onClose}>{t("act.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}
