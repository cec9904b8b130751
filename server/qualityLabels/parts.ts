/** What applications for labels need from outside, and where their copied files lie. */
import { join } from "node:path";
import type { Id } from "../../protocol/ids.ts";
import type { SpaceParts } from "../twinspace/routes.ts";

export interface LabelParts extends SpaceParts {
  /** DATA_DIR/applications; made when the first file is copied. */
  readonly applicationsFolder: string;
  /** How many applications of a teacher count in a school year; without it as many as usual. */
  readonly applicationsAYear?: number | undefined;
  /** How much the files of one copy may be together; without it as much as usual. */
  readonly mostCopiedBytes?: number | undefined;
}

export const usualApplicationsAYear = 4;
const usualCopiedBytes = 200_000_000;

export const mostAYear = ({ applicationsAYear = usualApplicationsAYear }: Pick<LabelParts, "applicationsAYear">) =>
  applicationsAYear;
export const mostBytes = ({ mostCopiedBytes = usualCopiedBytes }: Pick<LabelParts, "mostCopiedBytes">) =>
  mostCopiedBytes;

export const copyFolder = (folder: string, application: Id): string => join(folder, application);
/** `size`: of the smaller pictures, by their longer side. */
export const copyPath = (folder: string, application: Id, key: string, size?: number): string =>
  join(folder, application, size === undefined ? key : `${key}.${size}`);
