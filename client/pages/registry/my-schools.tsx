import { useState } from "react";
import type { MySchools as Mine } from "../../../protocol/http/registry.ts";
import { endPlace, mySchools } from "../../api/registry.ts";
import { Button, ButtonLink } from "../../parts/button.tsx";
import { ConfirmDialog } from "../../parts/dialog.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Place } from "../../parts/place.tsx";
import { StatusLine } from "../../parts/said.tsx";
import { Tag, type Tone } from "../../parts/tag.tsx";
import { say, t, type WordKey } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useAct } from "../portal/use-act.ts";
import { useAsked } from "../portal/use-asked.ts";
import { useList } from "../portal/use-list.ts";
import { EvidenceForm } from "./evidence-form.tsx";
import { JoinDialog } from "./join-dialog.tsx";
import "./registry.css";

export type MySchool = Mine["schools"][number];

/** The schools I work at or have asked, what each waits for, and what I can do about it. */
export function MySchools() {
  const { asked, again, change } = useAsked(mySchools);
  const [said, tell] = useState<string>();
  return (
    <section className="home-part" aria-labelledby="my-schools">
      <header className="links-head">
        <h2 id="my-schools" className="home-head">
          {t("mySchools.title")}
        </h2>
        {asked.state === "here" && asked.value.schools.length > 0 ? (
          <ButtonLink size="small" icon="plus" href="/register">
            {t("register.another")}
          </ButtonLink>
        ) : null}
      </header>
      <StatusLine>{said}</StatusLine>
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {asked.state === "here" ? (
        <MySchoolRows
          mine={asked.value}
          changed={(mine, sentence) => {
            change(() => mine);
            tell(sentence);
          }}
        />
      ) : null}
    </section>
  );
}

export function MySchoolRows({
  mine,
  changed,
  opens = true,
}: {
  mine: Mine;
  /** With the way to the school's own page; on that page itself there is none. */
  opens?: boolean;
  changed: (mine: Mine, sentence: string | undefined) => void;
}) {
  if (mine.schools.length === 0) {
    return (
      <div className="card">
        <EmptyState
          icon="buildings"
          title={t("mySchools.none")}
          act={
            <ButtonLink look="filled" href="/register">
              {t("mySchools.register")}
            </ButtonLink>
          }
        >
          {t("mySchools.noneHint")}
        </EmptyState>
      </div>
    );
  }
  return (
    <ul className="rows" aria-label={t("mySchools.title")}>
      {mine.schools.map((one) => (
        <MySchoolRow key={one.place.id} one={one} opens={opens} changed={changed} />
      ))}
    </ul>
  );
}

interface Standing {
  tone: Tone;
  is: WordKey;
  /** What follows, or what to do. */
  hint?: WordKey;
  /** Somebody else's words: why, or what is wanted. */
  reason?: string;
}

/** How it stands: of the school where that is the reason, else of my place there. */
export function standingOf({ school, reason, place }: MySchool): Standing {
  if (school.state === "closed") return { tone: "bad", is: "mySchools.closed" };
  if (place.state === "refused") {
    return { tone: "bad", is: "mySchools.refused", hint: "mySchools.refusedHint", reason: place.reason };
  }
  if (school.state === "refused") {
    return { tone: "bad", is: "mySchools.schoolRefused", hint: "mySchools.schoolRefusedHint", reason };
  }
  if (school.state === "suspended") {
    return { tone: "bad", is: "mySchools.suspended", hint: "mySchools.suspendedHint", reason };
  }
  if (place.state === "evidenceWanted") {
    return { tone: "attention", is: "mySchools.evidenceWanted", reason: place.reason };
  }
  if (place.state === "active" && school.state === "validated") return { tone: "good", is: "mySchools.active" };
  const hint = place.evidence === "kept" ? "mySchools.evidenceKept" : "mySchools.askedHint";
  return { tone: "waiting", is: "mySchools.asked", hint };
}

interface RowGiven {
  one: MySchool;
  opens: boolean;
  changed: (mine: Mine, sentence: string | undefined) => void;
}

function MySchoolRow({ one, opens, changed }: RowGiven) {
  const { school, place } = one;
  const { name } = school;
  const roles = useList("staffRole");
  const standing = standingOf(one);
  return (
    <li className="row my-school">
      <div className="row__words">
        <strong className="my-school__name">{name}</strong>
        <span className="soft small">
          <Place country={school.country}>{school.town}</Place>
        </span>
        <span className="soft small">
          {[roles.labelOf(place.staffRole), ...(place.lead ? [t("mySchools.lead")] : [])].join(", ")}
        </span>
      </div>
      <div className="row__acts">
        <Tag tone={standing.tone}>{say(standing.is, {})}</Tag>
        <MySchoolActs one={one} opens={opens} changed={changed} />
      </div>
      {standing.reason ? <blockquote className="my-school__reason">{standing.reason}</blockquote> : null}
      {standing.hint === undefined ? null : <p className="my-school__more soft">{say(standing.hint, {})}</p>}
      {place.evidence === "deleted" && place.state !== "evidenceWanted" ? (
        <p className="my-school__more soft small">{t("mySchools.evidenceDeleted")}</p>
      ) : null}
      {place.state === "evidenceWanted" ? (
        <div className="my-school__more">
          <EvidenceForm school={name} membership={place.id} given={(mine) => changed(mine, t("evidence.given"))} />
        </div>
      ) : null}
    </li>
  );
}

function MySchoolActs({ one: { school, place }, opens, changed }: RowGiven) {
  const { name } = school;
  const [isEnding, askEnd] = useState(false);
  const [isJoining, join] = useState(false);
  const leaves = place.state === "active";
  const end = useAct(
    () => endPlace(place.id),
    (mine) => changed(mine, leaves ? t("mySchools.left", { school: name }) : t("mySchools.withdrawn")),
  );
  const isOver = place.state === "refused" || school.state === "closed";
  const mends = school.state === "refused" && !isOver;
  return (
    <>
      {isOver || !opens ? null : (
        <ButtonLink size="small" href={`/school/${encodeURIComponent(school.id)}`} look={mends ? "filled" : "outlined"}>
          {mends ? t("mySchools.mendName", { school: name }) : t("mySchools.openName", { school: name })}
        </ButtonLink>
      )}
      {place.state === "refused" && school.state !== "closed" ? (
        <Button size="small" aria-label={t("mySchools.againName", { school: name })} onClick={() => join(true)}>
          {t("mySchools.again")}
        </Button>
      ) : null}
      {isOver ? null : (
        <Button
          size="small"
          look="plain"
          aria-label={t(leaves ? "mySchools.leaveName" : "mySchools.withdrawName", { school: name })}
          onClick={() => askEnd(true)}
        >
          {t(leaves ? "mySchools.leave" : "mySchools.withdraw")}
        </Button>
      )}
      <Trouble refusal={end.refusal} />
      {isEnding ? (
        <ConfirmDialog
          title={t(leaves ? "mySchools.leaveAsk" : "mySchools.withdrawAsk", { school: name })}
          confirm={t(leaves ? "mySchools.leave" : "mySchools.withdraw")}
          onConfirm={() => end.run()}
          onClose={() => askEnd(false)}
        >
          <p>{t(leaves ? "mySchools.leaveHint" : "mySchools.withdrawHint")}</p>
        </ConfirmDialog>
      ) : null}
      {isJoining ? (
        <JoinDialog
          school={school}
          joined={(mine) => {
            join(false);
            changed(mine, undefined);
          }}
          onClose={() => join(false)}
        />
      ) : null}
    </>
  );
}
