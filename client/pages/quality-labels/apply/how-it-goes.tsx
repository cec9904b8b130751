import type { QualityLabelView } from "../../../../protocol/qualityLabels/applications.ts";
import { dayInWords } from "../../../words/days.ts";
import { t } from "../../../words/words.ts";

export const serviceName = ({ service }: Pick<QualityLabelView, "service">): string =>
  service.name || t("labelApply.goesToSomebody");

/** The way to the label, who reads it, and how often it can be tried. */
export function HowItGoes({ view }: { view: QualityLabelView }) {
  const { rubric, service } = view;
  return (
    <section className="card label-stack" aria-labelledby="how-it-goes">
      <h2 id="how-it-goes" className="home-head">
        {t("labelApply.howTitle")}
      </h2>
      <ol className="label-how">
        <li>{t("labelApply.how1")}</li>
        <li>{t("labelApply.how2", { count: rubric?.criteria.length ?? 0 })}</li>
        <li>{t("labelApply.how3")}</li>
      </ol>
      <p>{service.name === "" ? t("labelApply.goesToSomebody") : t("labelApply.goesTo", { service: service.name })}</p>
      <HowOften view={view} />
    </section>
  );
}

/** How many more in this school year, and until when where the project is closed. */
export function HowOften({ view: { year, lastDay } }: { view: QualityLabelView }) {
  const left = Math.max(0, year.most - year.sent);
  return (
    <>
      {left === 0 ? null : (
        <p className="soft small">
          {t("labelApply.yearLeft", { count: left, from: dayInWords(year.from), to: dayInWords(year.to) })}
        </p>
      )}
      {lastDay === null ? null : <p className="soft small">{t("labelApply.lastDay", { day: dayInWords(lastDay) })}</p>}
    </>
  );
}
