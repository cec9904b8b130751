import { useEffect, useRef, useState } from "react";
import type { PagePerson } from "../../../../protocol/twinspace/live.ts";
import { page as askPage } from "../../../api/space/pages.ts";
import { spaceLine } from "../../../space-line.ts";
import { useSpaceNews } from "../../../use-space-news.ts";
import { useAsked } from "../../portal/use-asked.ts";

/** Somebody writes on and on: it is asked for as often as this. */
const atMostEveryMs = 700;

/** A page as it is read: asked for again while others write in it or change it, and who else has it open. */
export function useOpenPage(slug: string, id: string) {
  const { asked, again } = useAsked(() => askPage(slug, id));
  const [here, setHere] = useState<{ people: readonly PagePerson[]; me: string }>({ people: [], me: "" });
  const version = useRef(0);
  version.current = asked.state === "here" ? asked.value.version : 0;

  useSpaceNews(slug, (news) => {
    if (news.type === "missed" || (news.type === "page" && news.page === id)) again();
  });

  useEffect(() => {
    const line = spaceLine(slug);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        again();
      }, atMostEveryMs);
    };
    const opened = line.openPage(id, {
      people: (people, me) => setHere({ people, me }),
      steps: soon,
      live: (now) => now !== version.current && soon(),
      offline: () => setHere({ people: [], me: "" }),
    });
    return () => {
      clearTimeout(timer);
      opened.close();
      line.letGo();
    };
  }, [slug, id, again]);
  return { asked, again, here };
}
