/** What materials need from outside, and where their files lie. */
import { join } from "node:path";
import type { Id } from "../../../protocol/ids.ts";
import type { Pool } from "../../../storage/pool.ts";
import type { TellSpace } from "../live.ts";

export interface MaterialLimits {
  /** All that one project may keep. */
  readonly quotaBytes: number;
  readonly fileBytes: number;
  readonly imageBytes: number;
}

const mega = 1_000_000;
/** Of a server whose operator has said nothing else (config/settings.ts). */
export const usualLimits: MaterialLimits = {
  quotaBytes: 5_000 * mega,
  fileBytes: 100 * mega,
  imageBytes: 20 * mega,
};

export interface MaterialParts {
  readonly pool: Pool;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly tell: TellSpace;
  /** DATA_DIR/materials; made when the first file comes. */
  readonly materialsFolder: string;
  readonly materialLimits?: MaterialLimits | undefined;
  /** Has the recorder look at a video. Without it videos have no picture and are kept as the server leaves them. */
  readonly queueFilm?: ((material: Id) => Promise<void>) | undefined;
}

export const limitsOf = ({ materialLimits = usualLimits }: Pick<MaterialParts, "materialLimits">): MaterialLimits =>
  materialLimits;

const underWay = ".uploads";

/** Where files are on their way; on the disk of the others, so that they can be moved by their names alone. */
export const uploadsFolder = (folder: string): string => join(folder, underWay);
export const uploadPath = (folder: string, upload: Id): string => join(folder, underWay, upload);
export const projectFolder = (folder: string, project: Id): string => join(folder, project);
/** `size`: of the smaller pictures, by their longer side. */
export const materialPath = (folder: string, project: Id, material: Id, size?: number): string =>
  join(folder, project, size === undefined ? material : `${material}.${size}`);
