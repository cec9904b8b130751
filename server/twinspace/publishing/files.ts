/** Files of public pages: only what a page shows that is to be read now, under the type that was found in it. */
import { stat } from "node:fs/promises";
import { FileAnswer } from "../../http/route.ts";
import { dispositionOf, nameToSave } from "../materials/names.ts";
import { type MaterialParts, materialPath } from "../materials/parts.ts";
import type { Site } from "./site.ts";

const inPlace: ReadonlySet<string> = new Set(["image", "video", "sound"]);

/** Undefined where no page that is to be read shows it. */
export async function siteFile(
  { materialsFolder }: Pick<MaterialParts, "materialsFolder">,
  site: Site,
  material: string,
  size: number | undefined,
): Promise<FileAnswer | undefined> {
  const thing = site.pages.flatMap(({ things }) => things).find(({ id }) => id === material);
  if (!thing) return undefined;
  const isSmaller = size !== undefined && thing.sizes.includes(size);
  if (size !== undefined && !isSmaller && thing.kind !== "image") return undefined;
  const path = materialPath(materialsFolder, site.id, thing.id, isSmaller ? size : undefined);
  const file = await stat(path).catch(() => undefined);
  if (!file) return undefined;
  const type = isSmaller ? "image/webp" : thing.type;
  return new FileAnswer(path, type, undefined, undefined, {
    // Opened by itself it may do nothing at all, and is nobody.
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Content-Disposition": dispositionOf(
      inPlace.has(thing.kind) ? "inline" : "attachment",
      nameToSave(thing.name, type),
    ),
    "Cache-Control": "public, max-age=60",
    ...(site.listed ? {} : { "X-Robots-Tag": "noindex" }),
    // A film is written anew once the recorder has looked at it.
    ETag: `"${thing.id}-${file.size}-${Math.floor(file.mtimeMs)}"`,
  });
}
