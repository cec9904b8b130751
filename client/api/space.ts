import type { SpaceView } from "../../protocol/twinspace/space.ts";
import { ask } from "../api.ts";

/** Where a TwinSpace's own addresses begin. */
export const spaceAt = (project: string) => `/api/spaces/${encodeURIComponent(project)}`;
export const space = (project: string) => ask<SpaceView>("GET", spaceAt(project));
