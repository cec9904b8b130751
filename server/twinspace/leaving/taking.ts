/**
 * What an import brings becomes the project's own: files first, each looked at as an upload is, then every row in one
 * transaction. When anything fails no row is there, and files without a row are deleted.
 *
 * Nobody of the other place is a person here. What they made is the importing founder's, and says in words who made it: an
 * adult by name, a pupil only as a pupil of their school.
 */
import { mkdir, rm } from "node:fs/promises";
import type { Id } from "../../../protocol/ids.ts";
import type { RefusalCode, Refused } from "../../../protocol/refusals.ts";
import type { ExportedMaterial } from "../../../protocol/twinspace/exported.ts";
import { imageSizes } from "../../../protocol/twinspace/materials.ts";
import { inTransaction, type Queryable } from "../../../storage/pool.ts";
import { isRefused } from "../../http/route.ts";
import { newId } from "../../ids.ts";
import type { Space } from "../insider.ts";
import { limitsOf, materialPath, uploadPath, uploadsFolder } from "../materials/parts.ts";
import { lockRoom, usedBytes } from "../materials/room.ts";
import { hashOf, keepFile, onDisk } from "../materials/taking.ts";
import type { Bundle } from "./bundle.ts";
import { isEmpty, openBundle } from "./imports.ts";
import type { LeavingParts } from "./parts.ts";
import { takeReport } from "./takenReport.ts";
import {
  type KeptFile,
  type Taking,
  takeDates,
  takeFolders,
  takeForum,
  takeMaterials,
  takePages,
  takeUpdates,
  Unfit,
} from "./takenRows.ts";

type Entry = (db: Queryable) => Promise<Space | Refused>;

/** @returns why nothing was taken, or undefined when all of it was */
export async function takeProject(
  parts: LeavingParts,
  project: Id,
  id: Id,
  entry: Entry,
): Promise<RefusalCode | undefined> {
  const bundle = await openBundle(parts, id);
  if (isRefused(bundle)) return bundle.refused;
  // By what each is called in the file.
  const ids = new Map<string, Id>();
  try {
    const exported = await bundle.project();
    if (isRefused(exported)) return exported.refused;
    const files = await takeFiles(parts, project, bundle, exported.materials, ids);
    await inTransaction(parts.pool, async (db) => {
      const space = await entry(db);
      if (isRefused(space)) throw new Unfit(space.refused);
      if (!(await isEmpty(db, project))) throw new Unfit("import.notEmpty");
      const people = new Map(exported.people.map((person) => [person.id, person]));
      const { author, id: account, school } = space.me;
      const { schools } = space.project;
      const me = { author, account, school };
      await write({ parts, db, project, ...me, schools, exported, people, now: parts.now() }, bundle, files, ids);
    });
    for (const [key, { kind }] of files) if (kind === "video") await parts.queueFilm?.(ids.get(key) ?? key);
    return undefined;
  } catch (fault) {
    await dropFiles(parts, project, [...ids.values()]);
    if (fault instanceof Unfit) return fault.code;
    throw fault;
  } finally {
    bundle.close();
  }
}

/** Each is what its sha256 says, and kept as an upload is: by what stands in it, pictures written anew. */
async function takeFiles(
  parts: LeavingParts,
  project: Id,
  bundle: Bundle,
  materials: readonly ExportedMaterial[],
  ids: Map<string, Id>,
): Promise<Map<string, KeptFile>> {
  const { materialsFolder } = parts;
  const files = new Map<string, KeptFile>();
  await mkdir(uploadsFolder(materialsFolder), { recursive: true, mode: 0o700 });
  for (const material of materials.filter(({ hidden }) => !hidden)) {
    if (ids.has(material.id)) throw new Unfit("import.otherFormat");
    const id = newId();
    ids.set(material.id, id);
    if (material.kind === "link") continue;
    if (material.file === null || material.sha256 === null) throw new Unfit("import.damaged");
    const source = uploadPath(materialsFolder, id);
    try {
      if (!(await bundle.extract(material.file, material.sha256, source))) throw new Unfit("import.damaged");
      const kept = await keepFile(parts, { id, project });
      if (isRefused(kept)) throw new Unfit(kept.refused === "material.diskFull" ? kept.refused : "import.damaged");
      const target = materialPath(materialsFolder, project, id);
      await onDisk(target, kept.sizes);
      files.set(material.id, { ...kept, sha256: await hashOf(target) });
    } finally {
      await rm(source, { force: true });
    }
  }
  return files;
}

async function dropFiles({ materialsFolder }: LeavingParts, project: Id, ids: readonly Id[]): Promise<void> {
  for (const id of ids) {
    for (const size of [undefined, ...imageSizes]) {
      await rm(materialPath(materialsFolder, project, id, size), { force: true });
    }
  }
}

async function write(taking: Taking, bundle: Bundle, files: ReadonlyMap<string, KeptFile>, ids: Map<string, Id>) {
  await lockRoom(taking.db, taking.project);
  const stored = [...files.values()].reduce((sum, { storedBytes }) => sum + storedBytes, 0);
  const { quotaBytes } = limitsOf(taking.parts);
  if ((await usedBytes(taking.db, taking.project)) + stored > quotaBytes) throw new Unfit("import.noRoom");
  const folders = await takeFolders(taking);
  await takeMaterials(taking, files, ids, folders);
  const pages = await takePages(taking, bundle, ids);
  await takeDates(taking);
  await takeForum(taking);
  await takeUpdates(taking, ids);
  await takeReport(taking, { materials: ids, pages });
}
