import { useEffect, useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import { frontDoor, isRefused, type Refusal } from "../api.ts";
import { EmptyState } from "../parts/empty-state.tsx";
import { PageFrame } from "../parts/page-frame.tsx";
import type { PageParams } from "../routes.ts";
import { t } from "../words/words.ts";
import { SignInForm } from "./portal/sign-in-form.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { ReplayScreen } from "./replay/screen.tsx";
import { useReplay } from "./replay/use-replay.ts";
import "./portal/portal.css";

/** `/r/<code>`: a meeting watched again, also the part so far of one that runs. It asks for no camera and no microphone. */
export default function ReplayPage({ params }: { params: PageParams }) {
  const { asked, again, change } = useReplay(params.code ?? "");
  const door = useDoor();
  useTitle(asked.state === "here" ? asked.replay.title : null);
  if (asked.state === "here") return <ReplayScreen replay={asked.replay} demo={door?.demo ?? false} change={change} />;
  if (asked.state === "refused") return <NotHere refusal={asked.refusal} door={door} again={again} />;
  return (
    <PageFrame>
      <p className="portal-waiting" role="status">
        {t("app.loading")}
      </p>
    </PageFrame>
  );
}

/** Who looks, when it is known; the replay does not wait for it. */
function useDoor(): FrontDoor | null {
  const [door, setDoor] = useState<FrontDoor | null>(null);
  useEffect(() => {
    frontDoor().then((answer) => {
      if (!isRefused(answer)) setDoor(answer.value);
    });
  }, []);
  return door;
}

function useTitle(title: string | null): void {
  useEffect(() => {
    document.title = [title, t("replay.title"), t("app.name")].filter((part) => part !== null).join(" · ");
  }, [title]);
}

/** Why there is nothing to watch, and what to do. */
function NotHere({ refusal, door, again }: { refusal: Refusal; door: FrontDoor | null; again: () => void }) {
  const demo = door?.demo ?? false;
  if (refusal.refused === "replay.notAllowed") {
    return (
      <PageFrame demo={demo} title={t("replay.notAllowed")} intro={t("replay.notAllowedHint")}>
        {door?.me === null ? (
          <div className="card portal-narrow">
            <SignInForm filled />
          </div>
        ) : null}
      </PageFrame>
    );
  }
  if (refusal.refused === "replay.none" || refusal.refused === "meeting.unknown") {
    return (
      <PageFrame demo={demo} title={t("replay.none")}>
        <EmptyState icon="film-strip" title={t("replay.noneHint")} />
      </PageFrame>
    );
  }
  return (
    <PageFrame demo={demo} title={t("app.failed")}>
      <Trouble refusal={refusal} again={again} />
    </PageFrame>
  );
}
