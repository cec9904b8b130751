/** Quality Labels as their holders have them: a list of their own, and what they choose to show. */
import { readLabelCode, writeLabelCode } from "../../domain/projects/labelCode.ts";
import { TypedLabel } from "../../protocol/http/labels.ts";
import type { Id } from "../../protocol/ids.ts";
import { ChooseForLabel, type MyLabel, MyLabels } from "../../protocol/qualityLabels/awards.ts";
import type { Pool, Queryable } from "../../storage/pool.ts";
import { type Route, route } from "../http/route.ts";

const limit = { times: 120, perMs: 60_000, per: "account" } as const;

export function awardRoutes({ pool }: { readonly pool: Pool }): Route[] {
  return [
    route({
      method: "get",
      path: "/api/me/labels",
      summary: "The Quality Labels I hold or held",
      action: "qualityLabel.hold",
      limit,
      answer: MyLabels,
      handle: async ({ caller }) => ({ labels: await labelsOf(pool, caller.id) }),
    }),
    route({
      method: "patch",
      path: "/api/me/labels/:code",
      summary: "Choose whether a Quality Label of mine is shown in public, and whether with my name",
      action: "qualityLabel.hold",
      limit,
      params: TypedLabel,
      body: ChooseForLabel,
      answer: MyLabels,
      async handle({ caller }, { params, body }) {
        const { rowCount } = await pool.query(
          `update awards set shown = coalesce($3, shown), named = coalesce($4, named)
           where account_id = $1 and code = $2 and kind = 'qualityLabel'`,
          [caller.id, readLabelCode(params.code), body.shown ?? null, body.named ?? null],
        );
        return rowCount === 0 ? { refused: "label.unknown" } : { labels: await labelsOf(pool, caller.id) };
      },
    }),
  ];
}

async function labelsOf(db: Queryable, account: Id): Promise<MyLabel[]> {
  const { rows } = await db.query<MyLabel>(
    `select w.code, jsonb_build_object('slug', p.slug, 'title', p.title) as project,
       jsonb_build_object('name', s.name, 'town', s.town, 'country', s.country) as school,
       w.issued_at as "issuedAt", w.revoked_at as "revokedAt", w.shown, w.named
     from awards w join projects p on p.id = w.project_id join schools s on s.id = w.school_id
     where w.account_id = $1 and w.kind = 'qualityLabel' order by w.issued_at desc, w.id limit 200`,
    [account],
  );
  return rows.map((row) => ({ ...row, code: writeLabelCode(row.code) }));
}
