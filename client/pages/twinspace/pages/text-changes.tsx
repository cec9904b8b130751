import type { TextNode } from "../../../../domain/text/schema.ts";
import { difference, linesOf, withoutSame } from "../../../views/text-difference.ts";
import { t } from "../../../words/words.ts";

/** What was added and taken away between two versions; told by words for who does not see the colours. */
export function TextChanges({ before, after }: { before: TextNode; after: TextNode }) {
  const lines = difference(linesOf(before, nameOf), linesOf(after, nameOf));
  if (lines.every(({ is }) => is === "same")) return <p className="soft">{t("pages.noDifference")}</p>;
  return (
    <div className="page-difference" dir="auto">
      {withoutSame(lines, 1).map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no names, and are drawn anew as a whole
        <p key={at} className={line === null ? "soft" : undefined}>
          {line === null
            ? "…"
            : line.parts.map(({ is, text }, part) =>
                is === "same" ? (
                  text
                ) : is === "added" ? (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  <ins key={part}>
                    <span className="unseen">{t("pages.added")} </span>
                    {text}
                  </ins>
                ) : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  <del key={part}>
                    <span className="unseen">{t("pages.taken")} </span>
                    {text}
                  </del>
                ),
              )}
        </p>
      ))}
    </div>
  );
}

/** What is no text, by its name or what it shows. */
function nameOf({ type, attrs = {} }: TextNode): string {
  if (type !== "image" && type !== "video" && type !== "file") return "";
  const kind = { image: t("editor.image"), video: t("editor.video"), file: t("editor.file") }[type];
  const words = [attrs.title, attrs.alt, attrs.caption].find((word) => typeof word === "string" && word !== "");
  return words === undefined ? kind : `${kind}: ${words}`;
}
