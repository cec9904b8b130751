import { useState } from "react";
import type { FrontDoor, Me } from "../../protocol/http/accounts.ts";
import type { ProjectView } from "../../protocol/http/projects.ts";
import { project as askProject, changeRole, joinProject } from "../api/projects.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { StatusLine } from "../parts/said.tsx";
import type { PageParams } from "../routes.ts";
import { beginForm, valuesOf } from "../views/project-form.ts";
import { sectionPath } from "../views/space-sections.ts";
import { countryName, longDate } from "../words/formats.ts";
import { t } from "../words/words.ts";
import { OpenPage, PortalFrame } from "./portal/portal-page.tsx";
import { ProjectLabels, PublicProjectPage } from "./portal/public-project.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { useAsked } from "./portal/use-asked.ts";
import { CourseActs } from "./projects/course-acts.tsx";
import { FounderActs } from "./projects/founder-acts.tsx";
import { InviteButton } from "./projects/invite-button.tsx";
import { ProjectMeetings } from "./projects/project-meetings.tsx";
import { SchoolLine, StateAndWaits, titleOf, Written } from "./projects/said.tsx";
import "./projects/projects.css";

/** `/projects/<slug>`: for members and their support services; everybody else reads its public card. */
export default function ProjectPage({ params }: { params: PageParams }) {
  const slug = params.slug ?? "";
  return (
    <OpenPage title={t("projects.title")}>
      {(door) =>
        door.me === null ? (
          <PublicProjectPage slug={slug} door={door} />
        ) : (
          <Looked me={door.me} door={door} slug={slug} />
        )
      }
    </OpenPage>
  );
}

function Looked({ me, door, slug }: { me: Me; door: FrontDoor; slug: string }) {
  const { asked, again, change } = useAsked(() => askProject(slug));
  if (asked.state === "here") {
    return <Project me={me} door={door} project={asked.value} changed={(project) => change(() => project)} />;
  }
  if (asked.state === "asking") {
    return (
      <PortalFrame door={door}>
        <p role="status">{t("app.loading")}</p>
      </PortalFrame>
    );
  }
  const { refused } = asked.refusal;
  if (refused === "offline" || refused === "command.failed" || refused === "request.tooMany") {
    return (
      <PortalFrame door={door} title={t("projects.title")}>
        <Trouble refusal={asked.refusal} again={again} />
      </PortalFrame>
    );
  }
  return <PublicProjectPage slug={slug} door={door} />;
}

interface Props {
  me: Me;
  project: ProjectView;
  changed: (project: ProjectView) => void;
}

const hasMeetings: readonly ProjectView["state"][] = ["active", "closed", "archived"];

function Project({ me, door, project, changed }: Props & { door: FrontDoor }) {
  const { acts, mine, state } = project;
  const isInvited = mine?.state === "invited";
  const helps = mine?.role === "expert" || mine?.role === "observer";
  const isFounder = mine?.role === "founder";
  const here = `/projects/${encodeURIComponent(project.slug)}`;
  const canWrite = acts.includes("edit");
  return (
    <PortalFrame
      door={door}
      title={titleOf(project)}
      acts={
        canWrite ? (
          <ButtonLink look={state === "draft" ? "filled" : "outlined"} icon="pencil-simple" href={`${here}/edit`}>
            {t("projects.edit")}
          </ButtonLink>
        ) : undefined
      }
      side={
        <>
          <Facts project={project} />
          {hasMeetings.includes(state) ? <ProjectLabels slug={project.slug} /> : null}
          <Schools project={project} />
          <Members project={project} changed={changed} />
        </>
      }
    >
      <section className="card project-part" aria-labelledby="state">
        <h2 id="state" className="home-head">
          {t("projects.next")}
        </h2>
        <div className="project-state">
          <StateAndWaits state={state} waits={project.waits} mine={me.id} />
        </div>
        <p>{t(isInvited ? "projects.next.invited" : `projects.next.${state}`)}</p>
        <Notes project={project} />
        {isInvited ? <Join project={project} changed={changed} /> : null}
        {isInvited && helps ? (
          <p>
            <ButtonLink
              look="filled"
              size="large"
              icon="envelope-simple"
              href={`${sectionPath(project.slug, "home")}/invitation`}
            >
              {t("projects.answerInvitation")}
            </ButtonLink>
          </p>
        ) : null}
        {isFounder && state !== "draft" && !isInvited ? <FounderActs project={project} changed={changed} /> : null}
        {isFounder && state === "draft" && !isInvited ? (
          <FounderActs project={{ ...project, acts: acts.filter((act) => act !== "agree") }} changed={changed} />
        ) : null}
        {isInvited ? <FounderActs project={project} changed={changed} /> : null}
        <CourseActs project={project} changed={changed} />
        {acts.includes("decide") ? (
          <p>
            <ButtonLink look="filled" href="/desk">
              {t("projects.desk")}
            </ButtonLink>
          </p>
        ) : null}
      </section>
      <Spaces project={project} />
      {mine?.state === "accepted" && hasMeetings.includes(state) ? (
        <ProjectMeetings
          project={project.id}
          me={me}
          books={me.books && mine.role !== "teacher" && state === "active"}
        />
      ) : null}
      <section className="card project-part" aria-labelledby="form">
        <h2 id="form" className="home-head">
          {t("projects.form")}
        </h2>
        <Written form={valuesOf(beginForm(project.form))} />
      </section>
    </PortalFrame>
  );
}

/** What opened with the approval. */
function Spaces({ project }: { project: ProjectView }) {
  const { slug, state, mine, twinSpaceSince, reportCardSince, scope } = project;
  const isIn = mine?.state === "accepted";
  if (twinSpaceSince === null || reportCardSince === null) return null;
  return (
    <section className="card project-part" aria-labelledby="twin-space">
      <h2 id="twin-space" className="home-head">
        {t("projects.twinSpace")}
      </h2>
      <p>{t("projects.twinSpaceSince", { date: longDate(twinSpaceSince) })}</p>
      {isIn && state !== "suspended" ? (
        <p>
          <ButtonLink look="filled" href={sectionPath(slug, "home")}>
            {t("space.open")}
          </ButtonLink>
        </p>
      ) : null}
      <h3>{t("projects.reportCard")}</h3>
      <p className="soft">{t("projects.reportCardSince", { date: longDate(reportCardSince) })}</p>
      {isIn && state !== "suspended" && teaches(mine.role) ? (
        <p className="form__acts">
          <ButtonLink icon="clipboard-text" href={sectionPath(slug, "report")}>
            {t("projects.openReportCard")}
          </ButtonLink>
          {scope === "european" ? (
            <ButtonLink icon="seal-check" href={`${sectionPath(slug, "report")}/quality-label`}>
              {t("labelApply.title")}
            </ButtonLink>
          ) : null}
        </p>
      ) : null}
    </section>
  );
}

/** Experts and observers help; the report card is the teachers'. */
const teaches = (role: string): boolean => role === "founder" || isTeaching(role);

function Join({ project, changed }: Omit<Props, "me">) {
  const join = useAct(() => joinProject(project.id), changed);
  if (!project.acts.includes("join")) return null;
  return (
    <div className="project-part">
      <p className="soft">{t("projects.joinHint")}</p>
      <p>
        <Button look="filled" size="large" icon="handshake" onClick={() => join.run()} aria-disabled={join.busy}>
          {t("projects.join")}
        </Button>
      </p>
      <Trouble refusal={join.refusal} />
    </div>
  );
}

/** What a founder or a service wrote to what they did. */
function Notes({ project }: { project: ProjectView }) {
  const services = project.schools.filter(({ note, state }) => note !== "" && state !== "pending");
  const byService = new Map(services.map((one) => [one.service.country, one]));
  return (
    <>
      {project.note === null ? null : (
        <div className="project-note">
          <p className="small">
            <strong>{t("projects.noteFrom", { name: project.note.by || t("word.somebody") })}</strong>
          </p>
          <p className="project-words">{project.note.text}</p>
        </div>
      )}
      {[...byService.values()].map((one) => (
        <div className="project-note" key={one.school.id}>
          <p className="small">
            <strong>{t("projects.noteFrom", { name: serviceName(one.service.country) })}</strong>
          </p>
          <p className="project-words">{one.note}</p>
        </div>
      ))}
    </>
  );
}

const serviceName = (country: string | null): string =>
  country === null ? t("projects.serviceCentral") : t("projects.serviceOf", { country: countryName(country) });

function Facts({ project }: { project: ProjectView }) {
  const facts: [string, string][] = [
    [t("projects.since", { date: "" }).trim(), longDate(project.activatedAt ?? project.createdAt)],
  ];
  return (
    <section className="card project-part" aria-labelledby="facts">
      <h2 id="facts" className="home-head">
        {t("projects.facts")}
      </h2>
      <p>
        <strong>{t(`projects.scope.${project.scope}`)}</strong>
      </p>
      <p className="soft small">{t(`projects.scope.${project.scope}Hint`)}</p>
      <p className="soft small">{facts.map(([name, value]) => `${name} ${value}`).join(", ")}</p>
    </section>
  );
}

function Schools({ project }: { project: ProjectView }) {
  const isSent = project.state !== "draft" && project.state !== "awaitingPartner";
  return (
    <section className="card project-part" aria-labelledby="schools">
      <h2 id="schools" className="home-head">
        {t("projects.schools")}
      </h2>
      <ul className="project-part">
        {project.schools.map((one) => (
          <li key={one.school.id}>
            <SchoolLine school={one.school} />
            {isSent && (one.founder || one.at !== null || one.state === "pending") ? (
              <p className="soft small">
                {t("projects.serviceSays", {
                  service: serviceName(one.service.country),
                  state: t(`projects.service.${one.state}`),
                })}
              </p>
            ) : null}
            {one.label === null ? null : (
              <p className="small">
                <a href={`/labels/${one.label}`}>{t("projects.label")}</a>
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Members({ project, changed }: Omit<Props, "me">) {
  const [said, say] = useState("");
  const schoolOf = (id: string | null) => project.schools.find(({ school }) => school.id === id)?.school.name ?? "";
  const isPending = project.state === "awaitingPartner";
  return (
    <section className="card project-part" aria-labelledby="members">
      <h2 id="members" className="home-head">
        {t("projects.members")}
      </h2>
      <ul className="project-part" aria-labelledby="members">
        {project.members.map(({ account, name, school, role, state, agreed }) => (
          <li key={account} className="person">
            <strong>{name}</strong>
            <span className="soft small">
              {[
                schoolOf(school),
                state === "accepted" ? t(`projects.role.${role}`) : t(`projects.member.${state}`),
                ...(isPending && agreed ? [t("projects.agreed")] : []),
              ]
                .filter((words) => words !== "")
                .join(", ")}
            </span>
            {project.acts.includes("changeRoles") && state === "accepted" && isTeaching(role) ? (
              <RoleButton project={project} member={{ account, name, role }} changed={changed} />
            ) : null}
          </li>
        ))}
      </ul>
      {project.acts.includes("invite") ? (
        <InviteButton
          project={project}
          changed={(next, name) => {
            say(t("projects.invited", { name }));
            changed(next);
          }}
        />
      ) : null}
      <StatusLine>{said}</StatusLine>
    </section>
  );
}

/** Other roles are changed on the TwinSpace's own page of members. */
const isTeaching = (role: string): boolean => role === "teacher" || role === "teacherAdmin";

/** Administrators change the form; teachers read it. */
function RoleButton({
  project,
  member: { account, name, role },
  changed,
}: {
  project: ProjectView;
  member: { account: string; name: string; role: string };
  changed: (project: ProjectView) => void;
}) {
  const next = role === "teacher" ? "teacherAdmin" : "teacher";
  const act = useAct(() => changeRole(project.id, account, { role: next }), changed);
  const isUp = next === "teacherAdmin";
  return (
    <p>
      <Button
        size="small"
        aria-label={t(isUp ? "projects.makeAdminName" : "projects.makeTeacherName", { name })}
        onClick={() => act.run()}
        aria-disabled={act.busy}
      >
        {t(isUp ? "projects.makeAdmin" : "projects.makeTeacher")}
      </Button>
      <Trouble refusal={act.refusal} />
    </p>
  );
}
