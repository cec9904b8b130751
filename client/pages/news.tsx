import { useEffect } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { MyNews } from "../../protocol/twinspace/news.ts";
import { myNews, newsSeen } from "../api/news.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Tag } from "../parts/tag.tsx";
import { countsChanged } from "../views/counts-changed.ts";
import { longDate } from "../words/formats.ts";
import { t } from "../words/words.ts";
import { NewsRow } from "./news/news-row.tsx";
import { OwnPage, PortalFrame } from "./portal/portal-page.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { useAsked } from "./portal/use-asked.ts";

/** `/news`: what the bell counts. Having looked is having seen. */
export default function NewsPage() {
  return (
    <OwnPage title={t("news.title")} needs="account">
      {(_me, door) => <News door={door} />}
    </OwnPage>
  );
}

function News({ door }: { door: FrontDoor }) {
  const { asked, again, change } = useAsked(() => myNews(null));
  const isHere = asked.state === "here";
  useEffect(() => {
    if (isHere) void newsSeen().then(() => dispatchEvent(new Event(countsChanged)));
  }, [isHere]);
  const more = useAct(
    (after: string) => myNews(after),
    (page) => change((before) => ({ ...before, news: [...before.news, ...page.news], next: page.next })),
  );
  return (
    <PortalFrame
      door={door}
      title={t("news.title")}
      intro={t("news.intro")}
      acts={<ButtonLink href="/account#news-letters">{t("news.letters")}</ButtonLink>}
    >
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {asked.state === "here" ? <List shown={asked.value} /> : null}
      <Trouble refusal={more.refusal} />
      {asked.state === "here" && asked.value.next !== null ? (
        <p>
          <Button onClick={() => asked.value.next !== null && more.run(asked.value.next)} aria-disabled={more.busy}>
            {t("news.more")}
          </Button>
        </p>
      ) : null}
    </PortalFrame>
  );
}

function List({ shown: { invitations, news, seenAt } }: { shown: MyNews }) {
  if (invitations.length === 0 && news.length === 0) {
    return (
      <div className="card">
        <EmptyState
          icon="bell"
          title={t("news.none")}
          act={<ButtonLink href="/projects">{t("projects.title")}</ButtonLink>}
        >
          {t("news.noneHint")}
        </EmptyState>
      </div>
    );
  }
  return (
    <ul className="rows" aria-label={t("news.title")}>
      {invitations.map(({ project, path, at }) => (
        <li className="row" key={path}>
          <div className="row__words">
            <a className="row__title" href={path}>
              {t("news.invitation", { project: project.title || t("projects.untitled") })}
            </a>
            <span className="soft small">{longDate(at)}</span>
          </div>
          <div className="row__acts">
            <Tag tone="attention" icon="envelope-simple">
              {t("projects.state.invited")}
            </Tag>
          </div>
        </li>
      ))}
      {news.map(({ project, ...item }) => (
        <NewsRow
          key={`${project.slug} ${item.kind} ${item.path} ${item.person.author} ${item.at}`}
          item={item}
          project={project.title}
          fresh={item.at > seenAt}
        />
      ))}
    </ul>
  );
}
