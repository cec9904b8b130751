import { useEffect, useRef, useState } from "react";
import type { QualityLabelView } from "../../../../protocol/qualityLabels/applications.ts";
import type { FrozenRubric } from "../../../../protocol/qualityLabels/frozen.ts";
import { labelPreview, submitApplication } from "../../../api/quality-label.ts";
import { Button } from "../../../parts/button.tsx";
import { ConfirmDialog } from "../../../parts/dialog.tsx";
import { Switch } from "../../../parts/field.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { type Part, partId } from "../../../views/label-progress.ts";
import { t } from "../../../words/words.ts";
import { Trouble } from "../../portal/trouble.tsx";
import { useAct } from "../../portal/use-act.ts";
import { useAsked } from "../../portal/use-asked.ts";
import { CopyRead } from "./copy-read.tsx";
import { serviceName } from "./how-it-goes.tsx";
import { partName, wantsInWords } from "./progress.tsx";

interface PreviewGiven {
  slug: string;
  view: QualityLabelView;
  rubric: FrozenRubric;
  /** As it was looked at: exactly that is sent. */
  version: number;
  parts: readonly Part[];
  /** To writing, and there to this part. */
  back: (id?: string) => void;
  sent: (view: QualityLabelView) => void;
}

/** Exactly what reviewers would see, and below it what is missing, or sending it. */
export function Preview({ slug, view, rubric, version, parts, back, sent }: PreviewGiven) {
  const { asked, again } = useAsked(() => labelPreview(slug));
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const missing = parts.filter(({ wants }) => wants.length > 0);
  return (
    <>
      <p>
        <button type="button" className="label-back label-back--button" onClick={() => back()}>
          <Icon name="arrow-left" />
          {t("labelApply.backToText")}
        </button>
      </p>
      <h2 ref={heading} tabIndex={-1}>
        {t("labelApply.preview")}
      </h2>
      <p className="soft">{t("labelApply.previewHint")}</p>
      {missing.length === 0 ? null : <Still parts={missing} rubric={rubric} back={back} />}
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {asked.state === "here" ? (
        <section className="card" aria-label={t("labelApply.copyOf")}>
          <CopyRead copy={asked.value.copy} />
        </section>
      ) : null}
      {asked.state === "here" && missing.length === 0 && view.obstacles.length === 0 ? (
        <Sending slug={slug} view={view} version={version} sent={sent} />
      ) : null}
    </>
  );
}

/** Everything that is missing, each with the way to it. */
function Still({ parts, rubric, back }: { parts: readonly Part[]; rubric: FrozenRubric; back: PreviewGiven["back"] }) {
  return (
    <section className="card label-stack label-still" aria-labelledby="still">
      <h3 id="still">{t("labelApply.still")}</h3>
      <ul>
        {parts.map((part) => (
          <li key={part.code}>
            <a
              href={`#${partId(part.code)}`}
              onClick={(event) => {
                event.preventDefault();
                back(partId(part.code));
              }}
            >
              <Icon name="circle-dashed" />
              {t("labelApply.stillPart", { part: partName(part, rubric), wants: wantsInWords(part.wants) })}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Sending({ slug, view, version, sent }: Pick<PreviewGiven, "slug" | "view" | "version" | "sent">) {
  const [named, agree] = useState(false);
  const [isAsking, ask] = useState(false);
  const sending = useAct(() => submitApplication(slug, { base: version, named }), sent);
  return (
    <section className="card label-stack" aria-labelledby="sending">
      <h2 id="sending">{t("labelApply.sendTitle")}</h2>
      <Switch
        label={t("labelApply.named")}
        hint={t("labelApply.namedHint")}
        checked={named}
        onChange={({ target }) => agree(target.checked)}
      />
      <div className="form__acts">
        <Button look="filled" icon="paper-plane-right-fill" aria-disabled={sending.busy} onClick={() => ask(true)}>
          {t("labelApply.send")}
        </Button>
      </div>
      <Trouble refusal={sending.refusal} />
      {isAsking ? (
        <ConfirmDialog
          title={t("labelApply.sendAsk")}
          confirm={t("labelApply.sendNow")}
          danger={false}
          onConfirm={() => sending.run()}
          onClose={() => ask(false)}
        >
          <ul className="label-then">
            <li>{t("labelApply.then1", { service: serviceName(view) })}</li>
            <li>{t("labelApply.then2")}</li>
            <li>{t("labelApply.then3", { number: view.year.sent + 1, most: view.year.most })}</li>
            <li>{t("labelApply.then4")}</li>
          </ul>
        </ConfirmDialog>
      ) : null}
    </section>
  );
}
