import type { BeginObstacle, QualityLabelView } from "../../../../protocol/qualityLabels/applications.ts";
import { Icon } from "../../../parts/icon.tsx";
import { sectionPath } from "../../../views/space-sections.ts";
import { dayInWords } from "../../../words/days.ts";
import { t } from "../../../words/words.ts";

/** Why no application can be begun or sent now, and what is possible instead. Nothing where nothing stands in the way. */
export function InTheWay({ slug, view }: { slug: string; view: QualityLabelView }) {
  const [first] = view.obstacles;
  if (first === undefined) return null;
  return (
    <section className="card label-stack" aria-labelledby="in-the-way">
      <h2 id="in-the-way" className="label-not">
        <Icon name="info" />
        <span>{t(`labelApply.not.${first}`)}</span>
      </h2>
      <p>{whyOf(first, view)}</p>
      <h3>{t("labelApply.instead")}</h3>
      <ul className="label-instead">
        {insteadOf(first, slug, view).map(({ words, href }) => (
          <li key={href}>
            <a href={href}>
              <Icon name="arrow-right" className="turns" />
              {words}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function whyOf(obstacle: BeginObstacle, { scope, year }: QualityLabelView): string {
  switch (obstacle) {
    case "onlyEuropean":
      return t(
        scope === "sameSchool" ? "labelApply.not.onlyEuropeanSameSchool" : "labelApply.not.onlyEuropeanNational",
      );
    case "yearFull":
      return t("labelApply.not.yearFullHint", {
        ...{ sent: year.sent, from: dayInWords(year.from) },
        to: dayInWords(dayAfter(year.to)),
      });
    default:
      return t(`labelApply.not.${obstacle}Hint`);
  }
}

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

function insteadOf(obstacle: BeginObstacle, slug: string, { scope }: QualityLabelView) {
  const report = sectionPath(slug, "report");
  const project = { words: t("labelApply.instead.label"), href: `/projects/${encodeURIComponent(slug)}` };
  const show = { words: t("labelApply.instead.public"), href: `${report}/public` };
  const back = { words: t("labelApply.instead.report"), href: report };
  if (obstacle === "onlyEuropean") {
    const partner = { words: t("labelApply.instead.partner"), href: "/partners" };
    return scope === "sameSchool" ? [show, partner] : [project, show, partner];
  }
  if (obstacle === "alreadyGranted") return [{ words: t("labelApply.instead.account"), href: "/account" }, show];
  return [show, back];
}
