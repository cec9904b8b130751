import type { FrontDoor, MyPlace } from "../../../protocol/http/accounts.ts";
import { signOut } from "../../api.ts";
import { Button, ButtonLink } from "../../parts/button.tsx";
import { Picture } from "../../parts/picture.tsx";
import { sectionPath } from "../../views/space-sections.ts";
import { t } from "../../words/words.ts";
import { PortalFrame } from "../portal/portal-page.tsx";
import { useAct } from "../portal/use-act.ts";
import "./sign-in.css";

/** `/` for who has a place in one TwinSpace: the door to it, and a way out where computers are shared. */
export function PlaceHome({ door, place: { kind, name, picture, project } }: { door: FrontDoor; place: MyPlace }) {
  const leave = useAct(signOut, () => location.assign(kind === "pupil" ? "/pupil" : "/"));
  return (
    <PortalFrame door={door}>
      <div className="place-home card">
        {picture === null ? null : <Picture name={picture} size="large" />}
        <h1>{t("pupil.hello", { name })}</h1>
        <p>{t("pupil.yourProject", { project: project.title })}</p>
        <ButtonLink look="filled" size="large" icon="door-open" href={sectionPath(project.slug, "home")}>
          {t("space.open")}
        </ButtonLink>
        <Button look="plain" onClick={leave.run}>
          {t("pupil.notMe")}
        </Button>
      </div>
    </PortalFrame>
  );
}
