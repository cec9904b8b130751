import type { Beginnings } from "../../../protocol/twinspace/news.ts";
import type { SpaceView } from "../../../protocol/twinspace/space.ts";
import { Icon } from "../../parts/icon.tsx";
import { isAdminRole } from "../../views/roles-of-space.ts";
import { sectionPath } from "../../views/space-sections.ts";
import { t } from "../../words/words.ts";

type Step = keyof Beginnings;

/** What to do first, with what is done ticked; gone once all of it is. */
export function FirstSteps({ space, beginnings }: { space: SpaceView; beginnings: Beginnings }) {
  const home = sectionPath(space.slug, "home");
  const steps: readonly (readonly [Step, string])[] = [
    ["page", sectionPath(space.slug, "pages")],
    ["pupils", `${home}/pupils`],
    ["calendar", sectionPath(space.slug, "calendar")],
    ...(isAdminRole(space.me.role) ? ([["meeting", sectionPath(space.slug, "meetings")]] as const) : []),
    ["update", "#updates"],
    ["entry", sectionPath(space.slug, "report")],
  ];
  if (!space.open || steps.every(([step]) => beginnings[step])) return null;
  return (
    <section className="card form" aria-labelledby="first-steps">
      <h2 id="first-steps" className="home-head">
        {t("spaceHome.first")}
      </h2>
      <p className="soft">{t("spaceHome.firstHint")}</p>
      <ul className="home-steps">
        {steps.map(([step, path]) => (
          <li key={step} data-done={beginnings[step] || undefined}>
            <Icon name={beginnings[step] ? "check-circle" : "circle-dashed"} />
            {beginnings[step] ? (
              <span>
                {t(`spaceHome.step.${step}`)} <span className="small">({t("spaceHome.stepDone")})</span>
              </span>
            ) : (
              <a href={path}>{t(`spaceHome.step.${step}`)}</a>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
