import { useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { LoginCards, OwnPupils } from "../../protocol/twinspace/pupils.ts";
import { ownPupils } from "../api/space/pupils.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Refusal } from "../parts/said.tsx";
import type { PageParams } from "../routes.ts";
import { sectionPath } from "../views/space-sections.ts";
import { t } from "../words/words.ts";
import { Trouble } from "./portal/trouble.tsx";
import { useAsked } from "./portal/use-asked.ts";
import { AddPupils } from "./pupils/add-pupils.tsx";
import { LoginCardSheet } from "./pupils/login-cards.tsx";
import { PupilList } from "./pupils/pupil-list.tsx";
import { SpaceFrame, SpacePage, useSpace } from "./twinspace/space-page.tsx";
import "./pupils/pupils.css";

/**
 * `/twinspace/<slug>/pupils`: the pupils of one's own school. Behind `/cards` stand the cards that were just made; they are kept in
 * this page alone, so whoever comes to that address anew is told to make new ones.
 */
export default function SpacePupilsPage({ params }: { params: PageParams }) {
  return (
    <SpacePage slug={params.slug ?? ""} title={t("pupils.title")}>
      {(space, door) =>
        ["founder", "teacherAdmin", "teacher"].includes(space.me.role) ? (
          <Pupils door={door} />
        ) : (
          <SpaceFrame door={door} section="members" title={t("pupils.title")}>
            <EmptyState icon="lock-simple" title={t("pupils.onlyTeachers")} />
          </SpaceFrame>
        )
      }
    </SpacePage>
  );
}

type Step = { is: "list" } | { is: "adding" } | { is: "cards"; cards: LoginCards };

function Pupils({ door }: { door: FrontDoor }) {
  const { slug, me } = useSpace();
  const { asked, again, change } = useAsked(() => ownPupils(slug));
  const [step, setStep] = useState<Step>({ is: "list" });
  const at = `/twinspace/${encodeURIComponent(slug)}/pupils`;
  const [isLate] = useState(() => location.pathname.endsWith("/cards"));
  const show = (cards: LoginCards) => {
    history.replaceState(null, "", `${at}/cards`);
    setStep({ is: "cards", cards });
    again();
  };
  const toList = () => {
    history.replaceState(null, "", at);
    setStep({ is: "list" });
  };
  if (step.is === "cards") {
    return (
      <SpaceFrame door={door} section="members" title={t("cards.title")}>
        <LoginCardSheet {...step.cards} done={toList} />
      </SpaceFrame>
    );
  }
  if (step.is === "adding") {
    return (
      <SpaceFrame door={door} section="members" title={t("pupils.addTitle")}>
        <AddPupils made={show} back={toList} />
      </SpaceFrame>
    );
  }
  return (
    <SpaceFrame
      door={door}
      section="members"
      title={t("pupils.title")}
      intro={me.school === null ? t("pupils.introSchools") : t("pupils.intro", { school: me.school.name })}
      acts={
        asked.state === "here" && asked.value.pupils.length > 0 ? (
          <>
            <ButtonLink icon="seal-check" href={`${sectionPath(slug, "home")}/consents`}>
              {t("consents.title")}
            </ButtonLink>
            {asked.value.mayChange ? (
              <Button look="filled" icon="user-plus" onClick={() => setStep({ is: "adding" })}>
                {t("pupils.add")}
              </Button>
            ) : null}
          </>
        ) : undefined
      }
    >
      {isLate ? <Refusal>{t("pupils.cardsOnce")}</Refusal> : null}
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {asked.state === "here" ? (
        <List own={asked.value} add={() => setStep({ is: "adding" })} again={again} change={change} show={show} />
      ) : null}
    </SpaceFrame>
  );
}

function List({
  own,
  add,
  again,
  change,
  show,
}: {
  own: OwnPupils;
  add: () => void;
  again: () => void;
  change: (changed: (own: OwnPupils) => OwnPupils) => void;
  show: (cards: LoginCards) => void;
}) {
  if (own.pupils.length > 0) return <PupilList own={own} again={again} change={change} show={show} />;
  return (
    <EmptyState
      icon="users-three"
      title={t("pupils.none")}
      act={
        own.mayChange ? (
          <Button look="filled" icon="user-plus" onClick={add}>
            {t("pupils.add")}
          </Button>
        ) : undefined
      }
    >
      {t("pupils.noneHint")}
    </EmptyState>
  );
}
