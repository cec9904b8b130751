/** The report card of a project over http, to its teachers: its state, its plan, what is offered to be written. */
import { Id } from "../../protocol/ids.ts";
import { CardView, Plan, WritePlan } from "../../protocol/reports/card.ts";
import { OneSpace } from "../../protocol/twinspace/space.ts";
import { inTransaction } from "../../storage/pool.ts";
import { isRefused, type Route, route } from "../http/route.ts";
import { isTeacher, spaceFor } from "../twinspace/insider.ts";
import { reading, type SpaceParts, writing } from "../twinspace/routes.ts";
import { cardView } from "./card.ts";
import { lockCard } from "./cards.ts";
import { dismissOffer, offerAgain } from "./offers.ts";
import { writePlan } from "./plan.ts";

const OneOffer = OneSpace.extend({ item: Id });

export function cardRoutes({ pool, now, tell }: SpaceParts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/spaces/:project/report",
      summary:
        "The report card: its state, its plan with what came of it, what is offered to be written, what was said",
      action: "report.read",
      limit: reading,
      params: OneSpace,
      answer: CardView,
      async handle(who, { params }) {
        const space = await spaceFor(pool, "report.read", who, params.project, now());
        if (isRefused(space)) return space;
        return (await cardView(pool, space, now())) ?? { refused: "request.notFound" };
      },
    }),
    route({
      method: "put",
      path: "/api/spaces/:project/report/plan",
      summary: "Write the plan: its aims and results, in their order",
      action: "report.plan",
      limit: writing,
      params: OneSpace,
      body: WritePlan,
      answer: Plan,
      handle: (who, { params, body }) =>
        inTransaction(pool, async (db) => {
          const space = await spaceFor(db, "report.plan", who, params.project, now(), { writes: true });
          if (isRefused(space)) return space;
          await lockCard(db, space.project.id);
          const plan = await writePlan(db, space.project, body, now());
          if (!isRefused(plan)) tell(space.project.id, { type: "report" }, isTeacher);
          return plan;
        }),
    }),
    route({
      method: "post",
      path: "/api/spaces/:project/report/offers/:item/dismiss",
      summary: "Do not offer this date, or this meeting, to be written about again",
      action: "report.write",
      limit: writing,
      params: OneOffer,
      async handle(who, { params }) {
        const space = await spaceFor(pool, "report.write", who, params.project, now(), { writes: true });
        if (isRefused(space)) return space;
        return dismissOffer(pool, space.project.id, params.item, space.me.author, now());
      },
    }),
    route({
      method: "delete",
      path: "/api/spaces/:project/report/offers/:item/dismiss",
      summary: "Offer this date, or this meeting, to be written about again",
      action: "report.write",
      limit: writing,
      params: OneOffer,
      async handle(who, { params }) {
        const space = await spaceFor(pool, "report.write", who, params.project, now(), { writes: true });
        if (isRefused(space)) return space;
        await offerAgain(pool, space.project.id, params.item);
      },
    }),
  ];
}
