/** The TwinSpace over http: the tables of all its parts. */
import { OneSpace, SpaceView } from "../../protocol/twinspace/space.ts";
import type { Pool } from "../../storage/pool.ts";
import type { Secrets } from "../../storage/secrets.ts";
import { isRefused, type Route, route } from "../http/route.ts";
import { calendarRoutes } from "./calendar/routes.ts";
import { correspondenceRoutes } from "./correspondence/routes.ts";
import { type Space, spaceFor } from "./insider.ts";
import type { LeavingParts } from "./leaving/parts.ts";
import { pupilLeavingRoutes } from "./leaving/pupils.ts";
import { leavingRoutes } from "./leaving/routes.ts";
import type { TellSpace } from "./live.ts";
import { materialRoutes } from "./materials/routes.ts";
import { memberRoutes } from "./members/routes.ts";
import { peopleOf } from "./names.ts";
import { newsLetterRoutes } from "./newsLetters/routes.ts";
import { newsRoutes } from "./newsRoutes.ts";
import { pageRoutes } from "./pages/routes.ts";
import type { WritingParts } from "./pages/writing.ts";
import { publishingRoutes } from "./publishing/routes.ts";
import { pupilRoutes } from "./pupils/routes.ts";
import { talkRoutes } from "./talk/routes.ts";

export interface SpaceParts extends LeavingParts, WritingParts {
  readonly pool: Pool;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Tells the browsers that have a TwinSpace open. */
  readonly tell: TellSpace;
  /** Seals pupils' names. */
  readonly secrets: Secrets;
  /** Where files of frozen copies lie, which erased pupils are taken out of. */
  readonly applicationsFolder?: string | undefined;
}

/** By one person; a class behind one address has many. */
export const reading = { times: 600, perMs: 60_000, per: "account" } as const;
export const writing = { times: 120, perMs: 60_000, per: "account" } as const;

export function spaceRoutes(parts: SpaceParts): Route[] {
  return [
    lookRoute(parts),
    ...pageRoutes(parts),
    ...materialRoutes(parts),
    ...talkRoutes(parts),
    ...calendarRoutes(parts),
    ...memberRoutes(parts),
    ...correspondenceRoutes(parts),
    ...newsRoutes(parts),
    ...newsLetterRoutes(parts),
    ...pupilRoutes(parts),
    ...leavingRoutes(parts),
    ...pupilLeavingRoutes(parts),
    ...publishingRoutes(parts),
  ];
}

function lookRoute({ pool, now }: SpaceParts): Route {
  return route({
    method: "get",
    path: "/api/spaces/:project",
    summary: "A TwinSpace I am in: what it is and who I am there",
    action: "space.read",
    limit: reading,
    params: OneSpace,
    answer: SpaceView,
    async handle(who, { params }) {
      const space = await spaceFor(pool, "space.read", who, params.project, now());
      return isRefused(space) ? space : shown(pool, space);
    },
  });
}

async function shown(pool: Pool, { project, me }: Space): Promise<SpaceView> {
  const { id, slug, title, state } = project;
  const person = (await peopleOf(pool, id, [me.author])).get(me.author);
  if (!person) throw new Error("Who is in a TwinSpace is nobody");
  const schools = project.schools.map(({ shown: { id, name, country } }) => ({ id, name, country }));
  return { ...{ id, slug, title, state }, open: state === "active", me: { ...person, role: me.role }, schools };
}
