import type { ReactNode } from "react";
import type { Notice } from "../../../protocol/http/partners.ts";
import { Place } from "../../parts/place.tsx";
import { Tag } from "../../parts/tag.tsx";
import { countryName, listOf, longDate } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { useList } from "../portal/use-list.ts";

/** A notice as it stands on the board; `linked`: its title leads to its own page. */
export function NoticeCard({
  notice,
  linked = false,
  children,
}: {
  notice: Notice;
  linked?: boolean;
  children?: ReactNode;
}) {
  const { id, kind, title, body, author, school, ages, countriesWanted, startWanted, state, expiresAt } = notice;
  const [languages, subjects] = [useList("language"), useList("subject")];
  return (
    <article className="card partner" aria-label={title}>
      <header className="partner__head">
        {linked ? (
          <h2>
            <a href={`/partners/notices/${id}`}>{title}</a>
          </h2>
        ) : null}
        <p>
          <Place country={school.country}>
            {author.name}, {school.name}, {school.town}
          </Place>
        </p>
      </header>
      <p>
        <Tag tone={kind === "looking" ? "waiting" : "good"}>{t(`notices.${kind}`)}</Tag>{" "}
        {state === "open" ? (
          <span className="soft small">{t("notices.until", { date: longDate(expiresAt) })}</span>
        ) : (
          <Tag>{t(`notices.${state}`)}</Tag>
        )}
      </p>
      <p className="partner__words">{body}</p>
      <p className="soft small">
        {[
          t("partners.ages", ages),
          listOf(notice.languages.map(languages.labelOf)),
          listOf(notice.subjects.map(subjects.labelOf)),
          countriesWanted.length === 0
            ? ""
            : t("partners.wants", { countries: listOf(countriesWanted.map(countryName)) }),
          startWanted === null ? "" : t("notices.startOn", { date: longDate(Date.parse(startWanted)) }),
          notice.mine ? t("notices.replies", { count: notice.replies }) : "",
        ]
          .filter((fact) => fact !== "")
          .join(" · ")}
      </p>
      {children}
    </article>
  );
}
