import type { SpaceNews, SpaceSearch } from "../../../protocol/twinspace/news.ts";
import { ask, query } from "../../api.ts";
import { spaceAt } from "../space.ts";

export const spaceNews = (project: string, after: string | null) =>
  ask<SpaceNews>("GET", `${spaceAt(project)}/news${query({ after })}`);
export const visited = (project: string) => ask<void>("POST", `${spaceAt(project)}/visited`);
export const searchSpace = (project: string, words: string) =>
  ask<SpaceSearch>("GET", `${spaceAt(project)}/search${query({ words })}`);
