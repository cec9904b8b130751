/** What a pupil made, for a teacher of their own school; and erasing their account before its time. */
import type { Id } from "../../../protocol/ids.ts";
import { Id as IdShape } from "../../../protocol/ids.ts";
import { OneSpace } from "../../../protocol/twinspace/space.ts";
import { madeBy } from "../../accounts/myRecord.ts";
import { BodyAnswer, isRefused, type Route, route } from "../../http/route.ts";
import { sweepPupils } from "../pupils/ending.ts";
import { ownSchoolFor } from "../pupils/sight.ts";
import type { LeavingParts } from "./parts.ts";

const OnePupil = OneSpace.extend({ pupil: IdShape });
const limit = { times: 60, perMs: 60_000, per: "account" } as const;

export function pupilLeavingRoutes({
  pool,
  now,
  applicationsFolder,
}: Pick<LeavingParts, "pool" | "now"> & { readonly applicationsFolder?: string | undefined }): Route[] {
  return [
    route({
      method: "get",
      path: "/api/spaces/:project/pupils/:pupil/record",
      summary: "What a pupil of my own school has made here, as one file",
      action: "pupil.export",
      limit,
      params: OnePupil,
      async handle(who, { params }) {
        const own = await ownSchoolFor(pool, "pupil.export", who, params.project, now());
        if (isRefused(own)) return own;
        const { rows } = await pool.query<{ id: Id; alias: string; year: string }>(
          "select id, alias, year_group as year from pupils where id = $1 and project_id = $2 and school_id = $3",
          [params.pupil, own.project.id, own.school],
        );
        const [pupil] = rows;
        if (!pupil) return { refused: "request.notFound" };
        const { id, ...shown } = pupil;
        const record = {
          pupil: shown,
          project: own.project.title,
          made: await madeBy(pool, `pupil:${id}`, own.project.id),
        };
        return new BodyAnswer(`${JSON.stringify(record, null, 2)}\n`, "application/json", "pupil.json");
      },
    }),
    route({
      method: "post",
      path: "/api/spaces/:project/pupils/:pupil/erase",
      summary: "Erase the ended account of a pupil of my own school now",
      action: "pupil.change",
      limit,
      params: OnePupil,
      async handle(who, { params }) {
        // In a closed project too: that is when accounts have ended.
        const own = await ownSchoolFor(pool, "pupil.change", who, params.project, now());
        if (isRefused(own)) return own;
        const { rowCount } = await pool.query(
          `update pupils set purge_after = to_timestamp($4::float8 / 1000)
           where id = $1 and project_id = $2 and school_id = $3 and state = 'ended'`,
          [params.pupil, own.project.id, own.school, now()],
        );
        if (rowCount !== 1) return { refused: "request.notFound" };
        await sweepPupils(pool, now(), applicationsFolder);
        return undefined;
      },
    }),
  ];
}
