import { useState } from "react";
import type {
  CandidateEntry,
  Candidates,
  ChosenPiece,
  EvidenceChoice,
} from "../../../../protocol/qualityLabels/applications.ts";
import type { Criterion } from "../../../../protocol/qualityLabels/frozen.ts";
import { Button, ButtonLink } from "../../../parts/button.tsx";
import { Checkbox } from "../../../parts/field.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { chosenOf, mostPieces, pieceKey } from "../../../views/label-application.ts";
import { showable } from "../../../views/label-progress.ts";
import { personName } from "../../../views/people-of-space.ts";
import { kindIcons } from "../../../views/report-entry.ts";
import { sectionPath } from "../../../views/space-sections.ts";
import { dayInWords } from "../../../words/days.ts";
import { t } from "../../../words/words.ts";
import { evidenceIcons } from "../../reports/entry-words.tsx";
import { criterionName } from "../score-fields.tsx";
import type { LabelForm } from "./use-application.ts";

/** So many entries stand there at first, and all that something is chosen of. */
const fewEntries = 5;

/** What is shown for a criterion: entries that are tagged with it, and what they show, to be ticked. */
export function ChosenEvidence({
  form,
  criterion,
  candidates,
  slug,
}: {
  form: LabelForm;
  criterion: Criterion;
  candidates: Candidates | undefined;
  slug: string;
}) {
  const { code, leastPoints } = criterion;
  const [isWhole, showWhole] = useState(false);
  const chosen = chosenOf(form.now, code);
  const entries = candidates?.entries.filter(({ criteria }) => criteria.includes(code)) ?? [];
  const choose = (pieces: readonly ChosenPiece[]) => {
    form.type(`chosen.${code}`, pieces);
    form.left();
  };
  const tick = (piece: ChosenPiece, isOn: boolean) => {
    const others = chosen.filter((one) => pieceKey(one) !== pieceKey(piece));
    choose(isOn ? [...others, piece] : others);
  };
  const hasChosen = ({ id }: CandidateEntry) => chosen.some(({ entry }) => entry === id);
  const seen = isWhole ? entries : entries.filter((entry, index) => index < fewEntries || hasChosen(entry));
  const isFull = chosen.length >= mostPieces;
  return (
    <fieldset className="field label-evidence">
      <legend className="field__label">{t("labelApply.show", { criterion: criterionName(criterion) })}</legend>
      {entries.length === 0 ? null : <p className="field__hint">{t("labelApply.showHint")}</p>}
      {leastPoints > 0 && chosen.length === 0 ? (
        <p className="label-evidence__needed">
          <Icon name="flag-banner" />
          {t("labelApply.showNeeded")}
        </p>
      ) : null}
      {candidates === undefined ? <p role="status">{t("app.loading")}</p> : null}
      {candidates !== undefined && entries.length === 0 ? <NothingTagged slug={slug} /> : null}
      {seen.length === 0 ? null : (
        <ul className="label-evidence__entries">
          {seen.map((entry) => (
            <li key={entry.id}>
              <Entry entry={entry} chosen={chosen} tick={tick} isFull={isFull} />
            </li>
          ))}
        </ul>
      )}
      {seen.length < entries.length ? (
        <Button size="small" onClick={() => showWhole(true)}>
          {t("labelApply.showAll", { count: entries.length })}
        </Button>
      ) : null}
      {isFull ? <p className="field__hint">{t("labelApply.full", { count: mostPieces })}</p> : null}
      <Away candidates={candidates} code={code} chosen={chosen} choose={choose} />
      <NotShared candidates={candidates} code={code} slug={slug} />
    </fieldset>
  );
}

function NothingTagged({ slug }: { slug: string }) {
  return (
    <div className="label-evidence__none">
      <p>
        <strong>{t("labelApply.nothingTagged")}</strong> {t("labelApply.nothingTaggedHint")}
      </p>
      <p>
        <ButtonLink size="small" icon="bookmark-simple" href={sectionPath(slug, "report")}>
          {t("labelApply.toReport")}
        </ButtonLink>
      </p>
    </div>
  );
}

interface Ticking {
  entry: CandidateEntry;
  chosen: readonly ChosenPiece[];
  tick: (piece: ChosenPiece, isOn: boolean) => void;
  /** No more can be ticked. */
  isFull: boolean;
}

function Entry({ entry, chosen, tick, isFull }: Ticking) {
  const { id, kind, title, day, author, beginning, evidence } = entry;
  const itself = { entry: id, evidence: null };
  const isOn = chosen.some((one) => pieceKey(one) === id);
  const about = [t(`reports.kind.${kind}`), dayInWords(day)];
  if (author !== null) about.push(t("labelApply.by", { name: personName(author) }));
  return (
    <div className="label-candidate" data-on={isOn || undefined}>
      <Icon name={kindIcons[kind]} />
      <div className="label-candidate__words">
        <Checkbox
          label={title.trim() || t("reports.untitled")}
          hint={about.join(" · ")}
          checked={isOn}
          disabled={isFull && !isOn}
          onChange={({ target }) => tick(itself, target.checked)}
        />
        {beginning === "" ? null : (
          <p className="soft small label-candidate__beginning" dir="auto">
            {beginning}
          </p>
        )}
        {evidence.length === 0 ? null : (
          <ul className="label-candidate__evidence">
            {evidence.map((choice) => (
              <li key={pieceKey({ entry: id, evidence: choice.shown.evidence })}>
                <OneThing choice={choice} entry={entry} chosen={chosen} tick={tick} isFull={isFull} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

function OneThing({ choice, entry, chosen, tick, isFull }: Ticking & { choice: EvidenceChoice }) {
  const { shown, why, heldBack } = choice;
  const piece = { entry: entry.id, evidence: shown.evidence };
  const isOn = chosen.some((one) => pieceKey(one) === pieceKey(piece));
  const hint = why !== null ? t(`labelApply.why.${why}`) : heldBack ? t("labelApply.heldBack") : undefined;
  const cannot = why === "gone" || why === "notOpen";
  return (
    <div className="label-thing">
      {shown.image === null ? (
        <Icon name={evidenceIcons[shown.evidence.kind]} />
      ) : (
        <img
          src={shown.image.sizes.includes(320) ? `${shown.image.src}?size=320` : shown.image.src}
          alt=""
          loading="lazy"
        />
      )}
      <Checkbox
        label={shown.title.trim() || t("reports.notThere")}
        hint={hint}
        checked={isOn}
        disabled={!isOn && (isFull || cannot)}
        onChange={({ target }) => tick(piece, target.checked)}
      />
    </div>
  );
}

/** What was chosen and cannot be shown any more: its entry is gone, taken back, or has lost its tag. */
function Away({
  candidates,
  code,
  chosen,
  choose,
}: {
  candidates: Candidates | undefined;
  code: string;
  chosen: readonly ChosenPiece[];
  choose: (pieces: readonly ChosenPiece[]) => void;
}) {
  if (candidates === undefined) return null;
  const there = showable(candidates, code);
  const kept = chosen.filter((piece) => there.has(pieceKey(piece)));
  const count = chosen.length - kept.length;
  if (count === 0) return null;
  return (
    <p className="label-evidence__away">
      <Icon name="warning-circle" />
      <span>{t("labelApply.away", { count })}</span>
      <Button size="small" onClick={() => choose(kept)}>
        {t("labelApply.takeAway")}
      </Button>
    </p>
  );
}

function NotShared({ candidates, code, slug }: { candidates: Candidates | undefined; code: string; slug: string }) {
  const count = candidates?.notShared.find(({ criterion }) => criterion === code)?.entries ?? 0;
  if (count === 0) return null;
  return (
    <p className="soft small">
      {t("labelApply.notShared", { count })} <a href={sectionPath(slug, "report")}>{t("labelApply.shareThem")}</a>
    </p>
  );
}
