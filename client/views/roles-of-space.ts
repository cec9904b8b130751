/** Roles in a TwinSpace, as its pages ask about them. The server refuses by itself. */
import type { SpaceRoleName } from "../../protocol/twinspace/space.ts";

const teachers: readonly SpaceRoleName[] = ["founder", "teacherAdmin", "teacher"];
export const isTeacherRole = (role: SpaceRoleName): boolean => teachers.includes(role);
export const isAdminRole = (role: SpaceRoleName): boolean => role === "founder" || role === "teacherAdmin";
export const isPupilRole = (role: SpaceRoleName): boolean => role === "pupil" || role === "pupilAdmin";
