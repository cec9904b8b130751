import { useState } from "react";
import type { FrontDoor, Me } from "../../protocol/http/accounts.ts";
import type { SchoolSeen } from "../../protocol/http/registry.ts";
import { mySchools, seeSchool } from "../api/registry.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Place } from "../parts/place.tsx";
import { StatusLine } from "../parts/said.tsx";
import { Tag, type Tone } from "../parts/tag.tsx";
import { countryName } from "../words/formats.ts";
import { t } from "../words/words.ts";
import { OwnPage, PortalFrame } from "./portal/portal-page.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAsked } from "./portal/use-asked.ts";
import { useList } from "./portal/use-list.ts";
import { ChangeForm } from "./registry/change-school.tsx";
import { JoinDialog } from "./registry/join-dialog.tsx";
import { MeetingApproval } from "./registry/meeting-approval.tsx";
import { MySchoolRows } from "./registry/my-schools.tsx";
import { SchoolFacts } from "./registry/school-facts.tsx";

/** `/school/:school`: my school, what is known of it, who works there; for others its card and the way to join. */
export default function SchoolPage({ params: { school = "" } }: { params: Readonly<Record<string, string>> }) {
  return (
    <OwnPage title={t("school.title")} needs="account">
      {(me, door) => <Asked me={me} door={door} id={school} />}
    </OwnPage>
  );
}

function Asked({ me, door, id }: { me: Me; door: FrontDoor; id: string }) {
  const { asked, again, change } = useAsked(() => seeSchool(id));
  if (asked.state === "here") {
    return <Shown me={me} door={door} seen={asked.value} changed={(seen) => change(() => seen)} again={again} />;
  }
  if (asked.state === "asking") {
    return (
      <PortalFrame door={door} title={t("school.title")}>
        <p role="status">{t("app.loading")}</p>
      </PortalFrame>
    );
  }
  return (
    <PortalFrame door={door} title={t("school.title")}>
      {asked.refusal.refused === "request.notFound" ? (
        <EmptyState
          icon="buildings"
          title={t("school.unknown")}
          act={
            <ButtonLink look="filled" href="/register">
              {t("mySchools.register")}
            </ButtonLink>
          }
        />
      ) : (
        <Trouble refusal={asked.refusal} again={again} />
      )}
    </PortalFrame>
  );
}

const tones: Record<SchoolSeen["school"]["state"], Tone> = {
  submitted: "waiting",
  validated: "good",
  refused: "bad",
  suspended: "bad",
  closed: "bad",
};

function Shown({
  me,
  door,
  seen,
  changed,
  again,
}: {
  me: Me;
  door: FrontDoor;
  seen: SchoolSeen;
  changed: (seen: SchoolSeen) => void;
  again: () => void;
}) {
  const { school, form, mine } = seen;
  // Who comes to mend what was refused is at the form at once.
  const [isChanging, beginChange] = useState(seen.mayChange && school.state === "refused");
  const [said, say] = useState<string>();
  if (isChanging && form !== null) {
    return (
      <PortalFrame door={door} title={t("school.changeTitle")} intro={school.name}>
        {school.state === "refused" ? <Reason seen={seen} /> : null}
        <ChangeForm
          me={me}
          seen={seen}
          changed={changed}
          done={(now) => {
            say(t(now.school.state === school.state ? "school.saved" : "school.sentAgain"));
            changed(now);
            beginChange(false);
          }}
          back={() => beginChange(false)}
        />
      </PortalFrame>
    );
  }
  return (
    <PortalFrame
      door={door}
      title={school.name}
      intro={<Place country={school.country}>{[school.town, countryName(school.country)].join(", ")}</Place>}
      acts={
        seen.mayChange ? (
          <Button icon="pencil-simple" onClick={() => beginChange(true)}>
            {t("school.change")}
          </Button>
        ) : undefined
      }
      side={<People seen={seen} />}
    >
      <div className="school-state">
        <Tag tone={tones[school.state]}>{t(`school.${school.state}`)}</Tag>
        <StatusLine>{said}</StatusLine>
      </div>
      <Reason seen={seen} />
      <MeThere id={school.id} isMine={mine !== null && mine.state !== "ended"} seen={seen} again={again} />
      {mine?.state === "active" && school.state === "validated" ? (
        <MeetingApproval school={school.id} zone={me.timeZone} />
      ) : null}
      {form === null ? null : <SchoolFacts seen={seen} form={form} zone={me.timeZone} />}
    </PortalFrame>
  );
}

function Reason({ seen: { school, reason } }: { seen: SchoolSeen }) {
  if (school.state === "submitted") {
    return <p className="soft">{t("school.submittedHint", { country: countryName(school.country) })}</p>;
  }
  if (reason === "") return null;
  return (
    <div>
      <p>{t("school.reason")}</p>
      <blockquote className="my-school__reason">{reason}</blockquote>
    </div>
  );
}

/** My own place here, with what can be done about it; or the way to ask for one. */
function MeThere({ id, isMine, seen, again }: { id: string; isMine: boolean; seen: SchoolSeen; again: () => void }) {
  const [isJoining, join] = useState(false);
  const isOpen = seen.school.state === "submitted" || seen.school.state === "validated";
  if (isMine) return <MyPlace id={id} again={again} />;
  if (!isOpen) return null;
  return (
    <>
      <p>
        <Button look="filled" onClick={() => join(true)}>
          {t("register.join")}
        </Button>
      </p>
      {isJoining ? (
        <JoinDialog
          school={seen.school}
          joined={() => {
            join(false);
            again();
          }}
          onClose={() => join(false)}
        />
      ) : null}
    </>
  );
}

function MyPlace({ id, again }: { id: string; again: () => void }) {
  const { asked, change } = useAsked(mySchools);
  const here = asked.state === "here" ? asked.value.schools.filter(({ school }) => school.id === id) : [];
  if (here.length === 0) return null;
  return (
    <section className="home-part" aria-labelledby="me-there">
      <h2 id="me-there" className="home-head">
        {t("school.me")}
      </h2>
      <MySchoolRows
        mine={{ schools: here }}
        opens={false}
        changed={(now) => {
          change(() => now);
          again();
        }}
      />
    </section>
  );
}

function People({ seen: { people } }: { seen: SchoolSeen }) {
  const roles = useList("staffRole");
  if (people === null) return null;
  return (
    <section className="card form" aria-labelledby="people-there">
      <h2 id="people-there" className="home-head">
        {t("school.people")}
      </h2>
      {people.length === 0 ? (
        <p className="soft">{t("school.noPeople")}</p>
      ) : (
        <ul className="people-there">
          {people.map(({ id, name, staffRole, lead }) => (
            <li key={id}>
              <strong>{name}</strong>
              <span className="soft small">
                {[roles.labelOf(staffRole), ...(lead ? [t("mySchools.lead")] : [])].join(", ")}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
