import { Icon } from "../../parts/icon.tsx";
import { t } from "../../words/words.ts";
import { useSpace } from "../twinspace/space-page.tsx";
import "./pupils.css";

const teachers = ["founder", "teacherAdmin", "teacher"];

/** For the members' page: where teachers keep the accounts and consents of their own school's pupils. Others see nothing. */
export function OwnPupilsLinks() {
  const { slug, me } = useSpace();
  if (!teachers.includes(me.role)) return null;
  const at = `/twinspace/${encodeURIComponent(slug)}`;
  return (
    <ul className="pupils-links">
      <li className="card">
        <a href={`${at}/pupils`}>
          <Icon name="identification-card" />
          {t("pupils.link")}
        </a>
        <span className="soft small">{t("pupils.linkHint")}</span>
      </li>
      <li className="card">
        <a href={`${at}/consents`}>
          <Icon name="seal-check" />
          {t("consents.title")}
        </a>
        <span className="soft small">{t("pupils.consentsLinkHint")}</span>
      </li>
    </ul>
  );
}
