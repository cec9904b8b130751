import type { Thing } from "../../../../protocol/twinspace/hidden.ts";
import { earlierWords } from "../../../api/space/talk.ts";
import { Dialog } from "../../../parts/dialog.tsx";
import { t } from "../../../words/words.ts";
import { dateTimeIn } from "../../../words/zoned.ts";
import { Trouble } from "../../portal/trouble.tsx";
import { useAsked } from "../../portal/use-asked.ts";
import { useSpace } from "../space-page.tsx";
import { SaidWords } from "./said-words.tsx";
import { useZone } from "./use-zone.ts";

/** How something read before its author changed it; for teachers. */
export function EarlierDialog({ thing, onClose }: { thing: Thing; onClose: () => void }) {
  const { slug } = useSpace();
  const zone = useZone();
  const { asked, again } = useAsked(() => earlierWords(slug, thing));
  return (
    <Dialog title={t("thing.earlierTitle")} onClose={onClose}>
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {asked.state === "here" && asked.value.earlier.length === 0 ? <p>{t("thing.earlierNone")}</p> : null}
      {asked.state === "here" ? (
        <ol className="earlier">
          {asked.value.earlier.map(({ title, words, until }) => (
            <li key={until}>
              <p className="soft small">{t("thing.until", { when: dateTimeIn(until, zone) })}</p>
              {title === null ? null : <strong>{title}</strong>}
              <SaidWords text={words} />
            </li>
          ))}
        </ol>
      ) : null}
    </Dialog>
  );
}
