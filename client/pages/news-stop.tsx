import { useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import { stopNewsLetters } from "../api/news.ts";
import { Button } from "../parts/button.tsx";
import { StatusLine } from "../parts/said.tsx";
import { tokenOf } from "../views/links.ts";
import { t } from "../words/words.ts";
import { OpenPage, PortalFrame } from "./portal/portal-page.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";

/** `/news/stop#k=…`, `/news/stop?of=report#k=…`: ends the letters by the link in them, without signing in. By a button: mail readers open links by themselves. */
export default function NewsStopPage() {
  return <OpenPage title={t("newsLetters.stopTitle")}>{(door) => <Stop door={door} />}</OpenPage>;
}

function Stop({ door }: { door: FrontDoor }) {
  const [token] = useState(() => tokenOf(location.hash));
  const [stopped, setStopped] = useState(false);
  // Of letters about one thing the link ends those alone.
  const ofReport = new URLSearchParams(location.search).get("of") === "report";
  const act = useAct(stopNewsLetters, () => setStopped(true));
  return (
    <PortalFrame door={door} title={t("newsLetters.stopTitle")}>
      <div className="card form portal-narrow">
        {token === undefined ? <p>{t("newsLetters.stopBroken")}</p> : null}
        {token === undefined || stopped ? null : (
          <>
            <p>{t(ofReport ? "newsLetters.stopReportHint" : "newsLetters.stopHint")}</p>
            <Button
              look="filled"
              onClick={() => act.run({ token, ...(ofReport && { subject: "report" as const }) })}
              aria-disabled={act.busy}
            >
              {t("newsLetters.stop")}
            </Button>
          </>
        )}
        <StatusLine>
          {stopped ? t(ofReport ? "newsLetters.stoppedReport" : "newsLetters.stopped") : undefined}
        </StatusLine>
        <Trouble refusal={act.refusal} />
      </div>
    </PortalFrame>
  );
}
