import type { ReactNode } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { IconName } from "../looks/icons.ts";
import { Face } from "../parts/face.tsx";
import { Icon } from "../parts/icon.tsx";
import { t } from "../words/words.ts";
import { CodeForm } from "./portal/code-form.tsx";
import { Home } from "./portal/home.tsx";
import { OpenPage, PortalFrame } from "./portal/portal-page.tsx";
import { SignInForm } from "./portal/sign-in-form.tsx";
import { PlaceHome } from "./pupils/place-home.tsx";
import "./front.css";

/** `/`: what this is and how to get in; for who is signed in, their meetings, or the way to their TwinSpace. */
export default function FrontPage() {
  return (
    <OpenPage>
      {(door) => {
        if (door.me !== null) return <Home me={door.me} door={door} />;
        return door.place === null ? <Front door={door} /> : <PlaceHome door={door} place={door.place} />;
      }}
    </OpenPage>
  );
}

function Front({ door }: { door: FrontDoor }) {
  return (
    <PortalFrame
      door={door}
      dado={
        <section className="front-dado" aria-label={t("front.waysIn")}>
          <div className="front-way">
            <h2>{t("front.pupils")}</h2>
            <CodeForm large />
            <p>
              <a href="/pupil">{t("pupil.door")}</a>
            </p>
          </div>
          <div className="front-way">
            {door.begun ? (
              <>
                <h2>{t("front.teachers")}</h2>
                <SignInForm />
              </>
            ) : (
              <NobodyYet />
            )}
          </div>
          <ForSchools />
        </section>
      }
    >
      <div className="front">
        <div className="front__words">
          <h1>{t("front.what")}</h1>
          <p className="front__lead">{t("front.lead")}</p>
          <HowItGoes />
        </div>
        <DrawnLine />
      </div>
    </PortalFrame>
  );
}

/** What schools come for, besides the meetings. */
function ForSchools() {
  return (
    <div className="front-way">
      <h2>{t("front.schools")}</h2>
      <ul className="front-goes">
        <Go icon="buildings" hint={t("front.registerHint")}>
          <a href="/register">{t("front.register")}</a>
        </Go>
        <Go icon="lifebuoy" hint={t("front.findHelpHint")}>
          <a href="/find-help">{t("front.findHelp")}</a> <a href="/find-help#twilight">{t("front.twilight")}</a>
        </Go>
        <Go icon="handshake" hint={t("front.labelHint")}>
          <a href="/projects/all">{t("front.projects")}</a> <a href="/labels">{t("front.labels")}</a>
        </Go>
      </ul>
    </div>
  );
}

function Go({ icon, hint, children }: { icon: IconName; hint: string; children: ReactNode }) {
  return (
    <li>
      <span className="front-goes__icon">
        <Icon name={icon} />
      </span>
      <span className="front-goes__ways">{children}</span>
      <span className="soft small">{hint}</span>
    </li>
  );
}

function NobodyYet() {
  return (
    <>
      <h2>{t("front.nobodyYet")}</h2>
      <p>{t("front.nobodyYetHint")}</p>
    </>
  );
}

function HowItGoes() {
  const steps: { icon: IconName; what: string; hint: string }[] = [
    { icon: "link-simple", what: t("front.how1"), hint: t("front.how1Hint") },
    { icon: "hand-palm", what: t("front.how2"), hint: t("front.how2Hint") },
    { icon: "film-strip", what: t("front.how3"), hint: t("front.how3Hint") },
  ];
  return (
    <ol className="front-steps" aria-label={t("front.howTitle")}>
      {steps.map(({ icon, what, hint }) => (
        <li key={icon}>
          <span className="front-steps__icon">
            <Icon name={icon} />
          </span>
          <strong>{what}</strong>
          <span className="soft small">{hint}</span>
        </li>
      ))}
    </ol>
  );
}

/** The one idea, drawn: the lamp, and the line of hands that leads to it. */
function DrawnLine() {
  const line = [
    { id: "a", name: "A", face: 2, place: 1 },
    { id: "b", name: "B", face: 1, place: 2 },
    { id: "c", name: "C", face: 3, place: 3 },
  ];
  return (
    <div className="front-line" role="img" aria-label={t("front.drawn")}>
      <div className="front-line__stage" aria-hidden="true">
        <span className="front-line__lamp">
          <Icon name="microphone-fill" />
        </span>
        <Face person={{ id: "s", name: "S", face: 7 }} size="large" />
      </div>
      {line.map(({ place, ...person }) => (
        <div className="front-line__hand" key={place} aria-hidden="true">
          <span className="front-line__place">{t("queue.place", { place })}</span>
          <Face person={person} size="large" />
        </div>
      ))}
    </div>
  );
}
