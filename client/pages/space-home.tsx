import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { SpaceRoleName, SpaceView } from "../../protocol/twinspace/space.ts";
import type { IconName } from "../looks/icons.ts";
import { ButtonLink } from "../parts/button.tsx";
import type { PageParams } from "../routes.ts";
import { isAdminRole, isPupilRole, isTeacherRole } from "../views/roles-of-space.ts";
import { sectionPath } from "../views/space-sections.ts";
import { t } from "../words/words.ts";
import { FirstSteps } from "./twinspace/first-steps.tsx";
import { HomeNews, useHomeNews } from "./twinspace/home-news.tsx";
import { NextDates } from "./twinspace/next-dates.tsx";
import { SearchField } from "./twinspace/search-field.tsx";
import { SpaceFrame, SpacePage } from "./twinspace/space-page.tsx";
import { Updates } from "./twinspace/updates.tsx";
import "./twinspace/space-home.css";

/** `/twinspace/<slug>`: what is new, what comes next, and the ways to begin something. */
export default function SpaceHomePage({ params }: { params: PageParams }) {
  return (
    <SpacePage slug={params.slug ?? ""} title={t("space.name")}>
      {(space, door) => <Home space={space} door={door} />}
    </SpacePage>
  );
}

function Home({ space, door }: { space: SpaceView; door: FrontDoor }) {
  const news = useHomeNews(space.slug);
  const { role, name } = space.me;
  if (role === "visitor") {
    return (
      <SpaceFrame door={door} section="home" title={space.title} intro={t("spaceHome.visitor")}>
        <p>
          <ButtonLink look="filled" size="large" href={sectionPath(space.slug, "pages")}>
            {t("spaceHome.visitorPages")}
          </ButtonLink>
        </p>
        <HomeNews news={news} />
      </SpaceFrame>
    );
  }
  const beginnings = news.asked.state === "here" ? news.asked.value.beginnings : null;
  const isPupil = isPupilRole(role);
  return (
    <SpaceFrame
      door={door}
      section="home"
      title={isPupil ? t("spaceHome.hello", { name }) : space.title}
      side={
        isPupil ? undefined : (
          <>
            <Quick space={space} />
            <NextDates />
          </>
        )
      }
    >
      {isPupil ? <PupilWays slug={space.slug} /> : <SearchField slug={space.slug} />}
      {isPupil ? <NextDates /> : null}
      {beginnings === null ? null : <FirstSteps space={space} beginnings={beginnings} />}
      <Updates />
      <HomeNews news={news} />
      {isPupil ? <SearchField slug={space.slug} /> : null}
    </SpaceFrame>
  );
}

interface Way {
  readonly label: string;
  readonly icon: IconName;
  readonly href: string;
  readonly for: (role: SpaceRoleName) => boolean;
}

/** What their role lets somebody begin. */
function Quick({ space }: { space: SpaceView }) {
  const { slug, me, open } = space;
  const ways: readonly Way[] = [
    {
      label: t("spaceHome.newPage"),
      icon: "plus",
      href: sectionPath(slug, "pages"),
      for: (role) => role !== "observer",
    },
    {
      label: t("spaceHome.addMaterials"),
      icon: "plus",
      href: sectionPath(slug, "materials"),
      for: () => true,
    },
    {
      label: t("spaceHome.bookMeeting"),
      icon: "calendar-plus",
      href: `/meetings/new?project=${encodeURIComponent(space.id)}`,
      for: isAdminRole,
    },
    {
      label: t("reports.write"),
      icon: "clipboard-text",
      href: sectionPath(slug, "report"),
      for: isTeacherRole,
    },
    {
      label: t("spaceHome.writeMail"),
      icon: "envelope-simple",
      href: `/mail/new?project=${encodeURIComponent(slug)}`,
      for: () => true,
    },
  ];
  if (!open) return null;
  return (
    <section className="card form" aria-labelledby="quick">
      <h2 id="quick" className="home-head">
        {t("spaceHome.quick")}
      </h2>
      <div className="home-quick">
        {ways
          .filter((way) => way.for(me.role))
          .map(({ label, icon, href }) => (
            <ButtonLink key={label} icon={icon} href={href}>
              {label}
            </ButtonLink>
          ))}
      </div>
    </section>
  );
}

/** For pupils: few, large, the same every day. */
function PupilWays({ slug }: { slug: string }) {
  const ways = [
    ["meetings", "play-fill"],
    ["pages", "list-numbers"],
    ["materials", "archive"],
    ["chat", "chat-circle-text"],
  ] as const;
  return (
    <nav className="home-quick home-quick--big" aria-label={t("spaceHome.quick")}>
      {ways.map(([section, icon]) => (
        <ButtonLink key={section} size="large" icon={icon} href={sectionPath(slug, section)}>
          {t(`space.${section}`)}
        </ButtonLink>
      ))}
    </nav>
  );
}
