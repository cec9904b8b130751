/** What everybody may read of projects: the gallery of active ones, and one project's card. Never a person. */
import * as z from "zod";
import { writeLabelCode } from "../../domain/projects/labelCode.ts";
import {
  FindPublicProjects,
  OnePublicProject,
  PublicProject,
  PublicProjects,
} from "../../protocol/http/publicProjects.ts";
import type { Pool, Queryable } from "../../storage/pool.ts";
import { cursorOf, keyOf } from "../http/cursor.ts";
import type { Head } from "../http/head.ts";
import type { Page } from "../http/pages.ts";
import { type Route, route } from "../http/route.ts";
import { hasPublicReport } from "../reports/public/rows.ts";

const looking = { times: 300, perMs: 60_000, per: "network" } as const;
const pageLength = 24;

export function publicProjectRoutes({ pool }: { pool: Pool }): Route[] {
  return [
    route({
      method: "get",
      path: "/api/public/projects",
      summary: "The gallery of active projects, newest first",
      action: "project.showPublic",
      limit: looking,
      query: FindPublicProjects,
      answer: PublicProjects,
      handle: async (_context, { query }) => gallery(pool, query),
    }),
    route({
      method: "get",
      path: "/api/public/projects/:slug",
      summary: "What everybody may read of a project that was approved",
      action: "project.showPublic",
      limit: looking,
      params: OnePublicProject,
      answer: PublicProject,
      handle: async (_context, { params }) =>
        (await findPublicProject(pool, params.slug)) ?? { refused: "request.notFound" },
    }),
  ];
}

/** The codes of those of this school that hold and are shown by who holds them. */
const qualityLabels = `coalesce((select jsonb_agg(q.code order by q.issued_at, q.id) from awards q
  where q.project_id = p.id and q.school_id = s.id and q.kind = 'qualityLabel' and q.revoked_at is null and q.shown), '[]')`;

/** What is shown of a project, for a row `p` of projects. */
const card = `p.slug, p.title, p.summary, p.state, p.activated_at as "activatedAt", p.languages, p.subjects,
  p.age_min as "ageMin", p.age_max as "ageMax",
  coalesce((select jsonb_agg(jsonb_build_object('name', s.name, 'town', s.town, 'country', s.country, 'label', a.code,
                               'qualityLabels', ${qualityLabels})
                             order by ps.founder desc, s.name, s.id)
            from project_schools ps join schools s on s.id = ps.school_id
            left join awards a on a.project_id = p.id and a.school_id = s.id and a.kind = 'etwinningLabel'
              and a.revoked_at is null
            where ps.project_id = p.id and (ps.founder or ps.service_state = 'approved')), '[]') as schools,
  exists (select from awards a where a.project_id = p.id and a.kind = 'etwinningLabel' and a.revoked_at is null) as labelled,
  ${hasPublicReport("p.id")} as reported`;

/** Undefined for one that was never approved, or is suspended: even that there is such a one is nobody's business. */
export async function findPublicProject(db: Queryable, slug: string): Promise<PublicProject | undefined> {
  const { rows } = await db.query<PublicProject>(
    `select ${card} from projects p where p.slug = $1 and p.state in ('active', 'closed', 'archived')`,
    [slug],
  );
  return rows[0] && readable(rows[0]);
}

/** Codes of labels as people write them. */
const readable = (project: PublicProject): PublicProject => ({
  ...project,
  schools: project.schools.map((school) => ({
    ...school,
    label: school.label && writeLabelCode(school.label),
    qualityLabels: school.qualityLabels.map(writeLabelCode),
  })),
});

/** The last row of the page before: when it was approved, to the microsecond, and its id. */
const GalleryKey = z.tuple([z.string().regex(/^[0-9: .+-]{10,40}$/), z.string().max(48)]);

async function gallery(pool: Pool, asked: z.output<typeof FindPublicProjects>): Promise<PublicProjects> {
  const key = asked.after === undefined ? undefined : keyOf(asked.after, GalleryKey);
  const { rows } = await pool.query<PublicProject & { id: string; at: string }>(
    `select ${card}, p.id, p.activated_at::text as at from projects p
     where p.state = 'active' and p.activated_at is not null
       and ($1::text is null or exists (
         select from project_schools ps where ps.project_id = p.id and ps.country = $1
           and (ps.founder or ps.service_state = 'approved')))
       and ($2::text is null or p.languages @> array[$2])
       and ($3::text is null or p.subjects @> array[$3])
       and ($4::int is null or (p.age_min <= $4 and p.age_max >= $4))
       and ($5::timestamptz is null or (p.activated_at, p.id) < ($5, $6::text))
     order by p.activated_at desc, p.id desc limit $7`,
    [
      asked.country ?? null,
      asked.language ?? null,
      asked.subject ?? null,
      asked.age ?? null,
      key?.[0] ?? null,
      key?.[1] ?? null,
      pageLength + 1,
    ],
  );
  const shown = rows.slice(0, pageLength);
  const last = rows.length > pageLength ? shown.at(-1) : undefined;
  return {
    projects: shown.map(({ id: _id, at: _at, ...project }) => readable(project)),
    next: last === undefined ? null : cursorOf([last.at, last.id]),
  };
}

/** A project's page: what stands in its head is for who shares its address. Members see more on it than that. */
export function projectPage({ pool }: { pool: Pool }): Page {
  return {
    path: "/projects/:slug",
    async head({ origin }, { slug = "" }): Promise<Head | undefined> {
      const project = await findPublicProject(pool, slug);
      if (project === undefined) return undefined;
      const { title, summary, schools } = project;
      const description = summary || `A project of ${schools.map(({ name }) => name).join(", ")}`;
      const address = `${origin}/projects/${encodeURIComponent(slug)}`;
      return { title, description, address, picture: `${origin}/card.png` };
    },
  };
}
