import { type DragEvent, type ReactNode, useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { Folder, MaterialCard, MaterialKind } from "../../protocol/twinspace/materials.ts";
import { removeFolder } from "../api/space/materials.ts";
import { Button } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Select, TextField } from "../parts/field.tsx";
import { Icon } from "../parts/icon.tsx";
import { Menu } from "../parts/menu.tsx";
import type { PageParams } from "../routes.ts";
import { useSpaceNews } from "../use-space-news.ts";
import { sectionPath } from "../views/space-sections.ts";
import { sizeInWords } from "../words/formats.ts";
import { t } from "../words/words.ts";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { FileButton } from "./twinspace/materials/file-button.tsx";
import { FolderDialog, LinkDialog, MoveDialog } from "./twinspace/materials/folder-dialogs.tsx";
import { MaterialRow, shownName, TileInside } from "./twinspace/materials/material-tile.tsx";
import { SendingList } from "./twinspace/materials/sending-list.tsx";
import { type FoundMaterials, useMaterials } from "./twinspace/materials/use-materials.ts";
import { useUploads } from "./twinspace/materials/use-uploads.ts";
import { SpaceFrame, SpacePage, useSpace } from "./twinspace/space-page.tsx";
import "./twinspace/materials/materials.css";

/** `/twinspace/<slug>/materials`; `?folder=` one of its folders. */
export default function SpaceMaterialsPage({ params }: { params: PageParams }) {
  const folder = new URLSearchParams(location.search).get("folder");
  return (
    <SpacePage slug={params.slug ?? ""} title={t("materials.title")}>
      {(_space, door) => <MaterialsOf door={door} folder={folder} />}
    </SpacePage>
  );
}

const kinds: readonly MaterialKind[] = ["image", "video", "sound", "file", "link"];

function MaterialsOf({ door, folder }: { door: FrontDoor; folder: string | null }) {
  const { slug } = useSpace();
  const [words, setWords] = useState("");
  const [kind, setKind] = useState<MaterialKind | "all">("all");
  const [asking, ask] = useState<"folder" | "link">();
  // Words and kinds are looked for everywhere below the top, and in a folder in that folder.
  const isFinding = words.trim() !== "" || kind !== "all";
  const found = useMaterials(slug, {
    folder: folder ?? (isFinding ? "all" : "top"),
    words: words.trim(),
    ...(kind === "all" ? {} : { kind }),
  });
  const sending = useUploads(found.first?.room, found.again);
  const { first } = found;
  // What others bring shows at once; who reads on further down is not taken back to the top.
  const isAtTop = found.cards.length === first?.materials.length;
  useSpaceNews(slug, ({ type }) => {
    if (isAtTop && (type === "news" || type === "missed")) found.again();
  });
  const mayAdd = first?.mayAdd === true;
  const dropping = useDropping(mayAdd, (files) => sending.uploads.add(files, folder));
  const close = () => ask(undefined);
  const done = () => {
    close();
    found.again();
  };
  return (
    <SpaceFrame
      door={door}
      section="materials"
      title={first?.path.at(-1)?.name ?? t("materials.title")}
      intro={first === undefined || first.path.length > 0 ? undefined : t("materials.intro")}
      acts={
        mayAdd ? (
          <>
            <FileButton look="filled" icon="upload-simple" onFiles={(files) => sending.uploads.add(files, folder)}>
              {t("materials.upload")}
            </FileButton>
            <Button icon="link-simple" onClick={() => ask("link")}>
              {t("materials.addLink")}
            </Button>
            <Button icon="folder-simple-plus" onClick={() => ask("folder")}>
              {t("materials.newFolder")}
            </Button>
          </>
        ) : undefined
      }
    >
      <div className="materials" {...dropping.props} data-dropping={dropping.isOver || undefined}>
        <Path path={first?.path ?? []} />
        <Trouble refusal={found.refusal} again={found.again} />
        {mayAdd ? <Room room={first.room} isOver={dropping.isOver} /> : null}
        <SendingList sending={sending} folder={folder} described={found.again} />
        <div className="materials__find">
          <TextField
            label={t("materials.find")}
            hint={t("materials.findHint")}
            type="search"
            value={words}
            autoComplete="off"
            onChange={(event) => setWords(event.target.value)}
          />
          <Select
            label={t("materials.kind")}
            value={kind}
            onChoose={setKind}
            choices={(["all", ...kinds] as const).map((value) => ({ value, label: t(`materials.kind.${value}`) }))}
          />
        </div>
        <Found found={found} folder={folder} isFinding={isFinding} mayAdd={mayAdd} />
      </div>
      {asking === "folder" ? <FolderDialog parent={folder} done={done} onClose={close} /> : null}
      {asking === "link" ? <LinkDialog folder={folder} added={done} onClose={close} /> : null}
    </SpaceFrame>
  );
}

function Path({ path }: { path: readonly { id: string; name: string }[] }) {
  const { slug } = useSpace();
  if (path.length === 0) return null;
  const at = sectionPath(slug, "materials");
  return (
    <nav className="materials__path" aria-label={t("materials.path")}>
      <a href={at}>{t("materials.top")}</a>
      {path.map(({ id, name }, i) => (
        <span key={id}>
          <Icon name="caret-right" />
          {i === path.length - 1 ? (
            <strong aria-current="page">{name}</strong>
          ) : (
            <a href={`${at}?folder=${encodeURIComponent(id)}`}>{name}</a>
          )}
        </span>
      ))}
    </nav>
  );
}

function Room({ room, isOver }: { room: NonNullable<FoundMaterials["first"]>["room"]; isOver: boolean }) {
  const limits = t("materials.limits", {
    file: sizeInWords(room.fileBytes),
    image: sizeInWords(room.imageBytes),
    used: sizeInWords(room.usedBytes),
    quota: sizeInWords(room.quotaBytes),
  });
  return (
    <p className="soft small">
      {limits} <span className="materials__drop">{isOver ? t("materials.dropNow") : t("materials.drop")}</span>
    </p>
  );
}

/** Files that are dragged over this part of the page. */
function useDropping(isOn: boolean, onFiles: (files: File[]) => void) {
  const [isOver, setOver] = useState(false);
  if (!isOn) return { isOver: false, props: {} };
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes("Files");
  return {
    isOver,
    props: {
      onDragOver(event: DragEvent) {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave(event: DragEvent) {
        const to = event.relatedTarget;
        if (!(to instanceof Node && event.currentTarget.contains(to))) setOver(false);
      },
      onDrop(event: DragEvent) {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      },
    },
  };
}

function Found({
  found,
  folder,
  isFinding,
  mayAdd,
}: {
  found: FoundMaterials;
  folder: string | null;
  isFinding: boolean;
  mayAdd: boolean;
}) {
  const { first, cards, hasMore, busy, more } = found;
  if (first === undefined) {
    return found.refusal === undefined ? (
      <p className="portal-waiting" role="status">
        {t("app.loading")}
      </p>
    ) : null;
  }
  const pictures = cards.filter(({ kind }) => kind === "image" || kind === "video");
  const others = cards.filter(({ kind }) => kind !== "image" && kind !== "video");
  const isEmpty = cards.length === 0 && (isFinding || first.folders.length === 0);
  return (
    <>
      {isFinding || first.folders.length === 0 ? null : <Folders folders={first.folders} changed={found.again} />}
      {isEmpty ? <Nothing isFinding={isFinding} isTop={folder === null} mayAdd={mayAdd} /> : null}
      {pictures.length === 0 ? null : (
        <section aria-labelledby="pictures">
          <h2 id="pictures">{t("materials.pictures")}</h2>
          <ul className="material-grid">
            {pictures.map((card) => (
              <li key={card.id}>
                <MaterialLink card={card} className="material-tile">
                  <TileInside card={card} />
                </MaterialLink>
              </li>
            ))}
          </ul>
        </section>
      )}
      {others.length === 0 ? null : (
        <section aria-labelledby="files">
          <h2 id="files">{t("materials.files")}</h2>
          <ul className="rows">
            {others.map((card) => (
              <MaterialRow
                key={card.id}
                card={card}
                title={
                  <MaterialLink card={card} className="row__title">
                    {shownName(card)}
                  </MaterialLink>
                }
              />
            ))}
          </ul>
        </section>
      )}
      {hasMore ? (
        <Button aria-disabled={busy} onClick={more}>
          {t("materials.more")}
        </Button>
      ) : null}
    </>
  );
}

function MaterialLink({ card, className, children }: { card: MaterialCard; className: string; children: ReactNode }) {
  const { slug } = useSpace();
  return (
    <a className={className} href={`${sectionPath(slug, "materials")}/${encodeURIComponent(card.id)}`}>
      {children}
    </a>
  );
}

function Nothing({ isFinding, isTop, mayAdd }: { isFinding: boolean; isTop: boolean; mayAdd: boolean }) {
  if (isFinding) {
    return (
      <EmptyState icon="magnifying-glass" title={t("materials.noneFound")}>
        {t("materials.noneFoundHint")}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon="folder-open" title={t(isTop ? "materials.none" : "materials.noneHere")}>
      {t(mayAdd ? "materials.noneHint" : "materials.noneToRead")}
    </EmptyState>
  );
}

function Folders({ folders, changed }: { folders: readonly Folder[]; changed: () => void }) {
  const { slug } = useSpace();
  const [open, setOpen] = useState<{ act: "rename" | "move"; folder: Folder }>();
  const remove = useAct((folder: Folder) => removeFolder(slug, folder.id), changed);
  const close = () => setOpen(undefined);
  const done = () => {
    close();
    changed();
  };
  return (
    <section aria-labelledby="folders">
      <h2 id="folders">{t("materials.folders")}</h2>
      <Trouble refusal={remove.refusal} />
      <ul className="material-folders">
        {folders.map((folder) => (
          <li key={folder.id} className="material-folder">
            <a href={`${sectionPath(slug, "materials")}?folder=${encodeURIComponent(folder.id)}`}>
              <Icon name="folder-simple" />
              {folder.name}
            </a>
            {folder.mayChange ? (
              <Menu
                name={t("materials.folderMenu", { name: folder.name })}
                className="button button--plain button--icon"
                trigger={<Icon name="dots-three-vertical" />}
                acts={[
                  {
                    label: t("materials.renameFolder"),
                    icon: "pencil-simple",
                    onPress: () => setOpen({ act: "rename", folder }),
                  },
                  {
                    label: t("materials.moveFolder"),
                    icon: "arrow-right",
                    onPress: () => setOpen({ act: "move", folder }),
                  },
                  {
                    label: t("materials.removeFolder"),
                    icon: "trash",
                    danger: true,
                    onPress: () => remove.run(folder),
                  },
                ]}
              />
            ) : null}
          </li>
        ))}
      </ul>
      {open?.act === "rename" ? <FolderDialog folder={open.folder} parent={null} done={done} onClose={close} /> : null}
      {open?.act === "move" ? (
        <MoveDialog what={{ kind: "folder", ...open.folder }} moved={done} onClose={close} />
      ) : null}
    </section>
  );
}
