import { useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { MyInvitation } from "../../protocol/twinspace/members.ts";
import { answerInvitationTo, myInvitation } from "../api/space/members.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Place } from "../parts/place.tsx";
import type { PageParams } from "../routes.ts";
import { sectionPath } from "../views/space-sections.ts";
import { longDate } from "../words/formats.ts";
import { t } from "../words/words.ts";
import { OwnPage, PortalFrame } from "./portal/portal-page.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { useAsked } from "./portal/use-asked.ts";
import "./projects/projects.css";

/** `/twinspace/<slug>/invitation`: an expert or observer reads to what they are asked, and says yes or no. */
export default function SpaceInvitationPage({ params }: { params: PageParams }) {
  return (
    <OwnPage title={t("spaceInvitation.title")} needs="account">
      {(_me, door) => <Invited slug={params.slug ?? ""} door={door} />}
    </OwnPage>
  );
}

function Invited({ slug, door }: { slug: string; door: FrontDoor }) {
  const { asked, again } = useAsked(() => myInvitation(slug));
  if (asked.state === "refused" && asked.refusal.refused === "invitation.invalid") return <NotInvited door={door} />;
  return (
    <PortalFrame door={door} title={t("spaceInvitation.title")}>
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {asked.state === "here" ? <Answer invitation={asked.value} /> : null}
    </PortalFrame>
  );
}

function NotInvited({ door }: { door: FrontDoor }) {
  return (
    <PortalFrame door={door} title={t("spaceInvitation.title")}>
      <EmptyState
        icon="envelope-simple"
        title={t("spaceInvitation.none")}
        act={
          <ButtonLink look="filled" href="/projects">
            {t("projects.title")}
          </ButtonLink>
        }
      >
        {t("spaceInvitation.noneHint")}
      </EmptyState>
    </PortalFrame>
  );
}

function Answer({ invitation }: { invitation: MyInvitation }) {
  const { slug, title, summary, schools, role, by, note, expiresAt } = invitation;
  const [declined, setDeclined] = useState(false);
  const answer = useAct(
    (accept: boolean) => answerInvitationTo(slug, accept),
    (_value, accept) => (accept ? location.assign(sectionPath(slug, "home")) : setDeclined(true)),
  );
  if (declined) {
    return (
      <div className="card form portal-narrow">
        <p role="status">{t("spaceInvitation.declined")}</p>
        <p>
          <ButtonLink href="/projects">{t("projects.title")}</ButtonLink>
        </p>
      </div>
    );
  }
  return (
    <section className="card form portal-narrow" aria-labelledby="invited-to">
      <h2 id="invited-to">{title}</h2>
      {summary === "" ? null : <p>{summary}</p>}
      <ul>
        {schools.map(({ name, country }) => (
          <li key={name}>
            <Place country={country}>{name}</Place>
          </li>
        ))}
      </ul>
      <div className="project-note">
        <p>
          {t("spaceInvitation.by", { name: by || t("word.somebody") })} <strong>{t(`spaceRole.${role}`)}</strong>
        </p>
        {note === "" ? null : <p className="project-words">{note}</p>}
      </div>
      <p className="soft">{t(`spaceRole.${role}May`)}</p>
      <p className="soft small">{t("spaceInvitation.until", { date: longDate(expiresAt) })}</p>
      <Trouble refusal={answer.refusal} />
      <div className="form__acts">
        <Button look="filled" icon="check" onClick={() => answer.run(true)} aria-disabled={answer.busy}>
          {t("spaceInvitation.accept")}
        </Button>
        <Button onClick={() => answer.run(false)} aria-disabled={answer.busy}>
          {t("spaceInvitation.decline")}
        </Button>
      </div>
    </section>
  );
}
