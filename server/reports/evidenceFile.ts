/**
 * A file that an entry shows, to a support service: only of entries that were shared with the services, and only while it
 * may be shown outside of the TwinSpace, asked anew at each look.
 */
import { stat } from "node:fs/promises";
import { heldBack, isShowable } from "../../domain/twinspace/publishing.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Refused } from "../../protocol/refusals.ts";
import { FileAnswer } from "../http/route.ts";
import { dispositionOf, nameToSave } from "../twinspace/materials/names.ts";
import { type MaterialParts, materialPath } from "../twinspace/materials/parts.ts";
import { missingOn, thingsIn } from "../twinspace/publishing/rows.ts";
import { entryRows } from "./rows.ts";

const inPlace: ReadonlySet<string> = new Set(["image", "video", "sound"]);
const gone: Refused = { refused: "request.notFound" };

export async function evidenceFile(
  { pool, materialsFolder }: Pick<MaterialParts, "pool" | "materialsFolder">,
  project: Id,
  entry: Id,
  material: Id,
  size: number | undefined,
  now: number,
): Promise<FileAnswer | Refused> {
  const [row] = await entryRows(pool, project, { ids: [entry], only: "services" });
  const isShown = row?.body.evidence.some((piece) => piece.kind === "material" && piece.id === material);
  const [thing] = isShown ? await thingsIn(pool, project, [material]) : [];
  if (!thing || !isShowable(thing)) return gone;
  if (heldBack([thing], await missingOn(pool, [thing], now)).length > 0) return gone;
  const isSmaller = size !== undefined && thing.sizes.includes(size);
  if (size !== undefined && !isSmaller && thing.kind !== "image") return gone;
  const path = materialPath(materialsFolder, project, thing.id, isSmaller ? size : undefined);
  const file = await stat(path).catch(() => undefined);
  if (!file) return gone;
  const type = isSmaller ? "image/webp" : thing.type;
  return new FileAnswer(path, type, undefined, undefined, {
    // Opened by itself it may do nothing at all, and is nobody.
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Content-Disposition": dispositionOf(
      inPlace.has(thing.kind) ? "inline" : "attachment",
      nameToSave(thing.name, type),
    ),
    // Asked for again each time: a consent that was withdrawn is so at once.
    "Cache-Control": "private, no-cache",
    ETag: `"${thing.id}-${file.size}-${Math.floor(file.mtimeMs)}"`,
  });
}
