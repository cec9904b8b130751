import { useState } from "react";
import { pupilsAtOnce } from "../../../protocol/twinspace/pupilLimits.ts";
import type { LoginCards, OwnPupil, OwnPupils, PupilAct } from "../../../protocol/twinspace/pupils.ts";
import { erasePupil, pupilRecordAt } from "../../api/space/leaving.ts";
import { actOnPupils } from "../../api/space/pupils.ts";
import { isRefused } from "../../api.ts";
import { Button } from "../../parts/button.tsx";
import { ConfirmDialog } from "../../parts/dialog.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Menu, type MenuAct } from "../../parts/menu.tsx";
import { Picture } from "../../parts/picture.tsx";
import { StatusLine } from "../../parts/said.tsx";
import { Tag } from "../../parts/tag.tsx";
import { Worklist, type WorklistColumn } from "../../parts/worklist.tsx";
import { calledAt, soughtPupils } from "../../views/own-pupils.ts";
import { dayName, longDate } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { SearchField } from "../portal/found-rows.tsx";
import { Trouble } from "../portal/trouble.tsx";
import { useAct } from "../portal/use-act.ts";
import { useSpace } from "../twinspace/space-page.tsx";
import { ChangePupilDialog } from "./change-pupil.tsx";
import { ChooseBox } from "./choose-box.tsx";
import { NewCardsDialog } from "./new-cards-dialog.tsx";

/** More are drawn when they are asked for. */
const shownAtFirst = 100;
const undoOf: Readonly<Record<PupilAct, PupilAct>> = { lock: "unlock", unlock: "lock", end: "restore", restore: "end" };

interface Does {
  act: (act: PupilAct, pupils: readonly OwnPupil[]) => void;
  change: (pupil: OwnPupil) => void;
  newCards: (pupils: readonly OwnPupil[]) => void;
  /** Saves what they made as a file. */
  record: (pupil: OwnPupil) => void;
  /** Asks first. */
  erase: (pupil: OwnPupil) => void;
}

/** All pupils of one's own school: sought by name, chosen for what is done to several, each with its own acts. */
export function PupilList({
  own,
  again,
  change,
  show,
}: {
  own: OwnPupils;
  again: () => void;
  change: (changed: (own: OwnPupils) => OwnPupils) => void;
  show: (cards: LoginCards) => void;
}) {
  const { slug } = useSpace();
  const [words, setWords] = useState("");
  const [most, setMost] = useState(shownAtFirst);
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const [dialog, setDialog] = useState<
    { is: "change"; pupil: OwnPupil } | { is: "cards"; pupils: readonly OwnPupil[] }
  >();
  const [said, say] = useState<{ text: string; undo?: () => void }>();
  const found = soughtPupils(own.pupils, words);
  const shown = found.slice(0, most);
  const picked = own.pupils.filter(({ id }) => chosen.has(id));

  const acting = useAct(
    async (act: PupilAct, pupils: readonly OwnPupil[]) => {
      const ids = pupils.map(({ id }) => id);
      for (let from = 0; from < ids.length; from += pupilsAtOnce) {
        const answer = await actOnPupils(slug, { act, pupils: ids.slice(from, from + pupilsAtOnce) });
        if (isRefused(answer)) return answer;
      }
      return { value: undefined };
    },
    (_nothing, act, pupils) => {
      again();
      choose(new Set());
      say({ text: t(`pupils.did.${act}`, { count: pupils.length }), undo: () => acting.run(undoOf[act], pupils) });
    },
  );
  const [erased, setErased] = useState<OwnPupil>();
  const erasing = useAct((pupil: OwnPupil) => erasePupil(slug, pupil.id), again);
  const does: Does = {
    act: acting.run,
    change: (pupil) => setDialog({ is: "change", pupil }),
    newCards: (pupils) => setDialog({ is: "cards", pupils }),
    record: ({ id }) => location.assign(pupilRecordAt(slug, id)),
    erase: setErased,
  };

  return (
    <>
      <SearchField
        label={t("pupils.search")}
        hint={t("pupils.searchHint")}
        words={words}
        onWords={setWords}
        nothing={found.length === 0 ? t("pupils.nobodyFound") : ""}
      />
      <StatusLine>
        {said === undefined ? null : (
          <>
            {said.text}{" "}
            {said.undo === undefined ? null : (
              <Button size="small" icon="arrow-counter-clockwise" onClick={said.undo}>
                {t("act.undo")}
              </Button>
            )}
          </>
        )}
      </StatusLine>
      <Trouble refusal={acting.refusal ?? erasing.refusal} />
      {own.mayChange ? <ChosenActs shown={shown} picked={picked} choose={choose} does={does} /> : null}
      <Worklist
        name={t("pupils.title")}
        columns={columnsFor(own.mayChange, chosen, choose, does)}
        rows={shown}
        keyOf={({ id }) => id}
        waits={({ lock }) => lock === "tries"}
      />
      {found.length > most ? (
        <div className="form__acts">
          <Button icon="caret-down" onClick={() => setMost(most + shownAtFirst)}>
            {t("act.showMore")}
          </Button>
        </div>
      ) : null}
      {dialog?.is === "change" ? (
        <ChangePupilDialog
          pupil={dialog.pupil}
          onClose={() => setDialog(undefined)}
          changed={(pupil) => {
            setDialog(undefined);
            say({ text: t("pupils.changed") });
            change((before) => ({
              ...before,
              pupils: before.pupils.map((one) => (one.id === pupil.id ? pupil : one)),
            }));
          }}
        />
      ) : null}
      {erased === undefined ? null : (
        <ConfirmDialog
          title={t("leaving.eraseAsk")}
          confirm={t("leaving.eraseName")}
          onConfirm={() => erasing.run(erased)}
          onClose={() => setErased(undefined)}
        >
          <p>{t("leaving.eraseHint")}</p>
        </ConfirmDialog>
      )}
      {dialog?.is === "cards" ? (
        <NewCardsDialog pupils={dialog.pupils} onClose={() => setDialog(undefined)} made={show} />
      ) : null}
    </>
  );
}

/** What is done to several at once. */
function ChosenActs({
  shown,
  picked,
  choose,
  does,
}: {
  shown: readonly OwnPupil[];
  picked: readonly OwnPupil[];
  choose: (chosen: ReadonlySet<string>) => void;
  does: Does;
}) {
  const active = picked.filter(({ state }) => state === "active");
  const locked = active.filter(({ lock }) => lock !== null);
  const open = active.filter(({ lock }) => lock === null);
  return (
    <fieldset className="pupils-chosen" aria-label={t("pupils.chosen")}>
      <ChooseBox
        name={t("pupils.chooseAll")}
        label={t("pupils.chooseAll")}
        checked={shown.length > 0 && shown.every((one) => picked.includes(one))}
        onChange={(all) => choose(new Set(all ? shown.map(({ id }) => id) : []))}
      />
      {picked.length === 0 ? null : (
        <>
          <span>{t("pupils.chosenCount", { count: picked.length })}</span>
          {active.length === 0 ? null : (
            <Button size="small" icon="identification-card" onClick={() => does.newCards(active)}>
              {t("pupils.newCards")}
            </Button>
          )}
          {open.length === 0 ? null : (
            <Button size="small" icon="lock-simple" onClick={() => does.act("lock", open)}>
              {t("pupils.lock")}
            </Button>
          )}
          {locked.length === 0 ? null : (
            <Button size="small" icon="lock-simple-open" onClick={() => does.act("unlock", locked)}>
              {t("pupils.unlock")}
            </Button>
          )}
          {active.length === 0 ? null : (
            <Button size="small" look="danger" icon="user-minus" onClick={() => does.act("end", active)}>
              {t("pupils.end")}
            </Button>
          )}
        </>
      )}
    </fieldset>
  );
}

function columnsFor(
  mayChange: boolean,
  chosen: ReadonlySet<string>,
  choose: (chosen: ReadonlySet<string>) => void,
  does: Does,
): WorklistColumn<OwnPupil>[] {
  const boxes: WorklistColumn<OwnPupil> = {
    head: t("pupils.chosen"),
    quiet: true,
    cell: (pupil) => (
      <ChooseBox
        name={t("pupils.choose", { name: calledAt(pupil) })}
        checked={chosen.has(pupil.id)}
        onChange={(isChosen) => {
          const next = new Set(chosen);
          if (isChosen) next.add(pupil.id);
          else next.delete(pupil.id);
          choose(next);
        }}
      />
    ),
  };
  const acts: WorklistColumn<OwnPupil> = {
    head: t("pupils.acts"),
    quiet: true,
    cell: (pupil) => (
      <Menu
        name={t("pupils.actsFor", { name: calledAt(pupil) })}
        className="button button--plain button--icon"
        trigger={<Icon name="dots-three-vertical" />}
        acts={actsFor(pupil, does)}
      />
    ),
  };
  return [
    ...(mayChange ? [boxes] : []),
    { head: t("pupils.name"), names: true, cell: ({ name }) => <bdi>{name ?? t("pupils.unreadable")}</bdi> },
    {
      head: t("pupils.alias"),
      cell: ({ alias, picture, role }) => (
        <span className="pupils-alias">
          <Picture name={picture} />
          <bdi>{alias}</bdi>
          {role === "pupilAdmin" ? <Tag>{t("pupils.roleAdmin")}</Tag> : null}
        </span>
      ),
    },
    { head: t("pupils.year"), cell: ({ year }) => year || "–" },
    {
      head: t("pupils.lastSeen"),
      cell: ({ seenAt }) => (seenAt === null ? t("pupils.never") : dayName(seenAt, Date.now())),
    },
    { head: t("pupils.state"), cell: (pupil) => <State pupil={pupil} /> },
    ...(mayChange ? [acts] : []),
  ];
}

function State({ pupil: { state, lock, erasedAt } }: { pupil: OwnPupil }) {
  if (state === "ended") {
    return (
      <span>
        <Tag>{t("pupils.stateEnded")}</Tag>{" "}
        {erasedAt === null ? null : (
          <span className="soft small">{t("pupils.erased", { day: longDate(erasedAt) })}</span>
        )}
      </span>
    );
  }
  if (lock === "teacher") {
    return (
      <Tag tone="bad" icon="lock-simple">
        {t("pupils.stateLocked")}
      </Tag>
    );
  }
  if (lock === "tries") {
    return (
      <Tag tone="attention" icon="warning">
        {t("pupils.stateGuessed")}
      </Tag>
    );
  }
  return (
    <Tag tone="good" icon="check">
      {t("pupils.stateActive")}
    </Tag>
  );
}

function actsFor(pupil: OwnPupil, does: Does): MenuAct[] {
  const record: MenuAct = {
    label: t("leaving.ofPupil"),
    icon: "download-simple",
    onPress: () => does.record(pupil),
  };
  if (pupil.state === "ended") {
    return [
      { label: t("pupils.restore"), icon: "arrow-counter-clockwise", onPress: () => does.act("restore", [pupil]) },
      record,
      {
        label: t("leaving.erase"),
        name: t("leaving.eraseName"),
        icon: "trash",
        danger: true,
        onPress: () => does.erase(pupil),
      },
    ];
  }
  const lock: MenuAct =
    pupil.lock === null
      ? { label: t("pupils.lock"), icon: "lock-simple", onPress: () => does.act("lock", [pupil]) }
      : { label: t("pupils.unlock"), icon: "lock-simple-open", onPress: () => does.act("unlock", [pupil]) };
  return [
    { label: t("pupils.change"), icon: "pencil-simple", onPress: () => does.change(pupil) },
    { label: t("pupils.newCard"), icon: "identification-card", onPress: () => does.newCards([pupil]) },
    record,
    lock,
    { label: t("pupils.end"), icon: "user-minus", danger: true, onPress: () => does.act("end", [pupil]) },
  ];
}
