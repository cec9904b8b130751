import { useState } from "react";
import type { FrontDoor } from "../../../protocol/http/accounts.ts";
import type { FindPublicProjects, PublicProject } from "../../../protocol/http/publicProjects.ts";
import { publicProjects } from "../../api/labels.ts";
import { isRefused } from "../../api.ts";
import { Button, ButtonLink } from "../../parts/button.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { type Choice, Select } from "../../parts/field.tsx";
import { Place } from "../../parts/place.tsx";
import { StatusLine } from "../../parts/said.tsx";
import { Tag } from "../../parts/tag.tsx";
import { countryName } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { PortalFrame } from "./portal-page.tsx";
import { agesOf, DrawnRivers, QualityLabelled } from "./public-project.tsx";
import { Trouble } from "./trouble.tsx";
import { useList } from "./use-list.ts";
import { usePages } from "./use-pages.ts";
import "./public.css";

/** The part of the address that says what is looked for, so that it can be shared and found again. */
const asked = ["country", "language", "subject", "age"] as const;
type Asked = { readonly [N in (typeof asked)[number]]?: string };

const youngest = 3;
const oldest = 20;
const schoolsShown = 3;

function readAsked(): Asked {
  const query = new URLSearchParams(location.search);
  return Object.fromEntries(asked.flatMap((name) => (query.get(name) ? [[name, query.get(name)]] : [])));
}

/** The gallery of active projects, for whoever comes. */
export function PublicProjectsPage({ door }: { door: FrontDoor }) {
  const [wanted, setWanted] = useState(readAsked);
  // The filter is the list's words: another one begins it anew.
  const pages = usePages<PublicProject>(JSON.stringify(wanted), async (words, after) => {
    const filter: FindPublicProjects = JSON.parse(words);
    const answer = await publicProjects({ ...filter, ...(after === null ? {} : { after }) });
    return isRefused(answer) ? answer : { value: { rows: answer.value.projects, next: answer.value.next } };
  });
  const want = (next: Asked) => {
    setWanted(next);
    const query = new URLSearchParams(Object.entries(next)).toString();
    history.replaceState(null, "", query === "" ? location.pathname : `?${query}`);
  };
  const isFiltered = Object.keys(wanted).length > 0;
  const { rows, refusal, hasMore, busy } = pages;
  return (
    <PortalFrame door={door} title={t("gallery.title")} intro={t("gallery.intro")}>
      <Filter wanted={wanted} want={want} />
      <StatusLine>
        {rows === undefined || rows.length === 0
          ? undefined
          : t(hasMore ? "gallery.foundMore" : "gallery.found", { count: rows.length })}
      </StatusLine>
      <Trouble refusal={refusal} again={pages.again} />
      {rows === undefined && refusal === undefined ? <p className="portal-waiting">{t("app.loading")}</p> : null}
      {rows?.length === 0 ? <Nothing isFiltered={isFiltered} reset={() => want({})} /> : null}
      {rows === undefined || rows.length === 0 ? null : (
        <ul className="gallery" aria-label={t("gallery.list")}>
          {rows.map((project) => (
            <li key={project.slug}>
              <Card project={project} />
            </li>
          ))}
        </ul>
      )}
      {hasMore ? (
        <p>
          <Button onClick={pages.more} aria-disabled={busy} icon="caret-down">
            {t("gallery.more")}
          </Button>
        </p>
      ) : null}
    </PortalFrame>
  );
}

function Filter({ wanted, want }: { wanted: Asked; want: (next: Asked) => void }) {
  const countries = useList("country");
  const languages = useList("language");
  const subjects = useList("subject");
  const any = { value: "", label: t("gallery.any") };
  const ages = Array.from({ length: oldest - youngest + 1 }, (_, index) => index + youngest);
  const fields: { name: (typeof asked)[number]; label: string; choices: readonly Choice[] }[] = [
    { name: "country", label: t("gallery.country"), choices: countries.choices },
    { name: "language", label: t("gallery.language"), choices: languages.choices },
    { name: "subject", label: t("gallery.subject"), choices: subjects.choices },
    {
      name: "age",
      label: t("gallery.age"),
      choices: ages.map((age) => ({ value: String(age), label: t("gallery.years", { age }) })),
    },
  ];
  return (
    <search aria-label={t("gallery.filter")} className="gallery-filter">
      {fields.map(({ name, label, choices }) => (
        <Select
          key={name}
          label={label}
          name={name}
          autoComplete="off"
          value={wanted[name] ?? ""}
          choices={[any, ...choices]}
          onChoose={(value) => {
            const { [name]: _before, ...others } = wanted;
            want(value === "" ? others : { ...others, [name]: value });
          }}
        />
      ))}
    </search>
  );
}

function Card({ project }: { project: PublicProject }) {
  const languages = useList("language");
  const ages = agesOf(project);
  const more = project.schools.length - schoolsShown;
  return (
    <article className="card project-card">
      <header className="project-card__head">
        <DrawnRivers />
        <h2>
          <a href={`/projects/${encodeURIComponent(project.slug)}`}>{project.title}</a>
        </h2>
      </header>
      {project.summary === "" ? null : <p className="project-card__summary">{project.summary}</p>}
      <ul className="project-card__schools">
        {project.schools.slice(0, schoolsShown).map(({ name, town, country }) => (
          <li key={`${country} ${town} ${name}`}>
            <Place country={country}>
              {name}
              <span className="unseen">, {countryName(country)}</span>
            </Place>
          </li>
        ))}
        {more > 0 ? <li className="soft small">+ {t("gallery.schools", { count: more })}</li> : null}
      </ul>
      <div className="project-card__tags">
        {project.languages.slice(0, 4).map((code) => (
          <Tag key={code}>{languages.labelOf(code)}</Tag>
        ))}
        {ages === null ? null : <Tag>{ages}</Tag>}
        {project.labelled ? (
          <Tag tone="good" icon="seal-check">
            {t("gallery.labelled")}
          </Tag>
        ) : null}
        <QualityLabelled project={project} />
      </div>
      {project.reported ? (
        <p>
          <a
            href={`/projects/${encodeURIComponent(project.slug)}/report`}
            aria-label={t("gallery.reportedOf", { title: project.title })}
          >
            {t("gallery.reported")}
          </a>
        </p>
      ) : null}
    </article>
  );
}

function Nothing({ isFiltered, reset }: { isFiltered: boolean; reset: () => void }) {
  if (isFiltered) {
    return (
      <EmptyState
        icon="magnifying-glass"
        title={t("gallery.noneFits")}
        act={
          <Button look="filled" onClick={reset}>
            {t("gallery.reset")}
          </Button>
        }
      >
        {t("gallery.noneFitsHint")}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="handshake"
      title={t("gallery.none")}
      act={
        <ButtonLink look="filled" href="/register">
          {t("gallery.register")}
        </ButtonLink>
      }
    >
      {t("gallery.noneHint")}
    </EmptyState>
  );
}
