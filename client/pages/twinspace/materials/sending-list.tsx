import { useState } from "react";
import type { MaterialView } from "../../../../protocol/twinspace/materials.ts";
import { material as askMaterial } from "../../../api/space/materials.ts";
import { Button, IconButton } from "../../../parts/button.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { canGoOn, type Sending } from "../../../uploads.ts";
import { sizeInWords } from "../../../words/formats.ts";
import { languageTag, t } from "../../../words/words.ts";
import { sentenceOf, Trouble } from "../../portal/trouble.tsx";
import { useAsked } from "../../portal/use-asked.ts";
import { useSpace } from "../space-page.tsx";
import { FileButton } from "./file-button.tsx";
import { MaterialForm } from "./material-form.tsx";
import { Thumbnail } from "./material-tile.tsx";
import type { UsedUploads } from "./use-uploads.ts";

/** Every file on its way: how far it is, what can be done with it, and, once it has arrived, a short form. */
export function SendingList({
  sending: { uploads, list, left },
  folder,
  described,
}: {
  sending: UsedUploads;
  /** Where what is chosen again goes. */
  folder: string | null;
  described: () => void;
}) {
  const [suggested, suggest] = useState<Pick<MaterialView, "licence" | "credit">>();
  const arrived = list.filter(({ state }) => state === "arrived").length;
  if (list.length === 0 && left.length === 0) return <p className="status-line" role="status" />;
  return (
    <section className="sendings" aria-labelledby="sendings">
      <h2 id="sendings">{t("materials.uploads")}</h2>
      <p className="unseen" role="status">
        {arrived === 0 ? "" : t("materials.arrivedCount", { count: arrived })}
      </p>
      <ul className="sendings__list">
        {left.map((each) => (
          <li key={each.url} className="sending">
            <Icon name="arrow-counter-clockwise" />
            <p className="sending__words">{t("materials.left", { name: each.name })}</p>
            <div className="sending__acts">
              <FileButton size="small" several={false} onFiles={(files) => uploads.add(files, folder)}>
                {t("materials.leftChoose")}
              </FileButton>
              <Button size="small" look="plain" onClick={() => uploads.giveUp(each)}>
                {t("materials.leftGiveUp")}
              </Button>
            </div>
          </li>
        ))}
        {list.map((each) =>
          each.state === "arrived" && each.material !== null ? (
            <li key={each.id} className="sending sending--arrived">
              <Arrived
                id={each.material}
                name={each.name}
                suggested={suggested}
                saved={(material) => {
                  suggest(material);
                  uploads.dismiss(each.id);
                  described();
                }}
                later={() => uploads.dismiss(each.id)}
              />
            </li>
          ) : (
            <li key={each.id} className={`sending sending--${each.state}`}>
              <OnItsWay sending={each} uploads={uploads} />
            </li>
          ),
        )}
      </ul>
    </section>
  );
}

const percentOf = ({ sent, bytes }: Sending): string =>
  new Intl.NumberFormat(languageTag(), { style: "percent" }).format(bytes === 0 ? 0 : sent / bytes);

function sentenceFor(sending: Sending): string {
  const { state, bytes, refusal } = sending;
  if (refusal !== null) return sentenceOf(refusal);
  if (state === "sending")
    return t("materials.sending.sending", { percent: percentOf(sending), size: sizeInWords(bytes) });
  if (state === "paused") return t("materials.sending.paused", { percent: percentOf(sending) });
  return t(`materials.sending.${state}`);
}

function OnItsWay({ sending, uploads }: { sending: Sending; uploads: UsedUploads["uploads"] }) {
  const { id, name, bytes, sent, state } = sending;
  const isMoving = state === "sending" || state === "waiting" || state === "queued";
  const mayGoOn = sending.refusal !== null && canGoOn(sending.refusal);
  return (
    <>
      <div className="sending__words">
        <p className="sending__name">{name}</p>
        {state === "refused" ? null : (
          <progress max={bytes} value={sent} aria-label={t("materials.progress", { name })} />
        )}
        <p
          className={state === "refused" ? "sending__refusal" : "soft small"}
          role={state === "refused" ? "alert" : undefined}
        >
          {state === "refused" ? <Icon name="warning-circle" /> : null}
          {sentenceFor(sending)}
        </p>
      </div>
      <div className="sending__acts">
        {isMoving ? (
          <IconButton icon="pause-fill" name={t("materials.pause", { name })} onClick={() => uploads.pause(id)} />
        ) : null}
        {state === "paused" ? (
          <IconButton icon="play-fill" name={t("materials.goOn", { name })} onClick={() => uploads.goOn(id)} />
        ) : null}
        {state === "refused" && mayGoOn ? (
          <Button size="small" onClick={() => uploads.goOn(id)}>
            {t("materials.tryAgain")}
          </Button>
        ) : null}
        {state === "arriving" ? null : (
          <IconButton
            icon="x"
            name={t(state === "refused" ? "materials.dismiss" : "materials.cancel", { name })}
            onClick={() => uploads.cancel(id)}
          />
        )}
      </div>
    </>
  );
}

function Arrived({
  id,
  name,
  suggested,
  saved,
  later,
}: {
  id: string;
  name: string;
  suggested: Pick<MaterialView, "licence" | "credit"> | undefined;
  saved: (material: MaterialView) => void;
  later: () => void;
}) {
  const { slug } = useSpace();
  const { asked, again } = useAsked(() => askMaterial(slug, id));
  if (asked.state === "refused") return <Trouble refusal={asked.refusal} again={again} />;
  if (asked.state === "asking") return <p role="status">{t("app.loading")}</p>;
  return (
    <section className="sending__form" aria-label={t("materials.describe", { name })}>
      <div className="sending__arrived">
        <Thumbnail card={asked.value} />
        <div>
          <p className="sending__name">{asked.value.name}</p>
          <p className="soft small">{t("materials.sending.arrived")}</p>
        </div>
      </div>
      <MaterialForm
        material={asked.value}
        suggested={suggested}
        saved={saved}
        later={
          <Button look="plain" onClick={later}>
            {t("materials.later")}
          </Button>
        }
      />
    </section>
  );
}
