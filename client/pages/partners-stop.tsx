import { useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import { stopLetters } from "../api/partners.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { StatusLine } from "../parts/said.tsx";
import { tokenOf } from "../views/links.ts";
import { t } from "../words/words.ts";
import { OpenPage, PortalFrame } from "./portal/portal-page.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";

/**
 * `/partners/stop#k=…`: ends the letters of a saved search, by the link that stands in them and without signing in. A button
 * does it, since mail readers open links by themselves.
 */
export default function StopLettersPage() {
  return <OpenPage title={t("searches.stopTitle")}>{(door) => <Stop door={door} />}</OpenPage>;
}

function Stop({ door }: { door: FrontDoor }) {
  const [token] = useState(() => tokenOf(location.hash));
  const [stopped, setStopped] = useState<string>();
  const act = useAct(stopLetters, ({ name }) => setStopped(name));
  return (
    <PortalFrame door={door} title={t("searches.stopTitle")}>
      <div className="card form portal-narrow">
        {token === undefined ? <p>{t("searches.stopBroken")}</p> : null}
        {token === undefined || stopped !== undefined ? null : (
          <>
            <p>{t("searches.stopHint")}</p>
            <Button look="filled" onClick={() => act.run(token)} aria-disabled={act.busy}>
              {t("searches.stop")}
            </Button>
          </>
        )}
        <StatusLine>{stopped === undefined ? undefined : t("searches.stopped", { name: stopped })}</StatusLine>
        {stopped === undefined ? null : (
          <p>
            <ButtonLink icon="magnifying-glass" href="/partners">
              {t("partners.title")}
            </ButtonLink>
          </p>
        )}
        <Trouble refusal={act.refusal} />
      </div>
    </PortalFrame>
  );
}
