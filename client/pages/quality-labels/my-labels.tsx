import { useState } from "react";
import type { MyLabel } from "../../../protocol/qualityLabels/awards.ts";
import { badgePictureOf, labelPdfOf } from "../../api/labels.ts";
import { chooseForLabel, myLabels } from "../../api/quality-label-desk.ts";
import { isRefused, type Refusal } from "../../api.ts";
import { Switch } from "../../parts/field.tsx";
import { Icon } from "../../parts/icon.tsx";
import { longDate } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useAsked } from "../portal/use-asked.ts";
import "./my-labels.css";

/** The Quality Labels I hold, and what I choose to show of them. Nothing where I hold none. */
export function MyLabels() {
  const { asked, again, change } = useAsked(myLabels);
  const [refusal, setRefusal] = useState<Refusal>();
  /** At once; what is refused goes back to what it was. */
  const choose = async (code: string, choice: Pick<MyLabel, "shown" | "named">) => {
    change(({ labels }) => ({ labels: labels.map((one) => (one.code === code ? { ...one, ...choice } : one)) }));
    const answer = await chooseForLabel(code, choice);
    setRefusal(isRefused(answer) ? answer : undefined);
    if (isRefused(answer)) again();
  };
  if (asked.state !== "here" || asked.value.labels.length === 0) return null;
  return (
    <section className="card form" aria-labelledby="my-labels">
      <h2 id="my-labels">{t("myLabels.title")}</h2>
      <p className="soft">{t("myLabels.intro")}</p>
      <ul className="my-labels">
        {asked.value.labels.map((label) => (
          <li key={label.code}>
            <OneLabel label={label} choose={(choice) => void choose(label.code, choice)} />
          </li>
        ))}
      </ul>
      <Trouble refusal={refusal} />
    </section>
  );
}

function OneLabel({ label, choose }: { label: MyLabel; choose: (choice: Pick<MyLabel, "shown" | "named">) => void }) {
  const { code, project, school, issuedAt, revokedAt, shown, named } = label;
  return (
    <>
      <p className="my-labels__of">
        <Icon name={revokedAt === null ? "seal-check" : "warning-circle"} />
        <span>
          <a href={`/labels/${code}`} dir="auto">
            {project.title}
          </a>
          <br />
          <span className="soft small">
            {revokedAt === null
              ? t("myLabels.given", { date: longDate(issuedAt), school: school.name })
              : t("myLabels.revoked", { date: longDate(revokedAt) })}
          </span>
        </span>
      </p>
      {revokedAt !== null ? null : (
        <>
          <p className="my-labels__takings">
            <a href={labelPdfOf(code)} download aria-label={t("myLabels.certificateOf", { project: project.title })}>
              {t("myLabels.certificate")}
            </a>
            <a href={badgePictureOf(code)} download aria-label={t("myLabels.badgeOf", { project: project.title })}>
              {t("myLabels.badge")}
            </a>
          </p>
          <Switch
            label={t("myLabels.shown")}
            checked={shown}
            onChange={(event) => choose({ shown: event.target.checked, named })}
          />
          <Switch
            label={t("myLabels.named")}
            hint={t("myLabels.namedHint")}
            checked={named}
            onChange={(event) => choose({ shown, named: event.target.checked })}
          />
        </>
      )}
    </>
  );
}
