/** A material's file to a browser: under the type that was found in it, so that nothing in it can act as a page of ours. */
import { stat } from "node:fs/promises";
import type { Id } from "../../../protocol/ids.ts";
import { FileAnswer, type RefusedFields } from "../../http/route.ts";
import type { Space } from "../insider.ts";
import { findMaterial } from "./listing.ts";
import { dispositionOf, nameToSave } from "./names.ts";
import { type MaterialParts, materialPath } from "./parts.ts";
import { isHiddenFrom } from "./rows.ts";

/** Pictures, films and sounds are shown in place; everything else is only ever saved. */
const inPlace: ReadonlySet<string> = new Set(["image", "video", "sound"]);
/** Opened by itself it may do nothing at all, and is nobody. */
const policy = "default-src 'none'; sandbox";

export async function materialFile(
  parts: MaterialParts,
  space: Space,
  material: Id,
  { size, download }: { size?: number | undefined; download: boolean },
): Promise<FileAnswer | RefusedFields> {
  const row = await findMaterial(parts.pool, space, material);
  if (!row || row.kind === "link" || isHiddenFrom(space.me, row)) return { refused: "request.notFound" };
  const isSmaller = size !== undefined && row.sizes.includes(size);
  // A film has no picture of its own size: what is asked for a picture of it must not get the film.
  if (size !== undefined && !isSmaller && row.kind !== "image") return { refused: "request.notFound" };
  const path = materialPath(parts.materialsFolder, space.project.id, row.id, isSmaller ? size : undefined);
  if ((await stat(path).catch(() => undefined)) === undefined) return { refused: "request.notFound" };
  const type = isSmaller ? "image/webp" : row.type;
  const how = download || !inPlace.has(row.kind) ? "attachment" : "inline";
  return new FileAnswer(path, type, undefined, undefined, {
    "Content-Security-Policy": policy,
    "Content-Disposition": dispositionOf(how, nameToSave(row.name, type)),
    // Kept by this browser, and asked for again each time: what was hidden or removed is so at once.
    "Cache-Control": "private, no-cache",
    ETag: `"${row.sha256?.toString("hex").slice(0, 32) ?? row.id}${isSmaller ? `-${size}` : ""}"`,
  });
}
