import type { ReactNode } from "react";
import type { IconName } from "../../looks/icons.ts";
import { Button, ButtonLink } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Mark } from "../../parts/mark.tsx";
import { refusalSentence } from "../../words/refusals.ts";
import { t } from "../../words/words.ts";
import "./waiting.css";

/** One thing in the middle of the wall: waiting, or an end. */
export function OneThing({
  icon,
  lit = false,
  title,
  children,
  acts,
}: {
  icon: IconName;
  /** The lamp is here: it goes on by itself. */
  lit?: boolean;
  title: string;
  children?: ReactNode;
  acts?: ReactNode;
}) {
  return (
    <div className="one-thing">
      <header>
        <a className="page-frame__home" href="/">
          <Mark />
          <strong>{t("app.name")}</strong>
        </a>
      </header>
      <main>
        <span className="one-thing__icon" data-lit={lit || undefined}>
          <Icon name={icon} />
        </span>
        <div role="status" className="one-thing__words">
          <h1>{title}</h1>
          {children}
        </div>
        {acts === undefined ? null : <div className="one-thing__acts">{acts}</div>}
      </main>
    </div>
  );
}

/** In the lobby. */
export function InLobby({ title, chair, onLeave }: { title: string; chair: string; onLeave: () => void }) {
  return (
    <OneThing
      icon="door-open"
      lit
      title={t("lobby.title")}
      acts={
        <Button icon="sign-out" onClick={onLeave}>
          {t("room.leave")}
        </Button>
      }
    >
      <p className="one-thing__lead">{t("lobby.hint", { chair })}</p>
      <p className="soft">
        {title} · {t("lobby.meanwhile")}
      </p>
    </OneThing>
  );
}

/** Before the meeting was opened. */
export function NotOpenYet({
  title,
  when,
  onBack,
  instead,
}: {
  title: string;
  when: string;
  onBack: () => void;
  /** For who may open it in place of its chair. */
  instead?: { chair: string; open: () => void } | undefined;
}) {
  return (
    <OneThing
      icon="clock"
      lit
      title={t("arrive.notOpen")}
      acts={
        <>
          {instead === undefined ? null : (
            <Button look="filled" icon="door-open" onClick={instead.open}>
              {t("arrive.openInstead")}
            </Button>
          )}
          <Button onClick={onBack}>{t("act.back")}</Button>
        </>
      }
    >
      <p className="one-thing__lead">{t("arrive.notOpenHint", { when })}</p>
      {instead === undefined ? null : <p>{t("arrive.mayOpen", { chair: instead.chair })}</p>}
      <p className="soft">{title}</p>
    </OneThing>
  );
}

export type Over = { is: "left" } | { is: "ended"; replay: string | null } | { is: "refused"; code: string };

/** It is over for this page, and what can be done. */
export function ItIsOver({ over, chair, onBack }: { over: Over; chair: string | undefined; onBack: () => void }) {
  const frontDoor = (
    <ButtonLink href="/" icon="house-simple">
      {t("room.toFrontDoor")}
    </ButtonLink>
  );
  const comeBack = (
    <Button look="filled" icon="sign-in" onClick={onBack}>
      {t("room.comeBack")}
    </Button>
  );
  if (over.is === "left") {
    return (
      <OneThing
        icon="sign-out"
        title={t("room.left")}
        acts={
          <>
            {comeBack}
            {frontDoor}
          </>
        }
      >
        <p className="one-thing__lead">{t("room.leftHint")}</p>
      </OneThing>
    );
  }
  if (over.is === "ended") {
    return (
      <OneThing
        icon="check-circle"
        title={t("room.ended")}
        acts={
          <>
            {over.replay === null ? null : (
              <ButtonLink look="filled" icon="film-strip" href={over.replay}>
                {t("room.watchReplay")}
              </ButtonLink>
            )}
            {frontDoor}
          </>
        }
      >
        <p className="one-thing__lead">{t("room.endedHint")}</p>
      </OneThing>
    );
  }
  if (over.code === "meeting.membersOnly") return <MembersOnly frontDoor={frontDoor} />;
  const { title, hint, back } = wordsOfRefusal(over.code, chair);
  return (
    <OneThing
      icon="info"
      title={title}
      acts={
        <>
          {back ? comeBack : null}
          {frontDoor}
        </>
      }
    >
      {hint === "" ? null : <p className="one-thing__lead">{hint}</p>}
    </OneThing>
  );
}

/** Who is in the project is known once they have signed in, on the page where they are sent back here. */
function MembersOnly({ frontDoor }: { frontDoor: ReactNode }) {
  return (
    <OneThing
      icon="lock-simple"
      title={t("arrive.membersOnly")}
      acts={
        <>
          <ButtonLink look="filled" icon="sign-in" href="/sign-in">
            {t("arrive.signIn")}
          </ButtonLink>
          <ButtonLink icon="sign-in" href="/pupil">
            {t("arrive.signInPupil")}
          </ButtonLink>
          {frontDoor}
        </>
      }
    >
      <p className="one-thing__lead">{t("arrive.membersOnlyHint")}</p>
    </OneThing>
  );
}

function wordsOfRefusal(code: string, chair: string | undefined): { title: string; hint: string; back: boolean } {
  switch (code) {
    case "seat.removed":
      return { title: t("room.removed"), hint: t("room.turnedAwayHint"), back: false };
    case "seat.turnedAway":
      return { title: t("room.turnedAway"), hint: t("room.turnedAwayHint"), back: false };
    case "seat.replaced":
      return { title: t("room.replaced"), hint: t("room.replacedHint"), back: true };
    default:
      return { title: refusalSentence(code, { chair }), hint: "", back: true };
  }
}
