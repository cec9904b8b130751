import type { HeldMaterial, NotOpenWhy, PublishWarning } from "../../../../protocol/twinspace/publishing.ts";
import { Icon } from "../../../parts/icon.tsx";
import { personName } from "../../../views/people-of-space.ts";
import { sectionPath } from "../../../views/space-sections.ts";
import { listOf } from "../../../words/formats.ts";
import { t } from "../../../words/words.ts";
import { useSpace } from "../space-page.tsx";

/** Why a page is kept back, each with the way to where that is mended. */
export function HeldBack({ held, notOpen }: { held: readonly HeldMaterial[]; notOpen: NotOpenWhy | null }) {
  const { slug } = useSpace();
  if (held.length === 0 && notOpen === null) return null;
  return (
    <div className="publish-held">
      <p>
        <Icon name="warning" /> <strong>{t("publish.held")}</strong>
      </p>
      <ul>
        {notOpen === null ? null : <li>{t(`publish.heldNotOpen.${notOpen}`)}</li>}
        {held.map((thing) => (
          <li key={thing.id}>
            <a href={materialPath(slug, thing.id)}>{wordsOf(thing)}</a>
            {thing.why === "consent" ? (
              <>
                {" · "}
                <a href={`/twinspace/${encodeURIComponent(slug)}/consents`}>{t("publish.consents")}</a>
              </>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

const materialPath = (slug: string, id: string) => `${sectionPath(slug, "materials")}/${encodeURIComponent(id)}`;

function wordsOf({ why, name, people }: HeldMaterial): string {
  if (why !== "consent") return t(`publish.held.${why}`, { name });
  const named = people.map((person) =>
    t("publish.held.person", { alias: personName(person), school: person.school?.name ?? "" }),
  );
  return t("publish.held.consent", { name, people: listOf(named) });
}

/** What keeps nothing back. Folded together. */
export function Warnings({ warnings }: { warnings: readonly PublishWarning[] }) {
  const { slug } = useSpace();
  if (warnings.length === 0) return null;
  return (
    <details className="publish-warnings">
      <summary>{t("publish.warnings", { things: warnings.length })}</summary>
      <ul>
        {warnings.map(({ id, name, about }) => (
          <li key={`${id} ${about}`}>
            {name === "" ? (
              t(`publish.warn.${about}`, { name: t("publish.warn.something") })
            ) : (
              <a href={materialPath(slug, id)}>{t(`publish.warn.${about}`, { name })}</a>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
