import { useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import { beginVisit } from "../api/space/members.ts";
import { Button } from "../parts/button.tsx";
import { tokenOf } from "../views/links.ts";
import { sectionPath } from "../views/space-sections.ts";
import { t } from "../words/words.ts";
import { OpenPage, PortalFrame } from "./portal/portal-page.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";

/** `/visit#k=…`: a visitor goes in. By a button, since mail readers open links by themselves. */
export default function VisitPage() {
  return <OpenPage title={t("visit.title")}>{(door) => <Visit door={door} />}</OpenPage>;
}

function Visit({ door }: { door: FrontDoor }) {
  const [token] = useState(() => tokenOf(location.hash));
  const act = useAct(beginVisit, ({ project }) => location.assign(sectionPath(project, "home")));
  const signedIn = door.me?.name ?? door.place?.name;
  return (
    <PortalFrame door={door} title={t("visit.title")}>
      <div className="card form portal-narrow">
        {token === undefined ? <p>{t("visit.broken")}</p> : <p>{t("visit.hint")}</p>}
        {token === undefined || signedIn === undefined ? null : <p>{t("visit.signedIn", { name: signedIn })}</p>}
        <Trouble refusal={act.refusal} />
        {token === undefined ? null : (
          <Button look="filled" size="large" icon="eye" onClick={() => act.run(token)} aria-disabled={act.busy}>
            {t("visit.begin")}
          </Button>
        )}
      </div>
    </PortalFrame>
  );
}
