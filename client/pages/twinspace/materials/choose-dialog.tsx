import { type SyntheticEvent, useState } from "react";
import { createPortal } from "react-dom";
import { Button } from "../../../parts/button.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { TextField } from "../../../parts/field.tsx";
import { t } from "../../../words/words.ts";
import { Trouble } from "../../portal/trouble.tsx";
import type { ChooseMaterialProps } from "../choose-material.tsx";
import { useSpace } from "../space-page.tsx";
import { FileButton } from "./file-button.tsx";
import { Thumbnail, TileInside } from "./material-tile.tsx";
import { SendingList } from "./sending-list.tsx";
import { useMaterials } from "./use-materials.ts";
import { useUploads } from "./use-uploads.ts";
import "./materials.css";

/** Formats every browser shows; a telephone then turns its own into one of them. */
const accepted = { image: "image/jpeg,image/png,image/gif,image/webp", video: "video/*", file: undefined } as const;

/** The dialog of `ChooseMaterial` (choose-material.tsx), with what uploading needs. */
export default function ChooseDialog({ kind, onChosen, onClose }: ChooseMaterialProps) {
  const { slug } = useSpace();
  const [words, setWords] = useState("");
  const found = useMaterials(slug, { folder: "all", words, ...(kind === undefined ? {} : { kind }) });
  const sending = useUploads(found.first?.room, found.again);
  const cards = found.cards.filter(({ hidden }) => hidden === null);
  const isGrid = kind === "image" || kind === "video";
  // It has forms of its own and is opened from within others: it stands outside of them, and they hear nothing of it.
  return createPortal(
    // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps what happens inside from whoever opened it
    <div onSubmit={keep} onInput={keep} onChange={keep} onKeyDown={keep}>
      <Dialog title={t(kind === undefined ? "materials.choose" : `materials.choose.${kind}`)} onClose={onClose}>
        <div className="choose-material">
          {found.first?.mayAdd ? (
            <FileButton
              icon="upload-simple"
              accept={kind === undefined ? undefined : accepted[kind]}
              onFiles={(files) => sending.uploads.add(files, null)}
            >
              {t("materials.upload")}
            </FileButton>
          ) : null}
          <SendingList sending={sending} folder={null} described={found.again} />
          <TextField
            label={t("materials.find")}
            hint={t("materials.findHint")}
            type="search"
            value={words}
            autoComplete="off"
            onChange={(event) => setWords(event.target.value)}
          />
          <Trouble refusal={found.refusal} again={found.again} />
          {found.first !== undefined && cards.length === 0 ? (
            <p role="status">{t(words === "" ? "materials.chooseNone" : "materials.noneFound")}</p>
          ) : null}
          {isGrid ? (
            <ul className="material-grid">
              {cards.map((card) => (
                <li key={card.id}>
                  <button type="button" className="material-tile" onClick={() => onChosen(card)}>
                    <TileInside card={card} />
                  </button>
                </li>
              ))}
            </ul>
          ) : (
            <ul className="choose-material__list">
              {cards.map((card) => (
                <li key={card.id}>
                  <button type="button" className="choose-material__one" onClick={() => onChosen(card)}>
                    <Thumbnail card={card} />
                    <span className="material-tile__name">{card.name}</span>
                  </button>
                </li>
              ))}
            </ul>
          )}
          {found.hasMore ? (
            <Button aria-disabled={found.busy} onClick={found.more}>
              {t("materials.more")}
            </Button>
          ) : null}
        </div>
      </Dialog>
    </div>,
    document.body,
  );
}

const keep = (event: SyntheticEvent): void => event.stopPropagation();
