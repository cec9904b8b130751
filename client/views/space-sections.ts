/** The parts of a TwinSpace, in their order, and who finds which of them there. The server refuses by itself. */
import type { SpaceRoleName } from "../../protocol/twinspace/space.ts";

export const sections = [
  "home",
  "pages",
  "materials",
  "forum",
  "chat",
  "bulletin",
  "calendar",
  "meetings",
  "report",
  "members",
  "publish",
] as const;
export type Section = (typeof sections)[number];

const forVisitors: readonly Section[] = ["home", "pages"];
const forTeachers: readonly Section[] = ["bulletin", "report", "publish"];
const teachers: readonly SpaceRoleName[] = ["founder", "teacherAdmin", "teacher"];

export function sectionsFor(role: SpaceRoleName): Section[] {
  if (role === "visitor") return [...forVisitors];
  return sections.filter((section) => {
    if (forTeachers.includes(section)) return teachers.includes(role);
    return true;
  });
}

/** `/twinspace/<slug>`, and below it a section. */
export const sectionPath = (slug: string, section: Section): string =>
  `/twinspace/${encodeURIComponent(slug)}${section === "home" ? "" : `/${section}`}`;
