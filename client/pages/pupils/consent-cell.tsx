import type { ConsentGiven, ConsentKind, PupilConsents } from "../../../protocol/twinspace/consents.ts";
import { Icon } from "../../parts/icon.tsx";
import { calledAt } from "../../views/own-pupils.ts";
import { longDate } from "../../words/formats.ts";
import { t } from "../../words/words.ts";

/** In the order of the table. */
export const consentKinds: readonly ConsentKind[] = [
  "imageInside",
  "imagePublic",
  "voiceVideoLive",
  "recording",
  "nameInitial",
];
export const answers: readonly ConsentGiven[] = ["yes", "no", "withdrawn"];

/** One pupil's answer to one question: chosen where it stands, and recorded at once. */
export function ConsentCell({
  pupil,
  kind,
  mayChange,
  record,
}: {
  pupil: PupilConsents;
  kind: ConsentKind;
  mayChange: boolean;
  record: (given: ConsentGiven | null) => void;
}) {
  const consent = pupil.consents.find((one) => one.kind === kind);
  const given = consent?.given ?? "notAsked";
  const day = consent?.validUntil;
  return (
    <span className="consent-cell">
      {mayChange ? (
        <span className="select">
          <select
            className="input"
            aria-label={t("consent.cell", { kind: t(`consent.${kind}`), name: calledAt(pupil) })}
            value={given}
            onChange={(event) => record(answers.find((one) => one === event.target.value) ?? null)}
          >
            <option value="notAsked">{t("consent.notAsked")}</option>
            {answers.map((one) => (
              <option key={one} value={one}>
                {t(`consent.${one}`)}
              </option>
            ))}
          </select>
          <Icon name="caret-down" className="select__caret" />
        </span>
      ) : (
        t(`consent.${given}`)
      )}
      {day ? (
        <span className="soft small">
          {t(consent?.isOver ? "consent.over" : "consent.until", { day: longDate(Date.parse(`${day}T12:00:00`)) })}
        </span>
      ) : null}
      {consent?.evidence ? <span className="soft small">{consent.evidence}</span> : null}
    </span>
  );
}
