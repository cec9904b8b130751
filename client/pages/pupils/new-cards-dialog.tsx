import { useState } from "react";
import type { LoginCards, OwnPupil, WantedSecret } from "../../../protocol/twinspace/pupils.ts";
import { renewCards } from "../../api/space/pupils.ts";
import { isRefused } from "../../api.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useAct } from "../portal/use-act.ts";
import { useSpace } from "../twinspace/space-page.tsx";
import { SecretChoice, usualSecret } from "./secret-choice.tsx";

/** As many as are hashed while one waits for an answer. */
const sentAtOnce = 40;

/** New secrets, and cards with them; asked for in so many words, as the old cards stop working. */
export function NewCardsDialog({
  pupils,
  made,
  onClose,
}: {
  pupils: readonly OwnPupil[];
  made: (cards: LoginCards) => void;
  onClose: () => void;
}) {
  const { slug } = useSpace();
  const [secret, choose] = useState<WantedSecret>(usualSecret);
  const act = useAct(
    async () => {
      let all: LoginCards | undefined;
      for (let from = 0; from < pupils.length; from += sentAtOnce) {
        const ids = pupils.slice(from, from + sentAtOnce).map(({ id }) => id);
        const answer = await renewCards(slug, { pupils: ids, secret });
        // What was renewed until then is shown: those old cards hold no longer.
        if (isRefused(answer)) return all === undefined ? answer : { value: all };
        all = { ...answer.value, cards: [...(all?.cards ?? []), ...answer.value.cards] };
      }
      return { value: all };
    },
    (cards) => {
      if (cards !== undefined) made(cards);
    },
  );
  return (
    <Dialog title={t("cards.newTitle", { count: pupils.length })} onClose={onClose}>
      <form
        className="form"
        aria-label={t("cards.newTitle", { count: pupils.length })}
        onSubmit={(event) => {
          event.preventDefault();
          act.run();
        }}
      >
        <p>{t("cards.newHint")}</p>
        <SecretChoice secret={secret} choose={choose} />
        <Trouble refusal={act.refusal} />
        <div className="form__acts">
          <Button type="submit" look="filled" icon="identification-card" aria-disabled={act.busy}>
            {t("cards.make")}
          </Button>
          <Button look="plain" onClick={onClose}>
            {t("act.cancel")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
