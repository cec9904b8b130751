import { type ReactNode, useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { MaterialView } from "../../protocol/twinspace/materials.ts";
import {
  material as askMaterial,
  fileAt,
  pictureAt,
  removeMaterial,
  restoreMaterial,
  savedFileAt,
} from "../api/space/materials.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Icon } from "../parts/icon.tsx";
import { StatusLine } from "../parts/said.tsx";
import type { PageParams } from "../routes.ts";
import { typeInWords } from "../views/file-types.ts";
import { sectionPath } from "../views/space-sections.ts";
import { dateAndTime } from "../words/formats.ts";
import { t } from "../words/words.ts";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { useAsked } from "./portal/use-asked.ts";
import { MoveDialog } from "./twinspace/materials/folder-dialogs.tsx";
import { MaterialForm } from "./twinspace/materials/material-form.tsx";
import { altOf, shownName, smallSize, Thumbnail } from "./twinspace/materials/material-tile.tsx";
import { PersonName } from "./twinspace/person-name.tsx";
import { SpaceFrame, SpacePage, useSpace } from "./twinspace/space-page.tsx";
import { ThingMenu } from "./twinspace/thing-menu.tsx";
import "./twinspace/materials/materials.css";

/** `/twinspace/<slug>/materials/<material>`. */
export default function SpaceMaterialPage({ params }: { params: PageParams }) {
  return (
    <SpacePage slug={params.slug ?? ""} title={t("materials.title")}>
      {(_space, door) => <OneMaterial door={door} id={params.material ?? ""} />}
    </SpacePage>
  );
}

function OneMaterial({ door, id }: { door: FrontDoor; id: string }) {
  const { slug } = useSpace();
  const { asked, again, change } = useAsked(() => askMaterial(slug, id));
  if (asked.state === "here") {
    return <Shown door={door} material={asked.value} again={again} put={(value) => change(() => value)} />;
  }
  if (asked.state === "refused" && asked.refusal.refused === "request.notFound") {
    return (
      <SpaceFrame door={door} section="materials" title={t("materials.title")}>
        <Gone />
      </SpaceFrame>
    );
  }
  return (
    <SpaceFrame door={door} section="materials" title={t("materials.title")}>
      {asked.state === "refused" ? (
        <Trouble refusal={asked.refusal} again={again} />
      ) : (
        <p className="portal-waiting" role="status">
          {t("app.loading")}
        </p>
      )}
    </SpaceFrame>
  );
}

function Gone() {
  const { slug } = useSpace();
  return (
    <EmptyState
      icon="trash"
      title={t("materials.gone")}
      act={<ButtonLink href={sectionPath(slug, "materials")}>{t("materials.toAll")}</ButtonLink>}
    >
      {t("materials.goneHint")}
    </EmptyState>
  );
}

function Shown({
  door,
  material,
  again,
  put,
}: {
  door: FrontDoor;
  material: MaterialView;
  again: () => void;
  put: (material: MaterialView) => void;
}) {
  const { slug, open: isOpen } = useSpace();
  const { id, name, kind, hidden, mayChange, mayNamePeople, folder, link } = material;
  const [isRemoved, setRemoved] = useState(false);
  const [asking, ask] = useState<"edit" | "move">();
  const [said, say] = useState("");
  const remove = useAct(
    () => removeMaterial(slug, id),
    () => setRemoved(true),
  );
  const restore = useAct(
    () => restoreMaterial(slug, id),
    (restored) => {
      setRemoved(false);
      put(restored);
    },
  );
  const close = () => ask(undefined);
  const isBlank = hidden !== null && name === "";
  if (isRemoved) {
    return (
      <SpaceFrame door={door} section="materials" title={name}>
        <EmptyState
          icon="trash"
          title={t("materials.removed", { name })}
          act={
            <div className="material__acts">
              <Button look="filled" icon="arrow-counter-clockwise" aria-disabled={restore.busy} onClick={restore.run}>
                {t("materials.undo")}
              </Button>
              <ButtonLink href={sectionPath(slug, "materials")}>{t("materials.toAll")}</ButtonLink>
            </div>
          }
        />
        <Trouble refusal={restore.refusal} />
      </SpaceFrame>
    );
  }
  const mayEdit = isOpen && !isBlank && (mayChange || mayNamePeople);
  return (
    <SpaceFrame
      door={door}
      section="materials"
      title={shownName(material)}
      acts={
        <>
          {kind === "link" || isBlank ? null : (
            <ButtonLink icon="download-simple" href={savedFileAt(slug, id)} download>
              {t("materials.download")}
            </ButtonLink>
          )}
          {mayEdit ? (
            <Button icon="pencil-simple" onClick={() => ask("edit")}>
              {t("materials.edit")}
            </Button>
          ) : null}
          <ThingMenu
            thing={{ kind: "material", id }}
            name={t("materials.thing", { name: shownName(material) })}
            hidden={hidden}
            mayHide={mayNamePeople}
            changed={again}
            acts={
              isOpen && mayChange
                ? [
                    { label: t("materials.move"), icon: "folder-simple", onPress: () => ask("move") },
                    { label: t("materials.remove"), icon: "trash", danger: true, onPress: remove.run },
                  ]
                : []
            }
          />
        </>
      }
    >
      <div className="material">
        <nav className="materials__path" aria-label={t("materials.path")}>
          <a href={sectionPath(slug, "materials")}>{t("materials.top")}</a>
          {folder.map((each) => (
            <span key={each.id}>
              <Icon name="caret-right" />
              <a href={`${sectionPath(slug, "materials")}?folder=${encodeURIComponent(each.id)}`}>{each.name}</a>
            </span>
          ))}
        </nav>
        <StatusLine>{said}</StatusLine>
        <Trouble refusal={remove.refusal} />
        {hidden === null || isBlank ? null : (
          <p role="note">{t("materials.hiddenBecause", { reason: hidden.reason ?? "" })}</p>
        )}
        {isBlank ? null : <TheThing material={material} />}
        {kind === "link" && link !== null ? <Link link={link} /> : null}
        {isBlank ? null : <Facts material={material} />}
      </div>
      {asking === "edit" ? (
        <Dialog title={t("materials.editTitle", { name })} onClose={close}>
          <MaterialForm
            material={material}
            named={mayChange}
            saved={(changed) => {
              put(changed);
              close();
              say(t("materials.saved"));
            }}
            later={<Button onClick={close}>{t("act.cancel")}</Button>}
          />
        </Dialog>
      ) : null}
      {asking === "move" ? (
        <MoveDialog
          what={{ kind: "material", id, name }}
          moved={() => {
            close();
            again();
          }}
          onClose={close}
        />
      ) : null}
    </SpaceFrame>
  );
}

/** The thing itself, as large as there is room; what cannot be shown in place is saved. */
function TheThing({ material }: { material: MaterialView }) {
  const { slug } = useSpace();
  const { id, kind, name, sizes, bytes } = material;
  const [cannotPlay, failed] = useState(false);
  if (kind === "link") return null;
  return (
    <figure className="material__thing">
      {kind === "image" ? <img src={pictureAt(slug, material, 1280)} alt={altOf(material)} /> : null}
      {kind === "video" ? (
        // biome-ignore lint/a11y/useMediaCaption: what people bring has no captions; its description stands below
        <video
          src={fileAt(slug, id)}
          controls
          playsInline
          onError={() => failed(true)}
          preload="metadata"
          poster={sizes.length > 0 ? pictureAt(slug, material, 1280) : undefined}
          aria-label={t("materials.videoOf", { name })}
        />
      ) : null}
      {kind === "sound" ? (
        // biome-ignore lint/a11y/useMediaCaption: as above
        <audio src={fileAt(slug, id)} controls preload="metadata" aria-label={name} onError={() => failed(true)} />
      ) : null}
      {kind === "file" ? (
        <>
          <Thumbnail card={material} />
          <ButtonLink look="filled" icon="download-simple" href={savedFileAt(slug, id)} download>
            {`${t("materials.download")} (${smallSize(bytes)})`}
          </ButtonLink>
        </>
      ) : null}
      {kind === "image" && material.alt !== "" ? (
        <figcaption className="material__alt soft">{material.alt}</figcaption>
      ) : null}
      {cannotPlay ? <figcaption role="status">{t("materials.noPlay")}</figcaption> : null}
    </figure>
  );
}

function Link({ link }: { link: string }) {
  return (
    <div className="material__acts">
      <a className="button button--filled button--usual" href={link} target="_blank" rel="noopener noreferrer external">
        <span>{t("materials.openLink")}</span>
      </a>
      <p className="soft">{t("materials.leads", { host: new URL(link).hostname })}</p>
    </div>
  );
}

function Facts({ material }: { material: MaterialView }) {
  const { slug } = useSpace();
  const { kind, type, bytes, width, height, createdAt, author, credit, licence, description, shows, people, pages } =
    material;
  const isSeenOrHeard = kind === "image" || kind === "video" || kind === "sound";
  const typed = typeInWords(type);
  const facts: [string, ReactNode][] = [
    [t("materials.added"), <span key="at">{dateAndTime(createdAt)}</span>],
    [t("materials.by", { name: "" }).trim(), <PersonName key="by" person={author} />],
    ...(kind === "link" ? [] : [[t("materials.size"), sizeOf(bytes, width, height)] as [string, ReactNode]]),
    ...(typed === null ? [] : [[t("materials.type"), typed] as [string, ReactNode]]),
    ...(credit === "" ? [] : [[t("materials.credit"), credit] as [string, ReactNode]]),
    [t("materials.licence"), licence === "unknown" ? t("materials.licenceUnsaid") : t(`materials.licence.${licence}`)],
    ...(isSeenOrHeard
      ? [[t("materials.shows"), <Seen key="seen" shows={shows} people={people} />] as [string, ReactNode]]
      : []),
    [
      t("materials.usedOn"),
      pages.length === 0 ? (
        t("materials.usedNowhere")
      ) : (
        <ul key="pages">
          {pages.map(({ id, title }) => (
            <li key={id}>
              <a href={`${sectionPath(slug, "pages")}/${encodeURIComponent(id)}`}>{title}</a>
            </li>
          ))}
        </ul>
      ),
    ],
  ];
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">{t("materials.facts")}</h2>
      {description === "" ? null : <p className="material__description">{description}</p>}
      <dl className="material__facts">
        {facts.map(([label, value]) => (
          <div key={label} className="material__fact">
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Seen({ shows, people }: Pick<MaterialView, "shows" | "people">) {
  if (shows !== "people" || people.length === 0) return t(`materials.shows.${shows}`);
  return (
    <ul>
      {people.map((person) => (
        <li key={person.author}>
          <PersonName person={person} />
        </li>
      ))}
    </ul>
  );
}

const sizeOf = (bytes: number, width: number | null, height: number | null): string =>
  [smallSize(bytes), ...(width === null || height === null ? [] : [t("materials.dimensions", { width, height })])].join(
    " · ",
  );
