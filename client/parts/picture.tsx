import sprite from "virtual:sprite";
import { pictureNames } from "../../protocol/twinspace/pictureNames.ts";
import "./picture.css";

/** A pupil's picture; its word or their alias stands beside it. A name that is not drawn (any more) is a plain ground. */
export function Picture({ name, size = "small" }: { name: string; size?: "small" | "middle" | "large" | "card" }) {
  const known = pictureNames.some((one) => one === name);
  return (
    <span className={`picture picture--${size}`} aria-hidden="true">
      {known ? (
        <svg aria-hidden="true" focusable="false">
          <use href={`${sprite}#picture-${name}`} />
        </svg>
      ) : null}
    </span>
  );
}
