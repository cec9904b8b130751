import type { FrontDoor, Me } from "../../../protocol/http/accounts.ts";
import { t } from "../../words/words.ts";
import { PortalFrame } from "./portal-page.tsx";
import { SecondFactorPart } from "./second-factor-part.tsx";

/** In the place of every page, until it is set up. */
export default function OwesSecondFactor({ me, door }: { me: Me; door: FrontDoor }) {
  return (
    <PortalFrame door={door} title={t("second.owedTitle")} intro={t("second.owedHint")}>
      <div className="portal-narrow">
        <SecondFactorPart email={me.email} done={() => location.reload()} />
      </div>
    </PortalFrame>
  );
}
