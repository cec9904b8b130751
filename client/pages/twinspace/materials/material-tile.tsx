import type { ReactNode } from "react";
import type { MaterialCard } from "../../../../protocol/twinspace/materials.ts";
import { pictureAt } from "../../../api/space/materials.ts";
import type { IconName } from "../../../looks/icons.ts";
import { Icon } from "../../../parts/icon.tsx";
import { personName } from "../../../views/people-of-space.ts";
import { shortDate, sizeInWords } from "../../../words/formats.ts";
import { t } from "../../../words/words.ts";
import { useSpace } from "../space-page.tsx";

export const iconOf: Readonly<Record<MaterialCard["kind"], IconName>> = {
  image: "image",
  video: "file-video",
  sound: "speaker-high",
  file: "file",
  link: "link-simple",
};

/** What stands in the place of an image for whoever cannot see it. */
export const altOf = ({ alt, decorative, name }: Pick<MaterialCard, "alt" | "decorative" | "name">): string =>
  alt !== "" || decorative ? alt : t("materials.imageOf", { name });

export const isPictured = ({ kind, sizes, hidden, type }: MaterialCard): boolean =>
  (hidden === null || type !== "") && (kind === "image" || (kind === "video" && sizes.length > 0));

/** What was hidden says so in the place of its name; its reason is there for teachers. */
export function shownName(card: MaterialCard): string {
  if (card.hidden === null) return card.name;
  return card.hidden.reason === null ? t("materials.hidden") : card.name;
}

/** What is smaller than a kilobyte is one. */
export const smallSize = (bytes: number): string => sizeInWords(Math.max(1000, bytes));

export function Thumbnail({ card }: { card: MaterialCard }) {
  const { slug } = useSpace();
  if (!isPictured(card)) {
    return (
      <span className="material-thumb material-thumb--icon">
        <Icon name={card.hidden !== null && card.type === "" ? "eye-slash" : iconOf[card.kind]} />
      </span>
    );
  }
  return (
    <span className="material-thumb">
      <img src={pictureAt(slug, card, 320)} alt={card.alt} loading="lazy" decoding="async" />
      {card.kind === "video" ? <Icon name="play-fill" className="material-thumb__play" /> : null}
    </span>
  );
}

/** The inside of a tile: the picture, and what it is called. Whoever draws it makes a link or a button of it. */
export function TileInside({ card }: { card: MaterialCard }) {
  return (
    <>
      <Thumbnail card={card} />
      <span className="material-tile__name">{shownName(card)}</span>
      {card.kind === "image" && card.hidden === null && card.alt === "" && !card.decorative ? (
        <span className="material-tile__note soft small">{t("materials.noAlt")}</span>
      ) : null}
    </>
  );
}

/** A file, sound or link in one line. */
export function MaterialRow({ card, title, acts }: { card: MaterialCard; title: ReactNode; acts?: ReactNode }) {
  const { author, bytes, createdAt, kind } = card;
  const facts = [
    ...(kind === "link" || bytes === 0 ? [] : [smallSize(bytes)]),
    t("materials.by", { name: personName(author) }),
    shortDate(createdAt),
  ];
  return (
    <li className="row material-row">
      <Thumbnail card={card} />
      <div className="row__words">
        {title}
        <span className="soft small">{facts.join(" · ")}</span>
      </div>
      {acts === undefined ? null : <div className="row__acts">{acts}</div>}
    </li>
  );
}
