import { useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { SpaceMember, SpaceMembers } from "../../protocol/twinspace/members.ts";
import type { SpaceView } from "../../protocol/twinspace/space.ts";
import { spaceMembers } from "../api/space/members.ts";
import { ButtonLink } from "../parts/button.tsx";
import { Flag } from "../parts/place.tsx";
import { StatusLine } from "../parts/said.tsx";
import type { PageParams } from "../routes.ts";
import { useSpaceNews } from "../use-space-news.ts";
import { isTeacherRole } from "../views/roles-of-space.ts";
import { sectionPath } from "../views/space-sections.ts";
import { t } from "../words/words.ts";
import { Trouble } from "./portal/trouble.tsx";
import { useAsked } from "./portal/use-asked.ts";
import { InviteButton } from "./projects/invite-button.tsx";
import { Invitations } from "./twinspace/members/invitations.tsx";
import { InviteOutsiderButton } from "./twinspace/members/invite-outsider.tsx";
import { MemberRow } from "./twinspace/members/member-row.tsx";
import { VisitorsPart } from "./twinspace/members/visitors.tsx";
import { PersonName } from "./twinspace/person-name.tsx";
import { SpaceFrame, SpacePage } from "./twinspace/space-page.tsx";
import "./projects/projects.css";
import "./twinspace/members/members.css";

/** `/twinspace/<slug>/members`: who is in it, by school; for teachers who is invited and who visits. */
export default function SpaceMembersPage({ params }: { params: PageParams }) {
  return (
    <SpacePage slug={params.slug ?? ""} title={t("space.members")}>
      {(space, door) => <Members space={space} door={door} />}
    </SpacePage>
  );
}

function Members({ space, door }: { space: SpaceView; door: FrontDoor }) {
  const { asked, again } = useAsked(() => spaceMembers(space.slug));
  useSpaceNews(space.slug, ({ type }) => {
    if (type === "members" || type === "missed") again();
  });
  const [said, say] = useState("");
  const isTeacher = isTeacherRole(space.me.role);
  const done = (sentence: string) => {
    say(sentence);
    again();
  };
  return (
    <SpaceFrame
      door={door}
      section="members"
      title={t("space.members")}
      intro={t("members.intro")}
      acts={
        isTeacher ? (
          <>
            {space.open ? <Inviting space={space} done={done} /> : null}
            <Leaving space={space} />
          </>
        ) : undefined
      }
    >
      <StatusLine>{said}</StatusLine>
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {asked.state === "here" ? (
        <>
          <BySchool space={space} shown={asked.value} done={done} />
          {isTeacher && asked.value.invitations.length > 0 ? (
            <Invitations slug={space.slug} invitations={asked.value.invitations} done={done} />
          ) : null}
        </>
      ) : null}
      {isTeacher ? <VisitorsPart space={space} /> : null}
    </SpaceFrame>
  );
}

function Inviting({ space, done }: { space: SpaceView; done: (sentence: string) => void }) {
  const isAdmin = space.me.role === "founder" || space.me.role === "teacherAdmin";
  return (
    <>
      <InviteButton project={space} changed={(_project, name) => done(t("projects.invited", { name }))} />
      {isAdmin ? <InviteOutsiderButton slug={space.slug} done={(name) => done(t("members.sent", { name }))} /> : null}
    </>
  );
}

/** For who may take the whole project with them, in a closed one too. */
function Leaving({ space: { slug, me } }: { space: SpaceView }) {
  if (me.role !== "founder" && me.role !== "teacherAdmin") return null;
  return (
    <ButtonLink icon="download-simple" href={`/twinspace/${encodeURIComponent(slug)}/leaving`}>
      {t("leaving.toIt")}
    </ButtonLink>
  );
}

/** The schools in their order, then whoever helps without one. */
function BySchool({ space, shown, done }: { space: SpaceView; shown: SpaceMembers; done: (sentence: string) => void }) {
  const known = new Set(space.schools.map(({ id }) => id));
  const others = shown.members.filter(({ school }) => school === null || !known.has(school.id));
  return (
    <>
      {space.schools.map((school) => (
        <SchoolPart
          key={school.id}
          space={space}
          head={
            <>
              <Flag country={school.country} named /> <bdi>{school.name}</bdi>
            </>
          }
          id={`school-${school.id}`}
          members={shown.members.filter((member) => member.school?.id === school.id)}
          done={done}
        />
      ))}
      {others.length === 0 ? null : (
        <SchoolPart space={space} head={t("members.noSchool")} id="school-none" members={others} done={done} />
      )}
      {shown.members.filter(({ kind }) => kind === "pupil").length < shown.pupils ? (
        <p className="soft">
          {t("members.morePupils", { count: shown.members.filter(({ kind }) => kind === "pupil").length })}
        </p>
      ) : null}
    </>
  );
}

function SchoolPart({
  space,
  head,
  id,
  members,
  done,
}: {
  space: SpaceView;
  head: React.ReactNode;
  id: string;
  members: readonly SpaceMember[];
  done: (sentence: string) => void;
}) {
  const adults = members.filter(({ kind }) => kind === "adult");
  const pupils = members.filter(({ kind }) => kind === "pupil");
  const isTheirs = isTeacherRole(space.me.role) && `school-${space.me.school?.id}` === id;
  return (
    <section className="home-part" aria-labelledby={id}>
      <h2 id={id} className="home-head members__school">
        {head}
      </h2>
      {adults.length === 0 ? null : (
        <ul className="rows" aria-labelledby={id}>
          {adults.map((member) => (
            <MemberRow key={member.author} space={space} member={member} done={done} />
          ))}
        </ul>
      )}
      {pupils.length === 0 && !isTheirs ? null : (
        <details className="members__pupils" open={pupils.length <= 12}>
          <summary>
            {pupils.length === 0 ? t("members.noPupils") : t("members.pupils", { count: pupils.length })}
          </summary>
          <ul>
            {pupils.map((pupil) => (
              <li key={pupil.author}>
                <PersonName person={pupil} brief />
                {pupil.role === "pupilAdmin" ? <span className="soft small">{t("spaceRole.pupilAdmin")}</span> : null}
              </li>
            ))}
          </ul>
        </details>
      )}
      {isTheirs ? (
        <p>
          <ButtonLink size="small" icon="identification-card" href={`${sectionPath(space.slug, "home")}/pupils`}>
            {t("members.toPupils")}
          </ButtonLink>
        </p>
      ) : null}
    </section>
  );
}
