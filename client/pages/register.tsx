import { useState } from "react";
import type { FrontDoor, Me } from "../../protocol/http/accounts.ts";
import type { MySchools } from "../../protocol/http/registry.ts";
import { mySchools } from "../api/registry.ts";
import { Button } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { readDraft } from "../views/drafts.ts";
import { countryName } from "../words/formats.ts";
import { t } from "../words/words.ts";
import { OpenPage, PortalFrame } from "./portal/portal-page.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAsked } from "./portal/use-asked.ts";
import { FindSchool } from "./registry/find-school.tsx";
import { MySchoolRows } from "./registry/my-schools.tsx";
import { NewSchool, newSchoolKey } from "./registry/new-school.tsx";
import { NextThings, Steps } from "./registry/steps.tsx";
import { WhoYouAre } from "./registry/who-you-are.tsx";

/** `/register`: from a name and an address to a school that is sent to its support service. */
export default function RegisterPage() {
  return (
    <OpenPage title={t("register.title")}>
      {(door) => {
        if (!door.begun) return <NotBegun door={door} />;
        return door.me === null ? <WhoYouAre door={door} /> : <YourSchool me={door.me} door={door} />;
      }}
    </OpenPage>
  );
}

function NotBegun({ door }: { door: FrontDoor }) {
  return (
    <PortalFrame door={door} title={t("register.title")}>
      <EmptyState icon="door-open" title={t("register.notBegun")}>
        {t("register.notBegunHint")}
      </EmptyState>
    </PortalFrame>
  );
}

function YourSchool({ me, door }: { me: Me; door: FrontDoor }) {
  const { asked, again } = useAsked(mySchools);
  if (asked.state === "here") return <Going me={me} door={door} first={asked.value} />;
  return (
    <PortalFrame door={door} title={t("register.title")}>
      {asked.state === "refused" ? (
        <Trouble refusal={asked.refusal} again={again} />
      ) : (
        <p role="status">{t("app.loading")}</p>
      )}
    </PortalFrame>
  );
}

type Shown = "find" | "enter" | "sent";

function Going({ me, door, first }: { me: Me; door: FrontDoor; first: MySchools }) {
  const [mine, setMine] = useState(first);
  const [shown, show] = useState<Shown>(() => firstShown(me, first));
  const go = (next: Shown) => {
    show(next);
    scrollTo(0, 0);
    document.getElementById("main")?.focus();
  };
  const joined = (now: MySchools) => {
    setMine(now);
    go("sent");
  };
  const entered = async () => {
    const now = await mySchools();
    if ("value" in now) setMine(now.value);
    go("sent");
  };
  if (shown === "sent") return <Sent door={door} mine={mine} changed={setMine} another={() => go("find")} />;
  return (
    <PortalFrame door={door} title={shown === "find" ? t("register.title") : t("register.formTitle")}>
      <Steps at={3} />
      {shown === "find" ? (
        <FindSchool joined={joined} enter={() => go("enter")} />
      ) : (
        <NewSchool me={me} sent={() => void entered()} joined={joined} back={() => go("find")} />
      )}
    </PortalFrame>
  );
}

/** A form that was begun comes first, then what waits for an answer. */
function firstShown(me: Me, mine: MySchools): Shown {
  if (readDraft(localStorage, newSchoolKey(me)) !== undefined) return "enter";
  const waits = mine.schools.some(({ place }) => place.state === "asked" || place.state === "evidenceWanted");
  return waits ? "sent" : "find";
}

function Sent({
  door,
  mine,
  changed,
  another,
}: {
  door: FrontDoor;
  mine: MySchools;
  changed: (mine: MySchools) => void;
  another: () => void;
}) {
  const country = mine.schools[0]?.school.country;
  return (
    <PortalFrame
      door={door}
      title={t("register.sentTitle")}
      intro={t("register.sentLead")}
      acts={
        <Button icon="plus" onClick={another}>
          {t("register.another")}
        </Button>
      }
      side={
        country === undefined ? undefined : (
          <NextThings
            title={t("register.next")}
            things={[t("register.sent1", { country: countryName(country) }), t("register.sent2"), t("register.sent3")]}
          />
        )
      }
    >
      <Steps at={4} />
      <MySchoolRows mine={mine} changed={(now) => changed(now)} />
    </PortalFrame>
  );
}
