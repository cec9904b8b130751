import { type ReactNode, useEffect, useRef, useState } from "react";
import { picturesInSecret } from "../../../domain/twinspace/pictures.ts";
import type { PictureName } from "../../../protocol/twinspace/pictureNames.ts";
import type { PupilSignedIn } from "../../../protocol/twinspace/pupils.ts";
import type { Answer } from "../../api.ts";
import { Button } from "../../parts/button.tsx";
import { Picture } from "../../parts/picture.tsx";
import { t } from "../../words/words.ts";
import { useAct } from "../portal/use-act.ts";
import { WaitOr } from "./wait-or.tsx";

const places = Array.from({ length: picturesInSecret }, (_, index) => index);

/** Twelve pictures of which three are tapped. Each is a button with its word below, so it can be heard as well as seen. */
export function PictureSecret({
  pictures,
  send,
  done,
  other,
}: {
  pictures: readonly PictureName[];
  send: (secret: PictureName[]) => Promise<Answer<PupilSignedIn>>;
  done: (signedIn: PupilSignedIn) => void;
  other: ReactNode;
}) {
  const [chosen, setChosen] = useState<readonly PictureName[]>([]);
  const title = useRef<HTMLHeadingElement>(null);
  const enter = useRef<HTMLButtonElement>(null);
  const act = useAct(async () => {
    const answer = await send([...chosen]);
    // Wrong ones are wiped away: who looks over the shoulder sees nothing, and the child begins anew.
    if ("refused" in answer) setChosen([]);
    return answer;
  }, done);
  useEffect(() => title.current?.focus(), []);
  useEffect(() => {
    if (chosen.length === picturesInSecret) enter.current?.focus();
  }, [chosen]);
  const isWhole = chosen.length === picturesInSecret;
  return (
    <form
      className="form picture-secret"
      aria-label={t("pupil.pictures")}
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole) act.run();
      }}
    >
      <div>
        <h1 ref={title} tabIndex={-1}>
          {t("pupil.pictures")}
        </h1>
        <p className="soft">{t("pupil.picturesHint")}</p>
      </div>
      <WaitOr refusal={act.refusal} />
      <div className="picture-secret__so-far">
        <ol className="picture-secret__chosen" aria-label={t("pupil.chosen")} aria-live="polite">
          {places.map((index) => (
            <li key={index} data-empty={chosen[index] === undefined || undefined}>
              <Chosen place={index + 1} picture={chosen[index]} />
            </li>
          ))}
        </ol>
        <Button
          size="small"
          icon="arrow-counter-clockwise"
          aria-disabled={chosen.length === 0}
          onClick={() => setChosen((before) => before.slice(0, -1))}
        >
          {t("pupil.undoLast")}
        </Button>
      </div>
      <ul className="picture-secret__grid">
        {pictures.map((name) => (
          <li key={name}>
            <button
              type="button"
              className="picture-button"
              aria-disabled={isWhole}
              onClick={() => setChosen((before) => (before.length < picturesInSecret ? [...before, name] : before))}
            >
              <Picture name={name} size="large" />
              <span>{t(`picture.${name}`)}</span>
            </button>
          </li>
        ))}
      </ul>
      <div className="picture-secret__enter">
        <Button
          type="submit"
          ref={enter}
          look="filled"
          size="large"
          icon="sign-in"
          wide
          aria-disabled={!isWhole || act.busy}
        >
          {t("pupil.enter")}
        </Button>
      </div>
      {other}
    </form>
  );
}

function Chosen({ place, picture }: { place: number; picture: PictureName | undefined }) {
  const nth = t("pupil.nth", { place });
  if (picture === undefined) return <span className="unseen">{t("pupil.nthEmpty", { nth })}</span>;
  return (
    <>
      <Picture name={picture} size="middle" />
      <span className="unseen">{t("pupil.nthIs", { nth, picture: t(`picture.${picture}`) })}</span>
    </>
  );
}
