import { useEffect, useState } from "react";
import { plainText } from "../../domain/text/plain.ts";
import type { TextNode } from "../../domain/text/schema.ts";
import type { PagePerson } from "../../protocol/twinspace/live.ts";
import type { PageOpened } from "../../protocol/twinspace/pages.ts";
import { page as askPage, sendSteps, stepsAfter } from "../api/space/pages.ts";
import { isRefused, type Refusal } from "../api.ts";
import { CopyButton } from "../pages/portal/copy-button.tsx";
import { Trouble } from "../pages/portal/trouble.tsx";
import { Button } from "../parts/button.tsx";
import { Icon } from "../parts/icon.tsx";
import { t } from "../words/words.ts";
import { deliver } from "./deliver.ts";
import { keep, leftBehind } from "./kept-steps.ts";
import { thisTab } from "./tab.ts";
import TextEditor from "./text-editor.tsx";

interface Stuck {
  slot: string;
  text: TextNode;
}

/** What was left behind on this device is sent first; then the page is opened as it is with it. */
async function opened(slug: string, me: string, id: string): Promise<{ page: PageOpened; stuck: Stuck[] } | Refusal> {
  const stuck: Stuck[] = [];
  for (const { slot, kept } of leftBehind(localStorage, me, id, thisTab(), Date.now())) {
    const outcome = await deliver(kept, {
      send: (steps) => sendSteps(slug, id, steps),
      missed: (after) => stepsAfter(slug, id, after),
    });
    if (outcome === "sent") keep(localStorage, slot, null);
    // An editor that opened now would write over what is kept.
    else if (outcome === "kept") return { refused: "offline" };
    else stuck.push(stuckAside(slot, outcome.text));
  }
  const answer = await askPage(slug, id);
  return isRefused(answer) ? answer : { page: answer.value, stuck };
}

/** Out of the way of the editor that opens now, and still there after a reload. */
function stuckAside(slot: string, text: TextNode): Stuck {
  const aside = slot.endsWith(":stuck") ? slot : `${slot}:stuck`;
  if (aside !== slot) {
    const kept = localStorage.getItem(slot);
    if (kept !== null) localStorage.setItem(aside, kept);
    keep(localStorage, slot, null);
  }
  return { slot: aside, text };
}

/** The editor of a page, once everything for it is there. */
export default function Writing({
  slug,
  me,
  id,
  people,
  ready,
}: {
  slug: string;
  me: string;
  id: string;
  people: (people: readonly PagePerson[], me: string) => void;
  ready: (flush: () => Promise<boolean>) => void;
}) {
  const [open, setOpen] = useState<{ page: PageOpened; stuck: Stuck[] }>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [tries, again] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `tries` is only to ask once more
  useEffect(() => {
    let gone = false;
    void opened(slug, me, id).then((answer) => {
      if (gone) return;
      if ("refused" in answer) return setRefusal(answer);
      setRefusal(undefined);
      setOpen(answer);
    });
    return () => {
      gone = true;
    };
  }, [slug, me, id, tries]);

  if (refusal !== undefined) return <Trouble refusal={refusal} again={() => again((count) => count + 1)} />;
  if (open === undefined) return <p role="status">{t("app.loading")}</p>;
  if (!open.page.acts.write) return <p role="status">{t("pages.notForYou")}</p>;
  const forget = ({ slot }: Stuck) => {
    keep(localStorage, slot, null);
    setOpen({ ...open, stuck: open.stuck.filter((one) => one.slot !== slot) });
  };
  return (
    <>
      {open.stuck.map((one) => (
        <div key={one.slot} className="notice notice--alert sync-stopped" role="alert">
          <Icon name="warning" />
          <div>
            <p>{t("editor.stuck")}</p>
            <div className="form__acts">
              <CopyButton text={plainText(one.text)} label={t("editor.copyText")} />
              <Button onClick={() => forget(one)}>{t("editor.throwAway")}</Button>
            </div>
          </div>
        </div>
      ))}
      <TextEditor slug={slug} me={me} page={open.page} people={people} ready={ready} />
    </>
  );
}
