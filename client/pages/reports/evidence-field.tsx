import { lazy, Suspense, useState } from "react";
import { type Evidence, mostEvidence, type ShownEvidence } from "../../../protocol/reports/entries.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { t } from "../../words/words.ts";
import { ChooseMaterial } from "../twinspace/choose-material.tsx";
import { evidenceIcons, evidenceKey } from "./entry-words.tsx";
import type { FieldGiven } from "./fields.tsx";

/** Few open them, and a replay's chapters weigh. */
const PageDialog = lazy(() => import("./page-dialog.tsx"));
const MomentDialog = lazy(() => import("./moment-dialog.tsx"));
const LinkDialog = lazy(() => import("./link-dialog.tsx"));

type Choosing = Evidence["kind"];
const ways = [
  ["material", "image"],
  ["page", "file-text"],
  ["moment", "play-fill"],
  ["link", "link-simple"],
] as const;

/** What there is to be seen of it: materials, pages, a moment of a replay, addresses elsewhere. */
export function EvidenceControl({ form, error }: FieldGiven) {
  const [choosing, choose] = useState<Choosing>();
  /** What was chosen here is not named by the server yet. */
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const value = form.now.fields.evidence.value as readonly Evidence[]; // The field's own kind, which the union forgets.
  const close = () => choose(undefined);
  const add = (evidence: Evidence, name: string) => {
    const key = evidenceKey(evidence);
    setNames((before) => new Map(before).set(key, name));
    if (!value.some((one) => evidenceKey(one) === key)) form.type("evidence", [...value, evidence]);
    form.left();
    close();
  };
  const shownOf = (evidence: Evidence): ShownEvidence | undefined =>
    form.entry.evidence.find((one) => evidenceKey(one.evidence) === evidenceKey(evidence));
  return (
    <fieldset className="field report-evidence" data-wrong={error !== undefined || undefined}>
      <legend className="field__label">{t("reports.field.evidence")}</legend>
      <p className="field__hint">{t("reports.evidenceHint")}</p>
      {value.length === 0 ? null : (
        <ul className="report-evidence__chosen">
          {value.map((evidence) => {
            const key = evidenceKey(evidence);
            const shown = shownOf(evidence);
            const name = shown?.title || names.get(key) || t("reports.notThere");
            return (
              <li key={key}>
                {shown?.image ? (
                  <img
                    src={shown.image.sizes.includes(320) ? `${shown.image.src}?size=320` : shown.image.src}
                    alt=""
                    loading="lazy"
                  />
                ) : (
                  <Icon name={evidenceIcons[evidence.kind]} />
                )}
                <bdi>{name}</bdi>
                <IconButton
                  icon="x"
                  size="small"
                  name={t("reports.evidenceAway", { name })}
                  onClick={() => {
                    form.type(
                      "evidence",
                      value.filter((one) => evidenceKey(one) !== key),
                    );
                    form.left();
                  }}
                />
              </li>
            );
          })}
        </ul>
      )}
      {value.length >= mostEvidence ? (
        <p className="field__hint">{t("reports.evidenceFull", { count: mostEvidence })}</p>
      ) : (
        <div className="report-evidence__ways">
          {ways.map(([kind, icon]) => (
            <Button key={kind} size="small" icon={icon} onClick={() => choose(kind)}>
              {t(`reports.evidence.${kind}`)}
            </Button>
          ))}
        </div>
      )}
      {error === undefined ? null : (
        <p className="field__error">
          <Icon name="warning-circle" />
          {error}
        </p>
      )}
      {choosing === "material" ? (
        <ChooseMaterial onClose={close} onChosen={({ id, name }) => add({ kind: "material", id }, name)} />
      ) : null}
      <Suspense fallback={null}>
        {choosing === "page" ? <PageDialog onClose={close} onChosen={add} /> : null}
        {choosing === "moment" ? <MomentDialog onClose={close} onChosen={add} /> : null}
        {choosing === "link" ? <LinkDialog onClose={close} onChosen={add} /> : null}
      </Suspense>
    </fieldset>
  );
}
