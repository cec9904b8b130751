import { useEffect, useState } from "react";
import type { NewsCounts } from "../../../protocol/twinspace/news.ts";
import { newsCounts } from "../../api/news.ts";
import { isRefused } from "../../api.ts";
import { Icon } from "../../parts/icon.tsx";
import { countsChanged } from "../../views/counts-changed.ts";
import { t } from "../../words/words.ts";
import "./bell.css";

const askAgainMs = 60_000;

/** Asked when the page comes, when it is looked at again, and once a minute while it is. */
function useNewsCounts(): NewsCounts | undefined {
  const [counts, set] = useState<NewsCounts>();
  useEffect(() => {
    let isOver = false;
    const ask = async () => {
      if (isOver || document.visibilityState !== "visible") return;
      const answer = await newsCounts();
      if (!isRefused(answer)) return isOver ? undefined : set(answer.value);
      // Signed out elsewhere: asking on would only fail.
      if (answer.refused !== "offline") isOver = true;
    };
    void ask();
    const timer = setInterval(ask, askAgainMs);
    addEventListener("focus", ask);
    addEventListener(countsChanged, ask);
    return () => {
      isOver = true;
      clearInterval(timer);
      removeEventListener("focus", ask);
      removeEventListener(countsChanged, ask);
    };
  }, []);
  return counts;
}

/** In the top bar of who has an account: mail between members, and what is new in their TwinSpaces. */
export function Bell() {
  const counts = useNewsCounts();
  if (counts === undefined || !(counts.mails || counts.news > 0)) return null;
  const here = (path: string) => (location.pathname === path ? ("page" as const) : undefined);
  const { mail, news } = counts;
  return (
    <>
      <a
        className="bell"
        href="/mail"
        aria-label={mail > 0 ? t("news.mailCount", { count: mail }) : t("correspondence.title")}
        aria-current={here("/mail")}
      >
        <Icon name="envelope-simple" />
        {mail > 0 ? <span className="bell__count">{mail}</span> : null}
      </a>
      <a
        className="bell"
        href="/news"
        aria-label={news > 0 ? t("news.bellCount", { count: news }) : t("news.bell")}
        aria-current={here("/news")}
      >
        <Icon name="bell" />
        {news > 0 ? <span className="bell__count">{news}</span> : null}
      </a>
    </>
  );
}
