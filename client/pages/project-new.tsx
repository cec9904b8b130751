import { useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { PossiblePartners, ProjectView, StartProject } from "../../protocol/http/projects.ts";
import { choosePartner, possiblePartners, startProject } from "../api/projects.ts";
import { mySchools } from "../api/registry.ts";
import { type Answer, isRefused } from "../api.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Radios, Select } from "../parts/field.tsx";
import { t } from "../words/words.ts";
import { OwnPage, PortalFrame } from "./portal/portal-page.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAsked } from "./portal/use-asked.ts";
import { useForm } from "./portal/use-form.ts";
import "./projects/projects.css";

/** `/projects/new`; with `?with=<account>` one of my contacts is the partner from the start. */
export default function NewProjectPage() {
  return (
    <OwnPage title={t("projects.new")} needs="account">
      {(_me, door) => <Begin door={door} />}
    </OwnPage>
  );
}

function Begin({ door }: { door: FrontDoor }) {
  const { asked, again } = useAsked(mySchools);
  const partner = useWanted();
  const schools =
    asked.state === "here"
      ? asked.value.schools.filter(({ school, place }) => school.state === "validated" && place.state === "active")
      : [];
  return (
    <PortalFrame door={door} title={t("projects.new")} intro={t("projects.newIntro")} side={<How />}>
      {asked.state === "asking" || (asked.state === "here" && partner === null) ? (
        <p role="status">{t("app.loading")}</p>
      ) : null}
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {asked.state !== "here" || partner === null ? null : schools.length === 0 ? (
        <div className="card">
          <EmptyState
            icon="buildings"
            title={t("projects.beginNone")}
            act={
              <ButtonLink look="filled" href="/register">
                {t("projects.beginNoneAct")}
              </ButtonLink>
            }
          />
        </div>
      ) : (
        <BeginForm schools={schools.map(({ school }) => school)} partner={partner} />
      )}
    </PortalFrame>
  );
}

type Partner = PossiblePartners["people"][number];

/** The contact whom the address names; undefined where it names nobody who can be a partner, null until that is known. */
function useWanted(): Partner | undefined | null {
  const wanted = new URLSearchParams(location.search).get("with");
  const { asked } = useAsked<PossiblePartners>(async () =>
    wanted === null ? { value: { people: [] } } : possiblePartners(),
  );
  if (asked.state === "asking") return null;
  return asked.state === "here" ? asked.value.people.find(({ account }) => account === wanted) : undefined;
}

/** A partner who could not be chosen after all is chosen in the form: the draft is there. */
async function startWith(partner: Partner | undefined, body: StartProject): Promise<Answer<ProjectView>> {
  const started = await startProject(body);
  if (isRefused(started) || partner === undefined) return started;
  const chosen = await choosePartner(started.value.id, { account: partner.account });
  return isRefused(chosen) ? started : chosen;
}

function BeginForm({
  schools,
  partner,
}: {
  schools: readonly { id: string; name: string; town: string }[];
  partner: Partner | undefined;
}) {
  const [origin, setOrigin] = useState<"foundHere" | "existingPartnership">("foundHere");
  const form = useForm(
    (fields) => startWith(partner, { school: String(fields.get("school")), origin }),
    ({ id }) => location.assign(`/projects/${id}/edit`),
  );
  return (
    <form {...form.props} className="card form">
      {partner === undefined ? null : (
        <p>
          <strong>{t("projects.newWith", { name: partner.name, school: partner.school.name })}</strong>
        </p>
      )}
      <Select
        label={t("projects.newSchool")}
        name="school"
        choices={schools.map(({ id, name, town }) => ({
          value: id,
          label: t("projects.schoolAt", { school: name, town }),
        }))}
        hint={t("projects.newSchoolHint")}
        error={form.error("school")}
      />
      <Radios
        label={t("projects.newOrigin")}
        name="origin"
        value={origin}
        onChoose={setOrigin}
        choices={[
          { value: "foundHere", label: t("projects.originFoundHere") },
          { value: "existingPartnership", label: t("projects.originExisting") },
        ]}
      />
      <Trouble refusal={form.refusal} />
      <Button type="submit" look="filled" size="large" icon="pencil-simple" aria-disabled={form.busy}>
        {t("projects.begin")}
      </Button>
    </form>
  );
}

function How() {
  return (
    <section className="card project-part" aria-labelledby="how">
      <h2 id="how" className="home-head">
        {t("projects.how")}
      </h2>
      <ol className="project-how">
        <li>{t("projects.how1")}</li>
        <li>{t("projects.how2")}</li>
        <li>{t("projects.how3")}</li>
        <li>{t("projects.how4")}</li>
      </ol>
    </section>
  );
}
