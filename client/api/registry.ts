import type {
  ChangeSchool,
  FoundSchools,
  MySchools,
  Place,
  Register,
  RegisterSchool,
  SchoolSeen,
} from "../../protocol/http/registry.ts";
import { ask } from "../api.ts";

const at = encodeURIComponent;

export const register = (body: Register) => ask<void>("POST", "/api/register", body);

/** `after`: the page behind this one, as the answer before said it. */
export function findSchools(words: string, country: string, after?: string | null) {
  const query = new URLSearchParams({
    words,
    ...(country === "" ? {} : { country }),
    ...(after ? { after } : {}),
  });
  return ask<FoundSchools>("GET", `/api/schools/find?${query}`);
}
export const registerSchool = (body: RegisterSchool) => ask<SchoolSeen>("POST", "/api/schools", body);
export const seeSchool = (school: string) => ask<SchoolSeen>("GET", `/api/schools/${at(school)}`);
export const changeSchool = (school: string, body: ChangeSchool) =>
  ask<SchoolSeen>("PUT", `/api/schools/${at(school)}`, body);

export const mySchools = () => ask<MySchools>("GET", "/api/me/schools");
export const askToJoin = (school: string, body: Place) =>
  ask<MySchools>("POST", `/api/schools/${at(school)}/memberships`, body);
export const endPlace = (membership: string) => ask<MySchools>("POST", `/api/memberships/${at(membership)}/end`);
export const giveEvidence = (membership: string, file: Blob) =>
  ask<MySchools>("POST", `/api/memberships/${at(membership)}/evidence`, file);
