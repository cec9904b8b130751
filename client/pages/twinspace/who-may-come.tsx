import { useState } from "react";
import type { Invited, InvitedRole } from "../../../protocol/twinspace/meetings.ts";
import type { Person } from "../../../protocol/twinspace/space.ts";
import { invitable } from "../../api/space/meetings.ts";
import { Radios, TextField } from "../../parts/field.tsx";
import { Ticks } from "../../parts/tick-list.tsx";
import { everybody, invitedRoles, isNobody } from "../../views/invited.ts";
import { personName } from "../../views/people-of-space.ts";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useAsked } from "../portal/use-asked.ts";

/** So many are shown at once; who looks for somebody else writes a part of their name. */
const mostShown = 60;

/** Who may come: everybody, or chosen schools, roles and people. Kept by whoever shows it. */
export function WhoMayCome({
  project,
  invited,
  onChange,
  isWrong = false,
}: {
  project: string;
  invited: Invited;
  onChange: (invited: Invited) => void;
  /** Nobody is chosen, and it was tried to be sent. */
  isWrong?: boolean;
}) {
  return (
    <>
      <Radios
        label={t("book.who")}
        name="who"
        value={invited.everybody ? "all" : "some"}
        choices={[
          { value: "all", label: t("book.whoEverybody"), hint: t("book.whoEverybodyHint") },
          { value: "some", label: t("book.whoSome"), hint: t("book.whoSomeHint") },
        ]}
        onChoose={(who) => onChange(who === "all" ? everybody : { ...everybody, everybody: false })}
      />
      <Chosen
        project={project}
        invited={invited}
        onChange={onChange}
        error={isWrong && isNobody(invited) ? t("book.whoMissing") : undefined}
      />
    </>
  );
}

function Chosen({
  project,
  invited,
  onChange,
  error,
}: {
  project: string;
  invited: Invited;
  onChange: (invited: Invited) => void;
  error: string | undefined;
}) {
  const { asked, again } = useAsked(() => invitable(project));
  if (asked.state === "refused") return <Trouble refusal={asked.refusal} again={again} />;
  if (asked.state === "asking") return <p role="status">{t("app.loading")}</p>;
  const { people } = asked.value;
  const schools = new Map(people.flatMap(({ school }) => (school === null ? [] : [[school.id, school.name]])));
  const isRole = (role: string): role is InvitedRole => invitedRoles.some((known) => known === role);
  // Teachers and pupils come with everybody; experts and observers are asked besides.
  const offered = invitedRoles.filter((role) => !invited.everybody || role === "expert" || role === "observer");
  return (
    <>
      {invited.everybody ? null : (
        <Ticks
          label={t("book.whoSchools")}
          choices={[...schools].map(([value, label]) => ({ value, label }))}
          chosen={invited.schools}
          choose={(chosen) => onChange({ ...invited, schools: [...chosen] })}
          // Without a role either there is no group at all, only who is asked by name.
          nothing={t(invited.roles.length > 0 ? "book.whoAllSchools" : "book.whoNone")}
          error={error}
        />
      )}
      {invited.everybody && !people.some(({ role }) => role === "expert" || role === "observer") ? null : (
        <Ticks
          label={t(invited.everybody ? "book.whoBesides" : "book.whoRoles")}
          choices={offered.map((role) => ({ value: role, label: t(`spaceMeeting.role.${role}`) }))}
          chosen={invited.roles}
          choose={(chosen) => onChange({ ...invited, roles: chosen.filter(isRole) })}
          nothing={t(invited.schools.length > 0 ? "book.whoUsualRoles" : "book.whoNone")}
        />
      )}
      {invited.everybody ? null : <ByName people={people} invited={invited} onChange={onChange} />}
    </>
  );
}

function ByName({
  people,
  invited,
  onChange,
}: {
  people: readonly Person[];
  invited: Invited;
  onChange: (invited: Invited) => void;
}) {
  const [words, find] = useState("");
  const wanted = words.trim().toLocaleLowerCase();
  const labelOf = (person: Person) =>
    person.school === null
      ? personName(person)
      : t("book.whoSomebodyOf", { name: personName(person), school: person.school.name });
  const fits = (person: Person) =>
    invited.people.includes(person.author) || labelOf(person).toLocaleLowerCase().includes(wanted);
  return (
    <>
      {people.length > 12 ? (
        <TextField
          label={t("book.whoFind")}
          type="search"
          value={words}
          onChange={(event) => find(event.target.value)}
        />
      ) : null}
      <Ticks
        label={t("book.whoPeople")}
        choices={people
          .filter(fits)
          .slice(0, mostShown)
          .map((person) => ({ value: person.author, label: labelOf(person) }))}
        chosen={invited.people}
        choose={(chosen) => onChange({ ...invited, people: [...chosen] })}
        nothing={t("book.whoNobody")}
      />
    </>
  );
}
