/** How often a public report is read: a number for each day, and nothing about who read it. */
import { isReading } from "../../../domain/reports/published.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { PublicReportView } from "../../../protocol/reports/published.ts";
import type { Queryable } from "../../../storage/pool.ts";
import type { BodyAnswer, Context } from "../../http/route.ts";

const shownDays = 30;
export type ReadKind = "html" | "feed" | "pdf";

/** Counts this answer, if somebody reads it. @param now milliseconds since 1970 */
export async function countRead(
  db: Queryable,
  { asked }: Pick<Context, "asked">,
  read: { readonly project: Id; readonly kind: ReadKind; readonly answer: BodyAnswer },
  now: number,
): Promise<void> {
  const has = (asked.header("if-none-match") ?? "").includes(read.answer.headers.ETag ?? "none");
  const purpose = ["sec-purpose", "purpose", "x-purpose", "x-moz"]
    .flatMap((name) => asked.header(name) ?? [])
    .join(" ");
  if (!isReading({ method: asked.method, agent: asked.header("user-agent"), purpose, has })) return;
  await db.query(
    `insert into public_report_reads (project_id, day, kind, count)
     values ($1, (to_timestamp($3::float8 / 1000) at time zone 'UTC')::date, $2, 1)
     on conflict (project_id, day, kind) do update set count = public_report_reads.count + 1`,
    [read.project, read.kind, now],
  );
}

export async function readsOf(db: Queryable, project: Id, now: number): Promise<PublicReportView["reads"]> {
  const sums = (of: string) => `coalesce(sum(count) filter (where ${of}), 0)::int`;
  const kinds = `${sums("kind = 'html'")} as html, ${sums("kind = 'feed'")} as feed, ${sums("kind = 'pdf'")} as pdf`;
  const { rows: days } = await db.query<PublicReportView["reads"]["days"][number]>(
    `select day::text as day, ${kinds} from public_report_reads
     where project_id = $1 and day > (to_timestamp($2::float8 / 1000) at time zone 'UTC')::date - ${shownDays}
     group by day order by day`,
    [project, now],
  );
  const { rows: all } = await db.query<PublicReportView["reads"]["all"]>(
    `select ${kinds} from public_report_reads where project_id = $1`,
    [project],
  );
  return { days, all: all[0] ?? { html: 0, feed: 0, pdf: 0 } };
}
