import type { ConcernAbout, ConcernReaders, Concerns, RaiseConcern } from "../../../protocol/twinspace/concerns.ts";
import type { HideThing, Thing } from "../../../protocol/twinspace/hidden.ts";
import { ask, query } from "../../api.ts";
import { spaceAt } from "../space.ts";

export const hideThing = (project: string, body: HideThing) => ask<void>("POST", `${spaceAt(project)}/hide`, body);
export const showThing = (project: string, body: Thing) => ask<void>("POST", `${spaceAt(project)}/show`, body);

export const concernReaders = (project: string, about: ConcernAbout) =>
  ask<ConcernReaders>("GET", `${spaceAt(project)}/concern-readers${query(about)}`);
export const raiseConcern = (project: string, body: RaiseConcern) =>
  ask<void>("POST", `${spaceAt(project)}/concerns`, body);
export const concerns = (after: string | null) => ask<Concerns>("GET", `/api/concerns${query({ after })}`);
