/** Files that public pages show, under the type that was found in them. Which may be shown now is for who asks to find out. */
import { stat } from "node:fs/promises";
import type { Id } from "../../protocol/ids.ts";
import { FileAnswer } from "../http/route.ts";
import { dispositionOf, nameToSave } from "../twinspace/materials/names.ts";
import { type MaterialParts, materialPath } from "../twinspace/materials/parts.ts";
import type { ThingRow } from "../twinspace/publishing/rows.ts";

const inPlace: ReadonlySet<string> = new Set(["image", "video", "sound"]);

/** Undefined where there is no such file, or not in this size. */
export async function publicFile(
  { materialsFolder }: Pick<MaterialParts, "materialsFolder">,
  shown: { readonly project: Id; readonly listed: boolean; readonly thing: ThingRow },
  size: number | undefined,
): Promise<FileAnswer | undefined> {
  const { project, listed, thing } = shown;
  const isSmaller = size !== undefined && thing.sizes.includes(size);
  if (size !== undefined && !isSmaller && thing.kind !== "image") return undefined;
  const path = materialPath(materialsFolder, project, thing.id, isSmaller ? size : undefined);
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
    ...(listed ? {} : { "X-Robots-Tag": "noindex" }),
    // A film is written anew once the recorder has looked at it.
    ETag: `"${thing.id}-${file.size}-${Math.floor(file.mtimeMs)}"`,
  });
}
