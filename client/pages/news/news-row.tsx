import type { NewsItem } from "../../../protocol/twinspace/news.ts";
import { Tag } from "../../parts/tag.tsx";
import { personName } from "../../views/people-of-space.ts";
import { dateAndTime } from "../../words/formats.ts";
import { t } from "../../words/words.ts";

/** One thing that is new, with the way to it. `project` names its TwinSpace where several stand together. */
export function NewsRow({
  item: { kind, person, title, path, at },
  project,
  fresh = false,
}: {
  item: NewsItem;
  project?: string;
  fresh?: boolean;
}) {
  const what = t(`news.${kind}`, { name: personName(person) });
  return (
    <li className="row">
      <div className="row__words">
        <a className="row__title" href={path}>
          {title === "" ? what : title}
        </a>
        <span className="soft small">{title === "" ? null : what}</span>
        <span className="soft small">{[dateAndTime(at), ...(project === undefined ? [] : [project])].join(" · ")}</span>
      </div>
      <div className="row__acts">
        {fresh ? (
          <Tag tone="attention" icon="sparkle">
            {t("news.new")}
          </Tag>
        ) : null}
      </div>
    </li>
  );
}
