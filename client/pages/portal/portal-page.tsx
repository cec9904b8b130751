import { lazy, type ReactNode, Suspense, useEffect } from "react";
import type { FrontDoor, Me, MyPlace } from "../../../protocol/http/accounts.ts";
import { frontDoor, type Refusal, signOut } from "../../api.ts";
import { ButtonLink } from "../../parts/button.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Menu } from "../../parts/menu.tsx";
import { PageFrame } from "../../parts/page-frame.tsx";
import { sectionPath } from "../../views/space-sections.ts";
import { t } from "../../words/words.ts";
import { Bell } from "./bell.tsx";
import { DoorProvider } from "./door.ts";
import { SignInForm } from "./sign-in-form.tsx";
import { Trouble } from "./trouble.tsx";
import { useAct } from "./use-act.ts";
import { useAsked } from "./use-asked.ts";
import "./portal.css";

/** What a page hands to its frame once it is known who looks at it. */
export interface Shown {
  title?: string;
  intro?: ReactNode;
  acts?: ReactNode;
  above?: ReactNode;
  side?: ReactNode;
  dado?: ReactNode;
  children?: ReactNode;
}

/** Few ever see it. */
const OwesSecondFactor = lazy(() => import("./owes-second-factor.tsx"));

function Owed({ me, door }: { me: Me; door: FrontDoor }) {
  return (
    <Suspense fallback={<PortalFrame door={door} />}>
      <OwesSecondFactor me={me} door={door} />
    </Suspense>
  );
}

/** A page for whoever comes. `title` names the tab. */
export function OpenPage({ title, children }: { title?: string; children: (door: FrontDoor) => ReactNode }) {
  const { asked, again } = useAsked(frontDoor);
  useEffect(() => {
    document.title = title === undefined ? t("app.name") : `${title} · ${t("app.name")}`;
  }, [title]);
  if (asked.state === "here") {
    const door = asked.value;
    return (
      <DoorProvider value={door}>
        {door.owesSecondFactor && door.me !== null ? <Owed me={door.me} door={door} /> : children(door)}
      </DoorProvider>
    );
  }
  return <Waiting refusal={asked.state === "refused" ? asked.refusal : undefined} again={again} />;
}

/**
 * A page for who is signed in, and may see it. Others read why not; who is signed out signs in there and stays on the page
 * they asked for. The server refuses by itself: this is only the sentence for it.
 */
export function OwnPage({
  title,
  needs,
  children,
}: {
  title: string;
  needs: "account" | "operator" | "books" | "desk" | "central";
  children: (me: Me, door: FrontDoor) => ReactNode;
}) {
  return (
    <OpenPage title={title}>
      {(door) => {
        if (door.me === null) return <SignInFirst door={door} />;
        if (needs === "operator" && door.me.role !== "operator") {
          return <NotForYou door={door} why={t("account.onlyOperator")} />;
        }
        if (needs === "books" && !door.me.books) return <NotBooking me={door.me} door={door} />;
        if (needs === "desk" && !isOfDesk(door.me)) return <NotForYou door={door} why={t("desk.only")} />;
        if (needs === "central" && !door.me.standings.includes("css")) {
          return <NotForYou door={door} why={t("desk.onlyCentral")} />;
        }
        return children(door.me, door);
      }}
    </OpenPage>
  );
}

/** Works for a support service. */
const isOfDesk = ({ standings }: Me): boolean => standings.includes("nss") || standings.includes("css");

/** The frame with who is signed in at its top. */
export function PortalFrame({ door, ...shown }: { door: FrontDoor } & Shown) {
  return <PageFrame demo={door.demo} nav={navOf(door)} {...shown} />;
}

function navOf({ me, place, owesSecondFactor }: FrontDoor): ReactNode {
  if (me !== null) return <Nav me={me} bell={!owesSecondFactor} />;
  return place === null ? undefined : <PlaceNav place={place} />;
}

/** A pupil or a visitor has one TwinSpace to go to. */
function PlaceNav({ place: { name, project } }: { place: MyPlace }) {
  const leave = useAct(signOut, () => location.assign("/"));
  return (
    <>
      <nav className="portal-nav" aria-label={t("account.pages")}>
        <a href={sectionPath(project.slug, "home")}>{project.title}</a>
      </nav>
      <Menu
        name={t("account.menu", { name })}
        title={t("account.signedInAs", { name })}
        className="button button--plain portal-me"
        trigger={
          <>
            <Icon name="user" />
            <span className="cut">{name}</span>
            <Icon name="caret-down" />
          </>
        }
        acts={[{ label: t("front.signOut"), icon: "sign-out", onPress: leave.run }]}
      />
    </>
  );
}

function Nav({ me, bell }: { me: Me; bell: boolean }) {
  const leave = useAct(signOut, () => location.assign("/"));
  const here = (path: string) => (location.pathname === path ? ("page" as const) : undefined);
  const goes = [
    { path: "/", label: t("front.meetings"), shown: me.books },
    { path: "/desk", label: t("desk.title"), shown: isOfDesk(me) },
    { path: "/partners", label: t("partners.nav"), shown: me.standings.includes("staff") },
    { path: "/projects", label: t("projects.title"), shown: me.role !== "operator" && !isOfDesk(me) },
    { path: "/safeguarding", label: t("safeguarding.title"), shown: me.standings.includes("lead") },
    { path: "/operate", label: t("operate.title"), shown: me.role === "operator" },
  ].filter(({ shown }) => shown);
  return (
    <>
      {goes.length === 0 ? null : (
        <nav className="portal-nav" aria-label={t("account.pages")}>
          {goes.map(({ path, label }) => (
            <a key={path} href={path} aria-current={here(path)}>
              {label}
            </a>
          ))}
        </nav>
      )}
      {bell ? <Bell /> : null}
      <Menu
        name={t("account.menu", { name: me.name })}
        title={t("account.signedInAs", { name: me.name })}
        className="button button--plain portal-me"
        trigger={
          <>
            <Icon name="user" />
            <span className="cut">{me.name}</span>
            <Icon name="caret-down" />
          </>
        }
        acts={[
          { label: t("account.mine"), icon: "identification-card", onPress: () => location.assign("/account") },
          { label: t("front.signOut"), icon: "sign-out", onPress: leave.run },
        ]}
      />
    </>
  );
}

function Waiting({ refusal, again }: { refusal: Refusal | undefined; again: () => void }) {
  return (
    <PageFrame>
      {refusal === undefined ? (
        <p className="portal-waiting" role="status">
          {t("app.loading")}
        </p>
      ) : (
        <>
          <h1>{t("app.failed")}</h1>
          <Trouble refusal={refusal} again={again} />
        </>
      )}
    </PageFrame>
  );
}

/** `pupils`: there is something here for pupils, too, who have a door of their own. */
export function SignInFirst({ door, pupils = false }: { door: FrontDoor; pupils?: boolean }) {
  return (
    <PortalFrame door={door} title={t("account.signInFirst")}>
      <div className="card portal-narrow">
        <SignInForm filled />
        {pupils ? (
          <p>
            <a href="/pupil">{t("pupil.door")}</a>
          </p>
        ) : null}
      </div>
    </PortalFrame>
  );
}

/** Nobody of a suspended school books; others lead no meetings at all. */
function NotBooking({ me, door }: { me: Me; door: FrontDoor }) {
  if (!me.schools.some(({ state }) => state === "suspended")) {
    return <NotForYou door={door} why={t("account.onlyBooking")} />;
  }
  return (
    <PortalFrame door={door} title={t("account.notForYou")}>
      <EmptyState
        icon="lock-simple"
        title={t("book.schoolSuspended")}
        act={
          <ButtonLink look="filled" icon="lifebuoy" href="/find-help">
            {t("book.findService")}
          </ButtonLink>
        }
      >
        {t("book.schoolSuspendedHint")}
      </EmptyState>
    </PortalFrame>
  );
}

function NotForYou({ door, why }: { door: FrontDoor; why: string }) {
  return (
    <PortalFrame door={door} title={t("account.notForYou")}>
      <EmptyState
        icon="lock-simple"
        title={why}
        act={
          <ButtonLink look="filled" href="/">
            {t("app.frontDoor")}
          </ButtonLink>
        }
      />
    </PortalFrame>
  );
}
