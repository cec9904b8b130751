import { useEffect, useRef } from "react";
import { type SpaceNews, spaceLine } from "./space-line.ts";

/** Without a line, and for what a line may have missed. */
const askAgainEveryMs = 30_000;

/**
 * Calls `onNews` when something changed in the TwinSpace. `missed`: anything may have: the line came back, or the tab did, or
 * there is no line and half a minute went by. Ask again over http for what is shown.
 */
export function useSpaceNews(slug: string, onNews: (news: SpaceNews) => void): void {
  const newest = useRef(onNews);
  useEffect(() => {
    newest.current = onNews;
  });
  useEffect(() => {
    const line = spaceLine(slug);
    const stop = line.onNews((news) => newest.current(news));
    const missed = () => newest.current({ type: "missed" });
    const shown = () => document.visibilityState === "visible" && missed();
    document.addEventListener("visibilitychange", shown);
    const again = setInterval(() => line.link !== "live" && !document.hidden && missed(), askAgainEveryMs);
    return () => {
      clearInterval(again);
      document.removeEventListener("visibilitychange", shown);
      stop();
      line.letGo();
    };
  }, [slug]);
}
