import { myApplications } from "../../../api/quality-label.ts";
import { ButtonLink } from "../../../parts/button.tsx";
import { sectionPath } from "../../../views/space-sections.ts";
import { t } from "../../../words/words.ts";
import { useAsked } from "../../portal/use-asked.ts";
import "../my-labels.css";

/** On the page of an account: applications that are no label, the newest of each project; where there is nothing, the way there. */
export function MyApplicationsPart() {
  const { asked } = useAsked(myApplications);
  if (asked.state !== "here") return null;
  const newest = new Map(asked.value.applications.toReversed().map((one) => [one.project.slug, one]));
  const open = [...newest.values()].toReversed().filter(({ state }) => state !== "granted");
  if (newest.size > 0 && open.length === 0) return null;
  const title = t(newest.size === 0 ? "labelApply.mineNone" : "labelApply.mineOpen");
  return (
    <section className="card form" aria-labelledby="my-applications">
      <h2 id="my-applications">{title}</h2>
      {newest.size === 0 ? (
        <>
          <p className="soft">{t("labelApply.mineNoneHint")}</p>
          <p>
            <ButtonLink icon="seal-check" href="/projects">
              {t("labelApply.mineProjects")}
            </ButtonLink>
          </p>
        </>
      ) : (
        <ul>
          {open.map(({ id, project, state }) => (
            <li key={id}>
              <a className="label-mine" href={`${sectionPath(project.slug, "report")}/quality-label`} dir="auto">
                {t("labelApply.mineOf", { project: project.title, state: t(`labelApply.state.${state}`) })}
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
