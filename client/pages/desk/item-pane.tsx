import { useEffect, useRef, useState } from "react";
import type { Me } from "../../../protocol/http/accounts.ts";
import type { DeskItemSeen, DeskRef } from "../../../protocol/http/desk.ts";
import { deskItem, undoDecision } from "../../api/desk.ts";
import { Button, ButtonLink } from "../../parts/button.tsx";
import { Place } from "../../parts/place.tsx";
import { Tag } from "../../parts/tag.tsx";
import { ageInWords, stateOfItem } from "../../views/desk.ts";
import { countryName } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { timeIn } from "../../words/zoned.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useAct } from "../portal/use-act.ts";
import { useAsked } from "../portal/use-asked.ts";
import { Decisions } from "./decisions.tsx";
import { Notes } from "./notes.tsx";
import { PersonFacts } from "./person-facts.tsx";
import { ProjectFacts } from "./project-facts.tsx";
import { SchoolFacts } from "./school-facts.tsx";

/** What is open at the right: what was sent, what can be decided, what was done. */
export function ItemPane({
  item,
  me,
  twoPersons,
  changed,
  close,
}: {
  item: DeskRef;
  me: Me;
  twoPersons: boolean;
  /** Something was decided; said in this sentence. */
  changed: (sentence: string) => void;
  close: () => void;
}) {
  const { asked, again, change } = useAsked(() => deskItem(item));
  const top = useRef<HTMLElement>(null);
  const isHere = asked.state === "here";
  // Whoever opened it by keyboard goes on reading here.
  useEffect(() => {
    if (isHere) top.current?.focus();
  }, [isHere]);
  if (asked.state === "refused") {
    return (
      <div className="card desk-item">
        <Trouble refusal={asked.refusal} again={again} />
        <Button icon="arrow-left" onClick={close}>
          {t("desk.back")}
        </Button>
      </div>
    );
  }
  if (!isHere) return <p role="status">{t("app.loading")}</p>;
  const seen = asked.value;
  return (
    <section className="card desk-item" ref={top} tabIndex={-1} aria-labelledby="desk-item">
      <div className="desk-item__back">
        <ButtonLink size="small" look="plain" icon="arrow-left" href="#">
          {t("desk.back")}
        </ButtonLink>
      </div>
      <Head seen={seen} />
      <Decisions
        seen={seen}
        twoPersons={twoPersons}
        decided={(sentence) => {
          // The button that was pressed goes away.
          top.current?.focus();
          again();
          changed(sentence);
        }}
      />
      <UndoPart
        zone={me.timeZone}
        seen={seen}
        undone={(now) => {
          top.current?.focus();
          change(() => now);
          changed(t("desk.undone", { title: now.item.title }));
        }}
      />
      <h3>{t("desk.what")}</h3>
      {seen.school === null ? null : <SchoolFacts school={seen.school} zone={me.timeZone} country={item.country} />}
      {seen.person === null ? null : (
        <PersonFacts person={seen.person} place={item.id} country={item.country} zone={me.timeZone} />
      )}
      {seen.project === null ? null : <ProjectFacts project={seen.project} />}
      <Notes seen={seen} zone={me.timeZone} noted={(now) => change(() => now)} />
    </section>
  );
}

function Head({ seen: { item, reason } }: { seen: DeskItemSeen }) {
  const { tone, words } = stateOfItem(item);
  return (
    <header className="desk-item__head">
      <h2 id="desk-item">{item.title}</h2>
      <p className="desk-item__about">
        <Place country={item.country}>{countryName(item.country)}</Place>
        <span>{t(`desk.kindOf.${item.kind}`)}</span>
        <Tag tone={tone}>{words}</Tag>
        <span className="soft">{ageInWords(item.since, Date.now())}</span>
      </p>
      {reason === "" ? null : <p className="desk-item__reason">{t("desk.why", { reason })}</p>}
    </header>
  );
}

function UndoPart({ seen, zone, undone }: { seen: DeskItemSeen; zone: string; undone: (seen: DeskItemSeen) => void }) {
  const { item, undoUntil } = seen;
  const [isOver, setOver] = useState(undoUntil === null || undoUntil <= Date.now());
  useEffect(() => {
    if (undoUntil === null) return setOver(true);
    setOver(undoUntil <= Date.now());
    const timer = setTimeout(() => setOver(true), Math.max(0, undoUntil - Date.now()));
    return () => clearTimeout(timer);
  }, [undoUntil]);
  const { kind, id, country } = item;
  const undo = useAct(() => undoDecision({ kind, id, country }), undone);
  if (isOver || undoUntil === null) return null;
  return (
    <div className="desk-undo">
      <Button size="small" icon="arrow-counter-clockwise" aria-disabled={undo.busy} onClick={undo.run}>
        {t("desk.undo")}
      </Button>
      <p className="soft small">{t("desk.undoHint", { time: timeIn(undoUntil, zone) })}</p>
      <Trouble refusal={undo.refusal} />
    </div>
  );
}
