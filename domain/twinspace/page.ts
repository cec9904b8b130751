/** Who sees a page of a TwinSpace, and what each may do with it. The same stands in the database for lists (page_seen). */
import type { PageEdit, PageState, PageView } from "../../protocol/twinspace/pages.ts";
import type { SpaceRole } from "../permissions.ts";

export interface PageFacts {
  readonly view: PageView;
  readonly edit: PageEdit;
  readonly state: PageState;
  /** Insider.author of who made it. */
  readonly author: string;
  readonly removed: boolean;
  readonly hidden: boolean;
}

export interface PageReader {
  readonly author: string;
  readonly role: SpaceRole;
}

const teachers: readonly SpaceRole[] = ["founder", "teacherAdmin", "teacher"];
/** Whose task is the whole project: they may do everything with what they see. */
const keepers: readonly SpaceRole[] = ["founder", "teacherAdmin", "expert"];
const makers: readonly SpaceRole[] = [...keepers, "teacher", "pupilAdmin"];

/** The views whose pages somebody sees, the narrowest first. Nobody may give a page to a circle they are not in. */
export function viewsOf(role: SpaceRole): PageView[] {
  if (role === "visitor") return ["visitors"];
  return teachers.includes(role) ? ["teachers", "members", "visitors"] : ["members", "visitors"];
}

/** `above`: the pages above it. Whoever does not see one of them does not see what is below. */
export const seesPage = (reader: PageReader, page: PageFacts, above: readonly PageFacts[]): boolean =>
  [page, ...above].every((one) => seesAlone(reader, one));

/** By the page's own settings, whatever is above it. */
export function seesAlone(reader: PageReader, page: PageFacts): boolean {
  if (page.removed || !viewsOf(reader.role).includes(page.view)) return false;
  return page.state !== "draft" || reader.role === "pupilAdmin" || isOpenTo(reader, page);
}

/** Write in it: its author, whom its settings name, and whose task is the whole project. Never who may not see it. */
export function writesPage(reader: PageReader, page: PageFacts, above: readonly PageFacts[]): boolean {
  if (page.state === "archived" || !seesPage(reader, page, above) || !isOpenTo(reader, page)) return false;
  // Who may not read what was hidden cannot write in it.
  return !page.hidden || teachers.includes(reader.role);
}

function isOpenTo({ author, role }: PageReader, page: PageFacts): boolean {
  if (keepers.includes(role)) return true;
  const isOwn = page.author === author;
  switch (role) {
    case "teacher":
      return isOwn || page.edit !== "author";
    case "pupilAdmin":
      return isOwn || page.edit === "members";
    case "pupil":
      return page.edit === "members";
    default:
      return false;
  }
}

export const makesPages = (role: SpaceRole): boolean => makers.includes(role);

/** Its settings and whether it is a draft: who keeps the project, and its author as long as they may make pages. */
export const settlesPage = (reader: PageReader, page: PageFacts, above: readonly PageFacts[]): boolean =>
  seesPage(reader, page, above) && (keepers.includes(reader.role) || (isMaker(reader, page) && !page.hidden));

/** Move it and archive it. */
export const arrangesPage = (reader: PageReader, page: PageFacts, above: readonly PageFacts[]): boolean =>
  seesPage(reader, page, above) && keepers.includes(reader.role);

/** Also bring it back: then `page` is as if it were not removed. */
export const removesPage = (reader: PageReader, page: PageFacts, above: readonly PageFacts[]): boolean =>
  seesPage(reader, page, above) &&
  (reader.role === "founder" || reader.role === "teacherAdmin" || isMaker(reader, page));

/** What it was is for who may write in it now, and for teachers of who see it. */
export const readsHistory = (reader: PageReader, page: PageFacts, above: readonly PageFacts[]): boolean =>
  seesPage(reader, page, above) &&
  (teachers.includes(reader.role) || (!page.hidden && (isOpenTo(reader, page) || reader.role === "pupilAdmin")));

const isMaker = (reader: PageReader, page: PageFacts): boolean =>
  page.author === reader.author && makers.includes(reader.role);

/** Whether the words of a page are left out for somebody. */
export const isCovered = (reader: PageReader, page: PageFacts): boolean =>
  page.hidden && !teachers.includes(reader.role);
