import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { Concern } from "../../protocol/twinspace/concerns.ts";
import { concerns } from "../api/space/concerns.ts";
import { isRefused } from "../api.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Tag } from "../parts/tag.tsx";
import { ownZone } from "../views/own-zone.ts";
import { sectionPath } from "../views/space-sections.ts";
import { t } from "../words/words.ts";
import { dateTimeIn } from "../words/zoned.ts";
import { OwnPage, PortalFrame } from "./portal/portal-page.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { usePages } from "./portal/use-pages.ts";
import { SchoolsReports } from "./reports/public/schools-reports.tsx";
import { PersonName } from "./twinspace/person-name.tsx";
import { SchoolsPages } from "./twinspace/publish/schools-pages.tsx";
import { SaidWords } from "./twinspace/talk/said-words.tsx";
import "./twinspace/talk/talk.css";

/** `/safeguarding`: what people of one's school have raised in confidence. */
export default function SafeguardingPage() {
  return (
    <OwnPage title={t("safeguarding.title")} needs="account">
      {(_me, door) => <Open door={door} />}
    </OwnPage>
  );
}

function Open({ door }: { door: FrontDoor }) {
  const pages = usePages("", async (_words, after) => {
    const answer = await concerns(after);
    if (isRefused(answer)) return answer;
    return { value: { rows: answer.value.concerns, next: answer.value.next } };
  });
  return (
    <PortalFrame door={door} title={t("safeguarding.title")} intro={t("safeguarding.intro")}>
      <Trouble refusal={pages.refusal} again={pages.again} />
      {pages.rows?.length === 0 ? (
        <EmptyState icon="shield-check" title={t("safeguarding.none")}>
          {t("safeguarding.noneHint")}
        </EmptyState>
      ) : null}
      <ul className="said-list" aria-label={t("safeguarding.title")}>
        {pages.rows?.map((concern) => (
          <li key={concern.id} className="card said-card">
            <One concern={concern} zone={ownZone(door)} />
          </li>
        ))}
      </ul>
      {pages.hasMore ? (
        <Button aria-disabled={pages.busy} onClick={pages.more}>
          {t("act.showMore")}
        </Button>
      ) : null}
      <SchoolsPages zone={ownZone(door)} />
      <SchoolsReports zone={ownZone(door)} />
    </PortalFrame>
  );
}

function One({ concern, zone }: { concern: Concern; zone: string }) {
  const { about, at, category, evidence, project, reporter, words } = concern;
  return (
    <>
      <div className="said-head__who">
        <h2 className="said-title">{t(`concern.${category}`)}</h2>
        <Tag>{t(`safeguarding.kind.${about.kind}`)}</Tag>
      </div>
      <dl className="concern__facts">
        <dt>{t("safeguarding.at")}</dt>
        <dd>{dateTimeIn(at, zone)}</dd>
        <dt>{t("safeguarding.by")}</dt>
        <dd>
          <PersonName person={reporter} />
        </dd>
        {about.kind === "person" ? (
          <>
            <dt>{t("safeguarding.about")}</dt>
            <dd>{evidence.name === "" ? t("person.gone") : evidence.name}</dd>
          </>
        ) : null}
        {project === null ? null : (
          <>
            <dt>{t("safeguarding.project")}</dt>
            <dd>{project.title}</dd>
          </>
        )}
        <dt>{t("safeguarding.said")}</dt>
        <dd>{words === "" ? t("safeguarding.noWords") : <SaidWords text={words} />}</dd>
      </dl>
      {about.kind === "person" ? null : (
        <section className="concern__evidence" aria-label={t("safeguarding.evidence")}>
          <p className="soft small">
            {t("safeguarding.evidence")}
            {evidence.name === "" ? null : ` · ${t("safeguarding.by.author", { name: evidence.name })}`}
          </p>
          {evidence.title === "" ? null : <strong dir="auto">{evidence.title}</strong>}
          <SaidWords text={evidence.words} />
          {evidence.earlier?.map((before, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they have nothing but their order
            <div key={i}>
              <p className="soft small">{t("safeguarding.earlier")}</p>
              <SaidWords text={before} />
            </div>
          ))}
        </section>
      )}
      {project?.mine !== true ? null : (
        <div className="form__acts">
          <ButtonLink icon="arrow-right" href={placeOf(project.slug, concern)}>
            {t("safeguarding.open")}
          </ButtonLink>
        </div>
      )}
    </>
  );
}

/** Where in the TwinSpace it is. */
function placeOf(slug: string, { about, evidence }: Concern): string {
  const id = encodeURIComponent(about.id);
  switch (about.kind) {
    case "page":
      return `${sectionPath(slug, "pages")}/${id}`;
    case "material":
      return `${sectionPath(slug, "materials")}/${id}`;
    case "discussion":
      return `${sectionPath(slug, "forum")}/${id}`;
    case "thread":
      return `${sectionPath(slug, "forum")}/threads/${id}`;
    case "post":
      return `${sectionPath(slug, "forum")}/threads/${encodeURIComponent(evidence.thread ?? "")}`;
    case "message":
      return sectionPath(slug, "chat");
    case "bulletin":
      return sectionPath(slug, "bulletin");
    // Mail is its writers' own: nobody else opens it.
    case "mail":
    case "person":
      return sectionPath(slug, "members");
    case "update":
      return sectionPath(slug, "home");
  }
}
