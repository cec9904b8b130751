/** Hiding with a reason, over http: for teachers, of anything in the TwinSpace. Also in a closed project. */
import { HideThing, Thing } from "../../../protocol/twinspace/hidden.ts";
import { OneSpace } from "../../../protocol/twinspace/space.ts";
import { isRefused, type Route, route } from "../../http/route.ts";
import { spaceFor } from "../insider.ts";
import { type SpaceParts, writing } from "../routes.ts";
import { hide, show } from "./things.ts";

export function hideRoutes({ pool, now, tell }: SpaceParts): Route[] {
  const tellOf = (project: string, { kind, id }: Thing) => {
    // Whoever has the page open and may not read it any more is told nothing more of it.
    if (kind === "page") return tell(project, { type: "page", page: id });
    tell(project, { type: kind === "message" ? "chat" : "news" });
  };
  return [
    route({
      method: "post",
      path: "/api/spaces/:project/hide",
      summary: "Hide something with a reason that the other teachers read",
      action: "space.hide",
      limit: writing,
      params: OneSpace,
      body: HideThing,
      async handle(who, { params, body }) {
        const space = await spaceFor(pool, "space.hide", who, params.project, now());
        if (isRefused(space)) return space;
        const { project, me } = space;
        if (!(await hide(pool, project.id, body, me.author, body.reason, now()))) return { refused: "thing.unknown" };
        tellOf(project.id, body);
        return undefined;
      },
    }),
    route({
      method: "post",
      path: "/api/spaces/:project/show",
      summary: "Show again what was hidden",
      action: "space.hide",
      limit: writing,
      params: OneSpace,
      body: Thing,
      async handle(who, { params, body }) {
        const space = await spaceFor(pool, "space.hide", who, params.project, now());
        if (isRefused(space)) return space;
        if (!(await show(pool, space.project.id, body))) return { refused: "thing.unknown" };
        tellOf(space.project.id, body);
        return undefined;
      },
    }),
  ];
}
