import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { SpaceView } from "../../protocol/twinspace/space.ts";
import { entry as askEntry, reportCard } from "../api/reports.ts";
import { isRefused } from "../api.ts";
import { ButtonLink } from "../parts/button.tsx";
import type { PageParams } from "../routes.ts";
import { entryPath } from "../views/report-card.ts";
import { t } from "../words/words.ts";
import { Trouble } from "./portal/trouble.tsx";
import { useAsked } from "./portal/use-asked.ts";
import { ReportPath } from "./reports/report-path.tsx";
import { type Opening, Writing } from "./reports/writing.tsx";
import { SpaceFrame, SpacePage } from "./twinspace/space-page.tsx";

/** `/twinspace/<slug>/report/entry/<entry>/edit`: writing an entry. It saves itself. */
export default function SpaceReportEditPage({ params }: { params: PageParams }) {
  return (
    <SpacePage slug={params.slug ?? ""} title={t("reports.write")}>
      {(space, door) => <Opened space={space} door={door} id={params.entry ?? ""} />}
    </SpacePage>
  );
}

function Opened({ space, door, id }: { space: SpaceView; door: FrontDoor; id: string }) {
  const { asked, again } = useAsked<Opening>(async () => {
    const [entry, card] = await Promise.all([askEntry(space.slug, id), reportCard(space.slug)]);
    if (isRefused(entry)) return entry;
    return isRefused(card) ? card : { value: { entry: entry.value.entry, card: card.value } };
  });
  const writes = asked.state === "here" && asked.value.entry.mayWrite ? asked.value : undefined;
  return (
    <SpaceFrame door={door} section="report">
      {writes === undefined ? <ReportPath /> : <Writing space={space} {...writes} />}
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {asked.state === "here" && writes === undefined ? (
        <div className="card form">
          <p>{t("reports.notYours")}</p>
          <p>
            <ButtonLink href={entryPath(space.slug, id)}>{t("reports.readIt")}</ButtonLink>
          </p>
        </div>
      ) : null}
    </SpaceFrame>
  );
}
