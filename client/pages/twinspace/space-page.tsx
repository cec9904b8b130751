import { createContext, type ReactNode, useContext, useEffect, useRef } from "react";
import type { FrontDoor } from "../../../protocol/http/accounts.ts";
import type { SpaceView } from "../../../protocol/twinspace/space.ts";
import { space as askSpace } from "../../api/space.ts";
import type { Refusal } from "../../api.ts";
import { ButtonLink } from "../../parts/button.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { type Section, sectionPath, sectionsFor } from "../../views/space-sections.ts";
import { t } from "../../words/words.ts";
import { OpenPage, PortalFrame, type Shown, SignInFirst } from "../portal/portal-page.tsx";
import { Trouble } from "../portal/trouble.tsx";
import { useAsked } from "../portal/use-asked.ts";
import "./twinspace.css";

const Space = createContext<SpaceView | null>(null);

/** The TwinSpace this part stands in. Only inside of SpacePage. */
export function useSpace(): SpaceView {
  const space = useContext(Space);
  if (space === null) throw new Error("There is no TwinSpace around this part");
  return space;
}

/** For what belongs to a TwinSpace and stands on a page outside of it, such as a message of its members' mail. */
export const SpaceAround = Space;

/**
 * A page of a TwinSpace, for whoever is in it: by an account, or by a pupil's or visitor's place. Others are told that there
 * is nothing here; who is signed out signs in and stays on the page they asked for.
 */
export function SpacePage({
  slug,
  title,
  children,
}: {
  slug: string;
  /** Names the tab. */
  title: string;
  children: (space: SpaceView, door: FrontDoor) => ReactNode;
}) {
  return (
    <OpenPage title={title}>
      {(door) =>
        door.me === null && door.place === null ? (
          <SignInFirst door={door} pupils />
        ) : (
          <Entered slug={slug} door={door}>
            {children}
          </Entered>
        )
      }
    </OpenPage>
  );
}

function Entered({
  slug,
  door,
  children,
}: {
  slug: string;
  door: FrontDoor;
  children: (space: SpaceView, door: FrontDoor) => ReactNode;
}) {
  const { asked, again } = useAsked(() => askSpace(slug));
  if (asked.state === "here") return <Space value={asked.value}>{children(asked.value, door)}</Space>;
  if (asked.state === "refused") return <NotIn door={door} refusal={asked.refusal} again={again} />;
  return (
    <PortalFrame door={door}>
      <p className="portal-waiting" role="status">
        {t("app.loading")}
      </p>
    </PortalFrame>
  );
}

function NotIn({ door, refusal, again }: { door: FrontDoor; refusal: Refusal; again: () => void }) {
  if (refusal.refused !== "request.notFound" && refusal.refused !== "account.notAllowed") {
    return (
      <PortalFrame door={door} title={t("space.name")}>
        <Trouble refusal={refusal} again={again} />
      </PortalFrame>
    );
  }
  return (
    <PortalFrame door={door} title={t("space.notYours")}>
      <EmptyState
        icon="lock-simple"
        title={t("space.notYoursHint")}
        act={
          <ButtonLink look="filled" href={door.me === null ? "/" : "/projects"}>
            {door.me === null ? t("app.frontDoor") : t("projects.title")}
          </ButtonLink>
        }
      />
    </PortalFrame>
  );
}

function Parts({ section }: { section: Section | null }) {
  const space = useSpace();
  const here = useRef<HTMLAnchorElement>(null);
  // On a telephone the later ones are beyond the edge; sideways only, so that the page itself stays where it is.
  useEffect(() => {
    here.current?.scrollIntoView({ block: "nearest", inline: "center" });
  }, []);
  return (
    <nav className="space-nav" aria-label={t("space.parts")}>
      {sectionsFor(space.me.role).map((each) => {
        const isHere = each === section;
        return (
          <a
            key={each}
            ref={isHere ? here : undefined}
            href={sectionPath(space.slug, each)}
            aria-current={isHere ? "page" : undefined}
          >
            {t(`space.${each}`)}
          </a>
        );
      })}
    </nav>
  );
}

/** The frame of a TwinSpace's page: the project's name, the ways to its parts, then what the page shows. */
export function SpaceFrame({ door, section, ...shown }: { door: FrontDoor; section: Section | null } & Shown) {
  const space = useSpace();
  return (
    <PortalFrame
      door={door}
      {...shown}
      above={
        <div className="space-head">
          <p className="space-head__title">
            <span className="soft small">{t("space.name")}</span>
            <strong>{space.title}</strong>
          </p>
          <Parts section={section} />
          {space.open ? null : <p className="space-closed">{t("space.closed")}</p>}
        </div>
      }
    />
  );
}
