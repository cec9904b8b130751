/** What leaving and coming in need from outside, and where their files lie. */
import { join } from "node:path";
import type { Id } from "../../../protocol/ids.ts";
import { limitsOf, type MaterialParts } from "../materials/parts.ts";

export interface LeavingParts extends MaterialParts {
  /** DATA_DIR/exports; made when the first file comes. */
  readonly exportsFolder: string;
  /** Has an export made. Without it the next sweep has. */
  readonly queueExport?: ((id: Id) => Promise<void>) | undefined;
}

export const exportPath = (folder: string, id: Id): string => join(folder, `${id}.zip`);
export const partPath = (folder: string, id: Id): string => join(folder, `${id}.part`);
export const importsFolder = (folder: string): string => join(folder, ".imports");
export const importPath = (folder: string, id: Id): string => join(importsFolder(folder), `${id}.zip`);

/** All that a project may keep, and its words. */
export const largestImport = (parts: MaterialParts): number =>
  Math.ceil(limitsOf(parts).quotaBytes * 1.05) + 200_000_000;
