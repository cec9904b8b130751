/**
 * An upload that is whole becomes a material: looked at, written as it is kept, moved to its place, and only then said to be
 * there. Killed at any moment, the upload is still whole, and being asked again does it again.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, link, mkdir, open, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { Id } from "../../../protocol/ids.ts";
import type { Refused } from "../../../protocol/refusals.ts";
import { imageSizes } from "../../../protocol/twinspace/materials.ts";
import { inTransaction } from "../../../storage/pool.ts";
import { isRefused } from "../../http/route.ts";
import type { Space } from "../insider.ts";
import { addNews } from "../news.ts";
import { forgetWords } from "./films.ts";
import { keepImage } from "./images.ts";
import { limitsOf, type MaterialParts, materialPath, uploadPath } from "./parts.ts";
import { type FoundType, typeOf } from "./typeOf.ts";
import { dropUpload, findUpload, isFull, type UploadRow } from "./uploads.ts";

export interface Kept {
  readonly kind: FoundType["kind"];
  readonly type: string;
  readonly bytes: number;
  readonly storedBytes: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly sizes: readonly number[];
}

/**
 * @param entry asks again who they are, in the transaction: they may have left, or the project was closed meanwhile
 * @returns the material's id; of what is refused for good nothing stays
 */
export async function takeUpload(
  parts: MaterialParts,
  upload: UploadRow,
  entry: () => Promise<Space | Refused>,
): Promise<Id | Refused> {
  const kept = await keepFile(parts, upload);
  if (isRefused(kept)) {
    if (kept.refused !== "material.diskFull") await dropUpload(parts, upload.id);
    return kept;
  }
  const target = materialPath(parts.materialsFolder, upload.project, upload.id);
  const sha256 = await hashOf(target);
  await onDisk(target, kept.sizes);
  const refused = await write(parts, upload, kept, sha256, entry);
  if (refused) return refused;
  await rm(uploadPath(parts.materialsFolder, upload.id), { force: true });
  parts.tell(upload.project, { type: "news" });
  if (kept.kind === "video") await parts.queueFilm?.(upload.id);
  return upload.id;
}

/** Writes it as it is kept, at its place, and leaves the upload as it is. */
export async function keepFile(
  parts: MaterialParts,
  { id, project }: Pick<UploadRow, "id" | "project">,
): Promise<Kept | Refused> {
  const source = uploadPath(parts.materialsFolder, id);
  const target = materialPath(parts.materialsFolder, project, id);
  const found = await typeOf(source);
  if (found === "heic") return { refused: "material.heic" };
  const { size } = await stat(source);
  try {
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await Promise.all(
      [undefined, ...imageSizes].map((each) =>
        rm(materialPath(parts.materialsFolder, project, id, each), { force: true }),
      ),
    );
    if (found.kind === "image") {
      if (size > limitsOf(parts).imageBytes) return { refused: "material.imageTooLarge" };
      const image = await keepImage(source, found.type, target);
      return image === "broken" ? { refused: "material.brokenImage" } : { kind: "image", ...image };
    }
    await link(source, target).catch(() => copyFile(source, target));
    await forgetWords(target, found.type);
    return { ...found, bytes: size, storedBytes: size, width: null, height: null, sizes: [] };
  } catch (fault) {
    if (!isFull(fault)) throw fault;
    return { refused: "material.diskFull" };
  }
}

export async function hashOf(path: string): Promise<Buffer> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path)) hash.update(piece);
  return hash.digest();
}

/** The files and their names are there after the power failed, before a row says so. */
export async function onDisk(target: string, sizes: readonly number[]): Promise<void> {
  for (const path of [target, ...sizes.map((size) => `${target}.${size}`), dirname(target)]) {
    await using file = await open(path, "r");
    await file.sync();
  }
}

async function write(
  { pool, now }: MaterialParts,
  upload: UploadRow,
  kept: Kept,
  sha256: Buffer,
  entry: () => Promise<Space | Refused>,
): Promise<Refused | undefined> {
  const at = now();
  const { id, project, author, name } = upload;
  return inTransaction(pool, async (db): Promise<Refused | undefined> => {
    const space = await entry();
    if (isRefused(space)) return space;
    const still = await findUpload(db, space, id, { lock: true });
    if (!still) return { refused: "material.uploadGone" };
    if (still.finishedAt !== null) return undefined;
    await db.query(
      `insert into materials (id, project_id, folder_id, kind, name, type, bytes, stored_bytes, sha256, width, height, sizes, author,
         created_at, changed_at, film_state)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, to_timestamp($14::float8 / 1000),
         to_timestamp($14::float8 / 1000), case when $4 = 'video' then 'queued' end)`,
      [
        ...[id, project, still.folder, kept.kind, name, kept.type, kept.bytes, kept.storedBytes, sha256],
        ...[kept.width, kept.height, kept.sizes, author, at],
      ],
    );
    await db.query("update material_uploads set finished_at = to_timestamp($2::float8 / 1000) where id = $1", [id, at]);
    await addNews(db, { project, by: author, kind: "materialAdded", thing: id, seenBy: "members" }, at);
    return undefined;
  });
}
