import { useState } from "react";
import type { Me } from "../../../protocol/http/accounts.ts";
import type { SchoolSeen } from "../../../protocol/http/registry.ts";
import { changeSchool } from "../../api/registry.ts";
import { type Answer, isRefused } from "../../api.ts";
import { Button } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { type Draft, draftOfFields, mergeDrafts, textsIn } from "../../views/drafts.ts";
import { draftOfSchool, readSchool } from "../../views/school-form.ts";
import { countryName, languageName } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { ErrorSummary } from "../portal/trouble.tsx";
import { useForm } from "../portal/use-form.ts";
import { useList } from "../portal/use-list.ts";
import { SentTrouble } from "./new-school.tsx";
import { SchoolFields, schoolLabels } from "./school-fields.tsx";
import { useDraft } from "./use-draft.ts";

/** What was begun on: the form as it was, its version, and what stands in the fields now. */
interface Basis {
  version: number;
  base: Draft;
  draft: Draft;
  /** What somebody else has saved meanwhile where I wrote something else. */
  clashes: readonly { field: string; theirs: readonly string[] }[] | undefined;
}

interface Given {
  me: Me;
  seen: SchoolSeen;
  changed: (seen: SchoolSeen) => void;
  done: (seen: SchoolSeen) => void;
  back: () => void;
}

/** My school's form to be changed. What somebody else saved meanwhile comes in beside what I wrote. */
export function ChangeForm(given: Given) {
  const { seen } = given;
  const [basis, setBasis] = useState<Basis>(() => {
    const base = seen.form === null ? {} : draftOfSchool(seen.form);
    return { version: seen.version, base, draft: base, clashes: undefined };
  });
  return <FieldsOnBasis key={basis.version} {...given} basis={basis} rebase={setBasis} />;
}

function FieldsOnBasis({
  me,
  seen,
  done,
  back,
  basis,
  rebase,
}: Given & { basis: Basis; rebase: (basis: Basis) => void }) {
  // A version of its own: what was written upon an older one is not put upon this one unseen.
  const kept = useDraft(`twinlight.school.${me.id}.${seen.school.id}.${basis.version}`);
  const [first] = useState<Draft>(kept.draft ?? basis.draft);
  const form = useForm(
    (fields) => {
      const mine = draftOfFields(fields);
      const read = readSchool(mine, { email: unchangedPrincipal(mine, basis.base) ? "" : me.email });
      if ("errors" in read) return read;
      const sent = changeSchool(seen.school.id, { version: basis.version, form: read.form });
      return sent.then((answer) => {
        const current = currentOf(answer);
        if (current?.form) {
          kept.forget();
          rebase(rebased(basis, mine, current.version, draftOfSchool(current.form)));
        }
        return answer;
      });
    },
    (now) => {
      kept.forget();
      done(now);
    },
  );
  const isRefusedSchool = seen.school.state === "refused";
  return (
    <form {...form.props} className="form school-form" onInput={kept.onInput} aria-label={t("school.changeTitle")}>
      <Clashes basis={basis} />
      <ErrorSummary form={form} labels={schoolLabels()} />
      <SchoolFields form={form} draft={first} isValidated={seen.school.state === "validated"} />
      <section className="card form">
        <SentTrouble form={form} />
        <div className="form__acts">
          <Button type="submit" look="filled" size="large" aria-disabled={form.busy}>
            {t(isRefusedSchool ? "school.sendAgain" : "act.save")}
          </Button>
          <Button
            onClick={() => {
              kept.forget();
              back();
            }}
          >
            {t("act.cancel")}
          </Button>
        </div>
      </section>
    </form>
  );
}

/** A head who works there may be named already; only a new address may not be one's own. */
const unchangedPrincipal = (mine: Draft, base: Draft): boolean =>
  textsIn(mine, "principalEmail").join() === textsIn(base, "principalEmail").join();

function currentOf(answer: Answer<SchoolSeen>): SchoolSeen | undefined {
  if (!isRefused(answer) || answer.refused !== "school.changedMeanwhile") return undefined;
  // The server answers it in the shape of the route itself (server/http/mount.ts).
  return answer.current as SchoolSeen | undefined;
}

function rebased({ base }: Basis, mine: Draft, version: number, theirs: Draft): Basis {
  const { draft, clashes } = mergeDrafts(base, mine, theirs);
  return {
    version,
    base: theirs,
    draft,
    clashes: clashes.map((field) => ({ field, theirs: textsIn(theirs, field) })),
  };
}

function Clashes({ basis: { clashes } }: { basis: Basis }) {
  const lists = { type: useList("schoolType"), subjects: useList("subject"), region: useList("region") };
  if (clashes === undefined) return null;
  const labels = schoolLabels();
  const nameOf = (field: string, code: string): string => {
    if (field === "country") return countryName(code);
    if (field === "languages" || field === "mainLanguage") return languageName(code);
    if (field === "type" || field === "subjects" || field === "region") return lists[field].labelOf(code);
    return field === "available" ? t("school.yes") : code;
  };
  return (
    <div className="error-summary" role="alert">
      <p className="error-summary__title">
        <Icon name="info" />
        {t("school.meanwhileTitle")}
      </p>
      <p>{t("school.meanwhileHint")}</p>
      <ul>
        {clashes.map(({ field, theirs }) => (
          <li key={field}>
            {theirs.join("") === ""
              ? t("school.meanwhileEmptied", { field: labels[field] ?? field })
              : t("school.meanwhileTheirs", {
                  field: labels[field] ?? field,
                  value: theirs.map((code) => nameOf(field, code)).join(", "),
                })}
          </li>
        ))}
      </ul>
    </div>
  );
}
