import { useEffect, useState } from "react";
import type { SpaceNews } from "../../../protocol/twinspace/news.ts";
import { spaceNews, visited } from "../../api/space/news.ts";
import { Button } from "../../parts/button.tsx";
import { useSpaceNews } from "../../use-space-news.ts";
import { t } from "../../words/words.ts";
import { NewsRow } from "../news/news-row.tsx";
import { Trouble } from "../portal/trouble.tsx";
import { useAct } from "../portal/use-act.ts";
import { type Asked, useAsked } from "../portal/use-asked.ts";

export interface AskedNews {
  asked: Asked<SpaceNews>;
  again: () => void;
  more: { run: () => void; busy: boolean };
}

/** Having been shown it is having seen it: on the next visit the marks are gone. */
export function useHomeNews(slug: string): AskedNews {
  const { asked, again, change } = useAsked(() => spaceNews(slug, null));
  const isHere = asked.state === "here";
  useEffect(() => {
    if (isHere) void visited(slug);
  }, [isHere, slug]);
  // Once older ones were fetched nothing is taken away from under somebody who reads.
  const [grew, grow] = useState(false);
  useSpaceNews(slug, ({ type }) => {
    if (!grew && (type === "news" || type === "missed" || type === "members")) again();
  });
  const more = useAct(
    (after: string) => spaceNews(slug, after),
    (page) => {
      grow(true);
      change((before) => ({ ...before, news: [...before.news, ...page.news], next: page.next }));
    },
  );
  const next = asked.state === "here" ? asked.value.next : null;
  return { asked, again, more: { run: () => next !== null && more.run(next), busy: more.busy } };
}

export function HomeNews({ news: { asked, again, more } }: { news: AskedNews }) {
  return (
    <section className="home-part" aria-labelledby="home-news">
      <h2 id="home-news" className="home-head">
        {t("spaceHome.news")}
      </h2>
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {asked.state === "here" && asked.value.news.length === 0 ? (
        <p className="soft">{t("spaceHome.firstDay")}</p>
      ) : null}
      {asked.state === "here" && asked.value.news.length > 0 ? (
        <ul className="rows" aria-labelledby="home-news">
          {asked.value.news.map((item) => (
            <NewsRow
              key={`${item.kind} ${item.path} ${item.person.author} ${item.at}`}
              item={item}
              fresh={asked.value.since !== null && item.at > asked.value.since}
            />
          ))}
        </ul>
      ) : null}
      {asked.state === "here" && asked.value.next !== null ? (
        <p>
          <Button onClick={() => more.run()} aria-disabled={more.busy}>
            {t("news.more")}
          </Button>
        </p>
      ) : null}
    </section>
  );
}
