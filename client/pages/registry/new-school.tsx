import { useState } from "react";
import type { Me } from "../../../protocol/http/accounts.ts";
import type { FoundSchools, MySchools, SchoolCard } from "../../../protocol/http/registry.ts";
import { findSchools, registerSchool } from "../../api/registry.ts";
import { isRefused } from "../../api.ts";
import { Button } from "../../parts/button.tsx";
import { ConfirmDialog } from "../../parts/dialog.tsx";
import { Checkbox } from "../../parts/field.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Refusal } from "../../parts/said.tsx";
import { type Draft, draftOfFields, textIn } from "../../views/drafts.ts";
import { readPlace, readSchool } from "../../views/school-form.ts";
import { t } from "../../words/words.ts";
import { ErrorSummary, Trouble } from "../portal/trouble.tsx";
import { type Form, useForm } from "../portal/use-form.ts";
import { FoundRows } from "./find-school.tsx";
import { JoinDialog } from "./join-dialog.tsx";
import { PlaceFields } from "./place-fields.tsx";
import { Part, SchoolFields, schoolLabels } from "./school-fields.tsx";
import { useDraft } from "./use-draft.ts";
import { signInHash } from "./who-you-are.tsx";

/** Where the form of who registers a school is kept: each account's by itself, for several people may use one device. */
export const newSchoolKey = (me: Me) => `twinlight.school.${me.id}`;

interface Given {
  me: Me;
  sent: () => void;
  joined: (mine: MySchools) => void;
  back: () => void;
}

/** A school that is not here yet: its form, which is kept on this device until it is sent. */
export function NewSchool(given: Given) {
  const [times, setTimes] = useState(0);
  // Drawn anew when it was emptied.
  return <NewSchoolForm key={times} {...given} emptied={() => setTimes(times + 1)} />;
}

function NewSchoolForm({ me, sent, joined, back, emptied }: Given & { emptied: () => void }) {
  const kept = useDraft(newSchoolKey(me));
  const [wasRestored] = useState(kept.draft !== undefined);
  const [first] = useState<Draft>(kept.draft ?? { mainLanguage: [me.language] });
  const [known, setKnown] = useState<FoundSchools["schools"]>([]);
  const [isEmptying, empty] = useState(false);
  const form = useForm(
    (fields) => send(fields, me, setKnown),
    () => {
      kept.forget();
      sent();
    },
  );
  return (
    <>
      <form {...form.props} className="form school-form" onInput={kept.onInput} aria-label={t("register.formTitle")}>
        <header className="links-head">
          <Button icon="arrow-left" onClick={back}>
            {t("register.back")}
          </Button>
          <Button look="plain" icon="trash" onClick={() => empty(true)}>
            {t("register.discard")}
          </Button>
        </header>
        <p className="soft" role="status">
          {kept.isKept ? t(wasRestored ? "register.restored" : "register.kept") : t("register.notKept")}
        </p>
        <ErrorSummary
          form={form}
          labels={{ ...schoolLabels(), staffRole: t("register.staffRole"), isTrue: t("register.isTrue") }}
        />
        <SchoolFields
          form={form}
          draft={first}
          isValidated={false}
          number={<NumberTaken form={form} known={known} joined={joined} />}
        />
        <Part title={t("register.partYou")}>
          <PlaceFields form={form} draft={first} />
        </Part>
        <section className="card form">
          <div>
            <Checkbox label={t("register.isTrue")} name="isTrue" />
            {form.error("isTrue") === undefined ? null : (
              <p className="field__error">
                <Icon name="warning-circle" />
                {form.error("isTrue")}
              </p>
            )}
          </div>
          <SentTrouble form={form} />
          <Button type="submit" look="filled" size="large" aria-disabled={form.busy}>
            {t("register.submit")}
          </Button>
        </section>
      </form>
      {isEmptying ? (
        <ConfirmDialog
          title={t("register.discardAsk")}
          confirm={t("register.discard")}
          onConfirm={() => {
            kept.forget();
            emptied();
          }}
          onClose={() => empty(false)}
        >
          <p>{t("register.discardHint")}</p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}

function send(fields: FormData, me: Me, setKnown: (known: FoundSchools["schools"]) => void) {
  const draft = draftOfFields(fields);
  const school = readSchool(draft, me);
  const place = readPlace(draft);
  const errors = {
    ...("errors" in school ? school.errors : {}),
    ...("errors" in place ? place.errors : {}),
    ...(fields.get("isTrue") === null ? ({ isTrue: "register.isTrueMissing" } as const) : {}),
  };
  if ("errors" in school || "errors" in place || Object.keys(errors).length > 0) return { errors };
  setKnown([]);
  return registerSchool({ form: school.form, place: place.place, isTrue: true }).then(async (answer) => {
    if (isRefused(answer) && answer.refused === "school.numberTaken") setKnown(await knownWith(draft));
    return answer;
  });
}

/** The school that has this number already. */
async function knownWith(draft: Draft): Promise<FoundSchools["schools"]> {
  const number = textIn(draft, "number").replace(/\s+/g, "").toUpperCase();
  const found = await findSchools(number, textIn(draft, "country"));
  return isRefused(found) ? [] : found.value.schools.filter((school) => school.number === number);
}

function NumberTaken({
  form,
  known,
  joined,
}: {
  form: Form;
  known: FoundSchools["schools"];
  joined: (mine: MySchools) => void;
}) {
  const [joining, join] = useState<SchoolCard>();
  if (form.error("number") === undefined || known.length === 0) return null;
  return (
    <section aria-label={t("register.numberTakenTitle")}>
      <FoundRows found={known} join={join} />
      {joining === undefined ? null : <JoinDialog school={joining} joined={joined} onClose={() => join(undefined)} />}
    </section>
  );
}

function signInAgain(): void {
  history.replaceState(null, "", signInHash);
  location.reload();
}

/** Why the form was not sent. Who was signed out meanwhile loses nothing: it is kept, and they sign in on this page. */
export function SentTrouble({ form }: { form: Form }) {
  if (form.refusal?.refused !== "account.signedOut") return <Trouble refusal={form.refusal} />;
  return (
    <Refusal act={{ label: t("register.signInAgain"), onPress: signInAgain }}>{t("register.sessionLost")}</Refusal>
  );
}
