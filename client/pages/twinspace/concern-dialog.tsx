import { type ReactNode, useState } from "react";
import type { ConcernAbout, ConcernCategory, ConcernReaders } from "../../../protocol/twinspace/concerns.ts";
import { concernReaders, raiseConcern } from "../../api/space/concerns.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Radios, TextArea } from "../../parts/field.tsx";
import { listOf } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useAct } from "../portal/use-act.ts";
import { useAsked } from "../portal/use-asked.ts";
import { useSpace } from "./space-page.tsx";

/** As protocol/twinspace/concerns.ts has them; its schema library stays out of the browser. */
const categories: readonly ConcernCategory[] = ["unkind", "contact", "content", "worry", "other"];
const longest = 2000;

/**
 * Telling somebody in confidence. What is typed stays through every refusal, but is kept nowhere: on a shared computer the
 * next child must not find it.
 */
export function ConcernDialog({ about, name, onClose }: { about: ConcernAbout; name: string; onClose: () => void }) {
  const { slug, me } = useSpace();
  const isPupil = me.kind === "pupil";
  const { asked } = useAsked(() => concernReaders(slug, about));
  const readers = asked.state === "here" ? asked.value : undefined;
  const [category, setCategory] = useState<ConcernCategory>();
  const [words, setWords] = useState("");
  const [sent, setSent] = useState(false);
  const send = useAct(
    () => raiseConcern(slug, { about, category: category ?? "other", words: words.trim() }),
    () => setSent(true),
  );
  if (sent) return <Sent isPupil={isPupil} onClose={onClose} />;
  const shared = {
    ...{ name, readers, category, words, onClose },
    choose: setCategory,
    write: setWords,
    send: () => send.run(),
    busy: send.busy,
    trouble: <Trouble refusal={send.refusal ?? (asked.state === "refused" ? asked.refusal : undefined)} />,
  };
  return isPupil ? <Telling {...shared} /> : <Raising {...shared} />;
}

interface Concerned {
  name: string;
  readers: ConcernReaders | undefined;
  category: ConcernCategory | undefined;
  words: string;
  choose: (category: ConcernCategory) => void;
  write: (words: string) => void;
  send: () => void;
  busy: boolean;
  trouble: ReactNode;
  onClose: () => void;
}

/** For adults: all of it at once. */
function Raising({ name, readers, category, words, choose, write, send, busy, trouble, onClose }: Concerned) {
  return (
    <Dialog title={t("concern.title", { name })} onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <p>{t("concern.intro")}</p>
        <p>{readers === undefined ? null : whoReads("concern", readers)}</p>
        <Radios
          label={t("concern.category")}
          name="category"
          value={category ?? "other"}
          choices={categories.map((value) => ({ value, label: t(`concern.${value}`) }))}
          onChoose={choose}
        />
        <TextArea
          label={t("concern.words")}
          hint={t("concern.wordsHint")}
          rows={5}
          maxLength={longest}
          value={words}
          onChange={(event) => write(event.target.value)}
        />
        {trouble}
        <div className="form__acts">
          <Button type="submit" look="filled" aria-disabled={busy}>
            {t("concern.send")}
          </Button>
          <Button onClick={onClose}>{t("act.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}

/** For pupils: first what is wrong, by one press; then who will read it, and more words for who wants to. */
function Telling({ name, readers, category, words, choose, write, send, busy, trouble, onClose }: Concerned) {
  const [step, setStep] = useState<"what" | "who">("what");
  if (step === "what") {
    return (
      <Dialog key="what" title={t("tell.title", { name })} onClose={onClose}>
        <p className="tell-what" id="tell-what">
          {t("tell.what")}
        </p>
        <ul className="tell-choices" aria-labelledby="tell-what">
          {categories.map((each, i) => (
            <li key={each}>
              <Button
                size="large"
                wide
                aria-pressed={category === each}
                data-first={i === 0 || undefined}
                onClick={() => {
                  choose(each);
                  setStep("who");
                }}
              >
                {t(`tell.${each}`)}
              </Button>
            </li>
          ))}
        </ul>
      </Dialog>
    );
  }
  return (
    <Dialog key="who" title={t("tell.title", { name })} onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <p>{readers === undefined ? null : whoReads("tell", readers)}</p>
        <p>{t("tell.notInTrouble")}</p>
        <TextArea
          label={t("tell.words")}
          hint={t("tell.wordsHint")}
          rows={4}
          maxLength={longest}
          value={words}
          onChange={(event) => write(event.target.value)}
        />
        {trouble}
        <div className="form__acts">
          <Button type="submit" size="large" look="filled" aria-disabled={busy}>
            {t("tell.send")}
          </Button>
          <Button size="large" onClick={() => setStep("what")}>
            {t("act.back")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function whoReads(how: "concern" | "tell", { lead, school, names }: ConcernReaders): string {
  if (names.length === 0) return t(`${how}.readsNobody`);
  const named = { names: listOf(names), school };
  return lead ? t(`${how}.reads`, named) : t(`${how}.readsInstead`, named);
}

function Sent({ isPupil, onClose }: { isPupil: boolean; onClose: () => void }) {
  return (
    <Dialog
      title={isPupil ? t("tell.sent") : t("concern.sent")}
      onClose={onClose}
      acts={
        <Button look="filled" onClick={onClose} data-first>
          {t("act.close")}
        </Button>
      }
    >
      <p role="status">{isPupil ? t("tell.sentHint") : t("concern.sentHint")}</p>
    </Dialog>
  );
}
