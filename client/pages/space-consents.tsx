import { useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { ConsentGiven, ConsentKind, OwnConsents, PupilConsents } from "../../protocol/twinspace/consents.ts";
import { ownConsents, recordConsents } from "../api/space/pupils.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { StatusLine } from "../parts/said.tsx";
import { Worklist, type WorklistColumn } from "../parts/worklist.tsx";
import type { PageParams } from "../routes.ts";
import { calledAt, soughtPupils } from "../views/own-pupils.ts";
import { t } from "../words/words.ts";
import { SearchField } from "./portal/found-rows.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { useAsked } from "./portal/use-asked.ts";
import { ChooseBox } from "./pupils/choose-box.tsx";
import { ConsentCell, consentKinds } from "./pupils/consent-cell.tsx";
import { RecordConsentsDialog } from "./pupils/record-consents.tsx";
import { SpaceFrame, SpacePage, useSpace } from "./twinspace/space-page.tsx";
import "./pupils/pupils.css";

/** `/twinspace/<slug>/consents`: what parents have agreed to, a row for each pupil of one's own school. */
export default function SpaceConsentsPage({ params }: { params: PageParams }) {
  return (
    <SpacePage slug={params.slug ?? ""} title={t("consents.title")}>
      {(space, door) =>
        ["founder", "teacherAdmin", "teacher"].includes(space.me.role) ? (
          <Consents door={door} />
        ) : (
          <SpaceFrame door={door} section="members" title={t("consents.title")}>
            <EmptyState icon="lock-simple" title={t("pupils.onlyTeachers")} />
          </SpaceFrame>
        )
      }
    </SpacePage>
  );
}

function Consents({ door }: { door: FrontDoor }) {
  const { slug } = useSpace();
  const { asked, again } = useAsked(() => ownConsents(slug));
  return (
    <SpaceFrame
      door={door}
      section="members"
      title={t("consents.title")}
      intro={t("consents.intro")}
      acts={
        <ButtonLink icon="identification-card" href={`/twinspace/${encodeURIComponent(slug)}/pupils`}>
          {t("pupils.title")}
        </ButtonLink>
      }
    >
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {asked.state === "here" ? <Shown own={asked.value} again={again} /> : null}
    </SpaceFrame>
  );
}

function Shown({ own, again }: { own: OwnConsents; again: () => void }) {
  const { slug } = useSpace();
  if (own.pupils.length > 0) return <ConsentTable own={own} again={again} />;
  return (
    <EmptyState
      icon="seal-check"
      title={t("consents.none")}
      act={
        <ButtonLink look="filled" href={`/twinspace/${encodeURIComponent(slug)}/pupils`}>
          {t("pupils.title")}
        </ButtonLink>
      }
    >
      {t("consents.noneHint")}
    </EmptyState>
  );
}

const shownAtFirst = 100;

function ConsentTable({ own, again }: { own: OwnConsents; again: () => void }) {
  const { slug } = useSpace();
  const [words, setWords] = useState("");
  const [most, setMost] = useState(shownAtFirst);
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const [isRecording, setRecording] = useState(false);
  const [said, say] = useState("");
  const found = soughtPupils(own.pupils, words);
  const shown = found.slice(0, most);
  const picked = own.pupils.filter(({ id }) => chosen.has(id));
  const recorded = () => {
    say(t("consent.saved"));
    again();
  };
  // One cell; what stood there about paper and day was about the answer before.
  const one = useAct(
    (pupil: string, kind: ConsentKind, given: ConsentGiven | null) =>
      recordConsents(slug, { pupils: [pupil], kinds: [kind], given, evidence: "", validUntil: null }),
    recorded,
  );
  const toggle = (id: string, isChosen: boolean) =>
    choose((before) => new Set(isChosen ? [...before, id] : [...before].filter((other) => other !== id)));
  const columns: WorklistColumn<PupilConsents>[] = [
    ...(own.mayChange ? [boxes(chosen, toggle)] : []),
    {
      head: t("pupils.name"),
      names: true,
      cell: (pupil) => (
        <span className="consent-name">
          <bdi>{calledAt(pupil)}</bdi>
          <span className="soft small">{[pupil.alias, pupil.year].filter(Boolean).join(" · ")}</span>
        </span>
      ),
    },
    ...consentKinds.map(
      (kind): WorklistColumn<PupilConsents> => ({
        head: t(`consent.${kind}`),
        cell: (pupil) => (
          <ConsentCell
            pupil={pupil}
            kind={kind}
            mayChange={own.mayChange}
            record={(given) => one.run(pupil.id, kind, given)}
          />
        ),
      }),
    ),
  ];
  return (
    <>
      <SearchField
        label={t("pupils.search")}
        hint={t("pupils.searchHint")}
        words={words}
        onWords={setWords}
        nothing={found.length === 0 ? t("pupils.nobodyFound") : ""}
      />
      <StatusLine>{said}</StatusLine>
      <Trouble refusal={one.refusal} />
      {own.mayChange ? (
        <fieldset className="pupils-chosen" aria-label={t("pupils.chosen")}>
          <ChooseBox
            name={t("pupils.chooseAll")}
            label={t("pupils.chooseAll")}
            checked={shown.length > 0 && shown.every(({ id }) => chosen.has(id))}
            onChange={(all) => choose(new Set(all ? shown.map(({ id }) => id) : []))}
          />
          {picked.length === 0 ? null : (
            <Button size="small" icon="seal-check" onClick={() => setRecording(true)}>
              {t("consent.recordFor", { count: picked.length })}
            </Button>
          )}
        </fieldset>
      ) : null}
      <Worklist name={t("consents.title")} columns={columns} rows={shown} keyOf={({ id }) => id} />
      {found.length > most ? (
        <div className="form__acts">
          <Button icon="caret-down" onClick={() => setMost(most + shownAtFirst)}>
            {t("act.showMore")}
          </Button>
        </div>
      ) : null}
      {isRecording ? (
        <RecordConsentsDialog
          pupils={picked}
          onClose={() => setRecording(false)}
          done={() => {
            setRecording(false);
            choose(new Set());
            recorded();
          }}
        />
      ) : null}
    </>
  );
}

const boxes = (
  chosen: ReadonlySet<string>,
  toggle: (id: string, isChosen: boolean) => void,
): WorklistColumn<PupilConsents> => ({
  head: t("pupils.chosen"),
  quiet: true,
  cell: (pupil) => (
    <ChooseBox
      name={t("pupils.choose", { name: calledAt(pupil) })}
      checked={chosen.has(pupil.id)}
      onChange={(isChosen) => toggle(pupil.id, isChosen)}
    />
  ),
});
