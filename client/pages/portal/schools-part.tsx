import { useEffect, useRef, useState } from "react";
import type { OperatedSchool, School } from "../../../protocol/http/accounts.ts";
import { addSchool, isRefused, operatedSchools } from "../../api.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Place } from "../../parts/place.tsx";
import { StatusLine } from "../../parts/said.tsx";
import type { FieldErrors } from "../../views/field-errors.ts";
import { t } from "../../words/words.ts";
import { MoreRows, SearchField } from "./found-rows.tsx";
import { NewSchoolFields, readNewSchool, schoolLabels } from "./new-school-fields.tsx";
import { ErrorSummary, Trouble } from "./trouble.tsx";
import { useForm } from "./use-form.ts";
import { usePages } from "./use-pages.ts";

const searchedFrom = 8;

/** The schools this server knows, page by page, and how many accounts each has. `stamp`: changes when one was added elsewhere. */
export function SchoolsPart({ stamp }: { stamp: number }) {
  const [words, seek] = useState("");
  const [isAdding, add] = useState(false);
  const [said, say] = useState<string>();
  const schools = usePages<OperatedSchool>(words, async (sought, after) => {
    const answer = await operatedSchools(sought, after);
    return isRefused(answer) ? answer : { value: { rows: answer.value.schools, next: answer.value.next } };
  });
  const { again } = schools;
  const shown = useRef(stamp);
  useEffect(() => {
    if (shown.current === stamp) return;
    shown.current = stamp;
    again();
  }, [stamp, again]);

  const { rows = [] } = schools;
  const searched = words !== "" || schools.hasMore || rows.length >= searchedFrom;
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
      {searched ? (
        <SearchField
          label={t("operate.searchSchools")}
          hint={t("operate.searchSchoolsHint")}
          words={words}
          onWords={seek}
          nothing={rows.length === 0 ? t("operate.noSchoolFound") : ""}
        />
      ) : null}
      {rows.length === 0 ? (
        searched || schools.rows === undefined ? null : (
          <p className="soft">{t("operate.noSchools")}</p>
        )
      ) : (
        <ul className="rows" aria-labelledby="schools">
          {rows.map((school) => (
            <li className="row" key={school.id}>
              <div className="row__words">
                <strong>{school.name}</strong>
                <span className="soft small">
                  <Place country={school.country}>{school.town}</Place>
                </span>
              </div>
              <span className="row__acts soft">{t("operate.accounts", { count: school.accounts })}</span>
            </li>
          ))}
        </ul>
      )}
      <MoreRows pages={schools} />
      {isAdding ? (
        <AddSchoolDialog
          added={(school) => {
            again();
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
