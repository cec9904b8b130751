import type { Label, RevokeLabel } from "../../protocol/http/labels.ts";
import type { FindPublicProjects, PublicProject, PublicProjects } from "../../protocol/http/publicProjects.ts";
import { ask } from "../api.ts";

const label = (code: string) => `/api/labels/${encodeURIComponent(code)}`;

export const labelByCode = (code: string) => ask<Label>("GET", label(code));
export const revokeLabel = (code: string, body: RevokeLabel) => ask<Label>("POST", `${label(code)}/revoke`, body);
/** Addresses, for links that save. */
export const labelPdfOf = (code: string) => `${label(code)}/label.pdf`;
export const badgePictureOf = (code: string) => `${label(code)}/badge.svg`;
export const badgeJwtOf = (code: string) => `${label(code)}/badge.jwt`;

export function publicProjects(asked: FindPublicProjects) {
  const query = new URLSearchParams(Object.entries(asked).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  return ask<PublicProjects>("GET", `/api/public/projects?${query}`);
}
export const publicProject = (slug: string) =>
  ask<PublicProject>("GET", `/api/public/projects/${encodeURIComponent(slug)}`);
