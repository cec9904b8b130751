/**
 * Copying the files that an application shows. A copy is a name more for the same bytes where the disk can do that: files of
 * materials are replaced, never written into, so that a copy stays what it was. Copies come before their rows; should the
 * server be stopped in between, they are swept.
 */
import { copyFile, link, mkdir, readdir, rm, rmdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Logger } from "pino";
import type { Id } from "../../protocol/ids.ts";
import type { Refused } from "../../protocol/refusals.ts";
import type { Pool } from "../../storage/pool.ts";
import { materialPath } from "../twinspace/materials/parts.ts";
import { hashOf, onDisk } from "../twinspace/materials/taking.ts";
import { isFull } from "../twinspace/materials/uploads.ts";
import type { FileToCopy } from "./assembling.ts";
import { copyFolder, copyPath, type LabelParts, mostBytes } from "./parts.ts";
import type { FileRow } from "./rows.ts";

type Folders = Pick<LabelParts, "materialsFolder" | "applicationsFolder" | "mostCopiedBytes">;

/** With what was found in the files; of what is refused or fails nothing stays. */
export async function copyFiles(
  parts: Folders,
  { project, application }: { readonly project: Id; readonly application: Id },
  files: readonly FileToCopy[],
): Promise<Omit<FileRow, "erasedAt">[] | Refused> {
  if (files.reduce((sum, { storedBytes }) => sum + storedBytes, 0) > mostBytes(parts))
    return { refused: "label.tooLarge" };
  try {
    const copied = [];
    for (const file of files) copied.push(await copyOne(parts, project, application, file));
    return copied;
  } catch (fault) {
    await removeCopies(parts, application, files);
    if (isFull(fault)) return { refused: "label.diskFull" };
    // Removed for good between looking and copying.
    if (isGone(fault)) return { refused: "label.changed" };
    throw fault;
  }
}

async function copyOne(
  { materialsFolder, applicationsFolder }: Folders,
  project: Id,
  application: Id,
  { storedBytes: _all, ...file }: FileToCopy,
): Promise<Omit<FileRow, "erasedAt">> {
  await mkdir(copyFolder(applicationsFolder, application), { recursive: true, mode: 0o700 });
  for (const size of [undefined, ...file.sizes]) {
    const source = materialPath(materialsFolder, project, file.material, size);
    const target = copyPath(applicationsFolder, application, file.key, size);
    // Another disk, or one that knows no second names.
    await link(source, target).catch((fault) => {
      if (isGone(fault)) throw fault;
      return copyFile(source, target);
    });
  }
  const target = copyPath(applicationsFolder, application, file.key);
  await onDisk(target, file.sizes);
  return { ...file, bytes: (await stat(target)).size, sha256: await hashOf(target) };
}

const isGone = (fault: unknown): boolean => fault instanceof Error && "code" in fault && fault.code === "ENOENT";

/** These alone: another window may be sending the same application. */
export async function removeCopies(
  { applicationsFolder }: Pick<Folders, "applicationsFolder">,
  application: Id,
  files: readonly Pick<FileRow, "key" | "sizes">[],
): Promise<void> {
  for (const { key, sizes } of files) {
    for (const size of [undefined, ...sizes]) {
      await rm(copyPath(applicationsFolder, application, key, size), { force: true });
    }
  }
  await removeIfEmpty(copyFolder(applicationsFolder, application));
}

/** A folder with something in it stays. */
const removeIfEmpty = (folder: string): Promise<void> => rmdir(folder).catch(() => {});

/** A copy without a row may be one that is being made; it is not touched while it may. */
const leftOverAfterMs = 2 * 3_600_000;

/** Deletes copies without a row: of what was broken off, thrown away, withdrawn or erased. @param now milliseconds since 1970 */
export async function sweepCopies(
  { pool, applicationsFolder }: Pick<LabelParts, "pool" | "applicationsFolder">,
  now: number,
): Promise<void> {
  for (const application of await readdir(applicationsFolder).catch(() => [])) {
    const folder = copyFolder(applicationsFolder, application);
    const names = await readdir(folder).catch(() => []);
    const { rows } = await pool.query<{ key: string }>(
      "select key from label_application_files where application_id = $1 and erased_at is null",
      [application],
    );
    const kept = new Set(rows.map(({ key }) => key));
    for (const name of names.filter((one) => !kept.has(one.split(".")[0] ?? one))) {
      const path = join(folder, name);
      // A second name for old bytes: when it was given says when they were copied.
      const { ctimeMs } = await stat(path).catch(() => ({ ctimeMs: now }));
      if (now - ctimeMs > leftOverAfterMs) await rm(path, { force: true });
    }
    await removeIfEmpty(folder);
  }
}

const sweepEveryMs = 3_600_000;

/** Sweeps now and every hour until it is stopped. */
export function keepSweepingCopies(
  parts: { readonly pool: Pool; readonly applicationsFolder: string },
  log: Logger,
): { stop(): void } {
  const sweep = () => {
    sweepCopies(parts, Date.now()).catch((err) => log.error({ err }, "Copies of applications could not be swept"));
  };
  sweep();
  const timer = setInterval(sweep, sweepEveryMs);
  return { stop: () => clearInterval(timer) };
}
