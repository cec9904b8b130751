import type { ReactNode } from "react";
import type { Me } from "../../../protocol/http/accounts.ts";
import type { WaitingKind } from "../../../protocol/http/desk.ts";
import { deskOf } from "../../api/desk.ts";
import { myProjects } from "../../api/projects.ts";
import { mySchools } from "../../api/registry.ts";
import { ButtonLink } from "../../parts/button.tsx";
import { Place } from "../../parts/place.tsx";
import { Tag } from "../../parts/tag.tsx";
import { say, t } from "../../words/words.ts";
import { StateTag } from "../projects/said.tsx";
import { standingOf } from "../registry/my-schools.tsx";
import { Trouble } from "./trouble.tsx";
import { type Asked, useAsked } from "./use-asked.ts";

/** So many of each; all of them stand on a page of their own. */
const mostShown = 4;

/** What else there is for who is signed in, besides their meetings: the desk, projects, schools. What waits comes first. */
export function HomeCards({ me }: { me: Me }) {
  const isStaff = me.standings.includes("staff");
  return (
    <>
      {me.standings.includes("nss") || me.standings.includes("css") ? <DeskCard /> : null}
      {isStaff ? <ProjectsCard /> : null}
      {isStaff ? <SchoolsCard /> : null}
    </>
  );
}

function Card({ id, title, acts, children }: { id: string; title: string; acts?: ReactNode; children: ReactNode }) {
  return (
    <section className="card form" aria-labelledby={id}>
      <header className="links-head">
        <h2 id={id} className="home-head">
          {title}
        </h2>
        {acts}
      </header>
      {children}
    </section>
  );
}

/** While it is asked for, and when there is no answer: the rest of the page goes on. */
function Here<T>({ of, again, children }: { of: Asked<T>; again: () => void; children: (value: T) => ReactNode }) {
  if (of.state === "here") return children(of.value);
  if (of.state === "refused") return <Trouble refusal={of.refusal} again={again} />;
  return <p className="soft">{t("app.loading")}</p>;
}

function ProjectsCard() {
  const { asked, again } = useAsked(() => myProjects(null));
  const isOver = (state: string) => ["closed", "archived", "declined", "refused", "withdrawn"].includes(state);
  return (
    <Card id="my-projects" title={t("home.myProjects")} acts={<a href="/projects">{t("home.seeProjects")}</a>}>
      <Here of={asked} again={again}>
        {({ projects }) => {
          const shown = projects
            .filter(({ state }) => !isOver(state))
            .toSorted((a, b) => Number(b.mine) - Number(a.mine))
            .slice(0, mostShown);
          if (shown.length === 0) {
            return (
              <>
                <p className="soft">{t("home.noProject")}</p>
                <ButtonLink icon="plus" href="/projects/new">
                  {t("home.newProject")}
                </ButtonLink>
              </>
            );
          }
          return (
            <ul className="home-list" aria-labelledby="my-projects">
              {shown.map(({ id, slug, title, state, mine }) => (
                <li key={id}>
                  <a href={`/projects/${encodeURIComponent(slug)}`}>{title || t("projects.untitled")}</a>
                  {mine ? (
                    <Tag tone="attention" icon="clock">
                      {t("home.waitsForYou")}
                    </Tag>
                  ) : (
                    <StateTag state={state} />
                  )}
                </li>
              ))}
            </ul>
          );
        }}
      </Here>
    </Card>
  );
}

function SchoolsCard() {
  const { asked, again } = useAsked(mySchools);
  return (
    <Card id="my-schools-card" title={t("home.mySchools")} acts={<a href="/account">{t("home.seeSchools")}</a>}>
      <Here of={asked} again={again}>
        {({ schools }) => (
          <ul className="home-list" aria-labelledby="my-schools-card">
            {schools.slice(0, mostShown).map((one) => {
              const { tone, is } = standingOf(one);
              return (
                <li key={one.place.id}>
                  <a href={`/school/${encodeURIComponent(one.school.id)}`}>
                    <Place country={one.school.country}>{one.school.name}</Place>
                  </a>
                  <Tag tone={tone}>{say(is, {})}</Tag>
                </li>
              );
            })}
          </ul>
        )}
      </Here>
    </Card>
  );
}

const countWords = {
  school: "home.waitingSchools",
  person: "home.waitingPeople",
  project: "home.waitingProjects",
  question: "home.waitingQuestions",
  label: "home.waitingLabels",
} as const satisfies Record<WaitingKind, string>;

function DeskCard() {
  const { asked, again } = useAsked(() => deskOf());
  return (
    <Card id="desk-card" title={t("home.desk")}>
      <Here of={asked} again={again}>
        {({ waiting }) => {
          const some = waiting.filter(({ count }) => count > 0);
          return (
            <>
              {some.length === 0 ? (
                <p className="soft">{t("home.nothingWaits")}</p>
              ) : (
                <ul className="home-list" aria-labelledby="desk-card">
                  {some.map(({ kind, count }) => (
                    <li key={kind}>
                      <span>{t(countWords[kind], { count })}</span>
                      <Tag tone="attention" icon="clock">
                        {t("home.waits")}
                      </Tag>
                    </li>
                  ))}
                </ul>
              )}
              <ButtonLink look={some.length === 0 ? "outlined" : "filled"} href="/desk">
                {t("home.openDesk")}
              </ButtonLink>
            </>
          );
        }}
      </Here>
    </Card>
  );
}
