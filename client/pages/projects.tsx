import { useState } from "react";
import type { FrontDoor, Me } from "../../protocol/http/accounts.ts";
import type { ProjectRow } from "../../protocol/http/projects.ts";
import { myProjects } from "../api/projects.ts";
import { isRefused, type Refusal } from "../api.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Tag } from "../parts/tag.tsx";
import { sectionPath } from "../views/space-sections.ts";
import { longDate } from "../words/formats.ts";
import { t } from "../words/words.ts";
import { OwnPage, PortalFrame } from "./portal/portal-page.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAsked } from "./portal/use-asked.ts";
import { SchoolLine, StateAndWaits } from "./projects/said.tsx";
import "./projects/projects.css";

/** `/projects` */
export default function ProjectsPage() {
  return (
    <OwnPage title={t("projects.title")} needs="account">
      {(me, door) => <Mine me={me} door={door} />}
    </OwnPage>
  );
}

const past = ["closed", "archived", "declined", "refused", "withdrawn"];
const running = ["active", "suspended"];
/** There is a TwinSpace to be read. */
const opened = ["active", "closed", "archived"];

function Mine({ me, door }: { me: Me; door: FrontDoor }) {
  const { asked, again, change } = useAsked(() => myProjects(null));
  const [refusal, setRefusal] = useState<Refusal>();
  const projects = asked.state === "here" ? asked.value.projects : [];
  const next = asked.state === "here" ? asked.value.next : null;
  const isStaff = me.standings.includes("staff");
  const more = async () => {
    const answer = await myProjects(next);
    if (isRefused(answer)) return setRefusal(answer);
    change((before) => ({ ...answer.value, projects: [...before.projects, ...answer.value.projects] }));
  };
  const begin = (
    <ButtonLink look="filled" icon="plus" href="/projects/new">
      {t("projects.new")}
    </ButtonLink>
  );
  const isPast = ({ state }: ProjectRow) => past.includes(state);
  const parts = [
    ["projects.waiting", projects.filter((row) => row.mine && !isPast(row))],
    ["projects.pending", projects.filter((row) => !row.mine && !isPast(row) && !running.includes(row.state))],
    ["projects.running", projects.filter((row) => !row.mine && running.includes(row.state))],
    ["projects.over", projects.filter(isPast)],
  ] as const;
  return (
    <PortalFrame
      door={door}
      title={t("projects.title")}
      intro={t("projects.intro")}
      acts={isStaff && projects.length > 0 ? begin : undefined}
    >
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {asked.state === "here" && projects.length === 0 ? (
        <div className="card">
          <EmptyState
            icon="handshake"
            title={isStaff ? t("projects.none") : t("projects.noStaff")}
            act={isStaff ? begin : undefined}
          >
            {isStaff ? t("projects.noneHint") : undefined}
          </EmptyState>
        </div>
      ) : null}
      {parts.map(([key, rows]) =>
        rows.length === 0 ? null : (
          <section key={key} className="home-part" aria-labelledby={key}>
            <h2 id={key} className="home-head">
              {t(key)}
            </h2>
            <ul className="rows" aria-labelledby={key}>
              {rows.map((row) => (
                <Row key={row.id} row={row} mine={me.id} />
              ))}
            </ul>
          </section>
        ),
      )}
      <Trouble refusal={refusal} />
      {next === null ? null : <Button onClick={() => void more()}>{t("projects.more")}</Button>}
    </PortalFrame>
  );
}

function Row({ row, mine }: { row: ProjectRow; mine: string }) {
  const isInvited = row.member === "invited";
  const helps = row.role === "expert" || row.role === "observer";
  const here = `/projects/${encodeURIComponent(row.slug)}`;
  const inSpace = sectionPath(row.slug, "home");
  return (
    <li className="row">
      <div className="row__words">
        <a className="row__title" href={isInvited && helps ? `${inSpace}/invitation` : here}>
          {row.title.trim() || t("projects.untitled")}
        </a>
        {row.schools.map((school) => (
          <span key={school.id} className="soft small">
            <SchoolLine school={school} />
          </span>
        ))}
        <span className="soft small">{t("projects.since", { date: longDate(row.stateAt) })}</span>
      </div>
      <div className="row__acts">
        {isInvited ? (
          <Tag tone="attention" icon="envelope-simple">
            {t("projects.state.invited")}
          </Tag>
        ) : (
          <StateAndWaits state={row.state} waits={row.waits} mine={mine} />
        )}
        {helps ? <Tag>{t(`spaceRole.${row.role}`)}</Tag> : null}
        {!isInvited && opened.includes(row.state) ? (
          <ButtonLink
            size="small"
            href={inSpace}
            aria-label={t("projects.openSpaceName", { project: row.title.trim() || t("projects.untitled") })}
          >
            {t("space.open")}
          </ButtonLink>
        ) : null}
      </div>
    </li>
  );
}
