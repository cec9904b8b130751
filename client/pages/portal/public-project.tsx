import { type ReactNode, useEffect } from "react";
import type { FrontDoor } from "../../../protocol/http/accounts.ts";
import type { PublicProject, PublicSchool } from "../../../protocol/http/publicProjects.ts";
import { publicProject } from "../../api/labels.ts";
import { publicSite } from "../../api/space/publishing.ts";
import { ButtonLink } from "../../parts/button.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Place } from "../../parts/place.tsx";
import { Refusal } from "../../parts/said.tsx";
import { Tag } from "../../parts/tag.tsx";
import { countryName, listOf, longDate } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { PortalFrame } from "./portal-page.tsx";
import { Trouble } from "./trouble.tsx";
import { useAsked } from "./use-asked.ts";
import { useList } from "./use-list.ts";
import "./public.css";

/** What everybody may read of a project, in the portal's frame: for who is not in it, signed in or not. */
export function PublicProjectPage({ slug, door }: { slug: string; door: FrontDoor }) {
  const { asked, again } = useAsked(() => publicProject(slug));
  if (asked.state === "here") return <Shown project={asked.value} door={door} />;
  if (asked.state === "asking") {
    return (
      <PortalFrame door={door}>
        <p className="portal-waiting" role="status">
          {t("app.loading")}
        </p>
      </PortalFrame>
    );
  }
  const unknown = asked.refusal.refused === "request.notFound" || asked.refusal.refused === "request.malformed";
  return (
    <PortalFrame door={door} title={unknown ? t("publicProject.none") : t("app.failed")}>
      {unknown ? (
        <EmptyState
          icon="magnifying-glass"
          title={t("publicProject.noneHint")}
          act={
            <ButtonLink look="filled" href="/projects/all">
              {t("publicProject.all")}
            </ButtonLink>
          }
        />
      ) : (
        <Trouble refusal={asked.refusal} again={again} />
      )}
    </PortalFrame>
  );
}

function Shown({ project, door }: { project: PublicProject; door: FrontDoor }) {
  useEffect(() => {
    document.title = `${project.title} · ${t("app.name")}`;
  }, [project.title]);
  const languages = useList("language");
  const subjects = useList("subject");
  const ages = agesOf(project);
  return (
    <PortalFrame
      door={door}
      side={
        <section className="card public-part" aria-labelledby="facts">
          <h2 id="facts" className="home-head">
            {t("publicProject.facts")}
          </h2>
          {project.labelled ? <Labelled /> : null}
          <QualityLabelled project={project} />
          <dl className="facts">
            <Fact name={t("publicProject.languages")} missing={project.languages.length === 0}>
              {listOf(project.languages.map(languages.labelOf))}
            </Fact>
            <Fact name={t("publicProject.subjects")} missing={project.subjects.length === 0}>
              {listOf(project.subjects.map(subjects.labelOf))}
            </Fact>
            <Fact name={t("publicProject.ages")} missing={ages === null}>
              {ages}
            </Fact>
            <Fact name={t("publicProject.since")} missing={project.activatedAt === null}>
              {project.activatedAt === null ? null : longDate(project.activatedAt)}
            </Fact>
          </dl>
        </section>
      }
    >
      <header className="project-banner">
        <DrawnRivers />
        <h1>{project.title}</h1>
        <p className="project-banner__schools">
          {project.schools.map(({ name, town, country }) => (
            <Place key={`${country} ${town} ${name}`} country={country}>
              {name}
            </Place>
          ))}
        </p>
      </header>
      {project.state === "active" ? null : <Refusal>{t("publicProject.over")}</Refusal>}
      {project.summary === "" ? null : <p className="public-words public-words--summary">{project.summary}</p>}
      <PublicSite project={project} />
      <section className="public-part" aria-labelledby="schools">
        <h2 id="schools" className="home-head">
          {t("publicProject.schools")}
        </h2>
        <ul className="rows" aria-labelledby="schools">
          {project.schools.map((school) => (
            <SchoolRow key={`${school.country} ${school.town} ${school.name}`} school={school} />
          ))}
        </ul>
      </section>
      <p>
        <a href="/projects/all">{t("publicProject.all")}</a>
      </p>
    </PortalFrame>
  );
}

/** The ways to its public pages and its public report, where it has any. */
function PublicSite({ project: { slug, reported: hasReport } }: { project: PublicProject }) {
  const { asked: site } = useAsked(() => publicSite(slug));
  const hasPages = site.state === "here" && site.value.pages > 0;
  if (!hasPages && !hasReport) return null;
  return (
    <p className="public-ways">
      {hasReport ? (
        <ButtonLink icon="clipboard-text" href={`/projects/${encodeURIComponent(slug)}/report`}>
          {t("publicProject.report")}
        </ButtonLink>
      ) : null}
      {hasPages ? (
        <ButtonLink icon="globe-simple" href={`/p/${encodeURIComponent(slug)}`}>
          {t("publicProject.site")}
        </ButtonLink>
      ) : null}
    </p>
  );
}

function SchoolRow({ school: { name, town, country, label, qualityLabels } }: { school: PublicSchool }) {
  return (
    <li className="row">
      <div className="row__words">
        <strong className="row__title">{name}</strong>
        <span className="soft small">
          <Place country={country}>{[town, countryName(country)].filter((part) => part !== "").join(", ")}</Place>
        </span>
      </div>
      {label === null && qualityLabels.length === 0 ? null : (
        <span className="row__acts">
          {label === null ? null : (
            <a href={`/labels/${label}`} aria-label={t("publicProject.labelOf", { school: name })}>
              {t("publicProject.label")}
            </a>
          )}
          <QualityLabelLinks school={name} codes={qualityLabels} />
        </span>
      )}
    </li>
  );
}

/** Each Quality Label that a teacher of a school holds and shows, to where it is checked. */
function QualityLabelLinks({ school, codes }: { school: string; codes: readonly string[] }) {
  return codes.map((code, index) => (
    <a key={code} href={`/labels/${code}`} aria-label={t("quality.ofSchool", { school })}>
      {codes.length === 1 ? t("quality.name") : t("quality.numbered", { number: index + 1 })}
    </a>
  ));
}

export const qualityLabelsIn = ({ schools }: Pick<PublicProject, "schools">): number =>
  schools.reduce((sum, { qualityLabels }) => sum + qualityLabels.length, 0);

/**
 * The labels of an approved project, for whoever is in it: where each is printed and its badge is fetched. Nothing while there is
 * none.
 */
export function ProjectLabels({ slug }: { slug: string }) {
  const { asked } = useAsked(() => publicProject(slug));
  if (asked.state !== "here" || (!asked.value.labelled && qualityLabelsIn(asked.value) === 0)) return null;
  return (
    <section className="card public-part" aria-labelledby="labels">
      <h2 id="labels" className="home-head">
        {t("quality.labels")}
      </h2>
      <p className="soft small">{t("publicProject.labelsHint")}</p>
      <ul className="public-part">
        {asked.value.schools
          .flatMap(({ name, country, label, qualityLabels }) => [
            ...(label === null ? [] : [{ code: label, words: t("publicProject.labelOf", { school: name }), country }]),
            ...qualityLabels.map((code) => ({ code, words: t("quality.ofSchool", { school: name }), country })),
          ])
          .map(({ code, words, country }) => (
            <li key={code}>
              <Place country={country}>
                <a href={`/labels/${code}`}>{words}</a>
              </Place>
            </li>
          ))}
      </ul>
    </section>
  );
}

/** Two rivers, for every project has at least two. */
export function DrawnRivers() {
  return (
    <svg className="drawn-rivers" viewBox="0 0 400 56" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <path d="M-5 6C130 6 190 46 270 38S380 10 405 14" stroke="#8fc3e6" />
      <path d="M-5 48C130 48 190 8 270 18S380 46 405 42" stroke="#ffc83d" />
    </svg>
  );
}

function Fact({ name, missing, children }: { name: string; missing: boolean; children: ReactNode }) {
  if (missing) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd className="public-fact">{children}</dd>
    </div>
  );
}

/** How many Quality Labels its teachers hold and show. */
export function QualityLabelled({ project }: { project: Pick<PublicProject, "schools"> }) {
  const count = qualityLabelsIn(project);
  return count === 0 ? null : (
    <Tag tone="good" icon="star">
      {t("quality.count", { count })}
    </Tag>
  );
}

/** That it has the label, and the way to what that is. */
export function Labelled() {
  return (
    <a className="labelled" href="/labels">
      <Tag tone="good" icon="seal-check">
        {t("gallery.labelled")}
      </Tag>
    </a>
  );
}

/** "9 to 12 years", or null where nothing is said. */
export function agesOf({ ageMin, ageMax }: Pick<PublicProject, "ageMin" | "ageMax">): string | null {
  if (ageMin === null || ageMax === null) return null;
  return ageMin === ageMax ? t("gallery.years", { age: ageMin }) : t("gallery.ages", { from: ageMin, to: ageMax });
}
