/** A copied file to whoever may look at the copy, as long as it may be shown: asked each time. */
import { stat } from "node:fs/promises";
import type { Id } from "../../protocol/ids.ts";
import type { Refused } from "../../protocol/refusals.ts";
import { FileAnswer } from "../http/route.ts";
import { dispositionOf, nameToSave } from "../twinspace/materials/names.ts";
import { statesOf } from "./frozenShown.ts";
import { copyPath, type LabelParts } from "./parts.ts";
import { type FileRow, fileColumns } from "./rows.ts";

const inPlace: ReadonlySet<string> = new Set(["image", "video", "sound"]);

/** Who may look at the copy is asked before. `size`: of a smaller picture, by its longer side. */
export async function copiedFile(
  { pool, now, applicationsFolder }: Pick<LabelParts, "pool" | "now" | "applicationsFolder">,
  application: Id,
  key: string,
  size: number | undefined,
): Promise<FileAnswer | Refused> {
  const { rows } = await pool.query<FileRow>(
    `select ${fileColumns} from label_application_files f join label_applications a on a.id = f.application_id
     where f.application_id = $1 and f.key = $2 and a.frozen is not null`,
    [application, key],
  );
  const file = rows[0];
  if (!file || (await statesOf(pool, [file], now())).get(key)?.state !== "shown")
    return { refused: "request.notFound" };
  const isSmaller = size !== undefined && file.sizes.includes(size);
  // A film has no picture of its own size: what is asked for a picture of it must not get the film.
  if (size !== undefined && !isSmaller && file.kind !== "image") return { refused: "request.notFound" };
  const path = copyPath(applicationsFolder, application, key, isSmaller ? size : undefined);
  if ((await stat(path).catch(() => undefined)) === undefined) return { refused: "request.notFound" };
  const type = isSmaller ? "image/webp" : file.type;
  return new FileAnswer(path, type, undefined, undefined, {
    // Opened by itself it may do nothing at all, and is nobody.
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Content-Disposition": dispositionOf(inPlace.has(file.kind) ? "inline" : "attachment", nameToSave(file.name, type)),
    // Asked for again each time: what may not be shown any more is so at once.
    "Cache-Control": "private, no-cache",
    ETag: `"${file.sha256.toString("hex").slice(0, 32)}${isSmaller ? `-${size}` : ""}"`,
  });
}
